import type { Coverage } from './gate-cover.ts'
import { blocks, fault, type BoundaryFault } from './gate-faults.ts'
import type { Shape } from './gate-shape.ts'
import { settle, type Move } from './gate-settle.ts'
import {
  checkBoundaries,
  DEFAULTS,
  draw,
  examine,
  type Checked,
  type GateGrid,
  type GateOptions,
} from './gate.ts'
import { ringArea2, type LatticePolygon } from './lattice.ts'

/** A grid as it can be stored: borders shared with its neighbours to the coordinate. */
export interface TiledGrid extends GateGrid {
  readonly polygons: readonly LatticePolygon[]
  readonly areaM2: number
}

/** What a repair did to one grid. */
interface Change {
  readonly code: string
  readonly beforeM2: number
  readonly afterM2: number
}

export interface Repaired {
  /** As the file is. */
  readonly before: Checked
  /** As the repair leaves it; null where the file has faults that nobody can guess away. */
  readonly after: Checked | null
  /** Grids whose area is no longer the same. */
  readonly changes: readonly Change[]
  readonly moves: readonly (Omit<Move, 'from' | 'to'> & {
    readonly from: string | null
    readonly to: string | null
  })[]
  /** Vertices joined with a neighbour's, and vertices written into a neighbour's edge. */
  readonly joined: number
  readonly inserted: number
}

/** What one pass leaves, the next one takes: joining two borders may bring a third within reach. */
const PASSES = 3

/**
 * Repairs by these rules and no others. Rings are closed, spikes and repeated points dropped, rings that cross themselves keep
 * all that they wind around. Vertices within the tolerance of another grid's vertex or edge are joined to it. Where grids overlap, the lowest
 * code keeps the place. Enclosed gaps up to `gapM2` and loose parts thinner than the tolerance go to the neighbour with the
 * longest shared border. Larger gaps are left to a person.
 */
export function repairBoundaries(json: unknown, options: GateOptions): Repaired {
  const before = checkBoundaries(json, options)
  const untouched = { before, after: null, changes: [], moves: [], joined: 0, inserted: 0 }
  const toleranceM = options.toleranceM ?? DEFAULTS.toleranceM
  const rules = { gapM2: options.gapM2 ?? DEFAULTS.gapM2, sliverM: toleranceM }
  const isHopeless = before.faults.some(
    ({ code, severity }) => severity === 'error' && code !== 'gap' && code !== 'hole',
  )
  if (!before.drawing || isHopeless) return untouched

  const codes = before.grids.map(({ code }) => code)
  const nameOf = (grid: number | null): string | null => (grid === null ? null : (codes[grid] ?? null))
  const moves: Repaired['moves'][number][] = []
  let [joined, inserted] = [0, 0]
  let after = before
  for (
    let pass = 0;
    pass < PASSES && after.drawing && (pass === 0 || after.faults.some(isRepairable));
    pass++
  ) {
    const { rings, coverage, snapped } = draw(after.drawing.rings, toleranceM, after.drawing.scale)
    const settled = settle(coverage, rules)
    joined += snapped.moved
    inserted += snapped.inserted
    moves.push(...settled.moves.map((move) => ({ ...move, from: nameOf(move.from), to: nameOf(move.to) })))
    const shapes = before.grids.map((grid, i): Shape => ({ ...grid, parts: settled.polygons.get(i) ?? [] }))
    const gone = shapes
      .filter(({ parts }) => parts.length === 0)
      .map(({ code }) => fault('vanished', { grids: [code] }))
    after = examine(shapes, after.crs, gone, false, { ...options, scale: before.drawing.scale })
    if (rings.length === 0 || gone.length > 0) break
  }
  return { before, after, changes: changesOf(codes, before, after), moves, joined, inserted }
}

const isRepairable = ({ severity }: BoundaryFault): boolean => severity === 'repairable'

function changesOf(codes: readonly string[], before: Checked, after: Checked): readonly Change[] {
  const [old, now] = [
    areasOf(before.drawing?.coverage, codes.length),
    areasOf(after.drawing?.coverage, codes.length),
  ]
  return codes
    .map((code, i) => ({ code, beforeM2: old[i] ?? 0, afterM2: now[i] ?? 0 }))
    .filter(({ beforeM2, afterM2 }) => Math.abs(beforeM2 - afterM2) > 0.01)
}

function areasOf(coverage: Coverage | undefined, count: number): Float64Array {
  const sums = new Float64Array(count)
  coverage?.grids.forEach((grids, face) => {
    for (const grid of grids) sums[grid] = (sums[grid] ?? 0) + (coverage.areaM2[face] ?? 0)
  })
  return sums
}

/**
 * The tiling of a file without blocking faults; null for any other. The areas of the grids on the lattice add up exactly to the
 * area within their common outline.
 */
export function tilingOf(checked: Checked): readonly TiledGrid[] | null {
  if (!checked.drawing || checked.faults.some(blocks)) return null
  const { coverage } = checked.drawing
  const { polygons } = settle(coverage, null)
  const areas = areasOf(coverage, checked.grids.length)
  return checked.grids.map((grid, i) => ({ ...grid, polygons: polygons.get(i) ?? [], areaM2: areas[i] ?? 0 }))
}

/** Twice the area of all grids on the lattice; of an exact tiling, that of its outline. */
export function totalArea2(grids: readonly Pick<TiledGrid, 'polygons'>[]): bigint {
  return grids.reduce(
    (sum, { polygons }) => sum + polygons.flat().reduce((s, ring) => s + ringArea2(ring), 0n),
    0n,
  )
}
