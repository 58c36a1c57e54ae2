import { traced } from './borders.ts'
import { drives, shops, slabs, TERRACES, TOWERS, WALK_UPS } from './estates.ts'
import type { Face, Land } from './land.ts'
import type { Landmark } from './landmarks.ts'
import { courtyards } from './oldtown.ts'
import { garden, promenade } from './parks.ts'
import { at, centroid, type Point } from './plane.ts'
import { random, seedOf, type Random } from './random.ts'
import { sites, type House, type Site } from './site.ts'
import { farmhouses } from './villages.ts'
import { campus, halls, pitch } from './works.ts'

export interface Built {
  readonly houses: readonly House[]
  /** Lanes inside estates and parks; they bound nothing. */
  readonly drives: readonly (readonly Point[])[]
  readonly pitches: readonly (readonly Point[])[]
  readonly ponds: readonly (readonly Point[])[]
}

/** Puts houses on every atom, as its kind and its landmark ask. */
export function built(land: Land, all: readonly Face[], landmarks: ReadonlyMap<number, Landmark>): Built {
  const result = sites(land, all, traced(land)).map((site) => {
    const rng = random(seedOf('site', ...at(site.face.ring, 0).map(Math.round)))
    const mark = landmarks.get(site.face.id)
    const drawn = mark ? landmark(site, mark, rng) : ordinary(site, rng)
    return { houses: site.houses, ...drawn }
  })
  return {
    houses: result.flatMap(({ houses }) => houses),
    drives: result.flatMap(({ drives: lines }) => lines ?? []),
    pitches: result.flatMap(({ pitches }) => pitches ?? []),
    ponds: result.flatMap(({ ponds }) => ponds ?? []),
  }
}

type Extras = Partial<Omit<Built, 'houses'>>

const CAMPUS = {
  school: 'school',
  market: 'market',
  hospital: 'public',
  office: 'public',
  commercial: 'shop',
} as const

function landmark(site: Site, { kind }: Landmark, rng: Random): Extras {
  if (kind === 'vacant') return {}
  if (kind === 'park') {
    const { paths, pond } = garden(site)
    return { drives: paths, ponds: pond ? [pond] : [] }
  }
  campus(site, rng, CAMPUS[kind])
  if (kind === 'commercial') shops(site, rng, 0.9)
  const track = kind === 'school' ? pitch(site, rng) : null
  return track ? { pitches: [track] } : {}
}

function ordinary(site: Site, rng: Random): Extras {
  const { kind } = site.face
  if (kind === 'estate') return { drives: estate(site, rng) }
  if (kind === 'park') return { drives: promenade(site).paths }
  if (kind === 'industry') halls(site, rng)
  if (kind === 'village') farmhouses(site, rng)
  if (kind === 'block') {
    shops(site, rng, 0.75)
    courtyards(site, rng)
  }
  return {}
}

/** Towers and terraces stand in the new town north of the river, walk-ups everywhere. */
function estate(site: Site, rng: Random): readonly (readonly Point[])[] {
  const [, y] = centroid(site.face.ring)
  const draw = rng.next()
  const style = y > 700 && draw < 0.26 ? TOWERS : draw > 0.86 ? TERRACES : WALK_UPS
  const lanes = drives(site, rng)
  shops(site, rng, 0.42)
  slabs(site, rng, style)
  return lanes
}
