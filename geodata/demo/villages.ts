import { SETBACK } from './borders.ts'
import { eastward } from './estates.ts'
import { add, along, at, left, length, offset, resampled, turned, unit, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { build, lineOf, rectangle, runs, type Site } from './site.ts'

/** Metres of front of one farmhouse. */
const FRONT = 11.4

/** Farmhouses wall to wall in short rows that follow the water, facing south. */
export function farmhouses(site: Site, rng: Random): void {
  const bank = bankOf(site)
  const way = unit([at(bank, -1)[0] - at(bank, 0)[0], at(bank, -1)[1] - at(bank, 0)[1]])
  if (Math.abs(way[0]) > 0.6) rowsAlong(site, bank, rng)
  else rowsAcross(site, bank, rng)
}

/** The longest side on water, or else on a track, land on its left. */
function bankOf(site: Site): readonly Point[] {
  const worth = {
    canal: 3,
    river: 3,
    track: 1,
    street: 1,
    main: 1,
    lane: 1,
    drive: 0,
    trunk: 0.5,
    field: 0.5,
    outline: 0.5,
  }
  const best = runs(site)
    .map((run) => ({ line: lineOf(run), value: length(lineOf(run)) * worth[at(run, 0).border] }))
    .toSorted((a, b) => b.value - a.value)
  return at(best, 0).line
}

/** Two or three lines of rows one behind the other, as dense as the hamlet is old. */
function rowsAlong(site: Site, bank: readonly Point[], rng: Random): void {
  const even = resampled(bank, 25)
  const lines = rng.pick([2, 3, 4, 4])
  const dense = rng.between(0.8, 0.98)
  const total = length(even)
  let deep = SETBACK.canal + rng.between(1, 7)
  for (let k = 0; k < lines; k++) {
    const far = deep
    const line = offset(even, () => far)
    for (let s = rng.between(4, 26); s < total - 12;) {
      const count = rng.pick([1, 2, 3, 3, 4, 5])
      const { point, heading } = along(line, s)
      const facing = heading[0] > 0 ? heading : ([-heading[0], -heading[1]] as const)
      const tilted = turned(facing, unit([1, rng.between(-0.025, 0.025)]))
      const out = add(point, left(heading), rng.between(-1.5, 2.5))
      const corner = heading[0] > 0 ? out : add(out, heading, count * FRONT)
      if (rng.next() < dense) house(site, corner, tilted, count, rng)
      s += count * FRONT + rng.pick([3.6, 5, 7, 16])
    }
    deep += rng.between(21, 25)
  }
}

/** On a bank that runs north-south, short rows stand behind one another, each with its gable to the water. */
function rowsAcross(site: Site, bank: readonly Point[], rng: Random): void {
  const east = eastward(site, rng)
  const total = length(bank)
  const ranks = rng.pick([1, 2, 2, 3])
  for (let s = rng.between(8, 16); s < total - 8; s += rng.between(19, 26)) {
    const { point, heading } = along(bank, s)
    const inward = left(heading)
    let off = SETBACK.canal + rng.between(2, 6)
    for (let rank = 0; rank < ranks; rank++) {
      const count = rng.pick([1, 2, 2, 3, 3])
      const start = add(point, inward, off)
      const corner = inward[0] > 0 ? start : add(start, east, -count * FRONT)
      if (rng.next() < 0.88) house(site, corner, east, count, rng)
      off += count * FRONT + rng.between(5, 9)
    }
  }
}

function house(site: Site, corner: Point, heading: Point, count: number, rng: Random): void {
  const ring = rectangle(corner, heading, count * FRONT, rng.between(8.6, 10.4))
  build(
    site,
    { kind: 'farmhouse', ring, floors: rng.pick([1, 2, 2, 3]), dwellings: count + 1, road: null },
    3.5,
  )
}
