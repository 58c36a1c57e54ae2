import type { Lattice } from './fabric.ts'
import type { Position } from './geojson.ts'

/** Lattice units in one degree. */
export const UNIT = 1e7

/** Largest magnitude below which a product of two integers is certainly exact in a double. */
const EXACT = 2 ** 52

export type Sign = -1 | 0 | 1

/** A ring repeats its first point at the end, as GeoJSON rings do. */
export type Ring = readonly Lattice[]

/** Outer ring first (counter-clockwise), then holes (clockwise). */
export type LatticePolygon = readonly Ring[]

export function toLattice([lng, lat]: Position): Lattice {
  return [Math.round(lng * UNIT), Math.round(lat * UNIT)]
}

/** The nearest double to the lattice point; it prints with at most seven decimals, so it survives text and comes back equal. */
export function toPosition([x, y]: Lattice): Position {
  return [x / UNIT, y / UNIT]
}

export function samePoint(a: Lattice, b: Lattice): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** Sign of the cross product: +1 when the second vector turns left of the first. Exact for any int32 differences. */
export function turn(ax: number, ay: number, bx: number, by: number): Sign {
  const l = ax * by
  const r = ay * bx
  if (Math.abs(l) <= EXACT && Math.abs(r) <= EXACT) return signOf(l - r)
  return signOf(BigInt(ax) * BigInt(by) - BigInt(ay) * BigInt(bx))
}

/** +1 when `c` lies left of the line from `a` to `b`, 0 when on it. */
export function orient(a: Lattice, b: Lattice, c: Lattice): Sign {
  return turn(b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1])
}

/** Whether `p` lies on the closed segment. */
export function onSegment(p: Lattice, a: Lattice, b: Lattice): boolean {
  return inBox(p, a, b) && orient(a, b, p) === 0
}

/**
 * Whether the closed segment meets the closed unit square centred on `p` (its "hot pixel", in the words of snap rounding).
 * Separating axes of a segment and a square: x, y and the normal of the segment.
 */
export function passes(a: Lattice, b: Lattice, p: Lattice): boolean {
  if (!inBox(p, a, b)) return false
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const reach = Math.abs(dx) + Math.abs(dy)
  const l = dx * (p[1] - a[1])
  const r = dy * (p[0] - a[0])
  if (Math.abs(l) <= EXACT && Math.abs(r) <= EXACT) return 2 * Math.abs(l - r) <= reach
  const wide = BigInt(dx) * BigInt(p[1] - a[1]) - BigInt(dy) * BigInt(p[0] - a[0])
  return 2n * (wide < 0n ? -wide : wide) <= BigInt(reach)
}

/** Whether the two segments cross in a single point inside both. Touching and overlapping are not crossing. */
export function crosses(a: Lattice, b: Lattice, c: Lattice, d: Lattice): boolean {
  if (orient(a, b, c) * orient(a, b, d) >= 0) return false
  return orient(c, d, a) * orient(c, d, b) < 0
}

/** Whether two segments share a point that is not an end of both. */
export function meet(a: Lattice, b: Lattice, c: Lattice, d: Lattice): boolean {
  if (crosses(a, b, c, d)) return true
  if (touches(a, c, d) || touches(b, c, d) || touches(c, a, b) || touches(d, a, b)) return true
  return (samePoint(a, c) && samePoint(b, d)) || (samePoint(a, d) && samePoint(b, c))
}

const touches = (p: Lattice, a: Lattice, b: Lattice): boolean =>
  !samePoint(p, a) && !samePoint(p, b) && onSegment(p, a, b)

/** The lattice point nearest to where the two crossing segments meet. */
export function crossing(a: Lattice, b: Lattice, c: Lattice, d: Lattice): Lattice {
  const [rx, ry] = [BigInt(b[0] - a[0]), BigInt(b[1] - a[1])]
  const [sx, sy] = [BigInt(d[0] - c[0]), BigInt(d[1] - c[1])]
  const [qx, qy] = [BigInt(c[0] - a[0]), BigInt(c[1] - a[1])]
  const down = rx * sy - ry * sx
  const up = qx * sy - qy * sx
  return [a[0] + Number(nearest(up * rx, down)), a[1] + Number(nearest(up * ry, down))]
}

/** Twice the signed area; positive for counter-clockwise. */
export function ringArea2(ring: Ring): bigint {
  const origin = ring[0]
  if (!origin) return 0n
  let sum = 0n
  let from = origin
  for (const to of ring) {
    sum += cross(from[0] - origin[0], from[1] - origin[1], to[0] - origin[0], to[1] - origin[1])
    from = to
  }
  return sum
}

export function cross(ax: number, ay: number, bx: number, by: number): bigint {
  const l = ax * by
  const r = ay * bx
  if (Math.abs(l) <= EXACT && Math.abs(r) <= EXACT) return BigInt(l - r)
  return BigInt(ax) * BigInt(by) - BigInt(ay) * BigInt(bx)
}

export function pointInRing(p: Lattice, ring: Ring): 'inside' | 'boundary' | 'outside' {
  let inside = false
  let from = ring[0]
  for (const to of ring) {
    if (!from) break
    if (onSegment(p, from, to)) return 'boundary'
    if (from[1] > p[1] !== to[1] > p[1] && orient(from, to, p) > 0 === to[1] > from[1]) inside = !inside
    from = to
  }
  return inside ? 'inside' : 'outside'
}

function inBox(p: Lattice, a: Lattice, b: Lattice): boolean {
  return (
    Math.min(a[0], b[0]) <= p[0] &&
    p[0] <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= p[1] &&
    p[1] <= Math.max(a[1], b[1])
  )
}

function signOf(value: number | bigint): Sign {
  if (value > 0) return 1
  return value < 0 ? -1 : 0
}

/** Integer nearest to n/d, halves upwards. */
function nearest(n: bigint, d: bigint): bigint {
  const [up, down] = d < 0n ? [-2n * n - d, -2n * d] : [2n * n + d, 2n * d]
  const floor = up / down
  return up % down < 0n ? floor - 1n : floor
}
