import { anneal, RAGGED, walkFrom, type Cooling } from './anneal.ts'
import { diceOf, type Dice } from './dice.ts'
import { frontOf, type Answer, type Front } from './front.ts'
import { loadsOf, type UnitGraph } from './graph.ts'
import { renamed, resplitting, type Resplit } from './recom.ts'

export interface Effort {
  readonly seed: number
  /** Flips proposed in all. */
  readonly proposals: number
}

/** What moving all households costs, against the sum of squared deviations: from hardly any move to nearly free ones. */
const PRICES = [3, 1.5, 0.8, 0.4, 0.2, 0.1, 0.05, 0.02]

/** Share of the proposals that goes into plans that ReCom began. */
const RESPLITS = 1 / 3
const ROUNDS = 8
const BORDER = 0.05
/** Districts that are divided anew together; which name goes to which part is tried in every order. */
const MOST_AT_ONCE = 5

/**
 * The best plans of a ward for any number of households moved, as far as the effort reaches. Yields after each leg of the search,
 * so that whoever drives it may tell how far it is, or leave it; the answers so far are in the front.
 */
export function* searching(graph: UnitGraph, front: Front, { seed, proposals }: Effort): Generator<void> {
  const start = walkFrom(graph, graph.district)
  front.offer(start)
  if (graph.districts < 2) return
  const dice = diceOf(seed)
  const leg = Math.round((proposals * (1 - RESPLITS)) / PRICES.length)
  for (const moved of PRICES) {
    anneal(walkFrom(graph, graph.district), cooling(moved, leg, 0.05), dice, front.offer)
    yield
  }
  const lap = Math.round((proposals * RESPLITS) / ROUNDS)
  for (let round = 0; round < ROUNDS; round++) {
    const plan = redrawn(graph, dice, round)
    const price = PRICES[PRICES.length - 1 - (round % 4)] ?? 0
    anneal(walkFrom(graph, plan), cooling(price, lap, 0.004), dice, front.offer)
    yield
  }
}

const cooling = (moved: number, proposals: number, hot: number): Cooling => ({
  weights: { moved, border: BORDER + RAGGED * moved },
  proposals,
  hot,
  cold: 2e-5,
})

/** The whole ward divided anew by every other round, else some pairs of neighbours; what does not come off is left out. */
function redrawn(graph: UnitGraph, dice: Dice, round: number): Int32Array {
  const resplit = resplitting(graph, dice)
  if (round % 2 === 0 && graph.districts <= MOST_AT_ONCE) {
    const all = Array.from({ length: graph.districts }, (_, i) => i)
    return again(graph, resplit, graph.district, all, 0.15)
  }
  let plan = graph.district
  for (let i = 0; i < graph.districts; i++) {
    const link = dice.below(graph.links.length)
    const pair = [graph.sources[link], graph.links[link]].map((unit) => plan[unit ?? 0] ?? 0)
    if (pair[0] !== pair[1]) plan = again(graph, resplit, plan, pair, 0.2)
  }
  return plan
}

/** The plan with some districts divided anew into about equal parts, or as it was. */
function again(
  graph: UnitGraph,
  resplit: Resplit,
  plan: Int32Array,
  districts: readonly number[],
  tolerance: number,
): Int32Array {
  const load = loadsOf(graph, plan)
  const target = districts.reduce((sum, district) => sum + (load[district] ?? 0), 0) / districts.length
  const next = resplit(plan, districts, { target, tolerance, attempts: 40 })
  return (next && renamed(graph, next, districts)) ?? plan
}

export function searched(graph: UnitGraph, effort: Effort): readonly Answer[] {
  const front = frontOf(graph.total.unrest)
  const search = searching(graph, front, effort)
  while (!search.next().done);
  return front.answers()
}
