import type { Dice } from './dice.ts'
import { loadsOf, movedIn, sparing, type UnitGraph } from './graph.ts'

/** What the search trades against each other; all parts of the energy are shares, so that wards of any size are alike. */
interface Weights {
  /** Price of handing everything over. */
  readonly moved: number
  /** Price of a border along every pair of neighbours. */
  readonly border: number
}

/** A plan on its way, with what follows from it. */
export interface Walk {
  readonly graph: UnitGraph
  readonly plan: Int32Array
  readonly load: Float64Array
  /** Households that have another district than at first. */
  moved: number
  unrest: number
  /** What all borders cost now, less what they cost at first. */
  border: number
  /** Sum of the squared deviations of the districts from the mean. */
  squares: number
}

export function walkFrom(graph: UnitGraph, plan: Int32Array): Walk {
  const load = loadsOf(graph, plan)
  const target = graph.total.hours / graph.districts
  return {
    graph,
    plan: plan.slice(),
    load,
    moved: movedIn(graph, plan, graph.households),
    unrest: movedIn(graph, plan, graph.unrest),
    border: borderOf(graph, plan) - borderOf(graph, graph.district),
    squares: load.reduce((sum, hours) => sum + (hours / target - 1) ** 2, 0),
  }
}

/** Largest and root mean square deviation of the districts' work from the mean of all, as shares of it. */
export function deviationOf({ graph, load }: Pick<Walk, 'graph' | 'load'>): Deviation {
  const target = graph.total.hours / graph.districts
  let [worst, squares] = [0, 0]
  for (const hours of load) {
    const off = Math.abs(hours / target - 1)
    worst = Math.max(worst, off)
    squares += off * off
  }
  return { worst, rms: Math.sqrt(squares / graph.districts) }
}

export interface Deviation {
  readonly worst: number
  readonly rms: number
}

export interface Cooling {
  readonly weights: Weights
  readonly proposals: number
  /** Energy by which a step may be worse, at the begin and at the end. */
  readonly hot: number
  readonly cold: number
}

/** Told after every step that was taken. */
export type Seen = (walk: Walk) => void

/**
 * Simulated annealing by flips: a unit on a border goes to the district beyond it, unless that would break its own in two or end it.
 * A proposal is such a pair; places where both sides are alike are drawn again and do not count.
 */
export function anneal(walk: Walk, cooling: Cooling, dice: Dice, seen: Seen): void {
  const { graph, plan } = walk
  const { links, sources, fixed } = graph
  const spared = sparing(graph)
  const price = pricing(walk, cooling.weights)
  const { hot, cold, proposals } = cooling
  const fall = (cold / hot) ** (1 / Math.max(1, proposals))
  let heat = hot
  // Where hardly any border is left, drawing must end all the same.
  let draws = proposals * 40
  for (let step = 0; step < proposals && draws > 0; draws--) {
    const link = dice.below(links.length)
    const unit = sources[link] ?? 0
    const to = plan[links[link] ?? 0] ?? 0
    if (plan[unit] === to) continue
    step++
    heat *= fall
    if (fixed[unit]) continue
    const worse = price(unit, to)
    if (worse > 0 && dice.next() >= Math.exp(-worse / heat)) continue
    if (!spared(plan, unit)) continue
    flip(walk, unit, to)
    seen(walk)
  }
}

/** What a flip adds to the energy. */
function pricing(walk: Walk, weights: Weights): (unit: number, to: number) => number {
  const { graph, plan, load } = walk
  const { hours, unrest, district, total, districts } = graph
  const target = total.hours / districts
  const [perUnrest, perCost] = [weights.moved / (total.unrest || 1), weights.border / (total.cost || 1)]
  return (unit, to) => {
    const from = plan[unit] ?? 0
    const home = district[unit]
    const w = (hours[unit] ?? 0) / target
    // (a − w)² − a² + (b + w)² − b²
    const balance = (2 * w * ((load[to] ?? 0) - (load[from] ?? 0))) / target + 2 * w * w
    const moves = Number(to !== home) - Number(from !== home)
    return balance + moves * (unrest[unit] ?? 0) * perUnrest + longer(graph, plan, unit, to) * perCost
  }
}

/** Costs of the links that become a border when the unit goes there, less those that are none any more. */
function longer({ first, links, costs }: UnitGraph, plan: Int32Array, unit: number, to: number): number {
  const from = plan[unit]
  let sum = 0
  for (let k = first[unit] ?? 0, end = first[unit + 1] ?? 0; k < end; k++) {
    const beyond = plan[links[k] ?? 0]
    if (beyond === from) sum += costs[k] ?? 0
    else if (beyond === to) sum -= costs[k] ?? 0
  }
  return sum
}

function borderOf({ links, sources, costs }: UnitGraph, plan: Int32Array): number {
  let sum = 0
  links.forEach((other, k) => {
    const unit = sources[k] ?? 0
    if (unit < other && plan[unit] !== plan[other]) sum += costs[k] ?? 0
  })
  return sum
}

/** Of the households of all, those that a plan without any border between neighbours would be worth. */
export const RAGGED = 0.4

/** What a plan asks of people, in households: unrest, and borders that are longer or run where none should. */
export function troubleOf({ graph: { total }, unrest, border }: Walk): number {
  return unrest + (RAGGED * total.unrest * Math.max(0, border)) / (total.cost || 1)
}

/** The unit goes to the district; that its own stays whole is for the caller to see to. */
function flip(walk: Walk, unit: number, to: number): void {
  const { graph, plan, load } = walk
  const from = plan[unit] ?? 0
  const hours = graph.hours[unit] ?? 0
  const home = graph.district[unit]
  const target = graph.total.hours / graph.districts
  const [a, b, w] = [(load[from] ?? 0) / target, (load[to] ?? 0) / target, hours / target]
  walk.squares += 2 * w * (b - a) + 2 * w * w
  const moves = Number(to !== home) - Number(from !== home)
  walk.border += longer(graph, plan, unit, to)
  walk.moved += moves * (graph.households[unit] ?? 0)
  walk.unrest += moves * (graph.unrest[unit] ?? 0)
  load[from] = (load[from] ?? 0) - hours
  load[to] = (load[to] ?? 0) + hours
  plan[unit] = to
}
