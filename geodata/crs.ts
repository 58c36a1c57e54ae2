import gcoord from 'gcoord'
import proj4 from 'proj4'
import { CRS_NAMES, type Crs } from './crs-names.ts'
import type { Position } from './geojson.ts'

export { CRS_NAMES, type Crs }

/** EPSG lists 4490 and the Gauss-Krüger zones with the northern axis first; GeoJSON wants the eastern one first. */
export type Axes = 'east-first' | 'north-first'

type Degrees = '4326' | '4490' | 'gcj02' | 'bd09'
type Projected = Exclude<Crs, Degrees>

interface Zone {
  readonly meridian: number
  readonly falseEasting: number
}

/** CGCS2000 in zones of 3 degrees. 4526–4528 write the number of the zone before the easting, 4547–4549 do not. */
const ZONES: Readonly<Record<Projected, Zone>> = {
  '4526': { meridian: 114, falseEasting: 38_500_000 },
  '4527': { meridian: 117, falseEasting: 39_500_000 },
  '4528': { meridian: 120, falseEasting: 40_500_000 },
  '4547': { meridian: 114, falseEasting: 500_000 },
  '4548': { meridian: 117, falseEasting: 500_000 },
  '4549': { meridian: 120, falseEasting: 500_000 },
}

/** Farther from its meridian a zone is not used, and nearer to the equator lies no part of the mainland. */
const REACH_M = 800_000
const NORTHINGS: readonly [number, number] = [200_000, 6_500_000]

/** CGCS2000 has the flattening of GRS 80; no datum is named, so that no datum is shifted. */
const GEOGRAPHIC = '+proj=longlat +ellps=GRS80 +no_defs'
const PROJ: Readonly<Record<Projected, string>> = {
  '4526': gaussKrueger(ZONES['4526']),
  '4527': gaussKrueger(ZONES['4527']),
  '4528': gaussKrueger(ZONES['4528']),
  '4547': gaussKrueger(ZONES['4547']),
  '4548': gaussKrueger(ZONES['4548']),
  '4549': gaussKrueger(ZONES['4549']),
}

function gaussKrueger({ meridian, falseEasting }: Zone): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`
}

function isCrs(text: string): text is Crs {
  return CRS_NAMES.some((name) => name === text)
}

/** Reads what people and files write: `4490`, `EPSG:4490`, `urn:ogc:def:crs:EPSG::4490`, `CRS84`, `GCJ-02`, `CGCS2000`. */
export function readCrs(name: string): Crs | null {
  const text = name
    .trim()
    .toLowerCase()
    .replace(/[-_\s]/g, '')
  if (/crs84$|^wgs84$/.test(text)) return '4326'
  if (/^cgcs2000$/.test(text)) return '4490'
  const last = text.split(/:+|\//).at(-1) ?? ''
  return isCrs(last) ? last : null
}

/** A straight line in these is a straight line in degrees, so that converting moves no vertex off a neighbour's edge. */
export function keepsLines(crs: Crs): boolean {
  return crs === '4326' || crs === '4490'
}

/** Converts a pair of the file to [lng, lat]; null where the numbers cannot mean a place in this system. */
export function toLngLat(crs: Crs, axes: Axes = 'east-first'): (pair: Position) => Position | null {
  const convert = inverse(crs)
  const inRange = range(crs)
  return ([first, second]) => {
    const pair: Position = axes === 'east-first' ? [first, second] : [second, first]
    if (!inRange(pair)) return null
    const position = convert(pair)
    return isLngLat(position) ? position : null
  }
}

/** The way back, for exports and round-trip tests; longitude or easting first. */
export function fromLngLat(crs: Crs): (position: Position) => Position {
  if (crs === '4326' || crs === '4490') return ([lng, lat]) => [lng, lat]
  if (crs === 'gcj02') return (position) => gcoord.transform(position, gcoord.WGS84, gcoord.GCJ02)
  if (crs === 'bd09') return (position) => gcoord.transform(position, gcoord.WGS84, gcoord.BD09)
  const projection = proj4(GEOGRAPHIC, PROJ[crs])
  return (position) => pairOf(projection.forward([...position]))
}

function inverse(crs: Crs): (pair: Position) => Position {
  if (crs === '4326' || crs === '4490') return (pair) => pair
  if (crs === 'gcj02' || crs === 'bd09') return refined(crs, fromLngLat(crs))
  const projection = proj4(GEOGRAPHIC, PROJ[crs])
  return (pair) => pairOf(projection.inverse([...pair]))
}

/** The library turns back to within 15 cm (GCJ-02) and 26 cm (BD-09); a few rounds of correction make it a millimetre. */
function refined(crs: 'gcj02' | 'bd09', forward: (position: Position) => Position) {
  const from = crs === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09
  return (pair: Position): Position => {
    let [lng, lat] = gcoord.transform(pair, from, gcoord.WGS84)
    for (let round = 0; round < 8; round++) {
      const [x, y] = forward([lng, lat])
      const [dx, dy] = [pair[0] - x, pair[1] - y]
      lng += dx
      lat += dy
      if (Math.abs(dx) < 1e-9 && Math.abs(dy) < 1e-9) break
    }
    return [lng, lat]
  }
}

function range(crs: Crs): (pair: Position) => boolean {
  if (crs === '4326' || crs === '4490' || crs === 'gcj02' || crs === 'bd09') return isLngLat
  const middle = ZONES[crs].falseEasting
  return ([x, y]) => Math.abs(x - middle) <= REACH_M && y >= NORTHINGS[0] && y <= NORTHINGS[1]
}

function isLngLat([lng, lat]: Position): boolean {
  return lng >= -180 && lng <= 180 && lat >= -90 && lat <= 90
}

function pairOf(values: readonly number[]): Position {
  return [values[0] ?? NaN, values[1] ?? NaN]
}
