import type { Arc, Lattice } from '../fabric.ts'
import { cross, UNIT } from '../lattice.ts'
import { metresPerDegree } from '../metres.ts'
import type { Patch } from './patch.ts'

/** What an arc adds to the atom on its left, and takes from the one on its right; its length belongs to both. */
export interface ArcSize {
  /** Twice the area between the arc and the origin of the meter, exact. */
  readonly area2: bigint
  readonly areaM2: number
  readonly lengthM: number
}

/** Below this a double counts by ones. */
const SAFE = 2 ** 53

/** Measures arcs from one origin, each only once: arcs never change, they are replaced. */
export function arcMeasurer(origin: Lattice): (arc: Arc) => ArcSize {
  const known = new WeakMap<Arc, ArcSize>()
  return (arc) => {
    const found = known.get(arc)
    if (found) return found
    const size = { area2: area2(arc.points, origin), ...metric(arc.points, origin) }
    known.set(arc, size)
    return size
  }
}

function area2(points: readonly Lattice[], [ox, oy]: Lattice): bigint {
  let [sum, reach] = [0, 0]
  let from: Lattice | undefined
  for (const to of points) {
    reach = Math.max(reach, Math.abs(to[0] - ox), Math.abs(to[1] - oy))
    if (from) sum += (from[0] - ox) * (to[1] - oy) - (from[1] - oy) * (to[0] - ox)
    from = to
  }
  if (2 * reach * reach * points.length < SAFE) return BigInt(sum)
  return wideArea2(points, [ox, oy])
}

function wideArea2(points: readonly Lattice[], [ox, oy]: Lattice): bigint {
  let sum = 0n
  let from: Lattice | undefined
  for (const to of points) {
    if (from) sum += cross(from[0] - ox, from[1] - oy, to[0] - ox, to[1] - oy)
    from = to
  }
  return sum
}

/** As `areaM2` of metres.ts, x counted from the whole degree next to the origin. */
function metric(points: readonly Lattice[], origin: Lattice): Omit<ArcSize, 'area2'> {
  const west = Math.round(origin[0] / UNIT)
  let [area, length] = [0, 0]
  let from: Lattice | undefined
  for (const to of points) {
    if (from) {
      const [east, north] = metresPerDegree((from[1] + to[1]) / 2 / UNIT)
      const dy = ((to[1] - from[1]) / UNIT) * north
      area += ((from[0] + to[0]) / 2 / UNIT - west) * east * dy
      length += Math.hypot(((to[0] - from[0]) / UNIT) * east, dy)
    }
    from = to
  }
  return { areaM2: area, lengthM: length }
}

/** A stretch of border. Whether a patch takes it away or puts it in does not matter to who counts crossings. */
export interface Moved {
  readonly from: Lattice
  readonly to: Lattice
  readonly left: number
  readonly right: number
}

/** All segments of the arcs of a patch that were and are not the same; some that are the same, in pairs. */
export function movedBy(patch: Patch): readonly Moved[] {
  const found: Moved[] = []
  for (const { before, after } of patch.arcs) {
    const isSame = before && after && before.left === after.left && before.right === after.right
    const [head, tail] = isSame ? alike(before.points, after.points) : [0, 0]
    if (before) collect(found, before, head, tail)
    if (after) collect(found, after, head, tail)
  }
  return found
}

/** How many segments at the start and at the end are the same. */
function alike(a: readonly Lattice[], b: readonly Lattice[]): readonly [head: number, tail: number] {
  const least = Math.min(a.length, b.length)
  let head = 0
  while (head < least && equal(a[head], b[head])) head++
  let tail = 0
  while (tail < least - head && equal(a[a.length - 1 - tail], b[b.length - 1 - tail])) tail++
  return [Math.max(0, head - 1), Math.max(0, tail - 1)]
}

function equal(a: Lattice | undefined, b: Lattice | undefined): boolean {
  return a === b || (a?.[0] === b?.[0] && a?.[1] === b?.[1])
}

function collect(found: Moved[], arc: Arc, head: number, tail: number): void {
  const segments = segmentsOf(arc)
  for (let i = head; i < segments.length - tail; i++) {
    const segment = segments[i]
    if (segment) found.push(segment)
  }
}

export function segmentsOf({ points, left, right }: Arc): readonly Moved[] {
  const found: Moved[] = []
  let from: Lattice | undefined
  for (const to of points) {
    if (from) found.push({ from, to, left, right })
    from = to
  }
  return found
}
