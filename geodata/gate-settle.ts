import { pieces, widthM, type Coverage, type Piece } from './gate-cover.ts'
import type { LatticePolygon } from './lattice.ts'
import { dissolve } from './topology.ts'
import { cellsOf } from './weave.ts'

export interface SettleRules {
  /** Enclosed gaps up to this area go to the neighbour with the longest shared border. */
  readonly gapM2: number
  /** Loose parts thinner than this go to the neighbour with the longest shared border. */
  readonly sliverM: number
}

/** An area that changes hands; `null` is nobody. Grids by their place in the list. */
export interface Move {
  readonly why: 'overlap' | 'gap' | 'sliver'
  readonly from: number | null
  readonly to: number | null
  readonly areaM2: number
}

export interface Settled {
  /** Grid → its polygons; neighbours share their border to the coordinate. */
  readonly polygons: ReadonlyMap<number, readonly LatticePolygon[]>
  readonly moves: readonly Move[]
}

/** After so many rounds of slivers the rest stays as it is. */
const ROUNDS = 3

/** Gives every face one owner: where several grids cover it, the one with the lowest code. Without rules nothing else changes. */
export function settle(coverage: Coverage, rules: SettleRules | null): Settled {
  const owners = Int32Array.from(coverage.grids, ([lowest]) => (lowest === undefined ? 0 : lowest + 1))
  if (rules) {
    fillGaps(coverage, owners, rules.gapM2)
    for (let round = 0; round < ROUNDS; round++) if (!dropSlivers(coverage, owners, rules.sliverM)) break
  }
  return { polygons: polygonsOf(coverage, owners), moves: movesOf(coverage, owners) }
}

function fillGaps(coverage: Coverage, owners: Int32Array, gapM2: number): void {
  for (const piece of pieces(coverage, owners)) {
    if (piece.label !== 0 || piece.faces[0] === 0 || piece.areaM2 > gapM2) continue
    give(piece, longest(piece), owners)
  }
}

/** The largest part of a grid is never a sliver. */
function dropSlivers(coverage: Coverage, owners: Int32Array, sliverM: number): boolean {
  const owned = pieces(coverage, owners).filter(({ label }) => label !== 0)
  let dropped = false
  for (const parts of Map.groupBy(owned, ({ label }) => label).values()) {
    const largest = parts.reduce((a, b) => (b.areaM2 > a.areaM2 ? b : a))
    for (const part of parts) {
      if (part === largest || widthM(part) >= sliverM) continue
      give(part, longest(part), owners)
      dropped = true
    }
  }
  return dropped
}

function give({ faces }: Piece, owner: number, owners: Int32Array): void {
  for (const face of faces) owners[face] = owner
}

/** The label with the longest shared border, the lower one of two; 0 where there is only the outside. */
function longest({ borders }: Piece): number {
  let found = 0
  let most = 0
  for (const [label, metres] of [...borders].toSorted(([a], [b]) => a - b)) {
    if (label === 0 || metres <= most) continue
    found = label
    most = metres
  }
  return found
}

function polygonsOf(coverage: Coverage, owners: Int32Array): Settled['polygons'] {
  const { vertices, edges, faceOf } = coverage
  const covers = coverage.grids.map((_, face) => (owners[face] ? [owners[face]] : []))
  const { nodes, arcs, cells } = cellsOf(
    { vertices, edges, faceOf, covers },
    ([owner]) => owner ?? 0,
    () => false,
  )
  const atoms = cells.map(({ id }) => ({ id, kind: 'block' as const, community: '' }))
  return dissolve({ nodes, arcs, atoms }, new Map(cells.map(({ id, owner }) => [id, owner - 1])))
}

function movesOf({ grids, areaM2 }: Coverage, owners: Int32Array): readonly Move[] {
  const moves = new Map<string, Move>()
  grids.forEach((covering, face) => {
    const owner = owners[face] ?? 0
    const to = owner === 0 ? null : owner - 1
    const losers = covering.length === 0 && to !== null ? [null] : covering.filter((grid) => grid !== to)
    for (const from of losers) {
      const why = whyOf(covering, to, from)
      const key = `${why} ${from} ${to}`
      const area = (moves.get(key)?.areaM2 ?? 0) + (areaM2[face] ?? 0)
      moves.set(key, { why, from, to, areaM2: area })
    }
  })
  return [...moves.values()].toSorted((a, b) => b.areaM2 - a.areaM2)
}

function whyOf(covering: readonly number[], to: number | null, from: number | null): Move['why'] {
  if (from === null) return 'gap'
  return to !== null && covering.includes(to) ? 'overlap' : 'sliver'
}
