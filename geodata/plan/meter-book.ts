import type { Arc } from '../fabric.ts'
import type { Draft, GridKey } from './draft.ts'
import type { ArcSize } from './meter-arcs.ts'
import type { Ground } from './meter-measures.ts'
import { addTo, emptyTally, takeFrom, type Tally } from './meter-tally.ts'
import type { Patch } from './patch.ts'

type LabelOf = (atom: number) => GridKey

/** Sums by atom and by grid; atom 0 and grid 0 are the outside. */
export interface Book {
  /** To count in. */
  readonly atom: (id: number) => Tally
  readonly ofAtom: (id: number) => Ground
  readonly ofGrid: (key: GridKey) => Ground
  readonly perimeterM: (key: GridKey) => number
  /** Turns over to the state after the patch: `recount` changes the sums of atoms, and only of those that are named. */
  readonly turn: (patch: Patch, touched: ReadonlySet<number>, recount: () => void) => void
}

/** A book of the borders alone; `fill` counts what lies in the atoms. */
export function openBook(draft: Draft, sizeOf: (arc: Arc) => ArcSize, fill: (book: Book) => void): Book {
  const atoms = new Map<number, Tally>()
  const grids = new Map<GridKey, Tally>()
  const perimeters = new Map<GridKey, number>()
  const labelOf: LabelOf = (atom) => draft.labels.get(atom) ?? 0

  function countArc(arc: Arc, sign: 1 | -1): void {
    const { area2, areaM2, lengthM } = sizeOf(arc)
    const roadM = arc.kind === 'road' || arc.kind === 'lane' ? lengthM / 2 : 0
    for (const [id, side] of [
      [arc.left, sign],
      [arc.right, -sign],
    ] as const) {
      if (id === 0) continue
      const tally = tallyIn(atoms, id)
      tally.area2 += side === 1 ? area2 : -area2
      tally.areaM2 += side * areaM2
      tally.roadM += sign * roadM
    }
  }

  function countBorder(arc: Arc, label: LabelOf, sign: 1 | -1): void {
    const [left, right] = [label(arc.left), label(arc.right)]
    if (left === right) return
    const { lengthM } = sizeOf(arc)
    perimeters.set(left, (perimeters.get(left) ?? 0) + sign * lengthM)
    perimeters.set(right, (perimeters.get(right) ?? 0) + sign * lengthM)
  }

  /** Arcs that stay as they are beside atoms that go to another grid. */
  function turnBorders(patch: Patch, wasOf: LabelOf): void {
    const done = new Set(patch.arcs.map(({ id }) => id))
    for (const { before, after } of patch.arcs) {
      if (before) countBorder(before, wasOf, -1)
      if (after) countBorder(after, labelOf, 1)
    }
    for (const { id: atom } of patch.labels) {
      for (const id of draft.arcsOfAtom.get(atom) ?? []) {
        const arc = draft.arcs.get(id)
        if (!arc || done.has(id)) continue
        done.add(id)
        countBorder(arc, wasOf, -1)
        countBorder(arc, labelOf, 1)
      }
    }
  }

  const book: Book = {
    atom: (id) => tallyIn(atoms, id),
    ofAtom: (id) => ({ ...(atoms.get(id) ?? emptyTally()) }),
    ofGrid: (key) => ({ ...(grids.get(key) ?? emptyTally()) }),
    perimeterM: (key) => perimeters.get(key) ?? 0,
    turn(patch, touched, recount) {
      const wasOf = labelsBefore(draft, patch)
      for (const id of touched) takeFrom(tallyIn(grids, wasOf(id)), tallyIn(atoms, id))
      for (const { before, after } of patch.arcs) {
        if (before) countArc(before, -1)
        if (after) countArc(after, 1)
      }
      recount()
      for (const { id, after } of patch.atoms) if (after === null) atoms.delete(id)
      for (const id of touched) {
        const tally = atoms.get(id)
        if (tally) addTo(tallyIn(grids, labelOf(id)), tally)
      }
      turnBorders(patch, wasOf)
      for (const { id, after } of patch.grids) {
        if (after !== null) continue
        grids.delete(id)
        perimeters.delete(id)
      }
    },
  }

  for (const arc of draft.arcs.values()) {
    countArc(arc, 1)
    countBorder(arc, labelOf, 1)
  }
  fill(book)
  for (const [id, tally] of atoms) addTo(tallyIn(grids, labelOf(id)), tally)
  return book
}

export function labelsBefore(draft: Draft, patch: Patch): LabelOf {
  const changed = new Map(patch.labels.map(({ id, before }) => [id, before ?? 0]))
  return (atom) => changed.get(atom) ?? draft.labels.get(atom) ?? 0
}

function tallyIn(tallies: Map<number, Tally>, id: number): Tally {
  const known = tallies.get(id)
  if (known) return known
  const tally = emptyTally()
  tallies.set(id, tally)
  return tally
}
