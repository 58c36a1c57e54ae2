import { eastward, nearestRoad } from './estates.ts'
import { at, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { build, frame, lie, rectangle, shape, type House, type Site } from './site.ts'

/** Large buildings: halls, schools, offices, markets. */

/** Halls in bays of two or three depths, with yards between. */
export function halls(site: Site, rng: Random): void {
  const way = lie(site, (wall) => wall.border === 'main' || wall.border === 'street')
  const box = frame(site.face, way)
  for (let v = box.low[1] + 20; v < box.high[1];) {
    const deep = rng.pick([22, 30, 42, 54])
    for (let u = box.low[0] + 20; u < box.high[0];) {
      const long = rng.pick([30, 52, 72, 96, 120])
      const ring = rectangle(box.place(u, v), way, long, deep)
      const road = nearestRoad(site, at(ring, 0))
      const yard = rng.next() < 0.12
      const done =
        !yard &&
        build(site, { kind: 'industry', ring, floors: rng.pick([1, 1, 1, 2, 4]), dwellings: 0, road }, 9)
      u += done || yard ? long + rng.between(12, 22) : 6
    }
    v += deep + rng.between(14, 22)
  }
}

const COURT: readonly Point[] = [
  [0, 0],
  [62, 0],
  [62, 40],
  [49, 40],
  [49, 13],
  [13, 13],
  [13, 40],
  [0, 40],
]
const ELL: readonly Point[] = [
  [0, 0],
  [72, 0],
  [72, 13],
  [13, 13],
  [13, 44],
  [0, 44],
]
const bar = (long: number, deep: number): readonly Point[] => [
  [0, 0],
  [long, 0],
  [long, deep],
  [0, deep],
]

const PLANS = {
  school: [COURT, ELL, bar(54, 13), bar(30, 22)],
  public: [COURT, bar(64, 16), bar(46, 14), bar(22, 14)],
  market: [bar(64, 36), bar(64, 36), bar(40, 24), bar(26, 12), bar(26, 12)],
  shop: [bar(84, 46), bar(46, 30), bar(46, 18), bar(30, 14), bar(30, 14)],
} as const

/** Sets the plans of a landmark down one after the other, from the north side. */
export function campus(site: Site, rng: Random, kind: keyof typeof PLANS): void {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  const scale = Math.min(1, Math.sqrt(site.face.area / 24000))
  for (const plan of PLANS[kind]) {
    const corners = plan.map(([u, v]): Point => [u * scale, v * scale])
    const floors = kind === 'market' ? 1 : rng.pick([2, 3, 4, 4])
    for (const [u, v] of spots(box.low, box.high)) {
      const ring = shape(box.place(u, v), heading, corners)
      const house: Omit<House, 'atom'> = { kind, ring, floors, dwellings: 0, road: null }
      if (build(site, house, 11)) break
    }
  }
}

/** Corners to try: rows from the north, each from the middle outwards. */
function spots(low: Point, high: Point): readonly Point[] {
  const found: Point[] = []
  const middle = (low[0] + high[0]) / 2 - 30
  for (let v = high[1] - 25; v > low[1]; v -= 6) {
    for (let off = 0; off < (high[0] - low[0]) / 2 + 30; off += 6)
      found.push([middle - off, v], [middle + off, v])
  }
  return found
}

/** A running track south of the school's houses, if there is room: a stadium outline. */
export function pitch(site: Site, rng: Random): readonly Point[] | null {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  for (const scale of [1, 0.8, 0.6, 0.45]) {
    for (let v = box.low[1] + 10; v < box.high[1]; v += 5) {
      for (let u = box.low[0] + 10; u < box.high[0]; u += 5) {
        const ring = stadium(box.place(u, v), heading, 110 * scale, 62 * scale)
        const trial: Site = { ...site, houses: [...site.houses] }
        if (build(trial, { kind: 'school', ring, floors: 0, dwellings: 0, road: null }, 8)) return ring
      }
    }
  }
  return null
}

function stadium(corner: Point, heading: Point, long: number, deep: number): readonly Point[] {
  const r = deep / 2
  // Quarter points of a half circle, from the centre of its straight side.
  const bulge: readonly Point[] = [
    [0, -1],
    [0.5, -0.866],
    [0.866, -0.5],
    [1, 0],
    [0.866, 0.5],
    [0.5, 0.866],
    [0, 1],
  ]
  const right = bulge.map(([x, y]): Point => [long - r + x * r, r + y * r])
  const other = bulge.map(([x, y]): Point => [r - x * r, r - y * r])
  return shape(corner, heading, [...right, ...other])
}
