import { rgb } from '../map/shapes.ts'
import { daysOf, heatPlace } from './density.ts'

/** Circumradius of a hexagon: about 5.8 ha, a few street blocks. */
export const HEX_RADIUS_M = 150
const HEX_KM2 = (1.5 * Math.sqrt(3) * HEX_RADIUS_M ** 2) / 1e6
const METERS_PER_DEGREE = (6_378_137 * Math.PI) / 180

export interface Hexagons {
  /** Interleaved lng, lat. */
  readonly centers: Float64Array
  readonly counts: Uint32Array
}

/**
 * Counts events into pointy-topped hexagons fixed to the ground at `origin`. deck.gl's own hexagon layer anchors its
 * lattice to the data, so that cells would jump whenever the time window moves.
 */
export function hexbin(
  positions: Float64Array,
  lo: number,
  hi: number,
  origin: readonly [number, number],
): Hexagons {
  const [lng0, lat0] = origin
  const kx = METERS_PER_DEGREE * Math.cos((lat0 * Math.PI) / 180)
  const dx = HEX_RADIUS_M * Math.sqrt(3)
  const dy = HEX_RADIUS_M * 1.5
  const cells = new Map<string, { x: number; y: number; count: number }>()
  for (let i = lo; i < hi; i++) {
    const x = ((positions[2 * i] ?? 0) - lng0) * kx
    const y = ((positions[2 * i + 1] ?? 0) - lat0) * METERS_PER_DEGREE
    const [column, row] = nearest(x / dx, y / dy)
    const key = `${column} ${row}`
    const cell = cells.get(key)
    if (cell) cell.count++
    else cells.set(key, { x: (column + (row & 1) / 2) * dx, y: row * dy, count: 1 })
  }
  const found = [...cells.values()]
  return {
    centers: Float64Array.from(found.flatMap(({ x, y }) => [lng0 + x / kx, lat0 + y / METERS_PER_DEGREE])),
    counts: Uint32Array.from(found, ({ count }) => count),
  }
}

/** Column and row of the hexagon that holds a point given in column and row units; odd rows are shifted by a half. */
function nearest(x: number, y: number): [column: number, row: number] {
  const row = Math.round(y)
  const column = Math.round(x - (row & 1) / 2)
  const fy = y - row
  if (Math.abs(fy) * 3 <= 1) return [column, row]
  const fx = x - column - (row & 1) / 2
  const otherRow = row + (fy < 0 ? -1 : 1)
  const otherColumn = column + (fx < 0 ? -1 : 0) + (row & 1)
  const ox = x - otherColumn - (otherRow & 1) / 2
  const oy = y - otherRow
  // Squared distances in units where a column is √3 and a row 1.5 radii.
  return 3 * fx * fx + 2.25 * fy * fy <= 3 * ox * ox + 2.25 * oy * oy
    ? [column, row]
    : [otherColumn, otherRow]
}

/** Events per km² per day, the unit of the heat. */
export const hexDensity = (count: number, seconds: number): number => count / HEX_KM2 / daysOf(seconds)

export function hexColors(counts: Uint32Array, seconds: number, colors: readonly string[]): Uint8Array {
  const stops = colors.map(rgb)
  const out = new Uint8Array(counts.length * 4)
  counts.forEach((count, i) => {
    const place = Math.max(0, Math.floor(heatPlace(hexDensity(count, seconds))))
    out.set([...(stops[place] ?? [0, 0, 0]), 205], 4 * i)
  })
  return out
}
