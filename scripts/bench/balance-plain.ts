import { diceOf } from '#geo/balance/dice'
import { isWhole, type UnitGraph } from '#geo/balance/graph'

/** The same two steps as one writes them first, with maps, sets and sorting: what typed arrays and a local look are worth. */

interface How {
  readonly target: number
  readonly tolerance: number
  readonly attempts: number
}

export function plainResplits(graph: UnitGraph, count: number, how: How): number {
  const dice = diceOf(7)
  const around = Array.from({ length: graph.size }, (_, unit) => neighbours(graph, unit))
  let plan: readonly number[] = [...graph.district]
  let done = 0
  while (done < count) {
    const unit = dice.below(graph.size)
    const near = around[unit] ?? []
    const [a, b] = [plan[unit] ?? 0, plan[near[dice.below(near.length)] ?? 0] ?? 0]
    if (a === b) continue
    const half = halved(graph, around, plan, [a, b], how, dice.next)
    if (!half) continue
    plan = plan.map((district, i) => (district === a || district === b ? (half.has(i) ? a : b) : district))
    done++
  }
  return done
}

const neighbours = ({ links, first }: UnitGraph, unit: number): readonly number[] => [
  ...links.subarray(first[unit], first[unit + 1]),
]

/** Kruskal over sorted pairs, then the weight below every edge of the tree. */
function halved(
  graph: UnitGraph,
  around: readonly (readonly number[])[],
  plan: readonly number[],
  [a, b]: readonly [number, number],
  { target, tolerance, attempts }: How,
  next: () => number,
): ReadonlySet<number> | null {
  const members = plan.flatMap((district, unit) => (district === a || district === b ? [unit] : []))
  const inside = new Set(members)
  const pairs = members.flatMap((unit) =>
    (around[unit] ?? [])
      .filter((other) => other > unit && inside.has(other))
      .map((other) => [unit, other] as const),
  )
  const total = members.reduce((sum, unit) => sum + (graph.hours[unit] ?? 0), 0)
  const isBalanced = (weight: number): boolean => Math.abs(weight - target) <= tolerance * target
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tree = treeOf(members, pairs, next)
    const cuts: ReadonlySet<number>[] = []
    for (const root of members) {
      for (const child of tree.get(root) ?? []) {
        if (child < root) continue
        const below = reach(tree, child, root)
        const weight = [...below].reduce((sum, unit) => sum + (graph.hours[unit] ?? 0), 0)
        if (isBalanced(weight) && isBalanced(total - weight)) cuts.push(below)
      }
    }
    const cut = cuts[Math.floor(next() * cuts.length)]
    if (cut) return cut
  }
  return null
}

type Tree = ReadonlyMap<number, readonly number[]>

function treeOf(
  members: readonly number[],
  pairs: readonly (readonly [number, number])[],
  next: () => number,
): Tree {
  const parent = new Map(members.map((unit) => [unit, unit]))
  const root = (unit: number): number => {
    const up = parent.get(unit) ?? unit
    return up === unit ? unit : root(up)
  }
  const tree = new Map<number, number[]>(members.map((unit) => [unit, []]))
  const sorted = pairs.map((pair) => ({ pair, weight: next() })).toSorted((p, q) => p.weight - q.weight)
  for (const { pair } of sorted) {
    const [x, y] = [root(pair[0]), root(pair[1])]
    if (x === y) continue
    parent.set(x, y)
    tree.get(pair[0])?.push(pair[1])
    tree.get(pair[1])?.push(pair[0])
  }
  return tree
}

function reach(tree: Tree, from: number, without: number): ReadonlySet<number> {
  const found = new Set([from])
  for (const unit of found)
    for (const other of tree.get(unit) ?? []) if (other !== without || unit !== from) found.add(other)
  return found
}

/** Flips that look at the whole plan each time. */
export function plainFlips(graph: UnitGraph, proposals: number): number {
  const dice = diceOf(1)
  const hours = [...graph.hours]
  let plan: Int32Array = graph.district
  const load = new Map<number, number>()
  const add = (district: number, by: number): unknown => load.set(district, (load.get(district) ?? 0) + by)
  plan.forEach((district, unit) => add(district, hours[unit] ?? 0))
  for (let step = 0; step < proposals;) {
    const unit = dice.below(graph.size)
    const near = neighbours(graph, unit)
    const [from, to] = [unit, near[dice.below(near.length)] ?? unit].map((one) => plan[one] ?? 0)
    if (from === undefined || to === undefined || from === to) continue
    step++
    const own = hours[unit] ?? 0
    if ((load.get(to) ?? 0) + own > (load.get(from) ?? 0) && dice.next() > 0.3) continue
    const flipped = plan.with(unit, to)
    if (!isWhole(graph, flipped)) continue
    add(from, -own)
    add(to, own)
    plan = flipped
  }
  return proposals
}
