import type { Dice } from './dice.ts'
import type { UnitGraph } from './graph.ts'

/** Divides the ground of some districts anew; null when no attempt found parts within the tolerance. */
export type Resplit = (plan: Int32Array, districts: readonly number[], how: Balanced) => Int32Array | null

interface Balanced {
  /** Work that each part should have. */
  readonly target: number
  /** Largest share by which a part may miss it. */
  readonly tolerance: number
  /** Trees that are drawn before it gives up: whether any tree can be cut is as hard as can be, so somebody must say when. */
  readonly attempts: number
}

/**
 * ReCom (DeFord, Duchin, Solomon 2021): merges the districts, draws a random spanning tree, and cuts it where the parts are balanced.
 * The answer is the plan with the units of those districts numbered anew in the order of the districts given.
 */
export function resplitting(graph: UnitGraph, dice: Dice): Resplit {
  const grow = growing(graph, dice)
  return (plan, districts, how) => {
    const next = plan.slice()
    const rest = districts[0]
    if (rest === undefined) return null
    for (const other of districts) for (let u = 0; u < next.length; u++) if (next[u] === other) next[u] = rest
    // One part after the other is cut off the rest; the last cut must leave a rest that is balanced too.
    for (let parts = districts.length; parts > 1; parts--) {
      const part = districts[parts - 1] ?? 0
      if (!grow(next, rest, part, parts, how)) return null
    }
    return next
  }
}

type Grow = (plan: Int32Array, rest: number, part: number, parts: number, how: Balanced) => boolean

