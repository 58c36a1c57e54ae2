import type { Atom, Fabric } from '../fabric.ts'
import { toPosition } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { locate } from '../topology.ts'
import { absorbed, arcLength, carve, faces, marked, type Face, type Land, type Stroke } from './land.ts'
import {
  add,
  at,
  centroid,
  contains,
  distance,
  dot,
  lattice,
  left,
  minus,
  mix,
  offset,
  pairs,
  resampled,
  smooth,
  unit,
  type Point,
} from './plane.ts'
import { random, type Random } from './random.ts'
import { QUARTERS, SEATS, type Seat } from './seats.ts'
import { OUTLINE, RIVER, RIVERSIDE, STROKES } from './sketch.ts'

/** The sub-district as its river, main canals and main roads part it, each face in its community. */
export function ground(): Land {
  const centre = smooth(RIVER, 45)
  let land = carve(bare(), riverStrokes(centre))
  land = marked(land, wet(land, centre))
  land = carve(land, [...STROKES, { ...RIVERSIDE, points: riverside(centre) }].map(eased))
  land = absorbed(
    land,
    (face) => face.area < (face.kind === 'water' ? 6000 : 9000),
    (from, to) => (from.kind === 'water') === (to.kind === 'water'),
  )
  return quartered(seated(land))
}

/** One atom. Its border steps along field edges, and now and then runs straight with a ditch. */
function bare(): Land {
  const rng = random(1)
  const ring = blunt(pairs([...OUTLINE, at(OUTLINE, 0)]).flatMap(([a, b]) => stepped(a, b, rng)))
  const coordinates = [[...ring, at(ring, 0)].map((p) => toPosition(lattice(p)))]
  const { fabric } = fabricFromPolygons([{ geometry: { type: 'Polygon', coordinates }, community: '' }])
  return { fabric: withKind(fabric), drawn: [] }
}

/** Without the corners at which the border nearly turns back on itself. */
function blunt(ring: readonly Point[]): readonly Point[] {
  const kept = ring.filter((p, i) => {
    const before = unit(minus(p, at(ring, i - 1)))
    const after = unit(minus(at(ring, (i + 1) % ring.length), p))
    return dot(before, after) > -0.4
  })
  return kept.length === ring.length ? ring : blunt(kept)
}

/** From `a` towards `b` by turns along the fields and across them, without `b`. */
function stepped(a: Point, b: Point, rng: Random): readonly Point[] {
  const along = unit([1, 0.07 + rng.between(-0.05, 0.05)])
  const count = Math.max(1, Math.round(distance(a, b) / 420))
  const cuts = Array.from(
    { length: count + 1 },
    (_, i) => (i + (i % count === 0 ? 0 : rng.between(-0.25, 0.25))) / count,
  )
  return pairs(cuts.map((t) => mix(a, b, t))).flatMap(([p, q]) => {
    const way = dot(minus(q, p), along)
    const short = Math.min(Math.abs(way), distance(add(p, along, way), q)) < 70
    if (short || rng.next() < 0.25)
      return [p, add(mix(p, q, 0.5), left(unit(minus(q, p))), rng.between(-22, 22))]
    const corner = rng.next() < 0.5 ? add(p, along, way) : add(q, along, -way)
    return [p, corner]
  })
}

function withKind(fabric: Fabric): Fabric {
  return { ...fabric, atoms: fabric.atoms.map((atom) => ({ ...atom, kind: 'field' })) }
}

const WATER = { name: null, nameEn: null, kind: 'river', road: null } as const

function riverStrokes(centre: readonly Point[]): readonly Stroke[] {
  const rng = random(2)
  const bank = (side: 1 | -1): Point[] => {
    const knots = Array.from({ length: 40 }, () => rng.between(50, 72))
    const width = (t: number): number => {
      const k = Math.min(38, Math.floor(t * 39))
      return side * (at(knots, k) + (at(knots, k + 1) - at(knots, k)) * (t * 39 - k))
    }
    return offset(centre, width)
  }
  return [
    { ...WATER, points: bank(1) },
    { ...WATER, points: centre },
    { ...WATER, points: bank(-1) },
  ]
}

