import { nearestRoad } from './estates.ts'
import { at, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { build, frame, lie, rectangle, shape, type Site } from './site.ts'

/** Courtyard houses, nearly wall to wall along crooked lanes. */
export function courtyards(site: Site, rng: Random): void {
  const way = lie(site, () => true)
  const box = frame(site.face, way)
  for (let v = box.low[1] + 4; v < box.high[1];) {
    const row = rng.between(14, 18)
    for (let u = box.low[0] + rng.between(1, 8); u < box.high[0];) {
      const long = rng.between(11, 21)
      const ring = courtyard(
        box.place(u, v + rng.between(-0.8, 0.8)),
        way,
        long,
        row - rng.between(1.2, 3.5),
        rng,
      )
      const floors = rng.pick([1, 1, 2, 2, 3])
      const road = nearestRoad(site, at(ring, 0))
      const done =
        rng.next() > 0.1 && build(site, { kind: 'housing', ring, floors, dwellings: 1 + floors, road }, 1)
      u += done ? long + rng.pick([1.4, 2, 5]) : 3
    }
    v += row + rng.pick([1, 2, 5])
  }
}

function courtyard(corner: Point, heading: Point, long: number, deep: number, rng: Random): readonly Point[] {
  const [l, d] = [long * 0.55, deep * 0.5]
  const plan = rng.next()
  if (plan < 0.5) return rectangle(corner, heading, long, deep)
  if (plan < 0.68)
    return shape(corner, heading, [
      [0, 0],
      [long, 0],
      [long, d],
      [l, d],
      [l, deep],
      [0, deep],
    ])
  if (plan < 0.86)
    return shape(corner, heading, [
      [0, 0],
      [long, 0],
      [long, deep],
      [long - l, deep],
      [long - l, d],
      [0, d],
    ])
  const [in0, in1] = [long * 0.32, long * 0.68]
  return shape(corner, heading, [
    [0, 0],
    [long, 0],
    [long, deep],
    [in1, deep],
    [in1, d],
    [in0, d],
    [in0, deep],
    [0, deep],
  ])
}
