import { fabricFromPolygons } from '../polygons.ts'
import { toPosition } from '../lattice.ts'
import type { Fabric } from '../fabric.ts'
import { isUrban } from './ground.ts'
import { absorbed, carve, faces, marked, type Face, type Land, type Stroke } from './land.ts'
import {
  add,
  at,
  distance,
  dot,
  extended,
  lattice,
  left,
  length,
  minus,
  offset,
  pairs,
  resampled,
  simplified,
  smooth,
  toSegment,
  unit,
  type Point,
} from './plane.ts'
import { random, seedOf, type Random } from './random.ts'
import { subdivided, type Pattern } from './split.ts'

const NAMELESS = { name: null, nameEn: null }

/** Canals and tracks part the country into cells, hamlets line their banks, and the rest falls into fields. */
export function country(land: Land): Land {
  return flooded(tilled(land))
}

/** Every so often a field is a fish farm. */
function flooded(land: Land): Land {
  const rng = random(44)
  const river = land.fabric.arcs.filter(({ kind }) => kind === 'river')
  const onRiver = new Set(river.flatMap((arc) => [arc.left, arc.right]))
  const farms = new Set(
    faces(land)
      .filter((face) => isField(face) && face.area > 60000 && face.area < 190000 && face.compactness > 0.55)
      .filter(({ id }) => rng.next() < 0.055 && !onRiver.has(id))
      .map(({ id }) => id),
  )
  return marked(land, (atom) => (farms.has(atom.id) ? { ...atom, kind: 'water' } : atom))
}

function tilled(land: Land): Land {
  const celled = subdivided(land, (face) => (isField(face) ? CELLS : null), random(41))
  const settled = settle(celled)
  const fields = subdivided(settled, (face) => (isField(face) ? FIELDS : null), random(43))
  return absorbed(
    fields,
    (face) => isField(face) && (face.area < 14000 || face.compactness < 0.3),
    (from, to) => from.community === to.community && to.kind === 'field',
  )
}

const isField = (face: Face): boolean => face.kind === 'field' && !isUrban(face)

const CELLS: Pattern = {
  above: 720000,
  skew: 0.1,
  bow: 0.03,
  kink: 0.006,
  snapM: 90,
  floor: 0.45,
  drawn(chord) {
    const way = unit(minus(at(chord, -1), at(chord, 0)))
    const flat = way[0] * way[0] > 0.5
    return flat ? { ...NAMELESS, kind: 'canal', road: null } : { ...NAMELESS, kind: 'lane', road: 'track' }
  },
}

const FIELDS: Pattern = {
  above: 210000,
  skew: 0.05,
  bow: 0,
  kink: 0,
  snapM: 45,
  floor: 0.4,
  drawn: () => ({ ...NAMELESS, kind: 'field', road: null }),
}

/** Each cell gets a row of hamlets on its best bank. */
function settle(land: Land): Land {
  let result = land
  const strokes: Stroke[] = []
  const homes: Point[] = []
  for (const face of faces(land)) {
    if (!isField(face) || face.area < 150000) continue
    const rng = random(seedOf('hamlet', ...face.ring.flat().slice(0, 2).map(Math.round)))
    const row = bestRow(land, face, rng)
    if (!row) continue
    strokes.push(...row.strokes.map((stroke) => ({ ...stroke, within: new Set([face.id]) })))
    // Here and there the row opens to the fields behind.
    homes.push(...row.homes.filter(() => rng.next() < 0.86))
  }
  result = carve(result, strokes)
  const villages = new Set<number>()
  for (const face of faces(result)) {
    if (isField(face) && homes.some((home) => inside(face, home))) villages.add(face.id)
  }
  return marked(result, (atom) => (villages.has(atom.id) ? { ...atom, kind: 'village' } : atom))
}

function inside(face: Face, p: Point): boolean {
  let odd = false
  for (const [a, b] of pairs(face.ring)) {
    if (a[1] > p[1] === b[1] > p[1]) continue
    if (p[0] < a[0] + ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1])) odd = !odd
  }
  return odd
}

interface Row {
  readonly strokes: readonly Stroke[]
  /** A point inside each hamlet. */
  readonly homes: readonly Point[]
}

