import type { Lattice } from './fabric.ts'
import { UNIT } from './lattice.ts'
import { metresPerDegree } from './metres.ts'

/** Metres in one lattice unit, east and north, on the plane at one latitude. */
export type Scale = readonly [east: number, north: number]

export function scaleAt(latitude: number): Scale {
  const [east, north] = metresPerDegree(latitude)
  return [east / UNIT, north / UNIT]
}

/** Where a point lies beside a segment: `t` runs from 0 at its start to 1 at its end. */
export interface Beside {
  readonly distanceM: number
  readonly t: number
}

export function beside([px, py]: Lattice, a: Lattice, b: Lattice, [sx, sy]: Scale): Beside {
  const [dx, dy] = [(b[0] - a[0]) * sx, (b[1] - a[1]) * sy]
  const [x, y] = [(px - a[0]) * sx, (py - a[1]) * sy]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length2))
  return { distanceM: Math.hypot(x - t * dx, y - t * dy), t }
}

/** Points that can be asked for by distance from a segment. */
export interface Nearby {
  readonly add: (id: number, point: Lattice) => void
  /** Ids of all points within reach of the segment, and of some beyond. */
  readonly near: (a: Lattice, b: Lattice) => Iterable<number>
}

const ROW = 2 ** 25

/** `points` only size the cells: about two points to a cell. */
export function nearby(scale: Scale, reachM: number, points: Iterable<Lattice>): Nearby {
  const cellM = Math.max(reachM * 2, spacingM(points, scale), 1)
  const cells = new Map<number, number[]>()
  const [sx, sy] = scale
  const column = (x: number): number => Math.floor((x * sx) / cellM)
  const row = (y: number): number => Math.floor((y * sy) / cellM)
  const [rx, ry] = [reachM / sx, reachM / sy]
  return {
    add(id, [x, y]) {
      const key = column(x) * ROW + row(y)
      const cell = cells.get(key)
      if (cell) cell.push(id)
      else cells.set(key, [id])
    },
    *near(a, b) {
      const [l, r] = a[0] <= b[0] ? [a, b] : [b, a]
      const slope = r[0] === l[0] ? 0 : (r[1] - l[1]) / (r[0] - l[0])
      const isSteep = r[0] - l[0] < 1
      const at = (x: number): number => l[1] + slope * (Math.min(Math.max(x, l[0]), r[0]) - l[0])
      for (let c = column(l[0] - rx); c <= column(r[0] + rx); c++) {
        // The segment within this column and one reach to either side.
        const [x0, x1] = [(c * cellM) / sx - rx, ((c + 1) * cellM) / sx + rx]
        const [y0, y1] = isSteep ? [l[1], r[1]] : [at(x0), at(x1)]
        const [low, high] = [row(Math.min(y0, y1) - ry), row(Math.max(y0, y1) + ry)]
        for (let w = low; w <= high; w++) yield* cells.get(c * ROW + w) ?? []
      }
    },
  }
}

function spacingM(points: Iterable<Lattice>, [sx, sy]: Scale): number {
  let count = 0
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    count++
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  if (count === 0) return 1
  return Math.sqrt((2 * (east - west) * sx * (north - south) * sy) / count)
}
