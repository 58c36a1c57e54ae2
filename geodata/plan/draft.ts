import type { Arc, Atom, Lattice } from '../fabric.ts'
import { arcIndex, type ArcIndex } from './near.ts'

/** A grid within a plan: the id of one that exists, or a negative number for one that this draft makes. */
export type GridKey = number

export type GridKind = 'urban-full-time' | 'urban-comprehensive' | 'rural-comprehensive'

export interface PlanGrid {
  readonly key: GridKey
  /** Null until the plan that makes the grid is approved: codes are given then, and never given twice. */
  readonly code: string | null
  readonly name: string
  readonly nameEn: string
  readonly kind: GridKind
  /** Code of the community that all of its atoms lie in. */
  readonly community: string
  /** Id of its worker. */
  readonly worker: number | null
  /** Grid service station (网格中心服务站). */
  readonly station: Lattice | null
  /** While locked, neither its atoms nor its borders change. */
  readonly locked: boolean
}

/** First free numbers. They are part of the state, so that an operation names what it makes alike wherever it is done again. */
export interface Next {
  readonly node: number
  readonly arc: number
  readonly atom: number
  /** Counts down. */
  readonly grid: GridKey
}

/**
 * One plan while it is edited: a fabric, and for each atom the grid that it belongs to. Only `apply` of patch.ts changes it. The
 * values in the maps are never changed in place, so that a patch may keep them as its before and after.
 */
export interface Draft {
  readonly nodes: ReadonlyMap<number, Lattice>
  readonly arcs: ReadonlyMap<number, Arc>
  readonly atoms: ReadonlyMap<number, Atom>
  readonly grids: ReadonlyMap<GridKey, PlanGrid>
  /** Atom → grid, total. */
  readonly labels: ReadonlyMap<number, GridKey>
  readonly next: Next
  /** What follows from the above, kept up to date with it. */
  readonly arcsOfNode: Index
  readonly arcsOfAtom: Index
  readonly atomsOfGrid: Index
  readonly near: ArcIndex
}

type Index = ReadonlyMap<number, ReadonlySet<number>>

/** What `apply` may change; no other module asks for it. */
export interface OpenDraft extends Draft {
  readonly nodes: Map<number, Lattice>
  readonly arcs: Map<number, Arc>
  readonly atoms: Map<number, Atom>
  readonly grids: Map<GridKey, PlanGrid>
  readonly labels: Map<number, GridKey>
  next: Next
  readonly arcsOfNode: Map<number, Set<number>>
  readonly arcsOfAtom: Map<number, Set<number>>
  readonly atomsOfGrid: Map<GridKey, Set<number>>
}

export interface DraftParts {
  readonly nodes: Iterable<readonly [number, Lattice]>
  readonly arcs: Iterable<Arc>
  readonly atoms: Iterable<Atom>
  readonly grids: Iterable<PlanGrid>
  readonly labels: Iterable<readonly [atom: number, grid: GridKey]>
  readonly next: Next
}

export function draftOf(parts: DraftParts): Draft {
  const arcs = new Map([...parts.arcs].map((arc) => [arc.id, arc]))
  const draft: OpenDraft = {
    nodes: new Map(parts.nodes),
    arcs,
    atoms: new Map([...parts.atoms].map((atom) => [atom.id, atom])),
    grids: new Map([...parts.grids].map((grid) => [grid.key, grid])),
    labels: new Map(parts.labels),
    next: parts.next,
    arcsOfNode: new Map(),
    arcsOfAtom: new Map(),
    atomsOfGrid: new Map(),
    near: arcIndex(arcs),
  }
  for (const arc of arcs.values()) linkArc(draft, arc)
  for (const [atom, grid] of draft.labels) link(draft.atomsOfGrid, grid, atom)
  return draft
}

/** A copy that goes its own way. */
export function copyOf(draft: Draft): Draft {
  return draftOf({
    nodes: draft.nodes,
    arcs: draft.arcs.values(),
    atoms: draft.atoms.values(),
    grids: draft.grids.values(),
    labels: draft.labels,
    next: draft.next,
  })
}

export function linkArc(draft: OpenDraft, arc: Arc): void {
  link(draft.arcsOfNode, arc.n0, arc.id)
  link(draft.arcsOfNode, arc.n1, arc.id)
  link(draft.arcsOfAtom, arc.left, arc.id)
  link(draft.arcsOfAtom, arc.right, arc.id)
  draft.near.add(arc)
}

export function unlinkArc(draft: OpenDraft, arc: Arc): void {
  unlink(draft.arcsOfNode, arc.n0, arc.id)
  unlink(draft.arcsOfNode, arc.n1, arc.id)
  unlink(draft.arcsOfAtom, arc.left, arc.id)
  unlink(draft.arcsOfAtom, arc.right, arc.id)
  draft.near.remove(arc)
}

export function link(index: Map<number, Set<number>>, key: number, id: number): void {
  const known = index.get(key)
  if (known) known.add(id)
  else index.set(key, new Set([id]))
}

export function unlink(index: Map<number, Set<number>>, key: number, id: number): void {
  const known = index.get(key)
  known?.delete(id)
  if (known?.size === 0) index.delete(key)
}

/** The grid on each side of an arc, seen from its first node; 0 is the outside. */
export function sidesOf(draft: Draft, arc: Arc): readonly [left: GridKey, right: GridKey] {
  return [draft.labels.get(arc.left) ?? 0, draft.labels.get(arc.right) ?? 0]
}

/** Whether the arc parts two grids, or a grid from the outside. */
export function isBorder(draft: Draft, arc: Arc): boolean {
  const [left, right] = sidesOf(draft, arc)
  return left !== right
}
