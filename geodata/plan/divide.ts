import type { Arc, ArcKind, Atom, Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import type { Cells } from '../weave.ts'
import { collision, freshOf } from './clear.ts'
import type { Draft } from './draft.ts'
import { isNear, strokesOf, tangle, type Laid, type Stroke } from './lay.ts'
import type { Refused } from './op.ts'
import { apply, inverseOf, patchOf, type Change, type Patch } from './patch.ts'
import { crossesRay } from './places.ts'
import { refused } from './refusals.ts'
import { arcsOf, chainsOf, type Chain, type Strand } from './stitch.ts'
import { overlaid, settle, strandsOf } from './woven.ts'

/** An arc that the line runs along, and the atoms on its sides as the line goes. */
export interface Stretch {
  readonly arc: number
  readonly left: number
  readonly right: number
  /** Nodes, as the line goes. */
  readonly from: number
  readonly to: number
}

export interface Divided {
  readonly ok: true
  readonly patch: Patch
  /** Each atom that fell into pieces → their ids, the largest first: that one keeps the old id. */
  readonly pieces: ReadonlyMap<number, readonly number[]>
  /** What became of the line, in its order. */
  readonly way: readonly Stretch[]
}

/**
 * Cuts atoms of the draft along a line and applies the patch, or leaves the draft as it was. What bounds no piece is dropped: dead
 * ends, and all that lies outside `within`. Where the line runs along arcs it uses them. Crossings are nodes on the lattice, for the
 * atoms beyond a border too; a border bends by less than a unit to meet them. A line that cuts nothing changes nothing.
 */
export function divideAtoms(
  draft: Draft,
  line: readonly Lattice[],
  within: ReadonlySet<number>,
  kind: ArcKind = 'field',
): Divided | Refused {
  const strokes = strokesOf(line)
  const tangled = tangle(strokes)
  if (tangled) return refused('crossing', [], tangled)
  const atoms = metBy(draft, strokes, within)
  const arcs = arcsAround(draft, atoms)
  const woven = settle(arcs, strokes, atoms, within)
  const lost = [...atoms].find((id) => !woven.cells.cells.some(({ owner }) => owner === id))
  if (lost !== undefined) return refused('empty', [draft.labels.get(lost) ?? 0], line[0] ?? null)
  const named = namesOf(draft, woven.cells)
  const laidOn = overlaid(woven)
  if (laidOn) return refused('crossing', [], laidOn)
  const sewn = sewnOf(draft, arcs, woven.laid, strandsOf(woven, atoms, named.ids), kind)
  if (named.pieces.size === 0) return untouched(draft, sewn.patch, sewn.way)
  const patch: Patch = {
    ...sewn.patch,
    atoms: named.atoms.map((atom) => ({ id: atom.id, before: null, after: atom })),
    labels: [...named.pieces].flatMap(([parent, ids]) =>
      ids.slice(1).map((id) => ({ id, before: null, after: draft.labels.get(parent) ?? 0 })),
    ),
    next: {
      ...sewn.patch.next,
      after: { ...sewn.patch.next.after, atom: draft.next.atom + named.atoms.length },
    },
  }
  apply(draft, patch)
  const at = collision(draft, freshOf(patch))
  if (!at) return { ok: true, patch, pieces: named.pieces, way: sewn.way }
  apply(draft, inverseOf(patch))
  return refused('crossing', [], at)
}

/** A line that cuts nothing may still run along arcs; what it would bend stays as it is. */
function untouched(draft: Draft, { arcs }: Patch, way: readonly Stretch[]): Divided {
  const bent = new Set(arcs.map(({ id }) => id))
  return {
    ok: true,
    patch: patchOf(draft, {}),
    pieces: new Map(),
    way: way.filter(({ arc }) => !bent.has(arc)),
  }
}

/** Atoms that the line may cut. It is of one piece, so it meets the border of each, unless one holds all of it. */
function metBy(draft: Draft, strokes: readonly Stroke[], within: ReadonlySet<number>): ReadonlySet<number> {
  const met = new Set<number>()
  for (const stroke of strokes) {
    for (const arc of passed(draft, stroke)) {
      for (const atom of [arc.left, arc.right]) if (within.has(atom)) met.add(atom)
    }
  }
  const [start] = strokes
  if (met.size > 0 || !start) return met
  for (const atom of within) if (holds(draft, atom, start[0])) met.add(atom)
  return met
}

/** Arcs that the stroke may meet. */
function* passed(draft: Draft, stroke: Stroke): Generator<Arc> {
  const [[x0, y0], [x1, y1]] = stroke
  // What rounding bends may lie in the next cell of the index.
  const box: readonly [Lattice, Lattice] = [
    [Math.min(x0, x1) - 4, Math.min(y0, y1) - 4],
    [Math.max(x0, x1) + 4, Math.max(y0, y1) + 4],
  ]
  for (const id of draft.near.near(...box)) {
    const arc = draft.arcs.get(id)
    if (arc?.points.some((to, i) => i > 0 && isNear(arc.points[i - 1] ?? to, to, stroke))) yield arc
  }
}

function holds(draft: Draft, atom: number, at: Lattice): boolean {
  let inside = false
  for (const id of draft.arcsOfAtom.get(atom) ?? []) {
    const points = draft.arcs.get(id)?.points ?? []
    points.forEach((to, i) => {
      if (crossesRay(at, points[i - 1] ?? to, to)) inside = !inside
    })
  }
  return inside
}

/** Ascending, so that what is numbered anew is numbered alike wherever the operation is done again. */
function arcsAround(draft: Draft, atoms: ReadonlySet<number>): readonly Arc[] {
  const ids = new Set([...atoms].flatMap((atom) => [...(draft.arcsOfAtom.get(atom) ?? [])]))
  return [...ids].toSorted((a, b) => a - b).flatMap((id) => draft.arcs.get(id) ?? [])
}

interface Named {
  /** Cell → atom. */
  readonly ids: ReadonlyMap<number, number>
  readonly atoms: readonly Atom[]
  readonly pieces: ReadonlyMap<number, readonly number[]>
}

function namesOf(draft: Draft, { cells }: Cells): Named {
  const ids = new Map<number, number>([[0, 0]])
  const atoms: Atom[] = []
  const pieces = new Map<number, readonly number[]>()
  let free = draft.next.atom
  const byOwner = Map.groupBy(cells, ({ owner }) => owner)
  for (const parent of [...byOwner.keys()].toSorted((a, b) => a - b)) {
    const atom = draft.atoms.get(parent)
    if (!atom) continue
    const sorted = (byOwner.get(parent) ?? []).toSorted(
      (a, b) => Number(b.area2 > a.area2) - Number(b.area2 < a.area2) || a.id - b.id,
    )
    const named = sorted.map((cell, i) => {
      const id = i === 0 ? parent : free++
      ids.set(cell.id, id)
      if (i > 0) atoms.push({ ...atom, id })
      return id
    })
    if (named.length > 1) pieces.set(parent, named)
  }
  return { ids, atoms, pieces }
}

function sewnOf(
  draft: Draft,
  arcs: readonly Arc[],
  { web }: Laid,
  strands: readonly Strand[],
  kind: ArcKind,
): { readonly patch: Patch; readonly way: readonly Stretch[] } {
  const old = new Map(arcs.flatMap((arc) => [arc.n0, arc.n1].map((id) => [String(draft.nodes.get(id)), id])))
  const nodes: Change<Lattice>[] = []
  const ids = new Map<number, number>()
  const nodeAt = (vertex: number): number => {
    const point = web.vertices[vertex] ?? [0, 0]
    const known = ids.get(vertex) ?? old.get(String(point))
    const id = known ?? draft.next.node + nodes.length
    if (known === undefined) nodes.push({ id, before: null, after: point })
    ids.set(vertex, id)
    return id
  }
  const chains = chainsOf(web.vertices, strands, (vertex) => old.has(String(web.vertices[vertex])))
  const made = arcsOf(chains, nodeAt, kind, draft.next.arc)
  const before = new Map(arcs.map((arc) => [arc.id, arc]))
  const changes = made.flatMap((after): readonly Change<Arc>[] => {
    const known = before.get(after.id)
    return known && sameArc(known, after) ? [] : [{ id: after.id, before: known ?? null, after }]
  })
  const added = made.filter(({ id }) => !before.has(id)).length
  const next = { node: draft.next.node + nodes.length, arc: draft.next.arc + added }
  return { patch: patchOf(draft, { nodes, arcs: changes }, next), way: wayOf(chains, made) }
}

function sameArc(a: Arc, b: Arc): boolean {
  if (a.left !== b.left || a.right !== b.right || a.points.length !== b.points.length) return false
  return a.points.every((point, i) => samePoint(point, b.points[i] ?? [NaN, NaN]))
}

function wayOf(chains: readonly Chain[], arcs: readonly Arc[]): readonly Stretch[] {
  return chains
    .flatMap(({ strands }, i) => {
      const arc = arcs[i]
      const sign = strands[0]?.along ?? 0
      if (!arc || sign === 0 || strands.some(({ along }) => along !== sign)) return []
      const first = sign > 0 ? strands[0] : strands.at(-1)
      return [{ place: first?.place ?? [0, 0], stretch: stretchOf(arc, sign) }]
    })
    .toSorted((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
    .map(({ stretch }) => stretch)
}

function stretchOf({ id, left, right, n0, n1 }: Arc, sign: number): Stretch {
  if (sign > 0) return { arc: id, left, right, from: n0, to: n1 }
  return { arc: id, left: right, right: left, from: n1, to: n0 }
}
