import { SETBACK } from './borders.ts'
import {
  add,
  at,
  centroid,
  distance,
  left,
  length,
  minus,
  mix,
  pairs,
  resampled,
  simplified,
  smooth,
  unit,
  type Point,
} from './plane.ts'
import type { Random } from './random.ts'
import { build, fence, frame, lie, lineOf, rectangle, runs, shape, type Site, type Wall } from './site.ts'

/** Housing estates, and the shops along their streets. */

/** East as the site lies: the way of its borders if they run near enough east-west, so that houses face south. */
export function eastward(site: Site, rng: Random): Point {
  const way = lie(site, () => true)
  const right: Point = way[1] > 0 ? [way[1], -way[0]] : [-way[1], way[0]]
  const east = Math.abs(way[0]) > Math.abs(way[1]) ? way : right
  return unit([1, Math.max(-0.3, Math.min(0.3, east[1] / east[0])) + rng.between(-0.01, 0.01)])
}

/** Shops in rows along the streets, with gaps for gates. */
export function shops(site: Site, rng: Random, share: number): void {
  for (const run of runs(site)) {
    const { border, drawn } = at(run, 0)
    if (border !== 'main' && border !== 'street') continue
    for (const [a, b] of pairs(simplified(lineOf(run), 2))) {
      const heading = unit(minus(b, a))
      for (let far = 8; far < distance(a, b) - 14;) {
        const long = rng.between(24, 52)
        const corner = add(add(a, heading, far), left(heading), SETBACK[border] + 0.6)
        const ring = rectangle(corner, heading, long, rng.between(10, 13))
        const floors = rng.pick([1, 2, 2, 3])
        const dwellings = floors > 1 ? Math.round(long / 16) : 0
        if (rng.next() < share) build(site, { kind: 'shop', ring, floors, dwellings, road: drawn }, 2.5)
        far += long + rng.pick([3, 4, 9])
      }
    }
  }
}

/** A ring road with a spur to the street, or in small estates a straight drive. Houses keep off it. */
export function drives(site: Site, rng: Random): readonly (readonly Point[])[] {
  const { face } = site
  const gate = gateOf(site)
  if (!gate || face.area < 22000) return []
  const middle = centroid(face.ring)
  const lines =
    face.area > 40000 && rng.next() < 0.4 ? loop(face.ring, middle, gate) : [straight(gate, middle)]
  for (const line of lines) fence(site, line)
  return lines
}

function loop(ring: readonly Point[], middle: Point, gate: Point): readonly (readonly Point[])[] {
  const corners = simplified(ring, 14).map((p) => mix(middle, p, 0.6))
  const knots = pairs(corners).flatMap(([a, b]) => [mix(a, b, 0.2), mix(a, b, 0.8)])
  const round = smooth([...knots, at(knots, 0)], 14)
  const nearest = at(
    round.toSorted((p, q) => distance(p, gate) - distance(q, gate)),
    0,
  )
  return [round, [gate, nearest]]
}

const straight = (gate: Point, middle: Point): readonly Point[] => [gate, mix(gate, middle, 1.72)]

/** The middle of the longest side on a street or lane. */
function gateOf(site: Site): Point | null {
  const sides = runs(site)
    .filter((run) => ['street', 'lane', 'main'].includes(at(run, 0).border))
    .map(lineOf)
    .toSorted((a, b) => length(b) - length(a))
  const best = sides[0]
  return best ? at(resampled(best, length(best) / 2), 1) : null
}

export interface SlabStyle {
  readonly floors: readonly number[]
  readonly spacing: readonly [number, number]
  readonly long: readonly [number, number]
  readonly deep: readonly [number, number]
  readonly gap: readonly [number, number]
}

export const WALK_UPS: SlabStyle = {
  floors: [4, 5, 6, 6],
  spacing: [30, 37],
  long: [40, 58],
  deep: [11, 13],
  gap: [11, 18],
}
export const TOWERS: SlabStyle = {
  floors: [11, 18, 18],
  spacing: [48, 58],
  long: [26, 34],
  deep: [17, 20],
  gap: [20, 30],
}
export const TERRACES: SlabStyle = {
  floors: [2, 3],
  spacing: [27, 32],
  long: [28, 44],
  deep: [10, 11],
  gap: [7, 14],
}

/** Blocks in rows to the south around a green. */
export function slabs(site: Site, rng: Random, style: SlabStyle): void {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  const floors = rng.pick(style.floors)
  const spacing = rng.between(...style.spacing)
  const typical = rng.between(...style.long)
  const green = site.face.area > 30000 ? rng.between(20, 30) : 0
  const middle = centroid(site.face.ring)
  for (let v = box.low[1] + rng.between(4, 16); v < box.high[1]; v += spacing) {
    for (let u = box.low[0] + rng.between(2, 14); u < box.high[0];) {
      const long = typical * rng.pick([0.66, 1, 1, 1.3])
      const deep = rng.between(...style.deep)
      const corner = box.place(u, v + rng.between(-1, 1))
      const ring =
        rng.next() < 0.3 ? stepped(corner, heading, long, deep) : rectangle(corner, heading, long, deep)
      const open = distance(add(add(corner, heading, long / 2), left(heading), deep / 2), middle) < green
      const dwellings = Math.max(2, Math.round(long / 13)) * Math.min(8, floors)
      const done = !open && build(site, { kind: 'housing', ring, floors, dwellings, road: null }, 7)
      u += done ? long + rng.between(...style.gap) : 5
    }
  }
}

/** A slab whose second half stands back. */
function stepped(corner: Point, heading: Point, long: number, deep: number): readonly Point[] {
  const half = long / 2
  const back = deep + 2.5
  return shape(corner, heading, [
    [0, 0],
    [half, 0],
    [half, 2.5],
    [long, 2.5],
    [long, back],
    [half, back],
    [half, deep],
    [0, deep],
  ])
}

/** The road of the nearest wall that has one. */
export function nearestRoad(site: Site, p: Point): Wall['drawn'] {
  let best: Wall['drawn'] = null
  let least = Infinity
  for (const { a, b, drawn } of site.walls) {
    const far = distance(p, mix(a, b, 0.5))
    if (drawn?.road && drawn.name && far < least) [best, least] = [drawn, far]
  }
  return best
}
