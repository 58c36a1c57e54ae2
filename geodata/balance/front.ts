import { deviationOf, type Deviation, type Seen, type Walk } from './anneal.ts'

/** One plan of a ward and its price. */
export interface Answer extends Deviation {
  readonly moved: number
  readonly plan: Int32Array
}

export interface Front {
  readonly offer: Seen
  /** Those that no other beats in both households moved and largest deviation, ascending by households moved. */
  readonly answers: () => readonly Answer[]
}

/** Steps into which the households of a ward are parted; of each the best plan is kept. */
const STEPS = 400

/** Keeps the best plans that a walk comes by. The districts' deviation is only worked out where it may be the best of its step. */
export function frontOf(households: number): Front {
  const best: (Answer | undefined)[] = []

  function isNew(walk: Walk, known: Answer): boolean {
    // The largest deviation is never below the root mean square one.
    if (walk.squares / walk.graph.districts > known.worst * known.worst) return false
    const { worst } = deviationOf(walk)
    return worst < known.worst - 1e-9 || (worst < known.worst + 1e-9 && walk.moved < known.moved)
  }

  return {
    offer(walk) {
      const step = Math.round((walk.moved / Math.max(1, households)) * STEPS)
      const known = best[step]
      if (known && !isNew(walk, known)) return
      best[step] = { ...deviationOf(walk), moved: walk.moved, plan: walk.plan.slice() }
    },
    answers: () => unbeaten(best.filter((answer) => answer !== undefined)),
  }
}

export function unbeaten(answers: readonly Answer[]): readonly Answer[] {
  const kept: Answer[] = []
  let least = Infinity
  for (const answer of answers.toSorted((a, b) => a.moved - b.moved || a.worst - b.worst)) {
    if (answer.worst >= least - 1e-6) continue
    kept.push(answer)
    least = answer.worst
  }
  return kept
}
