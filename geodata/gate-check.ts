import { joiner } from './faces.ts'
import { pieces, widthM, type Coverage, type Piece } from './gate-cover.ts'
import { fault, rounded, type BoundaryFault, type FaultCode } from './gate-faults.ts'
import { nearMisses } from './gate-near.ts'
import type { CleanRing } from './gate-rings.ts'
import { toPosition } from './lattice.ts'

export interface CheckOptions {
  readonly toleranceM: number
  /** A gap up to this area is taken for a slip; a larger one for something that a person must look at. */
  readonly gapM2: number
  /** Larger gaps are meant: lakes, enclaves. */
  readonly keepGaps: boolean
  /** Some grids could not be read, so that gaps say nothing. */
  readonly isPartial: boolean
}

/** What is wrong between grids, and between the rings of one grid, read off the faces. */
export function checkCoverage(
  coverage: Coverage,
  rings: readonly CleanRing[],
  codes: readonly string[],
  options: CheckOptions,
): readonly BoundaryFault[] {
  const labels = labelsOf(coverage, codes.length)
  const found = pieces(coverage, labels.ids)
  const empty = found.filter(({ label, faces }) => label === 0 && faces[0] !== 0)
  const isQuiet = new Set(
    found
      .filter((piece) => piece.label === 0 && (piece.faces[0] === 0 || isKept(piece, options)))
      .flatMap(({ faces }) => faces),
  )
  return [
    ...ringFaults(coverage, rings, codes),
    ...overlaps(found, labels.sets, codes),
    ...(options.isPartial ? [] : gaps(empty, labels.sets, codes, options)),
    ...nearMisses(coverage, codes, isQuiet, options.toleranceM),
    ...islands(coverage),
  ]
}

interface Labels {
  /** Face → 0 for none, else one more than the place of its set in `sets`. */
  readonly ids: Int32Array
  readonly sets: readonly (readonly number[])[]
}

/** The first labels are the grids themselves. */
function labelsOf({ grids }: Coverage, count: number): Labels {
  const sets: (readonly number[])[] = Array.from({ length: count }, (_, grid) => [grid])
  const known = new Map<string, number>()
  const ids = Int32Array.from(grids, (set) => {
    const [first] = set
    if (first === undefined) return 0
    if (set.length === 1) return first + 1
    const key = set.join(' ')
    const id = known.get(key) ?? sets.push(set)
    known.set(key, id)
    return id
  })
  return { ids, sets }
}

function overlaps(found: readonly Piece[], sets: Labels['sets'], codes: readonly string[]) {
  const doubled = found.filter(({ label }) => (sets[label - 1]?.length ?? 0) > 1)
  const groups = Map.groupBy(doubled, ({ label }) => label)
  return [...groups].map(([label, group]) => summed('overlap', group, named(sets[label - 1] ?? [], codes)))
}

function gaps(
  empty: readonly Piece[],
  sets: Labels['sets'],
  codes: readonly string[],
  options: CheckOptions,
): readonly BoundaryFault[] {
  const sorted = empty.map((piece) => {
    const around = new Set([...piece.borders.keys()].flatMap((label) => sets[label - 1] ?? []))
    const grids = named([...around], codes)
    const isSmall = piece.areaM2 <= options.gapM2
    return { piece, grids, isSmall, key: `${isSmall} ${grids.join(' ')}` }
  })
  return [...Map.groupBy(sorted, ({ key }) => key).values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const list = group.map(({ piece }) => piece)
    const code = first.grids.length === 1 ? 'hole' : 'gap'
    if (first.isSmall) return [summed(code, list, first.grids)]
    if (options.keepGaps) return [summed('kept-gap', list, first.grids)]
    return [{ ...summed(code, list, first.grids), severity: 'error' as const }]
  })
}

function isKept(piece: Piece, { keepGaps, gapM2 }: CheckOptions): boolean {
  return keepGaps && piece.areaM2 > gapM2
}

function summed(code: FaultCode, group: readonly Piece[], grids: readonly string[]): BoundaryFault {
  const largest = group.reduce((a, b) => (b.areaM2 > a.areaM2 ? b : a))
  const areaM2 = group.reduce((sum, piece) => sum + piece.areaM2, 0)
  const words = { largest: rounded(largest.areaM2), width: rounded(widthM(largest)) }
  return fault(code, { grids, at: toPosition(largest.at), count: group.length, areaM2, words })
}

function named(grids: readonly number[], codes: readonly string[]): readonly string[] {
  return grids.toSorted((a, b) => a - b).map((grid) => codes[grid] ?? '')
}

/** Rings of one grid that do not nest: a hole in no shell, two shells or two holes over one place. */
function ringFaults(
  { rings: around, areaM2, faceOf, edges, vertices }: Coverage,
  rings: readonly CleanRing[],
  codes: readonly string[],
): readonly BoundaryFault[] {
  const found = new Map<string, { grid: number; code: FaultCode; areaM2: number; face: number }>()
  around.forEach((ids, face) => {
    for (const [grid, inside] of Map.groupBy(ids, (id) => rings[id]?.grid ?? -1)) {
      const code = nesting(inside.flatMap((id) => rings[id] ?? []))
      if (code === null) continue
      const key = `${code} ${grid}`
      const known = found.get(key) ?? { grid, code, areaM2: 0, face }
      found.set(key, { ...known, areaM2: known.areaM2 + (areaM2[face] ?? 0) })
    }
  })
  return [...found.values()].map(({ grid, code, areaM2: area, face }) => {
    const edge = edges[faceOf.indexOf(face) >> 1]
    const at = edge && vertices[edge.a]
    return fault(code, { grids: named([grid], codes), at: at ? toPosition(at) : null, areaM2: area })
  })
}

function nesting(inside: readonly CleanRing[]): 'hole-outside' | 'rings-overlap' | null {
  const shells = inside.filter(({ hole }) => !hole)
  const holes = inside.filter(({ hole }) => hole)
  const isHeld = (hole: CleanRing): boolean => shells.some(({ part }) => part === hole.part)
  if (!holes.every(isHeld)) return 'hole-outside'
  const covering = shells.filter(({ part }) => !holes.some((hole) => hole.part === part))
  const isDoubled = new Set(holes.map(({ part }) => part)).size < holes.length
  return covering.length > 1 || isDoubled ? 'rings-overlap' : null
}

/** Grids that hang together through borders or corners are one island. */
function islands({ grids, edges, faceOf, areaM2, vertices }: Coverage): readonly BoundaryFault[] {
  const sets = joiner(vertices.length)
  const land = new Map<number, number>()
  edges.forEach(({ a, b }, i) => {
    const sides = [faceOf[2 * i] ?? 0, faceOf[2 * i + 1] ?? 0].filter((face) => grids[face]?.length)
    if (sides.length === 0) return
    sets.join(a, b)
    for (const face of sides) {
      sets.join(a, land.get(face) ?? a)
      land.set(face, a)
    }
  })
  const sizes = new Map<number, number>()
  for (const [face, vertex] of land) {
    const root = sets.root(vertex)
    sizes.set(root, (sizes.get(root) ?? 0) + (areaM2[face] ?? 0))
  }
  const [smallest] = [...sizes].toSorted((p, q) => p[1] - q[1])
  const at = vertices[smallest?.[0] ?? 0]
  return sizes.size < 2 || !at ? [] : [fault('pieces', { at: toPosition(at), count: sizes.size })]
}
