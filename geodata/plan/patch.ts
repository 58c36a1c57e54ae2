import type { Arc, Atom, Lattice } from '../fabric.ts'
import {
  link,
  linkArc,
  unlink,
  unlinkArc,
  type Draft,
  type GridKey,
  type Next,
  type OpenDraft,
  type PlanGrid,
} from './draft.ts'

/** What one thing was and is; null where it is not there. */
export interface Change<T> {
  readonly id: number
  readonly before: T | null
  readonly after: T | null
}

/** What an operation did, as values: its inverse is the same with before and after exchanged. */
export interface Patch {
  readonly nodes: readonly Change<Lattice>[]
  readonly arcs: readonly Change<Arc>[]
  readonly atoms: readonly Change<Atom>[]
  readonly labels: readonly Change<GridKey>[]
  readonly grids: readonly Change<PlanGrid>[]
  readonly next: { readonly before: Next; readonly after: Next }
}

/** A patch of a draft that changes nothing but what is given. */
export function patchOf(
  draft: Draft,
  changes: Partial<Omit<Patch, 'next'>>,
  next: Partial<Next> = {},
): Patch {
  return {
    nodes: [],
    arcs: [],
    atoms: [],
    labels: [],
    grids: [],
    ...changes,
    next: { before: draft.next, after: { ...draft.next, ...next } },
  }
}

/** The patch that takes the other back. */
export function inverseOf(patch: Patch): Patch {
  return {
    nodes: patch.nodes.map(turned),
    arcs: patch.arcs.map(turned),
    atoms: patch.atoms.map(turned),
    labels: patch.labels.map(turned),
    grids: patch.grids.map(turned),
    next: { before: patch.next.after, after: patch.next.before },
  }
}

function turned<T>({ id, before, after }: Change<T>): Change<T> {
  return { id, before: after, after: before }
}

/** Changes the draft. The patch must have been made for the state that it is in. */
export function apply(draft: Draft, patch: Patch): void {
  const open = draft as OpenDraft
  for (const change of patch.nodes) put(open.nodes, change)
  for (const { before } of patch.arcs) if (before) unlinkArc(open, before)
  for (const change of patch.arcs) put(open.arcs, change)
  for (const { after } of patch.arcs) if (after) linkArc(open, after)
  for (const change of patch.atoms) put(open.atoms, change)
  for (const change of patch.grids) put(open.grids, change)
  for (const change of patch.labels) {
    if (change.before !== null) unlink(open.atomsOfGrid, change.before, change.id)
    put(open.labels, change)
    if (change.after !== null) link(open.atomsOfGrid, change.after, change.id)
  }
  open.next = patch.next.after
}

function put<T>(map: Map<number, T>, { id, after }: Change<T>): void {
  if (after === null) map.delete(id)
  else map.set(id, after)
}
