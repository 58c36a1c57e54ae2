import type { Lattice } from './fabric.ts'
import { fault, type BoundaryFault } from './gate-faults.ts'
import type { Shape } from './gate-shape.ts'
import { meetings, MAX_CROSSINGS } from './gate-meetings.ts'
import { ringArea2, samePoint, toPosition, type Ring } from './lattice.ts'
import { metresPerDegree } from './metres.ts'

/** A ring without repeated points and spikes. `grid` is the place of its grid in the list, `part` that of its part. */
export interface CleanRing {
  readonly grid: number
  readonly part: number
  readonly hole: boolean
  /** Closed; a shell counter-clockwise, a hole clockwise. */
  readonly points: Ring
}

/** A tip narrower than two degrees that is also thinner than the tolerance is a slip of the hand. */
const SPIKE_SIN = Math.sin((2 * Math.PI) / 180)

export function cleanRings(
  shapes: readonly Shape[],
  toleranceM: number,
): { readonly rings: readonly CleanRing[]; readonly faults: readonly BoundaryFault[] } {
  const shared = lazily(() => sharedPoints(shapes))
  const faults: BoundaryFault[] = []
  const turned = new Set<string>()
  const rings = shapes.flatMap(({ code, parts }, grid) => {
    const before = faults.length
    const clean: CleanRing[] = []
    const seen: Seen = { repeated: [], spikes: [], crossings: [], touches: [], collapsed: [] }
    parts.forEach((part, index) => {
      for (const [i, ring] of part.entries()) {
        const points = cleanRing(ring, shared, toleranceM, seen)
        if (points === null && i === 0) break
        if (points === null) continue
        const clockwise = ringArea2(points) < 0n
        if (clockwise !== i > 0 && seen.crossings.length === 0) turned.add(code)
        clean.push({
          grid,
          part: index,
          hole: i > 0,
          points: clockwise === i > 0 ? points : points.toReversed(),
        })
      }
    })
    report(code, seen, clean.length, faults)
    return faults.slice(before).some(({ severity }) => severity === 'error') ? [] : clean
  })
  if (turned.size > 0) faults.push(fault('orientation', { grids: [...turned] }))
  return { rings, faults }
}

interface Seen {
  readonly repeated: Lattice[]
  readonly spikes: Lattice[]
  readonly crossings: Lattice[]
  readonly touches: Lattice[]
  readonly collapsed: Lattice[]
}

function report(code: string, seen: Seen, kept: number, faults: BoundaryFault[]): void {
  const place = (points: readonly Lattice[]) => ({
    grids: [code],
    at: points[0] ? toPosition(points[0]) : null,
    count: points.length,
  })
  if (seen.repeated.length > 0) faults.push(fault('duplicate-point', place(seen.repeated)))
  if (seen.spikes.length > 0) faults.push(fault('spike', place(seen.spikes)))
  if (seen.touches.length > 0) faults.push(fault('self-touching', place(seen.touches)))
  if (seen.crossings.length > MAX_CROSSINGS)
    faults.push(fault('tangled', { ...place(seen.crossings), count: MAX_CROSSINGS }))
  else if (seen.crossings.length > 0) faults.push(fault('self-crossing', place(seen.crossings)))
  if (seen.collapsed.length > 0)
    faults.push(fault('collapsed', { ...place(seen.collapsed), severity: kept > 0 ? 'repairable' : 'error' }))
}

/** Points that several grids use; a narrow tip at such a point is a border, not a slip. */
function sharedPoints(shapes: readonly Shape[]): ReadonlySet<string> {
  const first = new Map<string, number>()
  const shared = new Set<string>()
  shapes.forEach(({ parts }, grid) => {
    for (const ring of parts.flat())
      for (const point of ring) {
        const key = String(point)
        const known = first.get(key)
        if (known === undefined) first.set(key, grid)
        else if (known !== grid) shared.add(key)
      }
  })
  return shared
}

function cleanRing(
  ring: Ring,
  shared: () => ReadonlySet<string>,
  toleranceM: number,
  seen: Seen,
): Ring | null {
  const [first] = ring
  if (!first) return null
  const points = withoutSpikes(
    withoutRepeats(ring.slice(0, -1), seen.repeated),
    shared,
    toleranceM,
    seen.spikes,
  )
  const [start] = points
  if (!start || points.length < 3) {
    seen.collapsed.push(first)
    return null
  }
  const closed = [...points, start]
  const { crossings, touches } = meetings(closed)
  seen.crossings.push(...crossings)
  seen.touches.push(...touches)
  if (crossings.length > 0 || ringArea2(closed) !== 0n) return closed
  seen.collapsed.push(first)
  return null
}

function withoutRepeats(points: readonly Lattice[], repeated: Lattice[]): readonly Lattice[] {
  return points.filter((point, i) => {
    const before = points[(i + points.length - 1) % points.length]
    if (!before || points.length < 2 || !samePoint(point, before)) return true
    repeated.push(point)
    return false
  })
}

/** Taking a spike's tip off may lay bare the next one, or a repeated point. */
function withoutSpikes(
  given: readonly Lattice[],
  shared: () => ReadonlySet<string>,
  toleranceM: number,
  spikes: Lattice[],
): readonly Lattice[] {
  const points = [...given]
  for (let i = 0, calm = 0; calm < points.length && points.length >= 3;) {
    const n = points.length
    const [before, tip, after] = [points[(i + n - 1) % n], points[i % n], points[(i + 1) % n]]
    if (!before || !tip || !after) break
    const repeats = samePoint(before, tip)
    if (!repeats && !isSlip(before, tip, after, shared, toleranceM)) {
      i = (i + 1) % n
      calm++
      continue
    }
    if (!repeats) spikes.push(tip)
    points.splice(i % n, 1)
    i = (i + n - 2) % (n - 1)
    calm = 0
  }
  return points
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

function isSlip(
  before: Lattice,
  tip: Lattice,
  after: Lattice,
  shared: () => ReadonlySet<string>,
  toleranceM: number,
): boolean {
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
