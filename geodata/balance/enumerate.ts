import type { UnitGraph } from './graph.ts'

/**
 * Every plan of the graph into connected districts of `size` units each, told once (districts are numbered by their first unit).
 * For graphs of up to some dozen units: it is what the random search is held against.
 */
export function eachPlan(graph: UnitGraph, size: number, tell: (plan: Int32Array) => void): void {
  const plan = new Int32Array(graph.size).fill(-1)
  const room = roomFor(graph, size)

  function fillFrom(district: number): void {
    const root = plan.indexOf(-1)
    if (root === -1) return tell(plan)
    plan[root] = district
    grow(district, 1, fringeOf(root, []), 0)
    plan[root] = -1
  }

  /** Free neighbours of the unit that are not on the fringe yet. */
  function fringeOf(unit: number, known: readonly number[]): number[] {
    const near = graph.links.subarray(graph.first[unit], graph.first[unit + 1])
    return [...known, ...[...near].filter((other) => plan[other] === -1 && !known.includes(other))]
  }

  /** Each unit of the fringe from `from` on is taken or left for ever, so that no set of units comes up twice. */
  function grow(district: number, taken: number, fringe: readonly number[], from: number): void {
    if (taken === size) {
      if (room(plan)) fillFrom(district + 1)
      return
    }
    for (let i = from; i < fringe.length; i++) {
      const unit = fringe[i] ?? 0
      plan[unit] = district
      grow(district, taken + 1, fringeOf(unit, fringe), i + 1)
      plan[unit] = -1
    }
  }

  fillFrom(0)
}

/** Whether the free units lie in parts that districts of that size may fill. */
function roomFor({ size: units, first, links }: UnitGraph, size: number): (plan: Int32Array) => boolean {
  const seen = new Int32Array(units)
  const stack = new Int32Array(units)
  let round = 0

  /** Free units that hang together with this one. */
  function part(plan: Int32Array, start: number): number {
    let [count, depth] = [0, 1]
    stack[0] = start
    seen[start] = round
    while (depth > 0) {
      const unit = stack[--depth] ?? 0
      count++
      for (let k = first[unit] ?? 0, end = first[unit + 1] ?? 0; k < end; k++) {
        const other = links[k] ?? 0
        if (plan[other] !== -1 || seen[other] === round) continue
        seen[other] = round
        stack[depth++] = other
      }
    }
    return count
  }

  return (plan) => {
    round++
    for (let start = 0; start < units; start++)
      if (plan[start] === -1 && seen[start] !== round && part(plan, start) % size !== 0) return false
    return true
  }
}
