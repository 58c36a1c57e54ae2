import type { Corners, Pixels } from '../map/scene.ts'
import { rgb } from '../map/shapes.ts'

/**
 * Density of events in events per km² per day, on a grid of square cells fixed to the ground.
 *
 * value(x) = Σ exp(−d² / 2h²) / (2π h²) / days, over all events of the window, d in metres, h = 250 m.
 * Unlike a heatmap in screen pixels, a colour means the same at every zoom and on every screen, and the values integrate
 * to the number of events per day. Events are first counted into cells and the counts then smoothed along rows and along
 * columns, so that the cost hardly depends on how many events there are.
 */
export interface Field {
  readonly frame: Frame
  /** Row by row from the north-west, events per km² per day. */
  readonly values: Float32Array
  /** Events that lay within the frame. */
  readonly count: number
}

/** Cells in the plane of web mercator, so that the picture needs no warping. */
export interface Frame {
  readonly west: number
  readonly north: number
  /** Side of a cell in mercator metres. */
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** Metres on the ground for each mercator metre, at the middle of the frame. */
  readonly scale: number
}

const BANDWIDTH_M = 250
const CELL_M = 50
/** The kernel is cut where it has fallen to 1 %. */
const REACH = 3
/** A wide district gets larger cells rather than a larger picture. */
const MAX_CELLS = 640
const EARTH_M = 6_378_137
export const DAY_S = 86_400

const mercatorX = (lng: number) => (lng * Math.PI * EARTH_M) / 180
const mercatorY = (lat: number) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * EARTH_M
const lngOf = (x: number) => (x * 180) / (Math.PI * EARTH_M)
const latOf = (y: number) => (Math.atan(Math.exp(y / EARTH_M)) * 360) / Math.PI - 90

/** A frame over a bounding box, with room for the kernels of events at its edge. */
export function frameOf([west, south, east, north]: readonly [number, number, number, number]): Frame {
  const scale = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const margin = (BANDWIDTH_M * REACH) / scale
  const [x0, x1] = [mercatorX(west) - margin, mercatorX(east) + margin]
  const [y0, y1] = [mercatorY(south) - margin, mercatorY(north) + margin]
  const cell = Math.max(CELL_M / scale, (x1 - x0) / MAX_CELLS, (y1 - y0) / MAX_CELLS)
  return {
    west: x0,
    north: y1,
    cell,
    columns: Math.ceil((x1 - x0) / cell),
    rows: Math.ceil((y1 - y0) / cell),
    scale,
  }
}

/** Corners of the frame for a picture: north-west, north-east, south-east, south-west. */
export function cornersOf({ west, north, cell, columns, rows }: Frame): Corners {
  const [w, e] = [lngOf(west), lngOf(west + columns * cell)]
  const [n, s] = [latOf(north), latOf(north - rows * cell)]
  return [
    [w, n],
    [e, n],
    [e, s],
    [w, s],
  ]
}

/** `positions` are lng, lat interleaved; rows `lo` to `hi` of them count. Windows under a day count as one day. */
export function density(
  positions: Float64Array,
  lo: number,
  hi: number,
  seconds: number,
  frame: Frame,
): Field {
  const { cell, columns, rows, scale } = frame
  const counts = new Float32Array(columns * rows)
  let count = 0
  for (let i = lo; i < hi; i++) {
    const column = Math.floor((mercatorX(positions[2 * i] ?? 0) - frame.west) / cell)
    const row = Math.floor((frame.north - mercatorY(positions[2 * i + 1] ?? 0)) / cell)
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue
    const at = row * columns + column
    counts[at] = (counts[at] ?? 0) + 1
    count++
  }
  const cellKm2 = ((cell * scale) / 1000) ** 2
  const weights = kernel(BANDWIDTH_M / (cell * scale))
  const along = smooth(counts, columns, rows, 1, columns, weights)
  const values = smooth(along, rows, columns, columns, 1, weights)
  const factor = 1 / cellKm2 / daysOf(seconds)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * factor
  return { frame, values, count }
}

/** An hour is not blown up into a day: few events over a short time say little about a rate. */
export const daysOf = (seconds: number): number => Math.max(1, seconds / DAY_S)

/** Sums to 1; index 0 is the middle. */
function kernel(sigma: number): Float64Array {
  const half = Math.max(1, Math.ceil(sigma * REACH))
  const weights = Float64Array.from({ length: half + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, w, i) => sum + (i === 0 ? w : 2 * w), 0)
  return weights.map((w) => w / total)
}

/** Spreads every value along its line of `length` cells, `step` apart; lines are `stride` apart. */
function smooth(
  from: Float32Array,
  length: number,
  lines: number,
  step: number,
  stride: number,
  weights: Float64Array,
) {
  const to = new Float32Array(from.length)
  const half = weights.length - 1
  for (let line = 0; line < lines; line++) {
    const start = line * stride
    for (let i = 0; i < length; i++) {
      const value = from[start + i * step] ?? 0
      if (value === 0) continue
      for (let k = Math.max(0, i - half); k <= Math.min(length - 1, i + half); k++) {
        const at = start + k * step
        to[at] = (to[at] ?? 0) + value * (weights[Math.abs(k - i)] ?? 0)
      }
    }
  }
  return to
}

/** Colour stops, the same for ever: each colour is twice the density of the one before. Events per km² per day. */
export const HEAT_STOPS = [0.25, 0.5, 1, 2, 4, 8, 16, 32] as const

/** Index and share between two stops of a density; below the first stop it fades out over one more halving. */
export function heatPlace(value: number): number {
  return Math.min(HEAT_STOPS.length - 1, Math.log2(value / HEAT_STOPS[0]))
}

const OPACITY = 0.82

export function picture(field: Field, colors: readonly string[]): Pixels {
  const stops = colors.map(rgb)
  const { columns, rows } = field.frame
  const data = new Uint8ClampedArray(columns * rows * 4)
  for (let i = 0; i < field.values.length; i++) {
    const value = field.values[i] ?? 0
    const place = value > 0 ? heatPlace(value) : -1
    if (place <= -1) continue
    const low = stops[Math.max(0, Math.floor(place))]
    const high = stops[Math.min(stops.length - 1, Math.max(0, Math.ceil(place)))]
    const part = Math.max(0, place - Math.floor(place))
    for (let c = 0; c < 3; c++) data[4 * i + c] = (low?.[c] ?? 0) * (1 - part) + (high?.[c] ?? 0) * part
    data[4 * i + 3] = 255 * OPACITY * Math.min(1, place + 1)
  }
  return { width: columns, height: rows, data }
}
