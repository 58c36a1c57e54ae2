import { cut, merge, type Line } from '../cut.ts'
import type { Arc, ArcKind, Atom, Fabric, Lattice } from '../fabric.ts'
import type { LatticePolygon } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { area2, atomLabels, dissolve, locate, multiPolygon } from '../topology.ts'
import { copyOf, draftOf, type Draft, type GridKey, type PlanGrid } from './draft.ts'
import { draftOfFabric } from './drawing.ts'
import { pointWithin } from './within.ts'

/** A grid as it comes from outside: one of a tiling that the gate has found to be one. */
export interface Incoming {
  readonly grid: PlanGrid
  readonly polygons: readonly LatticePolygon[]
}

/** Leftovers thinner than this between a new border and an old one are nobody's wish; half a metre in lattice units. */
const SLIVER = 50

/**
 * A draft whose grids have the given shapes on the ground of the base. Atoms of the base stay as they are, id and all, and are
 * divided where a new border runs through them; a tiling that uses borders of the base only leaves its fabric as it is. A
 * community reaches as far as its grids.
 */
export function overlay(base: Draft, incoming: readonly Incoming[]): Draft {
  const walls = wallsOf(incoming)
  return labelled(base, incoming, walls) ?? redrawn(base, incoming)
}

type Walls = ReadonlyMap<string, GridKey>

const key = (a: Lattice, b: Lattice): string => `${a[0]} ${a[1]} ${b[0]} ${b[1]}`

/** Each segment of a border, as it is walked with the grid on the left. */
function wallsOf(incoming: readonly Incoming[]): Walls {
  const walls = new Map<string, GridKey>()
  for (const { grid, polygons } of incoming)
    for (const ring of polygons.flat())
      ring.forEach((to, i) => i > 0 && walls.set(key(ring[i - 1] ?? to, to), grid.key))
  return walls
}

/** The base with other labels; null where a border runs elsewhere than along its arcs. */
function labelled(base: Draft, incoming: readonly Incoming[], walls: Walls): Draft | null {
  const labels = new Map<number, GridKey>()
  let found = 0
  for (const { points, left, right } of base.arcs.values()) {
    points.forEach((to, i) => {
      const from = points[i - 1]
      if (!from) return
      for (const [atom, grid] of [
        [left, walls.get(key(from, to))],
        [right, walls.get(key(to, from))],
      ] as const) {
        if (grid === undefined) continue
        found++
        if (atom !== 0) labels.set(atom, grid)
      }
    })
  }
  if (found !== walls.size) return null
  flood(base, labels, walls)
  const { nodes, arcs, atoms, next } = base
  if ([...atoms.keys()].some((id) => !labels.has(id))) return null
  const grids = incoming.map(({ grid }) => grid)
  const draft = draftOf({
    nodes,
    arcs: arcs.values(),
    atoms: atoms.values(),
    grids,
    labels,
    next: nextOf(next, grids),
  })
  const isNested = [...atoms.values()].every(
    ({ id, community }) => draft.grids.get(labels.get(id) ?? 0)?.community === community,
  )
  return isNested ? draft : copyOf({ ...draft, ...settled(draft) })
}

/** Atoms without a border belong to the grid of their neighbours across what is no border. */
function flood(base: Draft, labels: Map<number, GridKey>, walls: Walls): void {
  const queue = [...labels.keys()]
  for (let atom = queue.pop(); atom !== undefined; atom = queue.pop()) {
    for (const beyond of reachedFrom(base, atom, walls)) {
      if (labels.has(beyond)) continue
      labels.set(beyond, labels.get(atom) ?? 0)
      queue.push(beyond)
    }
  }
}

function reachedFrom(base: Draft, atom: number, walls: Walls): readonly number[] {
  return [...(base.arcsOfAtom.get(atom) ?? [])].flatMap((id) => {
    const arc = base.arcs.get(id)
    const [a, b] = arc?.points ?? []
    if (!arc || !a || !b || walls.has(key(a, b)) || walls.has(key(b, a))) return []
    const beyond = arc.left === atom ? arc.right : arc.left
    return beyond === 0 ? [] : [beyond]
  })
}

