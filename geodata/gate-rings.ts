import type { Lattice } from './fabric.ts'
import { fault, type BoundaryFault } from './gate-faults.ts'
import type { Shape } from './gate-shape.ts'
import { meetings } from './gate-meetings.ts'
import { withoutSpikes, type Shared } from './gate-spikes.ts'
import { ringArea2, samePoint, toPosition, type Ring } from './lattice.ts'

/** A ring without repeated points and spikes. `grid` is the place of its grid in the list, `part` that of its part. */
export interface CleanRing {
  readonly grid: number
  readonly part: number
  readonly hole: boolean
  /** Closed; a shell counter-clockwise, a hole clockwise. */
  readonly points: Ring
}

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
    const seen: Seen = { repeated: [], spikes: [], crossings: [], touches: [], tangles: [], collapsed: [] }
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

/** More are no slips of the hand. */
const MAX_SPIKES = 1000

interface Seen {
  readonly repeated: Lattice[]
  readonly spikes: Lattice[]
  readonly crossings: Lattice[]
  readonly touches: Lattice[]
  readonly tangles: Lattice[]
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
  if (seen.tangles.length > 0) faults.push(fault('tangled', place(seen.tangles)))
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

function cleanRing(ring: Ring, shared: Shared, toleranceM: number, seen: Seen): Ring | null {
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
  const { crossings, touches, isTangle } = meetings(closed)
  if (isTangle || seen.spikes.length > MAX_SPIKES) seen.tangles.push(crossings[0] ?? start)
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

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}
