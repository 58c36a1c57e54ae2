import type { Arc, AtomKind, Lattice } from '../fabric.ts'
import type { Position } from '../geojson.ts'
import { toPosition } from '../lattice.ts'
import { dissolve } from '../topology.ts'
import { traced } from './borders.ts'
import type { Built } from './built.ts'
import type { DemoFeature } from './demo.ts'
import { PLOUGHED, PONDS, strips, type Strips } from './fields.ts'
import type { Drawn, Face, Land } from './land.ts'
import { at, centroid, lattice, type Point } from './plane.ts'
import type { Landmark } from './landmarks.ts'
import { SEATS } from './seats.ts'
import { RIVER } from './sketch.ts'

const LANDUSE: Partial<Record<AtomKind, string>> = {
  block: 'oldtown',
  estate: 'estate',
  village: 'village',
  industry: 'industry',
  school: 'school',
  market: 'market',
  park: 'park',
}

/** Everything that the quiet map shows, bottom first. Lines are the arcs themselves, so they lie on borders to the coordinate. */
export function basemap(
  land: Land,
  faces: readonly Face[],
  landmarks: ReadonlyMap<number, Landmark>,
  { drives, pitches, ponds: gardens }: Built,
  labels: readonly DemoFeature[],
): readonly DemoFeature[] {
  return [
    ...landuse(land, landmarks),
    ...faces.filter(({ kind }) => kind === 'field').flatMap((face) => worked(face, 'field', PLOUGHED)),
    ...pitches.map((ring) => polygon('landuse', 'pitch', [ring.map(lattice)])),
    ...water(land),
    ...gardens.map((ring) => polygon('water', 'pond', [ring.map(lattice)])),
    ...ponds(land, faces),
    ...drives.map((points) => line(DRIVE, points.map(lattice))),
    ...lines(land),
    ...places(faces, landmarks),
    ...labels,
  ]
}

const DRIVE = { name: null, nameEn: null, kind: 'lane', road: 'lane' } as const

function worked(face: Face, kind: 'field' | 'pond', how: Strips): readonly DemoFeature[] {
  const layer = kind === 'pond' ? 'water' : 'landuse'
  return strips(face, how).map((ring) => polygon(layer, kind, [ring.map(lattice)]))
}

/** Water atoms that do not touch a bank of the river are fish farms. */
function ponds(land: Land, faces: readonly Face[]): readonly DemoFeature[] {
  const river = riverAtoms(land)
  return faces
    .filter(({ kind, id }) => kind === 'water' && !river.has(id))
    .flatMap((face) => worked(face, 'pond', PONDS))
}

function riverAtoms({ fabric }: Land): ReadonlySet<number> {
  const kinds = new Map(fabric.atoms.map(({ id, kind }) => [id, kind]))
  const banks = fabric.arcs.filter(({ kind }) => kind === 'river')
  return new Set(banks.flatMap(({ left, right }) => [left, right]).filter((id) => kinds.get(id) === 'water'))
}

function landuse({ fabric }: Land, landmarks: ReadonlyMap<number, Landmark>): readonly DemoFeature[] {
  const classes = new Map(
    fabric.atoms.flatMap(({ id, kind }) => {
      const mark = landmarks.get(id)?.kind
      const name = mark === 'vacant' ? undefined : (mark ?? LANDUSE[kind])
      return name ? [[id, name] as const] : []
    }),
  )
  return [...dissolve(fabric, classes)].flatMap(([name, polygons]) =>
    polygons.map((rings) => polygon('landuse', name, rings)),
  )
}

function water(land: Land): readonly DemoFeature[] {
  const wet = new Map([...riverAtoms(land)].map((id) => [id, 'river']))
  return (dissolve(land.fabric, wet).get('river') ?? []).map((rings) => ({
    ...polygon('water', 'river', rings),
    name: '澄河',
    nameEn: 'Cheng River',
  }))
}

