import type { Answer } from './front.ts'

/** One answer of each ward, in the order of the wards. */
export interface Choice<A extends Answer = Answer> {
  readonly answers: readonly A[]
  readonly moved: number
  /** Of all grids of all wards, each against the mean of its own ward. */
  readonly worst: number
  readonly rms: number
}

export interface WardFront<A extends Answer = Answer> {
  readonly districts: number
  /** As a front answers: ascending by households moved, the first of them as it is. */
  readonly answers: readonly A[]
}

/**
 * The curve of all wards together. Wards do not touch each other, so for any bound on the largest deviation the least that must move is
 * the sum of the least in each; a ward that cannot keep the bound does the best it can, and only the mean square falls from there on.
 */
export function curveOf<A extends Answer>(wards: readonly WardFront<A>[]): readonly Choice<A>[] {
  const bounds = new Set(wards.flatMap(({ answers }) => answers.map(({ worst }) => worst)))
  const curve: Choice<A>[] = []
  for (const bound of [...bounds].toSorted((a, b) => b - a)) {
    const choice = choiceAt(wards, bound)
    const last = curve.at(-1)
    if (last && choice.worst >= last.worst - 1e-6 && choice.rms >= last.rms - 1e-4) continue
    // What is more even may move fewer households, if it hands over less work besides.
    while (
      curve.length > 1 &&
      (curve.at(-1)?.moved ?? 0) >= choice.moved &&
      (curve.at(-1)?.rms ?? 0) >= choice.rms
    )
      curve.pop()
    curve.push(choice)
  }
  return curve
}

function choiceAt<A extends Answer>(wards: readonly WardFront<A>[], bound: number): Choice<A> {
  let [moved, worst, squares, districts] = [0, 0, 0, 0]
  const answers: A[] = []
  for (const ward of wards) {
    const answer = ward.answers.find((one) => one.worst <= bound) ?? ward.answers.at(-1)
    if (!answer) continue
    answers.push(answer)
    moved += answer.moved
    worst = Math.max(worst, answer.worst)
    squares += answer.rms * answer.rms * ward.districts
    districts += ward.districts
  }
  return { answers, moved, worst, rms: Math.sqrt(squares / Math.max(1, districts)) }
}

/** How many plans a planner picks from. */
const PICKS = 5

/** Of what the curve falls by, the least that a plan must bring to be worth picking. */
const WORTH = 0.15

/**
 * Five places on the curve besides its start: the last, the first that keeps the aim, and others as far from each other as may be; all
 * of them where there are no more.
 */
export function picksOf<A extends Answer>(curve: readonly Choice<A>[], aim: number): readonly Choice<A>[] {
  const [first] = curve
  const last = curve.at(-1)
  if (!first || !last || first === last) return []
  const fall = fallOf(first) - fallOf(last)
  const moving = curve.filter((choice) => fallOf(first) - fallOf(choice) >= WORTH * fall)
  const chosen = new Set([last])
  const kept = moving.find(({ worst }) => worst <= aim)
  if (kept) chosen.add(kept)
  const distance = (a: Choice, b: Choice): number =>
    Math.hypot((a.moved - b.moved) / Math.max(1, last.moved), (fallOf(a) - fallOf(b)) / (fall || 1))
  while (chosen.size < PICKS) {
    const next = moving
      .filter((choice) => !chosen.has(choice))
      .map((choice) => ({ choice, gap: Math.min(...[...chosen].map((one) => distance(one, choice))) }))
      .toSorted((a, b) => b.gap - a.gap)[0]
    if (!next) break
    chosen.add(next.choice)
  }
  return moving.filter((choice) => chosen.has(choice))
}

/** What the curve falls in: both deviations, since either may go on falling when the other is at its end. */
const fallOf = ({ worst, rms }: Choice): number => worst + rms
