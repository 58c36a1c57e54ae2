import { SETBACK } from './borders.ts'
import { add, at, centroid, distance, left, minus, unit, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { build, frame, lie, rectangle, shape, type Site, type Wall } from './site.ts'

/** How each kind of ground is built on. */

const fronts = (wall: Wall): boolean => wall.border === 'main' || wall.border === 'street'

/** East as the site lies: the way of its borders if they run near enough east-west, so that slabs face south. */
function eastward(site: Site, rng: Random): Point {
  const way = lie(site, () => true)
  const turned: Point =
    Math.abs(way[0]) > Math.abs(way[1]) ? way : way[1] > 0 ? [way[1], -way[0]] : [-way[1], way[0]]
  const slope = Math.max(-0.3, Math.min(0.3, turned[1] / turned[0])) + rng.between(-0.01, 0.01)
  return unit([1, slope])
}

/** Shops in rows along the streets, with gaps for gates. */
export function shops(site: Site, rng: Random, share: number): void {
  for (const { a, b, border, drawn } of joined(site.walls.filter(fronts))) {
    const heading = unit(minus(b, a))
    const inward = SETBACK[border] + 0.6
    for (let far = 8; far < distance(a, b) - 14;) {
      const long = rng.between(24, 52)
      const deep = rng.between(9, 12)
      const corner = add(add(a, heading, far), left(heading), inward)
      if (rng.next() < share) {
        const floors = rng.pick([1, 2, 2, 3])
        build(
          site,
          {
            kind: 'shop',
            ring: rectangle(corner, heading, long, deep),
            floors,
            dwellings: floors > 1 ? Math.round(long / 14) : 0,
            road: drawn,
          },
          2.5,
        )
      }
      far += long + rng.pick([3, 4, 9])
    }
  }
}

/** Consecutive wall segments of one road that bend little, as one. */
function joined(walls: readonly Wall[]): readonly Wall[] {
  const result: Wall[] = []
  for (const wall of walls) {
    const last = result.at(-1)
    const way = unit(minus(wall.b, wall.a))
    const goesOn =
      last &&
      last.drawn === wall.drawn &&
      distance(last.b, wall.a) < 0.1 &&
      Math.abs(
        left(way)[0] * unit(minus(last.b, last.a))[0] + left(way)[1] * unit(minus(last.b, last.a))[1],
      ) < 0.05
    if (goesOn) result[result.length - 1] = { ...last, b: wall.b }
    else result.push(wall)
  }
  return result
}

/** Slab blocks in rows to the south around a green. */
export function slabs(site: Site, rng: Random): void {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  const floors = rng.pick([4, 5, 6, 6])
  const spacing = rng.between(33, 42)
  const typical = rng.between(44, 62)
  const green = site.face.area > 30000 ? rng.between(22, 34) : 0
  const middle = centroid(site.face.ring)
  for (let v = box.low[1] + rng.between(4, 16); v < box.high[1]; v += spacing) {
    for (let u = box.low[0] + rng.between(2, 14); u < box.high[0];) {
      const long = typical * rng.pick([0.66, 1, 1, 1.3])
      const deep = rng.between(11, 13)
      const corner = box.place(u, v + rng.between(-1, 1))
      const ring =
        rng.next() < 0.3 ? stepped(corner, heading, long, deep) : rectangle(corner, heading, long, deep)
      const open = distance(add(add(corner, heading, long / 2), left(heading), deep / 2), middle) < green
      const done =
        !open &&
        build(
          site,
          {
            kind: 'housing',
            ring,
            floors,
            dwellings: Math.max(2, Math.round(long / 13)) * floors,
            road: null,
          },
          7,
        )
      u += done ? long + rng.between(11, 18) : 5
    }
  }
}

/** A slab whose second half stands back. */
function stepped(corner: Point, heading: Point, long: number, deep: number): readonly Point[] {
  const half = long / 2
  return shape(corner, heading, [
    [0, 0],
    [half, 0],
    [half, 2.5],
    [long, 2.5],
    [long, deep + 2.5],
    [half, deep + 2.5],
    [half, deep],
    [0, deep],
  ])
}

/** Courtyard houses of the old town, wall to wall along crooked lanes. */
export function courtyards(site: Site, rng: Random): void {
  const way = lie(site, () => true)
  const box = frame(site.face, way)
  for (let v = box.low[1] + 4; v < box.high[1];) {
    const row = rng.between(15, 19)
    for (let u = box.low[0] + rng.between(1, 8); u < box.high[0];) {
      const long = rng.between(13, 22)
      const deep = row - rng.between(1.2, 3)
      const ring = courtyard(box.place(u, v + rng.between(-0.6, 0.6)), way, long, deep, rng)
      const floors = rng.pick([1, 1, 2, 2, 3])
      const done =
        rng.next() > 0.1 &&
        build(
          site,
          { kind: 'housing', ring, floors, dwellings: 1 + floors, road: nearestLane(site, at(ring, 0)) },
          1,
        )
      u += done ? long + rng.pick([1.5, 2.5, 5]) : 3
    }
    v += row + rng.pick([1, 2, 6])
  }
}

function courtyard(corner: Point, heading: Point, long: number, deep: number, rng: Random): readonly Point[] {
  const [l, d] = [long * 0.55, deep * 0.5]
  const plan = rng.next()
  if (plan < 0.55) return rectangle(corner, heading, long, deep)
  if (plan < 0.75)
    return shape(corner, heading, [
      [0, 0],
      [long, 0],
      [long, d],
      [l, d],
      [l, deep],
      [0, deep],
    ])
  if (plan < 0.9)
    return shape(corner, heading, [
      [0, 0],
      [long, 0],
      [long, deep],
      [long - l, deep],
      [long - l, d],
      [0, d],
    ])
  return shape(corner, heading, [
    [0, 0],
    [long, 0],
    [long, deep],
    [long * 0.68, deep],
    [long * 0.68, d],
    [long * 0.32, d],
    [long * 0.32, deep],
    [0, deep],
  ])
}

export function nearestLane(site: Site, p: Point): Wall['drawn'] {
  let best: Wall['drawn'] = null
  let least = Infinity
  for (const { a, b, drawn } of site.walls) {
    if (!drawn?.road) continue
    const far = distance(p, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])
    if (far < least) [best, least] = [drawn, far]
  }
  return best
}

