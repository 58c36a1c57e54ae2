import type { Lattice } from './fabric.ts'
import { faces, joiner } from './faces.ts'
import type { CleanRing } from './gate-rings.ts'
import type { Scale } from './nearby.ts'
import { node, type Edge } from './noding.ts'
import { windings } from './weave.ts'

/** All rings noded into one planar graph: every face knows which grids cover it. 0 grids is a gap, 2 or more an overlap. */
export interface Coverage {
  readonly vertices: readonly Lattice[]
  readonly edges: readonly Edge[]
  /** Half-edge → the face on its left; face 0 is the outside. */
  readonly faceOf: readonly number[]
  /** Face → rings that wind around it, by their place in the list, ascending. */
  readonly rings: readonly (readonly number[])[]
  /** Face → grids that cover it, ascending. */
  readonly grids: readonly (readonly number[])[]
  readonly areaM2: Float64Array
  readonly scale: Scale
}

export function coverageOf(rings: readonly CleanRing[], scale: Scale): Coverage {
  const { vertices, edges } = node(
    rings.map(({ points }, i) => ({ points, kind: 'community', left: i + 1, right: 0 })),
  )
  const { of: faceOf, count } = faces(vertices, edges)
  const around = flood(edges, faceOf, count)
  return {
    vertices,
    edges,
    faceOf,
    rings: around,
    grids: around.map((ids) => covering(ids, rings)),
    areaM2: areas(vertices, edges, faceOf, count, scale),
    scale,
  }
}

/**
 * From the outside in: who crosses an edge enters or leaves the rings that run along it. A face belongs to a ring that winds around it
 * any number of times but none, so that both wings of a bow-tie and the inside of a loop belong to the grid.
 */
function flood(
  edges: readonly Edge[],
  faceOf: readonly number[],
  count: number,
): readonly (readonly number[])[] {
  return windings(edges, faceOf, count).map((sides) =>
    [...new Set(sides.map((side) => Math.abs(side) - 1))].toSorted((a, b) => a - b),
  )
}

/** A grid covers what lies in the shell of one of its parts and in no hole of that part. */
function covering(around: readonly number[], rings: readonly CleanRing[]): readonly number[] {
  const grids: number[] = []
  for (const [part, inside] of Map.groupBy(around, (id) => partKey(rings[id]))) {
    const grid = Math.floor(part / PARTS)
    if (inside.some((id) => rings[id]?.hole) || grids.includes(grid)) continue
    grids.push(grid)
  }
  return grids.toSorted((a, b) => a - b)
}

const PARTS = 2 ** 20
const partKey = (ring: CleanRing | undefined): number => (ring ? ring.grid * PARTS + ring.part : -1)

function areas(
  vertices: readonly Lattice[],
  edges: readonly Edge[],
  faceOf: readonly number[],
  count: number,
  [sx, sy]: Scale,
): Float64Array {
  const sums = new Float64Array(count)
  const [ox, oy] = vertices[0] ?? [0, 0]
  edges.forEach(({ a, b }, i) => {
    const [p, q] = [vertices[a] ?? [ox, oy], vertices[b] ?? [ox, oy]]
    const part = (((p[0] - ox) * (q[1] - oy) - (q[0] - ox) * (p[1] - oy)) * sx * sy) / 2
    const [left, right] = [faceOf[2 * i] ?? 0, faceOf[2 * i + 1] ?? 0]
    sums[left] = (sums[left] ?? 0) + part
    sums[right] = (sums[right] ?? 0) - part
  })
  return sums
}

/** Faces of one label that hang together across edges. */
export interface Piece {
  readonly label: number
  readonly faces: readonly number[]
  readonly areaM2: number
  readonly perimeterM: number
  /** The middle of the longest edge of its border. */
  readonly at: Lattice
  /** Label on the other side → metres of border with it. */
  readonly borders: ReadonlyMap<number, number>
}

/** The piece of face 0 is the outside. */
export function pieces(coverage: Coverage, labels: ArrayLike<number>): readonly Piece[] {
  const { vertices, edges, faceOf, scale } = coverage
  const sets = joiner(coverage.grids.length)
  edges.forEach((_, i) => {
    const [left, right] = [faceOf[2 * i] ?? 0, faceOf[2 * i + 1] ?? 0]
    if (labels[left] === labels[right]) sets.join(left, right)
  })
  const found = new Map<number, Draft>()
  coverage.grids.forEach((_, face) => {
    const root = sets.root(face)
    const draft = found.get(root) ?? newDraft(labels[face] ?? 0)
    found.set(root, draft)
    draft.faces.push(face)
    draft.areaM2 += coverage.areaM2[face] ?? 0
  })
  edges.forEach(({ a, b }, i) => {
    const [left, right] = [faceOf[2 * i] ?? 0, faceOf[2 * i + 1] ?? 0]
    if (labels[left] === labels[right]) return
    const [p, q] = [vertices[a] ?? [0, 0], vertices[b] ?? [0, 0]]
    const length = Math.hypot((q[0] - p[0]) * scale[0], (q[1] - p[1]) * scale[1])
    const middle: Lattice = [Math.round((p[0] + q[0]) / 2), Math.round((p[1] + q[1]) / 2)]
    extend(found.get(sets.root(left)), labels[right] ?? 0, length, middle)
    extend(found.get(sets.root(right)), labels[left] ?? 0, length, middle)
  })
  return [...found.values()]
}

interface Draft extends Piece {
  faces: number[]
  areaM2: number
  perimeterM: number
  longestM: number
  at: Lattice
  borders: Map<number, number>
}

function newDraft(label: number): Draft {
  return { label, faces: [], areaM2: 0, perimeterM: 0, longestM: 0, at: [0, 0], borders: new Map() }
}

function extend(draft: Draft | undefined, other: number, length: number, middle: Lattice): void {
  if (!draft) return
  draft.perimeterM += length
  draft.borders.set(other, (draft.borders.get(other) ?? 0) + length)
  if (length <= draft.longestM) return
  draft.longestM = length
  draft.at = middle
}

/** The width of the rectangle with the same area and perimeter, roughly: what is long and thin has little. */
export function widthM({ areaM2, perimeterM }: Pick<Piece, 'areaM2' | 'perimeterM'>): number {
  return perimeterM === 0 ? 0 : (2 * areaM2) / perimeterM
}
