import type { PlanOp } from '#contract/planning'
import type { Lattice } from '#geo/fabric'
import type { Position } from '#geo/geojson'
import { toPosition } from '#geo/lattice'
import type { Draft } from '#geo/plan/draft'
import type { Op } from '#geo/plan/op'
import { placeOfAtom, placeOfGrid } from '#geo/plan/places'
import { deskNow, redoBy, stand } from '../desk.ts'
import { usePlanning, type Outcome } from '../session.ts'
import { linesOf, pathTo, wayBetween } from '../tree.ts'
import { redoWay } from './standings.ts'

/** Takes the draft to a line of its log in one step: by undo, by redo, or, on another branch, by doing it once more. */
export function goTo(seq: number): Outcome {
  const { log, head, perform } = usePlanning.getState()
  const lines = linesOf(log)
  const { back, forth } = wayBetween(pathTo(lines, head), pathTo(lines, seq))
  const redo = redoWay(lines, head).indexOf(seq) + 1
  const saver = deskNow()?.saver
  if (redo > 0) {
    deskNow()?.track.drop()
    redoBy(redo)
    saver?.add({ redo })
    return { ok: true }
  }
  if (back > 0) {
    deskNow()?.track.drop()
    stand(pathTo(lines, head).at(-back)?.parent ?? 0)
    saver?.add({ undo: back })
  }
  return forth.length === 0 ? { ok: true } : perform(...forth.map(({ op }) => opOf(op)))
}

/** The same operation; over the wire pairs are known as arrays only. */
export const opOf = (op: PlanOp): Op => op as Op

/** Where to look for what an operation did. */
export function placeOfOp(draft: Draft, op: Op): Position | null {
  const at = latticeOf(draft, op)
  return at && toPosition(at)
}

function latticeOf(draft: Draft, op: Op): Lattice | null {
  if ('to' in op) return op.to
  if ('at' in op) return op.at
  if ('line' in op) return op.line[Math.floor(op.line.length / 2)] ?? null
  if ('atoms' in op) return firstOf(op.atoms, (atom) => placeOfAtom(draft, atom))
  if ('arc' in op) return draft.arcs.get(op.arc)?.points[op.index] ?? null
  return placeOfGrid(draft, op.kind === 'merge' && !draft.grids.has(op.grid) ? op.into : op.grid)
}

function firstOf(ids: readonly number[], place: (id: number) => Lattice | null): Lattice | null {
  for (const id of ids) {
    const at = place(id)
    if (at) return at
  }
  return null
}