/** The tiling's own fabric, cut along the arcs of the base, its atoms named after those of the base that they are part of. */
function redrawn(base: Draft, incoming: readonly Incoming[]): Draft {
  const made = fabricFromPolygons(
    incoming.map(({ grid, polygons }) => ({ geometry: multiPolygon(polygons), community: grid.community })),
  )
  const lines = [...base.arcs.values()].map(({ points, kind }): Line => ({ points, kind }))
  const divided = cut(made.fabric, lines)
  const keyOf = (part: number): GridKey => incoming[made.owner.get(part) ?? -1]?.grid.key ?? 0
  const owner = new Map<number, GridKey>()
  for (const { id } of made.fabric.atoms)
    for (const piece of divided.pieces.get(id) ?? [id]) owner.set(piece, keyOf(id))
  const fabric = merge(divided.fabric, slivers(divided.fabric, owner))
  const names = namesAfter(base, fabric)
  const name = (id: number): number => names.get(id)?.id ?? 0
  const renamed: Fabric = {
    nodes: fabric.nodes,
    arcs: fabric.arcs.map((arc) => ({ ...arc, left: name(arc.left), right: name(arc.right) })),
    atoms: [...names.values()].toSorted((a, b) => a.id - b.id),
  }
  const labels = new Map(fabric.atoms.map(({ id }) => [name(id), owner.get(id) ?? 0]))
  const grids = incoming.map(({ grid }) => grid)
  const draft = draftOfFabric(renamed, labels, grids)
  return copyOf({ ...draft, ...settled(draft), next: nextOf(draft.next, grids) })
}

function nextOf(next: Draft['next'], grids: readonly PlanGrid[]): Draft['next'] {
  return { ...next, grid: grids.reduce((least, grid) => Math.min(least, grid.key - 1), next.grid) }
}

/** Thin atom → the atom of the same grid that it has most border with. Chains are followed by `merge`. */
function slivers(fabric: Fabric, owner: ReadonlyMap<number, GridKey>): ReadonlyMap<number, number> {
  const faces = dissolve(fabric, atomLabels(fabric))
  const shared = new Map<number, Map<number, number>>()
  const round = new Map<number, number>()
  for (const { points, left, right } of fabric.arcs) {
    const length = lengthOf(points)
    for (const [a, b] of [
      [left, right],
      [right, left],
    ] as const) {
      round.set(a, (round.get(a) ?? 0) + length)
      if (owner.get(a) !== owner.get(b)) continue
      const sides = shared.get(a) ?? new Map<number, number>()
      shared.set(a, sides.set(b, (sides.get(b) ?? 0) + length))
    }
  }
  const thin = fabric.atoms.filter(
    ({ id }) => Number(area2(faces.get(id) ?? [])) / (round.get(id) ?? 1) < SLIVER,
  )
  const gone = new Set(thin.map(({ id }) => id))
  return new Map(
    thin.flatMap(({ id }): (readonly [number, number])[] => {
      const [best] = [...(shared.get(id) ?? [])]
        .filter(([beside]) => !gone.has(beside))
        .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      return best ? [[id, best[0]]] : []
    }),
  )
}

function lengthOf(points: readonly Lattice[]): number {
  return points.reduce((sum, [x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y]
    return sum + Math.hypot(x - px, y - py)
  }, 0)
}

/** Each atom as part of the atom of the base that it lies in: the largest part keeps the id. */
function namesAfter(base: Draft, fabric: Fabric): ReadonlyMap<number, Atom> {
  const ground: Fabric = { nodes: [], arcs: [...base.arcs.values()], atoms: [] }
  const faces = dissolve(fabric, atomLabels(fabric))
  const parts = fabric.atoms.map((atom) => {
    const face = faces.get(atom.id) ?? []
    const [under = 0] = locate(ground, pointWithin(face[0] ?? []))
    return { atom, under, size: area2(face) }
  })
  const names = new Map<number, Atom>()
  let next = base.next.atom
  for (const [under, all] of Map.groupBy(parts, (part) => part.under)) {
    const known = base.atoms.get(under)
    const sorted = all.toSorted(
      (a, b) => Number(b.size > a.size) - Number(b.size < a.size) || a.atom.id - b.atom.id,
    )
    sorted.forEach(({ atom }, i) => {
      const id = known && i === 0 ? known.id : next++
      names.set(atom.id, { ...atom, kind: known?.kind ?? 'field', id })
    })
  }
  return names
}

/** Communities as far as their grids, and the kinds of arcs that follow from it. */
function settled(draft: Draft): Pick<Draft, 'arcs' | 'atoms'> {
  const community = (atom: number): string => draft.grids.get(draft.labels.get(atom) ?? 0)?.community ?? ''
  const kindOf = ({ kind, left, right }: Arc): ArcKind => {
    if (left === 0 || right === 0) return 'outline'
    if (community(left) !== community(right)) return 'community'
    return kind === 'outline' || kind === 'community' ? 'field' : kind
  }
  return {
    arcs: new Map([...draft.arcs.values()].map((arc) => [arc.id, { ...arc, kind: kindOf(arc) }])),
    atoms: new Map(
      [...draft.atoms.values()].map((atom) => [atom.id, { ...atom, community: community(atom.id) }]),
    ),
  }
}
