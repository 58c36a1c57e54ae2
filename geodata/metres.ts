import type { Position } from './geojson.ts'
import { toPosition, UNIT, type LatticePolygon, type Ring } from './lattice.ts'

/** WGS 84 ellipsoid (CGCS2000 differs from it by 0.1 mm at the pole). */
const A = 6378137
const E2 = 0.00669437999014
const RADIAN = Math.PI / 180

/**
 * Metres in one degree of longitude and of latitude at a latitude, from the radii of curvature in the prime vertical and in the
 * meridian (any textbook of geodesy). Within 20 km of the latitude the plane that they span is true to about 1 part in 10,000.
 */
export function metresPerDegree(lat: number): readonly [lng: number, lat: number] {
  const sin = Math.sin(lat * RADIAN)
  const w = Math.sqrt(1 - E2 * sin * sin)
  return [(A / w) * Math.cos(lat * RADIAN) * RADIAN, ((A * (1 - E2)) / (w * w * w)) * RADIAN]
}

/** Metres between a point and the nearest point of a segment, on the plane at the point's latitude. */
export function distanceM(point: Position, from: Position, to: Position): number {
  const [mx, my] = metresPerDegree(point[1])
  const [ax, ay] = [(from[0] - point[0]) * mx, (from[1] - point[1]) * my]
  const [dx, dy] = [(to[0] - from[0]) * mx, (to[1] - from[1]) * my]
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
  return Math.hypot(ax + t * dx, ay + t * dy)
}

/**
 * Area in square metres: the line integral of x dy, each segment measured at its own middle latitude and x counted from a whole degree.
 * A shared border gives both sides the same terms with opposite signs, so parts add up to their whole within rounding (under 1 m²);
 * for an exact sum use `ringArea2`.
 */
export function areaM2(polygon: LatticePolygon): number {
  return polygon.reduce((sum, ring) => sum + ringM2(ring), 0)
}

function ringM2(ring: Ring): number {
  const first = ring[0]
  if (!first) return 0
  const whole = Math.round(first[0] / UNIT)
  let sum = 0
  let [x0, y0] = toPosition(first)
  for (const point of ring) {
    const [x1, y1] = toPosition(point)
    const [mx, my] = metresPerDegree((y0 + y1) / 2)
    sum += ((x0 + x1) / 2 - whole) * mx * (y1 - y0) * my
    ;[x0, y0] = [x1, y1]
  }
  return sum
}
