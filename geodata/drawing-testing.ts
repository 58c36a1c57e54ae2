import type { Position } from './geojson.ts'
import { metresPerDegree } from './metres.ts'

/** Drawings are in metres east and north of a corner in the Taizhou plain. */
export type Point = readonly [east: number, north: number]
const [EAST, NORTH] = metresPerDegree(32.4)
export const at = ([east, north]: Point): Position => [119.9 + east / EAST, 32.4 + north / NORTH]
export const closed = (points: readonly Point[]): Position[] => [...points, ...points.slice(0, 1)].map(at)
export const square = (x: number, y: number, size = 100): Point[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
]

export const polygon = (...rings: readonly (readonly Point[])[]) => ({
  type: 'Polygon',
  coordinates: rings.map(closed),
})
export const multi = (...parts: readonly (readonly (readonly Point[])[])[]) => ({
  type: 'MultiPolygon',
  coordinates: parts.map((rings) => rings.map(closed)),
})
export const collection = (...geometries: readonly unknown[]) => ({
  type: 'FeatureCollection',
  features: geometries.map((geometry, i) => ({
    type: 'Feature',
    properties: { code: 'ABCDEFGH'[i] },
    geometry,
  })),
})
export const raw = (...coordinates: readonly unknown[]) => collection({ type: 'Polygon', coordinates })
