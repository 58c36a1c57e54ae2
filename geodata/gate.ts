import { keepsLines, type Crs } from './crs.ts'
import { checkCoverage } from './gate-check.ts'
import { coverageOf, widthM, type Coverage } from './gate-cover.ts'
import { fault, rounded, type BoundaryFault } from './gate-faults.ts'
import { isCrowded } from './gate-crowd.ts'
import { readShapes, type FileOptions } from './gate-file.ts'
import type { Properties } from './gate-json.ts'
import { cleanRings, type CleanRing } from './gate-rings.ts'
import type { Shape } from './gate-shape.ts'
import { snap } from './gate-snap.ts'
import { toPosition } from './lattice.ts'
import { scaleAt, type Scale } from './nearby.ts'

export interface GateOptions extends FileOptions {
  /** Borders closer than this that do not match were meant to match. */
  readonly toleranceM?: number | undefined
  /** A gap up to this area is a slip; a larger one may be a lake or an enclave. */
  readonly gapM2?: number | undefined
  /** Gaps larger than that are meant. */
  readonly keepGaps?: boolean | undefined
}

export const DEFAULTS = { toleranceM: 1, gapM2: 500 } as const

/** A grid of the file that could be read, in the order of its code. */
export interface GateGrid {
  readonly code: string
  /** Place of the feature in the file, from 0. */
  readonly index: number
  readonly properties: Properties
}

export interface Checked {
  readonly crs: Crs
  readonly grids: readonly GateGrid[]
  readonly faults: readonly BoundaryFault[]
  /** The faces that the grids make; null where no ring could be read. */
  readonly drawing: Drawing | null
}

interface Drawing {
  readonly rings: readonly CleanRing[]
  readonly coverage: Coverage
  readonly scale: Scale
}

/**
 * Checks parsed JSON of whatever content for a FeatureCollection of grid boundaries: first its shape, then each ring, then the grids
 * among each other. Builds nothing from what is too large, and changes nothing but what rounding to the lattice has parted: numbers
 * of more than seven decimals, and vertices on a neighbour's edge that a projection has moved off it.
 */
export function checkBoundaries(json: unknown, options: GateOptions): Checked {
  const { crs, shapes, lost, faults } = readShapes(json, options)
  return examine(shapes, crs, faults, lost > 0, options)
}

/** The check behind the reading: of a file's shapes, and of what a repair has made of them, on the same scale. */
export function examine(
  shapes: readonly Shape[],
  crs: Crs,
  shapeFaults: readonly BoundaryFault[],
  isIncomplete: boolean,
  options: GateOptions & { readonly scale?: Scale },
): Checked {
  const toleranceM = options.toleranceM ?? DEFAULTS.toleranceM
  const { rings, faults: faultsOfRings } = cleanRings(shapes, toleranceM)
  const grids = shapes.map(({ code, index, properties }) => ({ code, index, properties }))
  const known = [...shapeFaults, ...faultsOfRings]
  const [first] = rings
  if (!first) return { crs, grids, faults: known, drawing: null }
  if (isCrowded(rings)) return { crs, grids, faults: [fault('tangled-grids'), ...known], drawing: null }

  const scale = options.scale ?? scaleAt(toPosition(first.points[0] ?? [0, 0])[1])
  const noiseM = Math.min(keepsLines(crs) ? LATTICE_NOISE_M : PROJECTION_NOISE_M, toleranceM)
  const drawing = draw(rings, noiseM, scale)
  const codes = grids.map(({ code }) => code)
  const isPartial = isIncomplete || known.some(({ severity }) => severity === 'error')
  const between = checkCoverage(drawing.coverage, drawing.rings, codes, {
    toleranceM,
    gapM2: options.gapM2 ?? DEFAULTS.gapM2,
    keepGaps: options.keepGaps ?? false,
    isPartial,
  })
  const faults = [...known, ...slivers(codes, drawing, toleranceM), ...drawing.notes(codes), ...between]
  return { crs, grids, faults: faults.toSorted(byWeight), drawing }
}

/** Rounding moves a vertex and the edge that it lay on by up to one lattice unit from each other: 1.6 cm across the diagonal. */
const LATTICE_NOISE_M = 0.02
/** A straight kilometre in a projection or in shifted coordinates is bent by up to 6 cm in degrees. */
const PROJECTION_NOISE_M = 0.1

const WEIGHTS = ['error', 'repairable', 'note'] as const

function byWeight(a: BoundaryFault, b: BoundaryFault): number {
  return WEIGHTS.indexOf(a.severity) - WEIGHTS.indexOf(b.severity)
}

export function draw(rings: readonly CleanRing[], toleranceM: number, scale: Scale) {
  const snapped = snap(rings, toleranceM, scale)
  const notes = (codes: readonly string[]): readonly BoundaryFault[] => {
    const count = snapped.moved + snapped.inserted
    if (count === 0) return []
    const grids = [...snapped.grids].toSorted((a, b) => a - b).map((grid) => codes[grid] ?? '')
    const at = snapped.at ? toPosition(snapped.at) : null
    return [fault('missing-vertex', { grids, at, count, words: { width: toleranceM } })]
  }
  return { rings: snapped.rings, coverage: coverageOf(snapped.rings, scale), scale, snapped, notes }
}

/** Parts that are thinner than the tolerance. Where nothing else is left of the grid, no rule can repair it. */
function slivers(codes: readonly string[], { rings, coverage, scale }: Drawing, toleranceM: number) {
  const areas = new Float64Array(rings.length)
  coverage.rings.forEach((around, face) => {
    for (const id of around) areas[id] = (areas[id] ?? 0) + (coverage.areaM2[face] ?? 0)
  })
  const shells = rings.flatMap((ring, i) => {
    const part = { ring, areaM2: areas[i] ?? 0, perimeterM: perimeterM(ring, scale) }
    return ring.hole ? [] : [{ ...part, width: widthM(part) }]
  })
  return [...Map.groupBy(shells, ({ ring }) => ring.grid)].flatMap(([grid, parts]) => {
    const thin = parts.filter(({ width }) => width < toleranceM)
    const [first] = thin
    if (!first) return []
    const found = {
      grids: [codes[grid] ?? ''],
      at: toPosition(first.ring.points[0] ?? [0, 0]),
      count: thin.length,
      areaM2: thin.reduce((sum, { areaM2 }) => sum + areaM2, 0),
      words: { width: rounded(first.width) },
    }
    return [fault('sliver', thin.length === parts.length ? { ...found, severity: 'error' } : found)]
  })
}

function perimeterM({ points }: CleanRing, [sx, sy]: Scale): number {
  let sum = 0
  points.forEach(([x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y]
    sum += Math.hypot((x - px) * sx, (y - py) * sy)
  })
  return sum
}
