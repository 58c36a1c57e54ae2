import type { Columns } from '#geo/columns'
import type { HeatPaint } from '../data/view.ts'
import type { Band } from '../map/bands.ts'
import { paletteOf } from '../map/palette.ts'
import { EMPTY_PART, type Corners, type Look, type Part, type Pixels } from '../map/scene.ts'
import { cornersOf, density, frameOf, picture } from './density.ts'
import { HEX_RADIUS_M, hexbin, hexColors } from './hexbin.ts'
import { lengthOf, rowsWithin, type Span } from './timeline.ts'

const HEAT = 'heat'

export interface HistoryRows {
  /** Null until they are loaded. */
  readonly columns: Columns | null
  readonly window: Span
  readonly bbox: Box
}

type Box = readonly [west: number, south: number, east: number, north: number]

/** The past as the view asks for it. Rows are sorted by time, so that a window is a cut and never a filter. */
export function historyPart({ columns, window, bbox }: HistoryRows, heat: HeatPaint, look: Look): Part<Band> {
  if (!columns || heat === 'off') return EMPTY_PART
  const [lo, hi] = rowsWithin(columns.t, window)
  if (heat === 'heat') return heatPart(columns, lo, hi, lengthOf(window), bbox, look)
  return {
    ...EMPTY_PART,
    deck: [heat === 'dots' ? dots(columns, lo, hi, look) : hexagons(columns, lo, hi, window, bbox, look)],
  }
}

function heatPart(
  columns: Columns,
  lo: number,
  hi: number,
  seconds: number,
  bbox: Box,
  look: Look,
): Part<Band> {
  const { pixels, corners } = pictureOf(columns, lo, hi, seconds, bbox, look)
  return {
    sources: { [HEAT]: { kind: 'picture', pixels, corners } },
    layers: [
      {
        band: 'density',
        spec: {
          id: 'heat',
          type: 'raster',
          source: HEAT,
          paint: { 'raster-fade-duration': 0, 'raster-resampling': 'linear' },
        },
      },
    ],
  }
}

interface Drawn {
  readonly of: readonly unknown[]
  readonly pixels: Pixels
  readonly corners: Corners
}
let last: Drawn | null = null

/** The last picture is kept: most repaints change something else. */
function pictureOf(columns: Columns, lo: number, hi: number, seconds: number, bbox: Box, look: Look): Drawn {
  const of = [columns, lo, hi, Math.round(seconds), bbox, look.theme]
  if (last?.of.every((value, i) => value === of[i])) return last
  const frame = frameOf(bbox)
  const field = density(columns.positions, lo, hi, seconds, frame)
  last = { of, pixels: picture(field, paletteOf(look).heat), corners: cornersOf(frame) }
  return last
}

function dots(columns: Columns, lo: number, hi: number, look: Look) {
  return {
    kind: 'dots',
    id: 'history-dots',
    band: 'dots',
    positions: columns.positions.subarray(2 * lo, 2 * hi),
    ids: columns.id.subarray(lo, hi),
    color: paletteOf(look).dot,
    radiusM: 7,
    minPx: 1.3,
    maxPx: 4,
    pick: 'event',
  } as const
}

function hexagons(columns: Columns, lo: number, hi: number, window: Span, bbox: Box, look: Look) {
  const bins = hexbin(columns.positions, lo, hi, [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2])
  return {
    kind: 'hexagons',
    id: 'history-hexagons',
    band: 'density',
    centers: bins.centers,
    colors: hexColors(bins.counts, lengthOf(window), paletteOf(look).heat),
    radiusM: HEX_RADIUS_M,
  } as const
}