function polygon(
  layer: DemoFeature['layer'],
  kind: string,
  rings: readonly (readonly Lattice[])[],
): DemoFeature {
  const coordinates = rings.map((ring) => ring.map(toPosition))
  return { layer, class: kind, name: null, nameEn: null, geometry: { type: 'Polygon', coordinates } }
}

const ORDER = ['canal', 'track', 'lane', 'street', 'main', 'trunk']

function lines(land: Land): readonly DemoFeature[] {
  const trace = traced(land)
  const runs = Map.groupBy(
    land.fabric.arcs.filter((arc) => trace.has(arc.id)),
    (arc) => trace.get(arc.id),
  )
  return [...runs]
    .flatMap(([drawn, arcs]) => (drawn ? chained(arcs).map((points) => line(drawn, points)) : []))
    .toSorted((a, b) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class))
    .filter((feature) => ORDER.includes(feature.class))
}

function line({ name, nameEn, kind, road }: Omit<Drawn, 'points'>, points: readonly Lattice[]): DemoFeature {
  const layer = kind === 'canal' ? 'water' : 'road'
  const coordinates = points.map(toPosition)
  return { layer, class: road ?? kind, name, nameEn, geometry: { type: 'LineString', coordinates } }
}

/** Arcs of one line, joined end to end. */
function chained(arcs: readonly Arc[]): readonly (readonly Lattice[])[] {
  const left = new Set(arcs)
  const chains: Lattice[][] = []
  for (const first of arcs) {
    if (!left.delete(first)) continue
    let chain = [...first.points]
    let [head, tail] = [first.n0, first.n1]
    for (let grown = true; grown;) {
      grown = false
      for (const arc of left) {
        const joined = join(chain, head, tail, arc)
        if (!joined) continue
        ;({ chain, head, tail } = joined)
        left.delete(arc)
        grown = true
      }
    }
    chains.push(chain)
  }
  return chains
}

function join(
  chain: Lattice[],
  head: number,
  tail: number,
  { n0, n1, points }: Arc,
): { readonly chain: Lattice[]; readonly head: number; readonly tail: number } | null {
  if (n0 === tail) return { chain: [...chain, ...points.slice(1)], head, tail: n1 }
  if (n1 === tail) return { chain: [...chain, ...points.toReversed().slice(1)], head, tail: n0 }
  if (n1 === head) return { chain: [...points.slice(0, -1), ...chain], head: n0, tail }
  if (n0 === head) return { chain: [...points.toReversed().slice(0, -1), ...chain], head: n1, tail }
  return null
}

function places(faces: readonly Face[], landmarks: ReadonlyMap<number, Landmark>): readonly DemoFeature[] {
  const marks = faces.flatMap((face) => {
    const mark = landmarks.get(face.id)
    return mark?.name ? [label(mark.kind, mark.name, mark.nameEn, centroid(face.ring))] : []
  })
  const seats = SEATS.map((seat) => {
    const kind = seat.area === 'urban' ? 'community' : 'village'
    const own = faces.filter(({ community, kind: use }) => community === seat.code && use !== 'water')
    const total = own.reduce((sum, face) => sum + face.area, 0)
    const middle = own.reduce<Point>(
      (sum, face) => {
        const [x, y] = centroid(face.ring)
        return [sum[0] + (x * face.area) / total, sum[1] + (y * face.area) / total]
      },
      [0, 0],
    )
    return label(
      kind,
      seat.name,
      seat.area === 'urban' ? `${seat.nameEn} Community` : `${seat.nameEn} Village`,
      middle,
    )
  })
  const rivers = [6, 10, 17].map((i) => label('river', '澄河', 'Cheng River', at(RIVER, i)))
  return [label('subdistrict', '滨河街道', 'Binhe Sub-district', [230, 560]), ...seats, ...marks, ...rivers]
}

export function label(kind: string, name: string, nameEn: string, point: Point): DemoFeature {
  const coordinates: Position = toPosition(lattice(point))
  return { layer: 'place', class: kind, name, nameEn, geometry: { type: 'Point', coordinates } }
}
