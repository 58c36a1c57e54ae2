import type { Lattice } from './fabric.ts'
import { samePoint } from './lattice.ts'
import { metresPerDegree } from './metres.ts'

/** A tip narrower than two degrees that is also thinner than the tolerance is a slip of the hand. */
const SPIKE_SIN = Math.sin((2 * Math.PI) / 180)

/** Points that several grids use; a narrow tip at such a point is a border, not a slip. Asked for only where there is a tip. */
export type Shared = () => ReadonlySet<string>

/** The points of an open ring without its spikes, whose tips are added to `spikes`. */
export function withoutSpikes(
  points: readonly Lattice[],
  shared: Shared,
  toleranceM: number,
  spikes: Lattice[],
): readonly Lattice[] {
  const ring = linked(points)
  let at = 0
  // Taking a tip off may lay bare the next one, or a repeated point: on until a whole round was calm.
  for (let calm = 0; calm < ring.size() && ring.size() >= 3;) {
    const [before, tip, after] = ring.around(at)
    const repeats = samePoint(before, tip)
    if (repeats || isSlip(before, tip, after, shared, toleranceM)) {
      if (!repeats) spikes.push(tip)
      at = ring.drop(at)
      calm = 0
    } else {
      at = ring.after(at)
      calm++
    }
  }
  return ring.list()
}

/** A ring of links lets go of a point at once, however long it is. */
function linked(points: readonly Lattice[]) {
  const count = points.length
  const next = Int32Array.from(points, (_, i) => (i + 1) % count)
  const last = Int32Array.from(points, (_, i) => (i + count - 1) % count)
  const point = (i: number): Lattice => points[i] ?? [0, 0]
  const [after, before] = [(i: number): number => next[i] ?? 0, (i: number): number => last[i] ?? 0]
  let [size, first] = [count, 0]
  return {
    size: () => size,
    after,
    around: (i: number) => [point(before(i)), point(i), point(after(i))] as const,
    /** Returns the place before the dropped one. */
    drop(i: number): number {
      const [p, q] = [before(i), after(i)]
      next[p] = q
      last[q] = p
      if (i === first) first = q
      size--
      return p
    },
    list(): readonly Lattice[] {
      const kept: Lattice[] = []
      for (let i = first; kept.length < size; i = after(i)) kept.push(point(i))
      return kept
    },
  }
}

function isSlip(before: Lattice, tip: Lattice, after: Lattice, shared: Shared, toleranceM: number): boolean {
  if (!isSpike(before, tip, after, toleranceM)) return false
  return isSpike(before, tip, after, 0) || !shared().has(String(tip))
}

function isSpike(before: Lattice, tip: Lattice, after: Lattice, toleranceM: number): boolean {
  const [ux, uy] = [before[0] - tip[0], before[1] - tip[1]]
  const [vx, vy] = [after[0] - tip[0], after[1] - tip[1]]
  if (ux * vx + uy * vy <= 0) return false
  const [mx, my] = metresPerDegree(tip[1] / 1e7)
  const [sx, sy] = [mx / 1e7, my / 1e7]
  const [a, b] = [Math.hypot(ux * sx, uy * sy), Math.hypot(vx * sx, vy * sy)]
  const thickness = (Math.abs(ux * vy - uy * vx) * sx * sy) / Math.max(a, b)
  return thickness <= toleranceM && thickness <= Math.min(a, b) * SPIKE_SIN
}
