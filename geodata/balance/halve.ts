import type { Lattice } from '../fabric.ts'
import { UNIT } from '../lattice.ts'
import { metresPerDegree } from '../metres.ts'

export interface Home {
  readonly at: Lattice
  readonly households: number
}

type Point = readonly [east: number, north: number]

/** Turns of the long axis of the homes that are tried, in quarters of a right angle. */
const TURNS = [0, 4, 2, 6]

/** A gap is worth its width, less the more unevenly it parts the homes; the best of each direction. */
const GAPS = 2

/**
 * Lines between homes that part them in two about equal lots, best first: across the widest gaps along and across the way in which the
 * homes lie. They run far beyond the homes on both sides. None where all stand on one spot.
 */
export function linesBetween(homes: readonly Home[]): readonly (readonly [Lattice, Lattice])[] {
  const origin = homes[0]?.at
  if (!origin) return []
  const [mx, my] = metresPerDegree(origin[1] / UNIT)
  const [east, north] = [mx / UNIT, my / UNIT]
  const points = homes.map(({ at }): Point => [(at[0] - origin[0]) * east, (at[1] - origin[1]) * north])
  const weights = homes.map(({ households }) => Math.max(households, 0.01))
  const long = axis(points, weights)
  const found = TURNS.flatMap((quarters) => {
    const angle = long + (quarters * Math.PI) / 8
    return gapsAlong([Math.cos(angle), Math.sin(angle)], points, weights)
  })
  return found
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ way, middle, reach }) => {
      const end = (side: 1 | -1): Lattice => [
        Math.round(origin[0] + (way[0] * middle - side * way[1] * reach) / east),
        Math.round(origin[1] + (way[1] * middle + side * way[0] * reach) / north),
      ]
      return [end(-1), end(1)]
    })
}

/** Angle of the direction in which the points spread most. */
function axis(points: readonly Point[], weights: readonly number[]): number {
  const total = weights.reduce((a, b) => a + b, 0)
  const mean = (of: (p: Point) => number): number =>
    points.reduce((sum, p, i) => sum + of(p) * (weights[i] ?? 0), 0) / total
  const [x, y] = [mean((p) => p[0]), mean((p) => p[1])]
  const xx = mean((p) => (p[0] - x) ** 2)
  const yy = mean((p) => (p[1] - y) ** 2)
  const xy = mean((p) => (p[0] - x) * (p[1] - y))
  return Math.atan2(2 * xy, xx - yy) / 2
}

interface Gap {
  readonly way: Point
  /** Metres along the way. */
  readonly middle: number
  /** Metres that the line must run to both sides to pass everything. */
  readonly reach: number
  readonly worth: number
}

function gapsAlong(way: Point, points: readonly Point[], weights: readonly number[]): readonly Gap[] {
  const total = weights.reduce((a, b) => a + b, 0)
  const along = points
    .map((p, i) => ({ s: p[0] * way[0] + p[1] * way[1], weight: weights[i] ?? 0 }))
    .toSorted((a, b) => a.s - b.s)
  const reach = 2000 + Math.max(...points.map((p) => Math.hypot(...p)))
  const gaps: Gap[] = []
  let before = 0
  along.forEach(({ s, weight }, i) => {
    const width = s - (along[i - 1]?.s ?? s)
    const even = Math.min(before, total - before) / total
    // Ten metres part two rows of houses; wider is not better, but evener is.
    if (width > 1) gaps.push({ way, middle: s - width / 2, reach, worth: Math.min(width, 10) * even })
    before += weight
  })
  return gaps.toSorted((a, b) => b.worth - a.worth).slice(0, GAPS)
}
