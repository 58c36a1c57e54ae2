import { sites, type House, type Site } from './site.ts'
import { traced } from './borders.ts'
import { campus, courtyards, farmhouses, halls, shops, slabs } from './houses.ts'
import type { Face, Land } from './land.ts'
import { random, seedOf, type Random } from './random.ts'
import type { Landmark } from './sketch.ts'

/** Puts houses on every atom, as its kind and its landmark ask. */
export function built(
  land: Land,
  all: readonly Face[],
  landmarks: ReadonlyMap<number, Landmark>,
): readonly House[] {
  return sites(land, all, traced(land)).flatMap((site) => {
    const rng = random(seedOf('site', site.face.id))
    const mark = landmarks.get(site.face.id)
    if (mark) landmark(site, mark, rng)
    else ordinary(site, rng)
    return site.houses
  })
}

function landmark(site: Site, { kind }: Landmark, rng: Random): void {
  if (kind === 'school') campus(site, rng, 'school')
  if (kind === 'market') campus(site, rng, 'market')
  if (kind === 'hospital' || kind === 'office') campus(site, rng, 'public')
}

function ordinary(site: Site, rng: Random): void {
  switch (site.face.kind) {
    case 'estate':
      shops(site, rng, 0.4)
      slabs(site, rng)
      return
    case 'block':
      shops(site, rng, 0.75)
      courtyards(site, rng)
      return
    case 'industry':
      halls(site, rng)
      return
    case 'village':
      farmhouses(site, rng)
      return
    case 'field':
    case 'school':
    case 'market':
    case 'park':
    case 'water':
      return
  }
}
