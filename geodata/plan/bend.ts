import type { Lattice } from '../fabric.ts'
import { crosses, crossing, meet, onSegment, samePoint } from '../lattice.ts'
import type { Draft } from './draft.ts'
import { crossesRay } from './places.ts'

/** A segment from a fixed point to the one that moves: that between `index - 1` and `index` of the arc's points. */
export interface Spoke {
  readonly arc: number
  readonly index: number
  readonly fixed: Lattice
}

/**
 * Where lines would meet if the hub of the spokes went from one place to another, or null when it may. Besides lines that meet it
 * finds those that a spoke would jump over: an atom would lie inside out then, or an island in the wrong atom, though no two lines
 * meet. To lay a point into a segment is to move it away from one end, to take one out is to move it onto its neighbour.
 */
export function obstacle(draft: Draft, spokes: readonly Spoke[], from: Lattice, to: Lattice): Lattice | null {
  const moved = spokes.filter(({ fixed }) => !samePoint(fixed, to))
  const own = moved.find((a, i) => moved.slice(i + 1).some((b) => meet(a.fixed, to, b.fixed, to)))
  if (own) return own.fixed
  const onto = moved.length < spokes.length
  const swept = spokes.map(({ fixed }) => sweep(fixed, from, to))
  for (const [a, b] of others(draft, spokes, from, to)) {
    if (!onto && (samePoint(a, to) || samePoint(b, to))) return to
    for (const { fixed } of moved) if (meet(a, b, fixed, to)) return meeting(a, b, fixed, to)
    if (jumped(swept, a, b)) return a
  }
  return null
}

/** Segments near the spokes, old and new, without the spokes. */
function* others(
  draft: Draft,
  spokes: readonly Spoke[],
  from: Lattice,
  to: Lattice,
): Generator<readonly [Lattice, Lattice]> {
  const box = boxOf([from, to, ...spokes.map(({ fixed }) => fixed)])
  for (const id of draft.near.near(...box)) {
    const points = draft.arcs.get(id)?.points ?? []
    let a = points[0]
    for (let index = 1; index < points.length; index++) {
      const b = points[index]
      if (!a || !b) break
      const isSpoke = spokes.some((spoke) => spoke.arc === id && spoke.index === index)
      if (!isSpoke && overlaps(box, a, b)) yield [a, b]
      a = b
    }
  }
}

type Box = readonly [low: Lattice, high: Lattice]

function boxOf(points: readonly Lattice[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [
    [west, south],
    [east, north],
  ]
}

function overlaps([low, high]: Box, a: Lattice, b: Lattice): boolean {
  if (Math.max(a[0], b[0]) < low[0] || Math.min(a[0], b[0]) > high[0]) return false
  return Math.max(a[1], b[1]) >= low[1] && Math.min(a[1], b[1]) <= high[1]
}

/** Where a spoke was and will be, in half units, so that the middle of a segment has a place. */
interface Sweep {
  readonly fixed: Lattice
  readonly from: Lattice
  readonly to: Lattice
}

function sweep(fixed: Lattice, from: Lattice, to: Lattice): Sweep {
  return { fixed: doubled(fixed), from: doubled(from), to: doubled(to) }
}

const doubled = ([x, y]: Lattice): Lattice => [2 * x, 2 * y]

/**
 * Whether the segment, which meets no spoke, comes to lie between other spokes. The triangle that each spoke sweeps holds it or not;
 * what all of them swept, or none, stays where it is. The side of the triangles that they share is left out: it cancels.
 */
function jumped(swept: readonly Sweep[], a: Lattice, b: Lattice): boolean {
  const middle: Lattice = [a[0] + b[0], a[1] + b[1]]
  let first: boolean | undefined
  for (const { fixed, from, to } of swept) {
    const held = crossesRay(middle, fixed, from) !== crossesRay(middle, fixed, to)
    first ??= held
    if (held !== first) return true
  }
  return false
}

function meeting(a: Lattice, b: Lattice, c: Lattice, d: Lattice): Lattice {
  if (crosses(a, b, c, d)) return crossing(a, b, c, d)
  if (onSegment(d, a, b)) return d
  return onSegment(c, a, b) ? c : a
}
