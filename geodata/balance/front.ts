import { deviationOf, troubleOf, type Deviation, type Seen, type Walk } from './anneal.ts'

/** One plan of a ward and its price. */
export interface Answer extends Deviation {
  /** Households. */
  readonly moved: number
  /** What it asks of people besides; see `troubleOf`. */
  readonly trouble: number
  readonly plan: Int32Array
}

export interface Front {
  readonly offer: Seen
  /** Those that no other beats in both trouble and largest deviation, ascending by trouble. */
  readonly answers: () => readonly Answer[]
}

/** Steps into which the trouble of a ward is parted; of each the best plan is kept. */
const STEPS = 400

/** Keeps the best plans that a walk comes by. The districts' deviation is only worked out where it may be the best of its step. */
export function frontOf(all: number): Front {
  const best: (Answer | undefined)[] = []

  function isNew(walk: Walk, known: Answer): boolean {
    // The largest deviation is never below the root mean square one.
    if (walk.squares / walk.graph.districts > known.worst * known.worst) return false
    const { worst } = deviationOf(walk)
    return (
      worst < known.worst - 1e-9 ||
      (worst < known.worst + 1e-9 && walk.squares < known.rms ** 2 * walk.graph.districts - 1e-9)
    )
  }

  return {
    offer(walk) {
      const trouble = troubleOf(walk)
      const step = Math.ceil((trouble / (all || 1)) * STEPS - 1e-6)
      const known = best[step]
      if (known && !isNew(walk, known)) return
      best[step] = {
        ...deviationOf(walk),
        moved: Math.round(walk.moved),
        trouble,
        plan: walk.plan.slice(),
      }
    },
    answers: () => unbeaten(best.filter((answer) => answer !== undefined)),
  }
}

export function unbeaten<A extends Answer>(answers: readonly A[]): readonly A[] {
  const kept: A[] = []
  let least = Infinity
  for (const answer of answers.toSorted((a, b) => a.trouble - b.trouble || a.worst - b.worst)) {
    if (answer.worst >= least - 1e-6) continue
    kept.push(answer)
    least = answer.worst
  }
  return kept
}
