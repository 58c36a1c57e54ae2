import { guessCrs } from '../crs-guess.ts'
import { CRS_NAMES, toLngLat, type Axes, type Crs } from '../crs.ts'
import { ringsOf } from '../gate-json.ts'
import type { Position } from '../geojson.ts'
import { toPosition } from '../lattice.ts'
import { metresPerDegree } from '../metres.ts'
import type { Draft } from './draft.ts'

/** One way to read the numbers of a file, and where its ground would lie against the ground that is known. */
export interface Reading {
  readonly crs: Crs
  readonly axes: Axes
  /** How far the middle of the file's ground lies from that of the known ground; east and north are positive. */
  readonly eastM: number
  readonly northM: number
  /** The most that any side of its extent lies off. */
  readonly offM: number
}

/** Off by less than this, a reading fits the ground that is known. */
export const FITS_M = 60

/**
 * Every way to read the file that puts it in the country, the one that fits best first. Degrees of WGS 84, GCJ-02 and BD-09 cannot be
 * told apart by their numbers; where they lie against the plan tells them apart, since they are 300 m and more off.
 */
export function readingsOf(features: readonly unknown[], base: Draft): readonly Reading[] {
  const pairs = [...pairsOf(features)]
  const guess = guessCrs(pairs)
  const known = extentOf(
    [...base.arcs.values()]
      .map(({ points }) => points)
      .flat()
      .map(toPosition),
  )
  if (!known || pairs.length === 0) return []
  const wanted = guess ? guess.crs : CRS_NAMES
  const axes = guess?.axes ?? 'east-first'
  const found = wanted.flatMap((crs): Reading[] => {
    const convert = toLngLat(crs, axes)
    const places = pairs.map(convert).filter((place) => place !== null)
    const extent = extentOf(places)
    return places.length === pairs.length && extent ? [{ crs, axes, ...offsetOf(extent, known) }] : []
  })
  return found.toSorted((a, b) => a.offM - b.offM)
}

type Extent = readonly [west: number, south: number, east: number, north: number]

function extentOf(places: readonly Position[]): Extent | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of places) {
    west = Math.min(west, lng)
    south = Math.min(south, lat)
    east = Math.max(east, lng)
    north = Math.max(north, lat)
  }
  return west > east ? null : [west, south, east, north]
}

function offsetOf(extent: Extent, known: Extent): Pick<Reading, 'eastM' | 'northM' | 'offM'> {
  const [mx, my] = metresPerDegree((known[1] + known[3]) / 2)
  const [west = 0, south = 0, east = 0, north = 0] = extent.map(
    (value, i) => (value - (known[i] ?? 0)) * (i % 2 === 0 ? mx : my),
  )
  return {
    eastM: (west + east) / 2,
    northM: (south + north) / 2,
    offM: Math.max(...[west, south, east, north].map(Math.abs)),
  }
}

function* pairsOf(features: readonly unknown[]): Generator<Position> {
  for (const feature of features) {
    for (const ring of ringsOf(feature)) {
      for (const point of ring) {
        const [x, y]: readonly unknown[] = Array.isArray(point) ? point : []
        if (typeof x === 'number' && typeof y === 'number') yield [x, y]
      }
    }
  }
}
