import { cut, merge } from '../cut.ts'
import type { ArcKind, Atom, Fabric, Lattice } from '../fabric.ts'
import { atomLabels, dissolve } from '../topology.ts'
import { area, compactness, lattice, length, metres, type Point } from './plane.ts'
import type { RoadClass } from './sketch.ts'

/** A line on the ground. Roads and canals are drawn on the basemap where they bound atoms; a field edge has no name. */
export interface Drawn {
  readonly name: string | null
  readonly nameEn: string | null
  readonly kind: ArcKind
  readonly road: RoadClass | null
  readonly points: readonly Point[]
}

export interface Land {
  readonly fabric: Fabric
  readonly drawn: readonly Drawn[]
}

/** An atom as a drawing sees it. */
export interface Face extends Atom {
  /** Outer ring in metres, closed, counter-clockwise. */
  readonly ring: readonly Point[]
  /** Per point of the ring, whether arcs meet there. */
  readonly nodal: readonly boolean[]
  readonly area: number
  readonly compactness: number
}

export function faces({ fabric }: Land): readonly Face[] {
  const shapes = dissolve(fabric, atomLabels(fabric))
  const nodes = new Set(fabric.nodes.map(String))
  return fabric.atoms.flatMap((atom) => {
    const ring = shapes.get(atom.id)?.[0]?.[0]
    return ring ? [face(atom, ring, nodes)] : []
  })
}

function face(atom: Atom, points: readonly Lattice[], nodes: ReadonlySet<string>): Face {
  const ring = points.map(metres)
  const nodal = points.map((point) => nodes.has(String(point)))
  return { ...atom, ring, nodal, area: area(ring), compactness: compactness(ring) }
}

export interface Stroke extends Drawn {
  readonly within?: ReadonlySet<number>
}

/** Cuts the land along strokes and remembers them. */
export function carve(land: Land, strokes: readonly Stroke[]): Land {
  const lines = strokes.map(({ points, kind, within }) => ({
    points: points.map(lattice),
    kind,
    ...(within && { within }),
  }))
  return { fabric: cut(land.fabric, lines).fabric, drawn: [...land.drawn, ...strokes] }
}

export function marked(land: Land, mark: (atom: Atom) => Atom): Land {
  return { ...land, fabric: { ...land.fabric, atoms: land.fabric.atoms.map(mark) } }
}

/** Gives each unwanted atom to the neighbour that `may` take it with which it shares most border. */
export function absorbed(
  land: Land,
  unwanted: (face: Face) => boolean,
  may: (from: Face, to: Face) => boolean,
): Land {
  const all = new Map(faces(land).map((item) => [item.id, item]))
  const into = new Map<number, number>()
  const kept = new Set<number>()
  for (const item of all.values()) {
    if (!unwanted(item) || kept.has(item.id)) continue
    const takers = [...sharedBorders(land, item.id)].filter(([id]) => {
      const other = all.get(id)
      return other && !into.has(id) && may(item, other)
    })
    const best = takers.toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]
    if (!best) continue
    into.set(item.id, best[0])
    kept.add(best[0])
  }
  return into.size === 0 ? land : { ...land, fabric: merge(land.fabric, into) }
}

/** Neighbour → metres of common border. */
function sharedBorders({ fabric }: Land, id: number): ReadonlyMap<number, number> {
  const shared = new Map<number, number>()
  for (const { left, right, points } of fabric.arcs) {
    if (left !== id && right !== id) continue
    const other = left === id ? right : left
    shared.set(other, (shared.get(other) ?? 0) + arcLength(points))
  }
  return shared
}

export function arcLength(points: readonly Lattice[]): number {
  return length(points.map(metres))
}
