import type { Lattice } from '../fabric.ts'
import { orient } from '../lattice.ts'
import type { Draft, GridKey } from '../plan/draft.ts'
import type { Meter } from '../plan/meter.ts'
import type { Op } from '../plan/op.ts'
import { perform } from '../plan/perform.ts'
import { polygonsOfAtom } from '../plan/shapes.ts'
import { linesBetween, type Home } from './halve.ts'

/** An atom cut in two, and those again; a number is an atom that is whole. The larger piece of a cut keeps the number of the atom. */
interface Division {
  readonly line: readonly Lattice[]
  readonly kept: Piece
  readonly made: Piece
}

export type Piece = Division | number

/** Whether an atom is still too large to be handed over whole. */
export type TooLarge = (atom: number) => boolean

/** Cuts within one atom, at most as deep as this. */
const DEPTH = 6

/** Cuts the atom between its homes until no piece is too large or none can be cut; on the draft of the meter, which is kept true. */
export function divide(meter: Meter, atom: number, isTooLarge: TooLarge, depth = DEPTH): Piece {
  if (depth === 0 || !isTooLarge(atom)) return atom
  for (const line of linesBetween(homesIn(meter, atom))) {
    const made = cut(meter, atom, clipped(meter.draft, atom, line))
    if (made === null) continue
    return {
      line: made.line,
      kept: divide(meter, atom, isTooLarge, depth - 1),
      made: divide(meter, made.atom, isTooLarge, depth - 1),
    }
  }
  return atom
}

interface Made {
  readonly atom: number
  readonly line: readonly Lattice[]
}

function cut(meter: Meter, atom: number, line: readonly Lattice[] | null): Made | null {
  if (!line) return null
  const made = newAtom(meter, { kind: 'split-atom', atom, line })
  return made === null ? null : { atom: made, line }
}

/** Does the operation and answers the atom that it made; null where it was refused. */
function newAtom(meter: Meter, op: Op): number | null {
  const done = perform(meter.draft, op)
  if (!done.ok) return null
  meter.update(done.patch)
  return done.patch.atoms.find(({ before }) => before === null)?.id ?? null
}

function homesIn({ sites: { buildings }, buildings: atoms }: Meter, atom: number): readonly Home[] {
  const homes: Home[] = []
  atoms.forEach((own, i) => {
    const households = buildings.households[i] ?? 0
    if (own !== atom || households === 0) return
    homes.push({ at: [buildings.xs[i] ?? 0, buildings.ys[i] ?? 0], households })
  })
  return homes
}

/** The line where it passes the atom, a little longer; null where it does not cut it in just two. */
function clipped(
  draft: Draft,
  atom: number,
  [from, to]: readonly [Lattice, Lattice],
): readonly Lattice[] | null {
  const [polygon] = polygonsOfAtom(draft, atom)
  const places: number[] = []
  for (const ring of polygon ?? []) {
    ring.forEach((b, i) => {
      const a = ring[i - 1]
      if (!a || orient(from, to, a) * orient(from, to, b) >= 0) return
      places.push(meeting(from, to, a, b))
    })
  }
  if (places.length !== 2) return null
  const [start, end] = [Math.min(...places), Math.max(...places)]
  const spare = (end - start) * 0.02
  const at = (t: number): Lattice => [
    Math.round(from[0] + (to[0] - from[0]) * t),
    Math.round(from[1] + (to[1] - from[1]) * t),
  ]
  return [at(start - spare), at(end + spare)]
}

/** Where the line from `from` to `to` crosses that through a and b, as a share of it. */
function meeting(from: Lattice, to: Lattice, a: Lattice, b: Lattice): number {
  const [dx, dy, ex, ey] = [to[0] - from[0], to[1] - from[1], b[0] - a[0], b[1] - a[1]]
  return ((a[0] - from[0]) * ey - (a[1] - from[1]) * ex) / (dx * ey - dy * ex)
}

/** Atoms that become a grid's. */
export interface Given {
  readonly atom: number
  readonly grid: GridKey
}

/**
 * Does the cuts of a division that part two grids, on the draft of the meter, and answers which of the atoms then goes to which grid;
 * null when a cut is refused. `gridOf` knows the pieces by their numbers in the draft that was divided first.
 */
export function recut(
  meter: Meter,
  atom: number,
  piece: Piece,
  gridOf: (piece: number) => GridKey,
  ops: Op[],
): readonly Given[] | null {
  const grids = new Set(wholesOf(piece).map(gridOf))
  const [only] = grids
  if (only !== undefined && grids.size === 1) return [{ atom, grid: only }]
  if (typeof piece === 'number') return null
  const op: Op = { kind: 'split-atom', atom, line: piece.line }
  const made = newAtom(meter, op)
  if (made === null) return null
  ops.push(op)
  const kept = recut(meter, atom, piece.kept, gridOf, ops)
  const rest = recut(meter, made, piece.made, gridOf, ops)
  return kept && rest && [...kept, ...rest]
}

export function wholesOf(piece: Piece): readonly number[] {
  return typeof piece === 'number' ? [piece] : [...wholesOf(piece.kept), ...wholesOf(piece.made)]
}

/** Piece → the atom that it was part of. */
export function originsOf(pieces: ReadonlyMap<number, Piece>): ReadonlyMap<number, number> {
  return new Map(
    [...pieces].flatMap(([atom, piece]) => wholesOf(piece).map((whole) => [whole, atom] as const)),
  )
}