function growing(graph: UnitGraph, dice: Dice): Grow {
  const { size, hours, first, links, sources } = graph
  const members = new Int32Array(size)
  const edges = new Int32Array(links.length / 2)
  const boss = new Int32Array(size)
  const tree = { degree: new Int32Array(size), xor: new Int32Array(size) }
  const order = new Int32Array(size)
  const parent = new Int32Array(size)
  const weight = new Float64Array(size)
  const cuts = new Int32Array(size)

  function bossOf(unit: number): number {
    let at = unit
    for (let up = boss[at] ?? 0; up !== at; up = boss[at] ?? 0) {
      boss[at] = boss[up] ?? 0
      at = boss[at] ?? 0
    }
    return at
  }

  function gather(plan: Int32Array, rest: number): readonly [units: number, pairs: number] {
    let [units, pairs] = [0, 0]
    for (let unit = 0; unit < size; unit++) {
      if (plan[unit] !== rest) continue
      members[units++] = unit
      for (let k = first[unit] ?? 0, end = first[unit + 1] ?? 0; k < end; k++) {
        const other = links[k] ?? 0
        if (other > unit && plan[other] === rest) edges[pairs++] = k
      }
    }
    return [units, pairs]
  }

  /** Kruskal on pairs in random order, shuffled only as far as the tree needs. The tree is kept as degree and xor of the neighbours. */
  function draw(units: number, pairs: number): boolean {
    for (let i = 0; i < units; i++) {
      const unit = members[i] ?? 0
      boss[unit] = unit
      tree.degree[unit] = 0
      tree.xor[unit] = 0
      weight[unit] = hours[unit] ?? 0
    }
    let missing = units - 1
    for (let left = pairs; left > 0 && missing > 0; left--) {
      const pick = dice.below(left)
      const pair = edges[pick] ?? 0
      edges[pick] = edges[left - 1] ?? 0
      edges[left - 1] = pair
      if (joined(sources[pair] ?? 0, links[pair] ?? 0)) missing--
    }
    return missing === 0
  }

  function joined(a: number, b: number): boolean {
    const [above, below] = [bossOf(a), bossOf(b)]
    if (above === below) return false
    boss[above] = below
    tree.degree[a] = (tree.degree[a] ?? 0) + 1
    tree.degree[b] = (tree.degree[b] ?? 0) + 1
    tree.xor[a] = (tree.xor[a] ?? 0) ^ b
    tree.xor[b] = (tree.xor[b] ?? 0) ^ a
    return true
  }

  /** Takes leaves off until one unit is left, so that `weight` becomes that of what hangs below; answers how many cuts are balanced. */
  function prune(units: number, fits: (below: number) => boolean): number {
    let [tail, found] = [0, 0]
    for (let i = 0; i < units; i++) {
      const unit = members[i] ?? 0
      if (tree.degree[unit] === 1) order[tail++] = unit
    }
    for (let head = 0; head < units - 1; head++) {
      const leaf = order[head] ?? 0
      if (fits(weight[leaf] ?? 0)) cuts[found++] = leaf
      const up = takeOff(leaf)
      if (tree.degree[up] === 1) order[tail++] = up
    }
    return found
  }

  /** Answers what the leaf hung on. */
  function takeOff(leaf: number): number {
    const up = tree.xor[leaf] ?? 0
    parent[leaf] = up
    tree.xor[up] = (tree.xor[up] ?? 0) ^ leaf
    tree.degree[up] = (tree.degree[up] ?? 0) - 1
    weight[up] = (weight[up] ?? 0) + (weight[leaf] ?? 0)
    return up
  }

  /** Marks what hangs below the cut: in reverse order of the leaves a unit follows its parent. */
  function label(units: number, cut: number, plan: Int32Array, part: number): void {
    plan[cut] = part
    for (let i = units - 2; i >= 0; i--) {
      const unit = order[i] ?? 0
      if (unit !== cut && plan[parent[unit] ?? 0] === part) plan[unit] = part
    }
  }

  return (plan, rest, part, parts, { target, tolerance, attempts }) => {
    const [units, pairs] = gather(plan, rest)
    let total = 0
    for (let i = 0; i < units; i++) total += hours[members[i] ?? 0] ?? 0
    const room = tolerance * target
    const above = (parts - 1) * target
    const rests = (parts - 1) * room
    const isPart = (w: number): boolean =>
      Math.abs(w - target) <= room && Math.abs(total - w - above) <= rests
    const fits = (below: number): boolean => isPart(below) || isPart(total - below)
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (!draw(units, pairs)) return false
      const found = prune(units, fits)
      if (found === 0) continue
      const cut = cuts[dice.below(found)] ?? 0
      const below = weight[cut] ?? 0
      label(units, cut, plan, part)
      if (!isPart(below)) turn(plan, units, rest, part)
      return true
    }
    return false
  }

  /** The part is what lies above the cut. */
  function turn(plan: Int32Array, units: number, rest: number, part: number): void {
    for (let i = 0; i < units; i++) {
      const unit = members[i] ?? 0
      plan[unit] = plan[unit] === part ? rest : part
    }
  }
}

/**
 * The plan with the names of the districts given exchanged so that the fewest households move; null where each exchange would move
 * a unit that is fixed.
 */
export function renamed(graph: UnitGraph, plan: Int32Array, districts: readonly number[]): Int32Array | null {
  let best: readonly number[] | null = null
  let least = Infinity
  for (const names of ordersOf(districts)) {
    const moved = movedBy(graph, plan, districts, names)
    if (moved < least) [best, least] = [names, moved]
  }
  if (!best) return null
  const names = best
  return plan.map((district) => names[districts.indexOf(district)] ?? district)
}

function movedBy(
  { district, fixed, households }: UnitGraph,
  plan: Int32Array,
  districts: readonly number[],
  names: readonly number[],
): number {
  let moved = 0
  for (let unit = 0; unit < plan.length; unit++) {
    const place = districts.indexOf(plan[unit] ?? -1)
    if (place === -1 || names[place] === district[unit]) continue
    if (fixed[unit]) return Infinity
    moved += households[unit] ?? 0
  }
  return moved
}

function ordersOf(names: readonly number[]): readonly (readonly number[])[] {
  if (names.length < 2) return [names]
  return names.flatMap((name, i) => ordersOf(names.toSpliced(i, 1)).map((rest) => [name, ...rest]))
}