function wet(land: Land, centre: readonly Point[]): (atom: Atom) => Atom {
  const water = new Set<number>()
  for (const line of [offset(centre, () => 25), offset(centre, () => -25)])
    for (const point of line) for (const id of locate(land.fabric, lattice(point))) water.add(id)
  return (atom) => (water.has(atom.id) ? { ...atom, kind: 'water' } : atom)
}

/** 滨河大道 keeps its distance from the north bank between the west canal and the highway. */
function riverside(centre: readonly Point[]): Point[] {
  const road = offset(resampled(centre, 60), () => 165)
  return smooth(
    resampled(
      road.filter(([x]) => x > -1460 && x < 1470),
      160,
    ),
    40,
  )
}

function eased(stroke: Stroke): Stroke {
  return { ...stroke, points: smooth(stroke.points, 70) }
}

/** Gives each face to the nearest seat on its bank, and water to whoever owns its bank. */
function seated(land: Land): Land {
  const all = faces(land)
  const bankOf = banks(land, all)
  const seats = SEATS.flatMap((seat) =>
    seat.points.map((point) => ({ seat, point, bank: bankAt(land, bankOf, point) })),
  )
  const codes = new Map<number, string>()
  for (const face of all) {
    if (face.kind === 'water') continue
    codes.set(face.id, nearestSeat(face, bankOf.get(face.id) ?? 0, seats).code)
  }
  const rivers = all
    .filter(({ kind }) => kind === 'water')
    .map((face) => [face.id, ownerOfBank(land, face, codes)] as const)
  const owner = new Map([...codes, ...rivers])
  return marked(land, (atom) => ({ ...atom, community: owner.get(atom.id) ?? '' }))
}

function nearestSeat(
  face: Face,
  bank: number,
  seats: readonly { readonly seat: Seat; readonly point: Point; readonly bank: number }[],
): Seat {
  const holder = seats.find(({ point }) => contains(face.ring, point))
  if (holder) return holder.seat
  const middle = centroid(face.ring)
  const ranked = seats
    .filter((item) => item.bank === bank)
    .map(({ seat, point }) => ({ seat, far: distance(point, middle) }))
    .toSorted((a, b) => a.far - b.far)
  return at(ranked, 0).seat
}

/** Land atom → its bank: the sets of land that touch without crossing water. */
function banks(land: Land, all: readonly Face[]): ReadonlyMap<number, number> {
  const dry = new Set(all.filter(({ kind }) => kind !== 'water').map(({ id }) => id))
  const bank = new Map<number, number>()
  for (const start of dry) {
    if (bank.has(start)) continue
    const queue = [start]
    bank.set(start, start)
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const { left: l, right: r } of land.fabric.arcs) {
        const other = l === id ? r : r === id ? l : 0
        if (!dry.has(other) || bank.has(other)) continue
        bank.set(other, start)
        queue.push(other)
      }
    }
  }
  return bank
}

function bankAt(land: Land, bankOf: ReadonlyMap<number, number>, point: Point): number {
  return bankOf.get(locate(land.fabric, lattice(point))[0] ?? 0) ?? 0
}

function ownerOfBank(land: Land, water: Face, codes: ReadonlyMap<number, string>): string {
  const shared = new Map<string, number>()
  for (const { left: l, right: r, points } of land.fabric.arcs) {
    if (l !== water.id && r !== water.id) continue
    const code = codes.get(l === water.id ? r : l)
    if (code) shared.set(code, (shared.get(code) ?? 0) + arcLength(points))
  }
  return at(
    [...shared].toSorted((a, b) => b[1] - a[1]),
    0,
  )[0]
}

const urban = new Set(SEATS.filter(({ area }) => area === 'urban').map(({ code }) => code))

export const isUrban = ({ community }: Atom): boolean => urban.has(community)

/** Town faces take the kind of the mark that they hold, else they are built with estates; the country is fields until it is settled. */
function quartered(land: Land): Land {
  const kinds = new Map<number, Atom['kind']>()
  for (const { kind, points } of QUARTERS)
    for (const point of points) for (const id of locate(land.fabric, lattice(point))) kinds.set(id, kind)
  return marked(land, (atom) => {
    if (atom.kind === 'water' || !isUrban(atom)) return atom
    return { ...atom, kind: kinds.get(atom.id) ?? 'estate' }
  })
}
