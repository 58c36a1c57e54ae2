/**
 * Units and who borders whom, as columns. A unit is the least that changes hands (an atom); a district is what it belongs to
 * (a grid). Units and districts are counted from 0.
 */
export interface UnitGraph {
  readonly size: number
  readonly districts: number
  /** Work of each unit, in hours per week. */
  readonly hours: Float64Array
  readonly households: Float64Array
  /**
   * What it costs to hand each unit over, in households: those that live there, and a little for its work, since ground without homes is
   * walked and known by somebody too.
   */
  readonly unrest: Float64Array
  /** Work of each district that stays with it, whatever its units. */
  readonly base: Float64Array
  /** The plan that it starts from. */
  readonly district: Int32Array
  /** 1 where the unit stays in its district, whatever the plan. */
  readonly fixed: Uint8Array
  /** The neighbours of unit u are links[first[u]] … links[first[u + 1] − 1]. */
  readonly first: Int32Array
  readonly links: Int32Array
  /** What a border there costs, of each link: its length, dearer where planners do not like a border. */
  readonly costs: Float64Array
  /** The unit that each link goes out from. */
  readonly sources: Int32Array
  /** All hours, those of `base` too; households and unrest of all units; the costs of all pairs. */
  readonly total: {
    readonly hours: number
    readonly households: number
    readonly unrest: number
    readonly cost: number
  }
}

export interface Unit {
  readonly hours: number
  readonly households: number
  readonly district: number
  readonly fixed?: boolean
}

/** A pair of units with a common border; pairs may repeat, then their costs add up. */
export type Link = readonly [a: number, b: number, cost: number]

/** The work of a unit, as a share of what its homes count for. */
const WALKED = 0.25

/** `base` has a number for each district; without it there is none, and districts are as many as the units name. */
export function graphOfUnits(
  units: readonly Unit[],
  pairs: Iterable<Link>,
  base = new Float64Array(1 + units.reduce((most, { district }) => Math.max(most, district), -1)),
): UnitGraph {
  const around = units.map(() => new Map<number, number>())
  for (const [a, b, cost] of pairs) {
    if (a === b) continue
    around[a]?.set(b, (around[a]?.get(b) ?? 0) + cost)
    around[b]?.set(a, (around[b]?.get(a) ?? 0) + cost)
  }
  const count = around.reduce((sum, near) => sum + near.size, 0)
  const first = new Int32Array(units.length + 1)
  const [links, sources, costs] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)]
  let at = 0
  around.forEach((near, unit) => {
    for (const [other, cost] of [...near].toSorted(([a], [b]) => a - b)) {
      sources[at] = unit
      links[at] = other
      costs[at++] = cost
    }
    first[unit + 1] = at
  })
  const hours = sum(units.map((unit) => unit.hours))
  const households = sum(units.map((unit) => unit.households))
  const each = hours === 0 ? 0 : (WALKED * households) / hours
  const unrest = Float64Array.from(units, (unit) => unit.households + unit.hours * each)
  return {
    size: units.length,
    districts: base.length,
    hours: Float64Array.from(units, (unit) => unit.hours),
    households: Float64Array.from(units, (unit) => unit.households),
    district: Int32Array.from(units, ({ district }) => district),
    unrest,
    base,
    fixed: Uint8Array.from(units, ({ fixed }) => Number(fixed ?? false)),
    first,
    links,
    sources,
    costs,
    total: {
      hours: sum(base) + hours,
      households,
      unrest: sum(unrest),
      cost: sum(costs) / 2,
    },
  }
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0)

/** Work of each district of a plan. */
export function loadsOf({ hours, base }: UnitGraph, plan: Int32Array): Float64Array {
  const load = base.slice()
  plan.forEach((district, unit) => {
    load[district] = (load[district] ?? 0) + (hours[unit] ?? 0)
  })
  return load
}

/** Sum over the units that have another district than in the plan that it started from. */
export function movedIn({ district }: UnitGraph, plan: Int32Array, weights: Float64Array): number {
  return plan.reduce((moved, to, unit) => moved + (to === district[unit] ? 0 : (weights[unit] ?? 0)), 0)
}

/** Says of a plan whether a unit's district hangs together without it; false where it would be empty. */
export type Spared = (plan: Int32Array, unit: number) => boolean

/** Looks outward from one neighbour in the district until it has met the others, which is mostly a few steps. */
export function sparing({ size, first, links }: UnitGraph): Spared {
  const seen = new Int32Array(size)
  const wanted = new Int32Array(size)
  const queue = new Int32Array(size)
  let [round, tail] = [0, 0]

  function want(plan: Int32Array, unit: number, home: number): number {
    let count = 0
    for (let k = first[unit] ?? 0, end = first[unit + 1] ?? 0; k < end; k++) {
      const other = links[k] ?? 0
      if (plan[other] !== home) continue
      if (count === 0) queue[0] = other
      wanted[other] = round
      count++
    }
    return count
  }

  /** Puts the neighbours in the district that are new into the queue; answers how many of them were wanted. */
  function visit(plan: Int32Array, unit: number, home: number): number {
    let met = 0
    for (let k = first[unit] ?? 0, end = first[unit + 1] ?? 0; k < end; k++) {
      const other = links[k] ?? 0
      if (seen[other] === round || plan[other] !== home) continue
      seen[other] = round
      queue[tail++] = other
      if (wanted[other] === round) met++
    }
    return met
  }

  return (plan, unit) => {
    const home = plan[unit] ?? 0
    round++
    let left = want(plan, unit, home)
    if (left <= 1) return left === 1
    seen[unit] = round
    seen[queue[0] ?? 0] = round
    tail = 1
    left--
    for (let head = 0; head < tail && left > 0; head++) left -= visit(plan, queue[head] ?? 0, home)
    return left === 0
  }
}

/** Whether every district of the plan has a unit and hangs together. */
export function isWhole(graph: UnitGraph, plan: Int32Array): boolean {
  const { size, first, links, districts } = graph
  const seen = new Uint8Array(size)
  const parts = new Int32Array(districts)
  for (let start = 0; start < size; start++) {
    if (seen[start]) continue
    const home = plan[start] ?? 0
    parts[home] = (parts[home] ?? 0) + 1
    const stack = [start]
    seen[start] = 1
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const other of links.subarray(first[at], first[at + 1])) {
        if (seen[other] || plan[other] !== home) continue
        seen[other] = 1
        stack.push(other)
      }
    }
  }
  return parts.every((count) => count === 1)
}
