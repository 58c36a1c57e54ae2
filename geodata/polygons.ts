import type { Fabric, Lattice } from './fabric.ts'
import type { MultiPolygon, Polygon } from './geojson.ts'
import { ringArea2, toLattice } from './lattice.ts'
import type { Thread } from './noding.ts'
import { cellsOf, weave, type Web } from './weave.ts'

/** A fabric made of foreign polygons, and what was wrong with their edges. */
export interface Import {
  readonly fabric: Fabric
  /** Atom id → index of the polygon that it is a part of; where several overlap, the first. */
  readonly owner: ReadonlyMap<number, number>
  /** Places covered by several polygons. */
  readonly overlaps: readonly Misfit[]
  /** Places enclosed by polygons but covered by none; they belong to the outside of the fabric. */
  readonly gaps: readonly Misfit[]
}

interface Misfit {
  /** Indices of the polygons. */
  readonly owners: readonly number[]
  /** Twice the area on the lattice. */
  readonly area2: bigint
  /** A point on its border. */
  readonly at: Lattice
}

/** Builds a fabric in which each connected part of a polygon is an atom. Vertices on a neighbour's edge are noded into it. */
export function fabricFromPolygons(
  features: readonly { readonly geometry: Polygon | MultiPolygon; readonly community: string }[],
): Import {
  const threads: Thread[] = features.flatMap(({ geometry }, index) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    return polygons.flatMap((rings) =>
      rings.map((ring, i): Thread => {
        const points = ring.map(toLattice)
        const turned = ringArea2(points) > 0n === (i === 0) ? points : points.toReversed()
        return { points: turned, kind: 'community', left: index + 1, right: 0 }
      }),
    )
  })
  const web = weave(threads)
  const woven = cellsOf(web, least, never)
  const atoms = woven.cells.map(({ id, owner }) => ({
    id,
    kind: 'block' as const,
    community: features[owner - 1]?.community ?? '',
  }))
  const arcs = woven.arcs.map((arc) =>
    arc.left === 0 || arc.right === 0 ? { ...arc, kind: 'outline' as const } : arc,
  )
  return {
    fabric: { nodes: woven.nodes, arcs, atoms },
    owner: new Map(woven.cells.map(({ id, owner }) => [id, owner - 1])),
    ...misfits(web),
  }
}

const never = (): boolean => false
const least = (covers: readonly number[]): number => (covers.length === 0 ? 0 : Math.min(...covers))

/** Weaves the same web a second time, keeping only the faces that are covered twice or not at all. */
function misfits(web: Web): Pick<Import, 'overlaps' | 'gaps'> {
  const gap = 1
  const codes: string[] = ['', 'gap']
  const woven = cellsOf(
    web,
    (covers) => {
      if (covers.length === 0) return gap
      if (covers.length === 1) return 0
      const key = covers.toSorted((a, b) => a - b).join(' ')
      return codes.includes(key) ? codes.indexOf(key) : codes.push(key) - 1
    },
    never,
  )
  const places = new Map(
    woven.arcs.flatMap(({ left, right, points }) => [left, right].map((id) => [id, points[0]])),
  )
  const found = woven.cells.map(({ id, owner, area2 }) => ({
    owners: owner === gap ? [] : (codes[owner] ?? '').split(' ').map((part) => Number(part) - 1),
    area2,
    at: places.get(id) ?? ([0, 0] as const),
  }))
  return {
    overlaps: found.filter(({ owners }) => owners.length > 0),
    gaps: found.filter(({ owners }) => owners.length === 0),
  }
}
