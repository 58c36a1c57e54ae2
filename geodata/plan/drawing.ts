import { ARC_KINDS, ATOM_KINDS, type Arc, type Atom, type Fabric, type Lattice } from '../fabric.ts'
import type { Labels } from '../topology.ts'
import { draftOf, type Draft, type GridKey, type Next, type PlanGrid } from './draft.ts'

/** A draft as plain values, ascending by id, so that equal drafts have equal texts. */
export interface Drawing {
  readonly next: Next
  /** id, x, y of each. */
  readonly nodes: readonly number[]
  /** id, n0, n1, left, right, kind, number of inner points, and those as x, y, of each. */
  readonly arcs: readonly number[]
  /** id, kind, community, grid of each; kind and community by their place in the lists. */
  readonly atoms: readonly number[]
  readonly communities: readonly string[]
  readonly grids: readonly PlanGrid[]
}

const ascending = (a: number, b: number): number => a - b

export function drawingOf(draft: Draft): Drawing {
  const communities = [...new Set([...draft.atoms.values()].map(({ community }) => community))].toSorted()
  const place = new Map(communities.map((code, i) => [code, i]))
  return {
    next: draft.next,
    nodes: [...draft.nodes.keys()]
      .toSorted(ascending)
      .flatMap((id) => [id, ...(draft.nodes.get(id) ?? [0, 0])]),
    arcs: [...draft.arcs.values()].toSorted((a, b) => a.id - b.id).flatMap(arcNumbers),
    atoms: [...draft.atoms.values()]
      .toSorted((a, b) => a.id - b.id)
      .flatMap(({ id, kind, community }) => [
        id,
        ATOM_KINDS.indexOf(kind),
        place.get(community) ?? 0,
        draft.labels.get(id) ?? 0,
      ]),
    communities,
    grids: [...draft.grids.values()].toSorted((a, b) => a.key - b.key),
  }
}

function arcNumbers({ id, n0, n1, left, right, kind, points }: Arc): readonly number[] {
  const inner = points.slice(1, -1).flat()
  return [id, n0, n1, left, right, ARC_KINDS.indexOf(kind), inner.length / 2, ...inner]
}

/** @throws RangeError when the numbers are not those of a drawing. */
export function draftFrom({ next, nodes, arcs, atoms, communities, grids }: Drawing): Draft {
  const places = new Map<number, Lattice>()
  for (let i = 0; i < nodes.length; i += 3) places.set(at(nodes, i), [at(nodes, i + 1), at(nodes, i + 2)])
  const units: Atom[] = []
  const labels: [number, GridKey][] = []
  for (let i = 0; i < atoms.length; i += 4) {
    const id = at(atoms, i)
    units.push({ id, kind: of(ATOM_KINDS, at(atoms, i + 1)), community: of(communities, at(atoms, i + 2)) })
    labels.push([id, at(atoms, i + 3)])
  }
  return draftOf({ next, nodes: places, arcs: arcsFrom(arcs, places), atoms: units, grids, labels })
}

function arcsFrom(numbers: readonly number[], nodes: ReadonlyMap<number, Lattice>): readonly Arc[] {
  const found: Arc[] = []
  for (let i = 0; i < numbers.length; i += 7 + 2 * at(numbers, i + 6)) found.push(arcFrom(numbers, i, nodes))
  return found
}

function arcFrom(numbers: readonly number[], start: number, nodes: ReadonlyMap<number, Lattice>): Arc {
  const [n0, n1] = [at(numbers, start + 1), at(numbers, start + 2)]
  const [first, last] = [nodes.get(n0), nodes.get(n1)]
  if (!first || !last) throw new RangeError('an arc misses its nodes')
  const inner = Array.from({ length: at(numbers, start + 6) }, (_, i): Lattice => {
    const place = start + 7 + 2 * i
    return [at(numbers, place), at(numbers, place + 1)]
  })
  return {
    id: at(numbers, start),
    n0,
    n1,
    points: [first, ...inner, last],
    left: at(numbers, start + 3),
    right: at(numbers, start + 4),
    kind: of(ARC_KINDS, at(numbers, start + 5)),
  }
}

function at(numbers: readonly number[], i: number): number {
  return of(numbers, i)
}

function of<T>(list: readonly T[], i: number): T {
  const value = list[i]
  if (value === undefined) throw new RangeError('a drawing ends too early')
  return value
}

/** A draft of a fabric whose atoms have grids. */
export function draftOfFabric(fabric: Fabric, labels: Labels<GridKey>, grids: readonly PlanGrid[]): Draft {
  return draftOf({
    nodes: fabric.nodes.entries(),
    arcs: fabric.arcs,
    atoms: fabric.atoms,
    grids,
    labels,
    next: {
      node: fabric.nodes.length,
      arc: 1 + fabric.arcs.reduce((most, { id }) => Math.max(most, id), -1),
      atom: 1 + fabric.atoms.reduce((most, { id }) => Math.max(most, id), 0),
      grid: -1,
    },
  })
}

/** The fabric of a draft. Atoms keep their ids; nodes and arcs are numbered anew. */
export function fabricOf(draft: Draft): Fabric {
  const ids = [...draft.nodes.keys()].toSorted(ascending)
  const place = new Map(ids.map((id, i) => [id, i]))
  return {
    nodes: ids.map((id) => draft.nodes.get(id) ?? [0, 0]),
    arcs: [...draft.arcs.values()]
      .toSorted((a, b) => a.id - b.id)
      .map((arc, id) => ({ ...arc, id, n0: place.get(arc.n0) ?? 0, n1: place.get(arc.n1) ?? 0 })),
    atoms: [...draft.atoms.values()].toSorted((a, b) => a.id - b.id),
  }
}
