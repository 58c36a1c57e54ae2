import type { Lattice } from './fabric.ts'
import { crosses, crossing, onSegment, type Ring } from './lattice.ts'

/** After so many the search ends: no border crosses itself that often. */
const MAX_CROSSINGS = 1000
/** Segments that run this close to so many others are a scribble, even if they never cross. */
const MAX_PAIRS_PER_VERTEX = 100

export interface Meetings {
  readonly crossings: readonly Lattice[]
  readonly touches: readonly Lattice[]
  /** It meets itself so often that the search was given up. */
  readonly isTangle: boolean
}

/** Where a closed ring meets itself other than from one segment to the next. */
export function meetings(ring: Ring): Meetings {
  const found = { crossings: new Map<string, Lattice>(), touches: new Map<string, Lattice>() }
  const last = ring.length - 2
  let pairs = 0
  for (const [i, j] of overlappingPairs(ring)) {
    if (++pairs > MAX_PAIRS_PER_VERTEX * ring.length) return { ...listed(found), isTangle: true }
    const areNeighbours = j - i === 1 || (i === 0 && j === last)
    if (!areNeighbours) meet(ring, i, j, found)
    if (found.crossings.size > MAX_CROSSINGS) return { ...listed(found), isTangle: true }
  }
  return { ...listed(found), isTangle: false }
}

type Found = Record<'crossings' | 'touches', Map<string, Lattice>>

function listed({ crossings, touches }: Found): Record<'crossings' | 'touches', readonly Lattice[]> {
  return { crossings: [...crossings.values()], touches: [...touches.values()] }
}

interface Box {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly low: number
  readonly high: number
}

/** Pairs of segments whose boxes touch, the lower one first, by a sweep along the axis on which the segments are shorter. */
function* overlappingPairs(ring: Ring): Generator<readonly [number, number]> {
  const axis = extent(ring, 0) <= extent(ring, 1) ? 0 : 1
  const boxes = ring.slice(1).map((b, id): Box => {
    const a = ring[id] ?? b
    const [u, v, p, q] = [a[axis], b[axis], a[1 - axis] ?? 0, b[1 - axis] ?? 0]
    return { id, from: Math.min(u, v), to: Math.max(u, v), low: Math.min(p, q), high: Math.max(p, q) }
  })
  boxes.sort((a, b) => a.from - b.from)
  for (const [k, box] of boxes.entries()) {
    for (let n = k + 1; n < boxes.length; n++) {
      const other = boxes[n]
      if (!other || other.from > box.to) break
      if (other.low > box.high || other.high < box.low) continue
      yield box.id < other.id ? [box.id, other.id] : [other.id, box.id]
    }
  }
}

/** How long the segments are along an axis, as a share of the whole ring. */
function extent(ring: Ring, axis: 0 | 1): number {
  let [sum, min, max] = [0, Infinity, -Infinity]
  let before = ring[0]
  for (const point of ring) {
    sum += Math.abs(point[axis] - (before ?? point)[axis])
    min = Math.min(min, point[axis])
    max = Math.max(max, point[axis])
    before = point
  }
  return max > min ? sum / (max - min) : Infinity
}

function meet(ring: Ring, i: number, j: number, { crossings, touches }: Found): void {
  const [a, b, c, d] = [ring[i], ring[i + 1], ring[j], ring[j + 1]]
  if (!a || !b || !c || !d) return
  if (crosses(a, b, c, d)) {
    const at = crossing(a, b, c, d)
    crossings.set(String(at), at)
    return
  }
  const at = touch(a, b, c, d)
  if (at) touches.set(String(at), at)
}

function touch(a: Lattice, b: Lattice, c: Lattice, d: Lattice): Lattice | null {
  if (onSegment(a, c, d)) return a
  if (onSegment(b, c, d)) return b
  if (onSegment(c, a, b)) return c
  return onSegment(d, a, b) ? d : null
}
