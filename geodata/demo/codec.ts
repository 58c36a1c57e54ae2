import { ARC_KINDS, ATOM_KINDS, type Arc, type Lattice } from '../fabric.ts'
import type { Position } from '../geojson.ts'
import { toLattice, toPosition } from '../lattice.ts'
import type { Demo, DemoBuilding, DemoFeature } from './demo.ts'

/** File name → what it holds. Points are lattice integers, each counted from the one before it in the file. */
export interface DemoFiles {
  readonly 'places.json': {
    readonly subdistrict: Demo['subdistrict']
    readonly communities: Demo['communities']
    readonly grids: Demo['grids']
  }
  readonly 'fabric.json': {
    readonly nodes: readonly number[]
    /** Per arc: n0, n1, left, right, kind, inner points. */
    readonly arcs: readonly number[]
    /** The inner points of all arcs. */
    readonly points: readonly number[]
    /** Per atom: id, kind, community, grid, as indices. */
    readonly atoms: readonly number[]
  }
  readonly 'buildings.json': {
    /** Per building: kind, floors, households, atom, corners. */
    readonly rows: readonly number[]
    readonly points: readonly number[]
    readonly addresses: readonly string[]
  }
  readonly 'basemap.json': readonly Batch[]
}

/** Consecutive features that differ in geometry only. */
interface Batch extends Omit<DemoFeature, 'geometry'> {
  readonly type: DemoFeature['geometry']['type']
  /** Feature → rings → steps. */
  readonly shapes: readonly (readonly (readonly number[])[])[]
}

const BUILDING_KINDS: readonly DemoBuilding['kind'][] = [
  'housing',
  'farmhouse',
  'shop',
  'industry',
  'school',
  'public',
  'market',
]

export function encode(demo: Demo): DemoFiles {
  const { fabric, communities, grids, plan } = demo
  const communityAt = new Map(communities.map(({ code }, i) => [code, i]))
  const gridAt = new Map(grids.map(({ code }, i) => [code, i]))
  return {
    'places.json': { subdistrict: demo.subdistrict, communities, grids },
    'fabric.json': {
      nodes: deltas(fabric.nodes),
      arcs: fabric.arcs.flatMap(({ n0, n1, left, right, kind, points }) => [
        n0,
        n1,
        left,
        right,
        ARC_KINDS.indexOf(kind),
        points.length - 2,
      ]),
      points: deltas(fabric.arcs.flatMap(({ points }) => points.slice(1, -1))),
      atoms: fabric.atoms.flatMap(({ id, kind, community }) => [
        id,
        ATOM_KINDS.indexOf(kind),
        communityAt.get(community) ?? -1,
        gridAt.get(plan.get(id) ?? '') ?? -1,
      ]),
    },
    'buildings.json': {
      rows: demo.buildings.flatMap(({ kind, floors, households, atom, ring }) => [
        BUILDING_KINDS.indexOf(kind),
        floors,
        households,
        atom,
        ring.length - 1,
      ]),
      points: deltas(demo.buildings.flatMap(({ ring }) => ring.slice(0, -1).map(toLattice))),
      addresses: demo.buildings.map(({ address }) => address),
    },
    'basemap.json': batches(demo.basemap),
  }
}

export function decode(files: DemoFiles): Demo {
  const { subdistrict, communities, grids } = files['places.json']
  const { nodes: flat, arcs, points, atoms } = files['fabric.json']
  const nodes = absolute(flat)
  const inner = absolute(points)
  const rows = table(atoms, 4)
  let read = 0
  return {
    subdistrict,
    communities,
    grids,
    fabric: {
      nodes,
      arcs: table(arcs, 6).map(([n0 = 0, n1 = 0, left = 0, right = 0, kind = 0, count = 0], i): Arc => {
        const between = inner.slice(read, (read += count))
        return {
          id: i + 1,
          n0,
          n1,
          points: [item(nodes, n0), ...between, item(nodes, n1)],
          left,
          right,
          kind: item(ARC_KINDS, kind),
        }
      }),
      atoms: rows.map(([id = 0, kind = 0, community = 0]) => ({
        id,
        kind: item(ATOM_KINDS, kind),
        community: item(communities, community).code,
      })),
    },
    plan: new Map(rows.map(([id = 0, , , grid = 0]) => [id, item(grids, grid).code])),
    buildings: buildingsOf(files['buildings.json']),
    basemap: files['basemap.json'].flatMap(({ type, shapes, ...feature }) =>
      shapes.map((rings) => ({
        ...feature,
        geometry: geometryOf(
          type,
          rings.map((ring) => absolute(ring).map(toPosition)),
        ),
      })),
    ),
  }
}

function buildingsOf({ rows, points, addresses }: DemoFiles['buildings.json']): readonly DemoBuilding[] {
  const corners = absolute(points).map(toPosition)
  let read = 0
  return table(rows, 5).map(([kind = 0, floors = 0, households = 0, atom = 0, count = 0], i) => {
    const ring = corners.slice(read, (read += count))
    return {
      id: i + 1,
      kind: item(BUILDING_KINDS, kind),
      address: item(addresses, i),
      households,
      floors,
      ring: [...ring, item(ring, 0)],
      atom,
    }
  })
}

function batches(features: readonly DemoFeature[]): readonly Batch[] {
  const result: (Omit<Batch, 'shapes'> & { shapes: (readonly (readonly number[])[])[] })[] = []
  for (const { geometry, ...feature } of features) {
    const last = result.at(-1)
    const shape = ringsOf(geometry).map((ring) => deltas(ring.map(toLattice)))
    const like = last?.layer === feature.layer && last.class === feature.class && last.type === geometry.type
    if (like && last.name === feature.name && last.nameEn === feature.nameEn) last.shapes.push(shape)
    else result.push({ ...feature, type: geometry.type, shapes: [shape] })
  }
  return result
}

function ringsOf(geometry: DemoFeature['geometry']): readonly (readonly Position[])[] {
  if (geometry.type === 'Point') return [[geometry.coordinates]]
  return geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates
}

function geometryOf(
  type: DemoFeature['geometry']['type'],
  rings: readonly (readonly Position[])[],
): DemoFeature['geometry'] {
  if (type === 'Polygon') return { type, coordinates: rings }
  const line = item(rings, 0)
  return type === 'LineString' ? { type, coordinates: line } : { type, coordinates: item(line, 0) }
}

function deltas(points: readonly Lattice[]): readonly number[] {
  let [x, y] = [0, 0]
  return points.flatMap((point) => {
    const step = [point[0] - x, point[1] - y]
    ;[x, y] = point
    return step
  })
}

function absolute(steps: readonly number[]): readonly Lattice[] {
  let [x, y] = [0, 0]
  return table(steps, 2).map(([dx = 0, dy = 0]): Lattice => [(x += dx), (y += dy)])
}

function table(flat: readonly number[], width: number): readonly (readonly number[])[] {
  return Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width))
}

function item<T>(items: readonly T[], index: number): T {
  const found = items[index]
  if (found === undefined) throw new RangeError('the demo files are damaged')
  return found
}
