import { locate } from '../topology.ts'
import { ringArea2, toPosition } from '../lattice.ts'
import { addresses, type Quarter } from './addresses.ts'
import { basemap, label } from './basemap.ts'
import { built } from './built.ts'
import { country } from './country.ts'
import type { Demo, DemoBuilding, DemoFeature } from './demo.ts'
import { partition } from './grids.ts'
import { ground, isUrban } from './ground.ts'
import { households } from './households.ts'
import { faces, marked, type Face, type Land } from './land.ts'
import { estateName, numeral } from './names.ts'
import { at, CENTRE, centroid, lattice } from './plane.ts'
import { seedOf } from './random.ts'
import { named } from './roads.ts'
import type { House } from './site.ts'
import { LANDMARKS, type Landmark } from './landmarks.ts'
import { SEATS } from './seats.ts'
import { manned, type Plot } from './staff.ts'
import { town } from './town.ts'

/** Draws the whole invented sub-district. Pure: the same on every run and machine. */
export function buildDemo(): Demo {
  const raw = named(country(town(ground())))
  const landmarks = landmarksOf(raw)
  const land = marked(raw, (atom) => {
    const kind = landmarks.get(atom.id)?.kind
    if (kind === 'vacant') return { ...atom, kind: 'field' }
    if (kind === 'school' || kind === 'market' || kind === 'park') return { ...atom, kind }
    return kind ? { ...atom, kind: 'block' } : atom
  })
  const all = faces(land)
  const works = built(land, all, landmarks)
  const { houses } = works
  const plots = plotted(land, all, houses)
  const staffed = manned(plots)
  const plan = new Map(
    staffed.flatMap(({ plot, grid }) => plot.faces.map(({ id }) => [id, grid.code] as const)),
  )
  const { quarters, labels } = quartersOf(all, landmarks)
  return {
    subdistrict: {
      code: '321299001000',
      name: '滨河街道',
      nameEn: 'Binhe Sub-district',
      center: [...CENTRE],
    },
    communities: SEATS.map(({ code, name, nameEn, area }) => ({
      code,
      name,
      nameEn: `${nameEn} ${area === 'urban' ? 'Community' : 'Village'}`,
      area,
    })),
    fabric: land.fabric,
    grids: staffed.map(({ grid }) => grid),
    plan: new Map([...plan].toSorted((a, b) => a[0] - b[0])),
    buildings: buildings(houses, all, quarters, households(houses, plots)),
    basemap: basemap(land, all, landmarks, works, labels),
  }
}

function landmarksOf(land: Land): ReadonlyMap<number, Landmark> {
  return new Map(LANDMARKS.map((mark) => [at(locate(land.fabric, lattice(mark.point)), 0), mark]))
}

function plotted(land: Land, all: readonly Face[], houses: readonly House[]): readonly Plot[] {
  const weight = new Map<number, number>()
  for (const { atom, dwellings } of houses) weight.set(atom, (weight.get(atom) ?? 0) + dwellings)
  return SEATS.flatMap((seat) => {
    const own = all.filter(({ community }) => community === seat.code)
    const parts = partition(land.fabric, own, weight, seat.grids, seedOf('grids', seat.code))
    return Array.from({ length: seat.grids }, (_, grid) => {
      const mine = own.filter(({ id }) => parts.get(id) === grid)
      return { seat, faces: mine, households: mine.reduce((sum, { id }) => sum + (weight.get(id) ?? 0), 0) }
    })
  })
}

/** Estates get names, village atoms group numbers, works and landmarks the name of their atom. */
function quartersOf(
  all: readonly Face[],
  landmarks: ReadonlyMap<number, Landmark>,
): { readonly quarters: ReadonlyMap<number, Quarter>; readonly labels: readonly DemoFeature[] } {
  const quarters = new Map<number, Quarter>()
  const labels: DemoFeature[] = []
  const groups = new Map<string, number>()
  const own = new Map<string, number>()
  let estates = 0
  const ordered = all.toSorted((a, b) => centroid(b.ring)[1] - centroid(a.ring)[1] || a.id - b.id)
  for (const face of ordered) {
    const seat = at(
      SEATS.filter(({ code }) => code === face.community),
      0,
    )
    const mark = landmarks.get(face.id)
    if (mark?.name) quarters.set(face.id, { name: mark.name, unit: '幢' })
    else if (!isUrban(face)) {
      const group = (groups.get(seat.code) ?? 0) + (face.kind === 'village' ? 1 : 0)
      groups.set(seat.code, group)
      const hamlet = `${seat.name.replace(/村$/, '')}${numeral(group)}组`
      quarters.set(face.id, { name: hamlet, unit: '号' })
      if (face.kind === 'village')
        labels.push(label('hamlet', hamlet, `${seat.nameEn} Group ${group}`, centroid(face.ring)))
    } else if (face.kind === 'estate') {
      const count = own.get(seat.code) ?? 0
      own.set(seat.code, count + 1)
      const community = { zh: seat.name.replace('社区', ''), en: seat.nameEn }
      const name = estateName(community, count, estates)
      if (name.shared) estates++
      quarters.set(face.id, { name: name.zh, unit: '幢' })
      labels.push(label('estate', name.zh, name.en, centroid(face.ring)))
    } else quarters.set(face.id, { name: seat.name, unit: '号' })
  }
  return { quarters, labels }
}

function buildings(
  houses: readonly House[],
  all: readonly Face[],
  quarters: ReadonlyMap<number, Quarter>,
  counts: readonly number[],
): readonly DemoBuilding[] {
  const byId = new Map(all.map((face) => [face.id, face]))
  const labels = addresses(houses, byId, quarters)
  return houses.map(({ kind, ring, floors, atom }, i) => {
    const points = ring.map(lattice)
    const turned = ringArea2(points) > 0n ? points : points.toReversed()
    return {
      id: i + 1,
      kind,
      address: at(labels, i),
      households: counts[i] ?? 0,
      floors,
      ring: turned.map(toPosition),
      atom,
    }
  })
}