/** Halls in bays, an office at the gate. */
export function halls(site: Site, rng: Random): void {
  const way = lie(site, () => true)
  const box = frame(site.face, way)
  const bay = rng.between(48, 66)
  for (let v = box.low[1] + 20; v < box.high[1]; v += bay) {
    const deep = bay - rng.between(14, 24)
    for (let u = box.low[0] + 20; u < box.high[0];) {
      const long = rng.pick([36, 52, 68, 90])
      const road = nearestLane(site, box.place(u, v))
      const done = build(
        site,
        {
          kind: 'industry',
          ring: rectangle(box.place(u, v), way, long, deep),
          floors: rng.pick([1, 1, 1, 2]),
          dwellings: 0,
          road,
        },
        9,
      )
      u += done ? long + rng.between(12, 20) : 6
    }
  }
}

/** Farmhouses wall to wall in short rows, facing south. */
export function farmhouses(site: Site, rng: Random): void {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  const spacing = rng.between(29, 35)
  for (let v = box.low[1] + rng.between(6, 10); v < box.high[1]; v += spacing) {
    for (let u = box.low[0] + rng.between(3, 20); u < box.high[0];) {
      const count = rng.pick([2, 3, 3, 4, 4, 5])
      const [long, deep] = [count * 11.4, rng.between(9, 10.5)]
      const corner = box.place(u, v + rng.between(-1.6, 1.6))
      const done =
        rng.next() < 0.9 &&
        build(
          site,
          {
            kind: 'farmhouse',
            ring: rectangle(corner, heading, long, deep),
            floors: rng.pick([1, 2, 2, 3]),
            dwellings: count,
            road: null,
          },
          4,
        )
      u += done ? long + rng.pick([5, 8, 16]) : 7
    }
  }
}

/** One large building with wings and a few small ones. */
export function campus(site: Site, rng: Random, kind: 'school' | 'public' | 'market'): void {
  const heading = eastward(site, rng)
  const box = frame(site.face, heading)
  const road = nearestLane(site, centroid(site.face.ring))
  const scale = Math.min(1, Math.sqrt(site.face.area / 26000))
  const plans: readonly (readonly Point[])[] = [
    [
      [0, 0],
      [72, 0],
      [72, 13],
      [13, 13],
      [13, 48],
      [0, 48],
    ],
    [
      [0, 0],
      [62, 0],
      [62, 40],
      [49, 40],
      [49, 13],
      [13, 13],
      [13, 40],
      [0, 40],
    ],
    [
      [0, 0],
      [54, 0],
      [54, 14],
      [0, 14],
    ],
    [
      [0, 0],
      [34, 0],
      [34, 24],
      [0, 24],
    ],
    [
      [0, 0],
      [22, 0],
      [22, 12],
      [0, 12],
    ],
  ]
  const hall: readonly Point[] = [
    [0, 0],
    [60, 0],
    [60, 38],
    [0, 38],
  ]
  for (const plan of kind === 'market' ? [hall, ...plans.slice(2)] : plans) {
    const corners = plan.map(([u, v]): Point => [u * scale, v * scale])
    search: for (let v = box.low[1] + 10; v < box.high[1]; v += 7) {
      for (let u = box.low[0] + 10; u < box.high[0]; u += 7) {
        const floors = kind === 'market' ? 1 : rng.pick([2, 3, 4, 4])
        if (
          build(
            site,
            { kind, ring: shape(box.place(u, v), heading, corners), floors, dwellings: 0, road },
            12,
          )
        )
          break search
      }
    }
  }
}