/** Rows lie along the longest canal side, rather north of an east-west one, so that houses face the water and the sun. */
function bestRow(land: Land, face: Face, rng: Random): Row | null {
  const keep = rng.next() < 0.93
  const ranked = sides(face)
    .filter((side) => length(side) > 280)
    .map((side) => ({ side, worth: worth(land, side) * rng.between(0.85, 1.15) }))
    .filter(() => keep)
    .toSorted((a, b) => b.worth - a.worth)
  for (const { side } of ranked) {
    const row = rowAlong(side, rng)
    const pieces = tried(face, row.strokes)
    const least = Math.min(...pieces.map((piece) => piece.area))
    if (
      pieces.length === row.homes.length + 1 &&
      least > 16000 &&
      pieces.every((piece) => piece.compactness > 0.2)
    )
      return row
  }
  return null
}

/** The chains of the ring between its corners, inside on the left. */
function sides(face: Face): readonly (readonly Point[])[] {
  const open = face.ring.slice(0, -1)
  const corners = simplified(face.ring, 25)
    .slice(0, -1)
    .map((p) => open.indexOf(p))
  const sharp = corners.filter((i, k) => {
    const [before, after] = [at(open, at(corners, k - 1)), at(open, at(corners, (k + 1) % corners.length))]
    const here = at(open, i)
    return dot(unit(minus(here, before)), unit(minus(after, here))) < 0.8
  })
  return sharp.map((from, k) => {
    const to = at(sharp, (k + 1) % sharp.length)
    const walk = to > from ? open.slice(from, to + 1) : [...open.slice(from), ...open.slice(0, to + 1)]
    return walk
  })
}

function worth(land: Land, side: readonly Point[]): number {
  const middle = at(side, side.length >> 1)
  const near = land.drawn.filter(({ kind }) => kind !== 'river' && kind !== 'field')
  const here = near.find(({ points }) => pairs(points).some(([a, b]) => toSegment(middle, a, b) < 0.5))
  const way = unit(minus(at(side, -1), at(side, 0)))
  const flat = Math.abs(way[0])
  const water = here?.kind === 'canal' ? 2.2 : here?.road === 'track' ? 1.2 : 0.35
  return water * (0.5 + flat) * (way[0] > 0 ? 1.25 : 1) * Math.min(900, length(side))
}

function rowAlong(side: readonly Point[], rng: Random): Row {
  const depth = rng.between(95, 125)
  const even = resampled(smooth(simplified(side, 6), 40), 60)
  const back = extended(
    offset(even, () => depth),
    160,
  )
  const total = length(even)
  const count = Math.max(1, Math.round(total / rng.between(340, 480)))
  const ends = Array.from(
    { length: count + 1 },
    (_, i) => (total * (i + (i > 0 && i < count ? rng.between(-0.15, 0.15) : 0))) / count,
  )
  const across = ends.slice(1, -1).map((far): Point[] => {
    const foot = spot(even, far)
    return [add(foot.point, foot.normal, -3), add(foot.point, foot.normal, depth + 3)]
  })
  const homes = pairs(ends).map(([from, to]) => {
    const { point, normal } = spot(even, (from + to) / 2)
    return add(point, normal, depth / 2)
  })
  return {
    strokes: [
      { ...NAMELESS, kind: 'lane', road: 'track', points: back },
      ...across.map((points) => ({ ...NAMELESS, kind: 'lane' as const, road: 'track' as const, points })),
    ],
    homes,
  }
}

function spot(line: readonly Point[], far: number): { readonly point: Point; readonly normal: Point } {
  let rest = far
  for (const [a, b] of pairs(line)) {
    const step = distance(a, b)
    if (rest <= step) return { point: add(a, unit(minus(b, a)), rest), normal: left(unit(minus(b, a))) }
    rest -= step
  }
  return { point: at(line, -1), normal: left(unit(minus(at(line, -1), at(line, -2)))) }
}

/** What strokes would make of one face, found by cutting a fabric of that face alone. */
function tried(face: Face, strokes: readonly Stroke[]): readonly Face[] {
  return faces(carve({ fabric: alone(face), drawn: [] }, strokes))
}

function alone(face: Face): Fabric {
  const coordinates = [face.ring.map((p) => toPosition(lattice(p)))]
  return fabricFromPolygons([{ geometry: { type: 'Polygon', coordinates }, community: '' }]).fabric
}
