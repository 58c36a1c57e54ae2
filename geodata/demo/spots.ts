import type { Position } from '../geojson.ts'
import type { Demo, DemoBuilding, DemoFeature } from './demo.ts'
import { distanceM, metresPerDegree } from '../metres.ts'
import { seedOf, random, type Random } from './random.ts'

/** Kinds of ground on which things happen. */
export type Ground =
  | 'street'
  | 'lane'
  | 'estate'
  | 'shop'
  | 'market'
  | 'school'
  | 'industry'
  | 'village'
  | 'water'
  | 'field'
  | 'park'

/** A place of a kind that can be drawn again and again, each time a little elsewhere. */
export interface Site {
  readonly weight: number
  readonly draw: (random: Random) => Position
}

const BUILDING_GROUND: Readonly<Record<DemoBuilding['kind'], Ground>> = {
  housing: 'estate',
  farmhouse: 'village',
  shop: 'shop',
  market: 'market',
  school: 'school',
  industry: 'industry',
  public: 'street',
}

/** How much happens on a metre of road or bank. */
const LINE_GROUND: Readonly<Record<string, readonly [Ground, number]>> = {
  trunk: ['street', 0.6],
  main: ['street', 1.6],
  street: ['street', 1],
  lane: ['lane', 1],
  track: ['field', 1],
  river: ['water', 0.7],
  canal: ['water', 1],
}

export function sitesOf(demo: Demo): ReadonlyMap<Ground, readonly Site[]> {
  const sites = new Map<Ground, Site[]>()
  const push = (ground: Ground, site: Site) => {
    const list = sites.get(ground) ?? []
    sites.set(ground, list)
    list.push(site)
  }
  for (const building of demo.buildings) push(BUILDING_GROUND[building.kind], atBuilding(demo, building))
  for (const feature of demo.basemap) {
    const [ground, liveliness] = LINE_GROUND[feature.class] ?? []
    if (ground !== undefined) for (const site of alongLine(feature, liveliness ?? 1)) push(ground, site)
    if (feature.layer === 'landuse' && feature.class === 'park') push('park', onPolygon(feature))
  }
  return sites
}

/** Streets and estates differ: each grid has a factor of its own, so that the map is not one colour. */
function activity(code: string): number {
  return Math.exp(random(seedOf('activity', code)).between(-0.9, 0.9))
}

function atBuilding(demo: Demo, { ring, households, atom, kind }: DemoBuilding): Site {
  const center = centerOf(ring)
  const size = kind === 'market' || kind === 'school' || kind === 'industry' ? 25 : 11
  return {
    weight: (1 + households) * activity(demo.plan.get(atom) ?? ''),
    draw: (rng) => shifted(center, rng.between(3, size), rng.between(0, 2 * Math.PI)),
  }
}

/** Every stretch of a line is a site; people stand within a few metres of it. */
function alongLine({ class: kind, name, geometry }: DemoFeature, liveliness: number): Site[] {
  const points = lineOf(geometry)
  return points.slice(1).map((to, n) => {
    const from = points[n] ?? to
    return {
      weight: distanceM(from, to, to) * liveliness * activity(`${kind}/${name ?? n}`),
      draw: (rng) => {
        const t = rng.next()
        const on: Position = [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t]
        return shifted(on, rng.between(0, 7), rng.between(0, 2 * Math.PI))
      },
    }
  })
}

function onPolygon({ geometry }: DemoFeature): Site {
  const ring = lineOf(geometry)
  const center = centerOf(ring)
  return {
    weight: 1,
    draw: (rng) => {
      const corner = rng.pick(ring)
      const t = Math.sqrt(rng.next()) * 0.9
      return [center[0] + (corner[0] - center[0]) * t, center[1] + (corner[1] - center[1]) * t]
    },
  }
}

function lineOf(geometry: DemoFeature['geometry']): readonly Position[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  if (geometry.type === 'LineString') return geometry.coordinates
  return geometry.coordinates[0] ?? []
}

export function centerOf(ring: readonly Position[]): Position {
  const corners = ring.slice(1)
  const sum = corners.reduce(([x, y], [lng, lat]) => [x + lng, y + lat] as const, [0, 0] as const)
  return [sum[0] / corners.length, sum[1] / corners.length]
}

/** A position some metres away, `angle` counter-clockwise from east. */
export function shifted([lng, lat]: Position, metres: number, angle: number): Position {
  const [mx, my] = metresPerDegree(lat)
  return [lng + (metres * Math.cos(angle)) / mx, lat + (metres * Math.sin(angle)) / my]
}

/** Draws by weight. */
export function chooser<T>(items: readonly T[], weightOf: (item: T) => number): (random: Random) => T {
  let sum = 0
  const sums = items.map((item) => (sum += weightOf(item)))
  return (rng) => {
    const at = rng.next() * sum
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    const item = items[low]
    if (item === undefined) throw new RangeError('nothing to choose from')
    return item
  }
}
