import type { MultiPolygon, Position } from '#geo/geojson'
import { pack } from './archive.ts'
import type { PlanFeature } from './features.ts'
import { CGCS2000_WKT } from './wkt.ts'

/** Columns of the .dbf: names have at most ten characters, widths are in bytes of UTF-8. */
const COLUMNS = [
  { name: 'CODE', key: 'code', width: 32 },
  { name: 'NAME', key: 'name', width: 160 },
  { name: 'NAME_EN', key: 'name_en', width: 160 },
  { name: 'KIND', key: 'kind', width: 32 },
  { name: 'COMMUNITY', key: 'community', width: 32 },
] as const

const POLYGON = 5
const HEAD = 100

/** An archive of .shp, .shx, .dbf, .prj and .cpg (ESRI Shapefile Technical Description, 1998; dBASE III), with the certificate beside it. */
export function writeShapefile(features: readonly PlanFeature[], certificate: string): Uint8Array {
  const records = features.map(({ geometry }) => recordOf(geometry))
  const box = boxOf(features.flatMap(({ geometry }) => geometry.coordinates.flat(2)))
  const text = new TextEncoder()
  return pack({
    'grids.shp': withHead(joined(records.map((content, i) => numbered(content, i + 1))), box),
    'grids.shx': withHead(index(records), box),
    'grids.dbf': table(features),
    'grids.prj': text.encode(CGCS2000_WKT),
    'grids.cpg': text.encode('UTF-8'),
    'certificate.json': text.encode(certificate),
  })
}

type Box = readonly [west: number, south: number, east: number, north: number]

function boxOf(points: readonly Position[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

/** Rings of a shapefile run the other way: outer ones clockwise. */
function recordOf({ coordinates }: MultiPolygon): Uint8Array {
  const rings = coordinates.flat().map((ring) => ring.toReversed())
  const points = rings.flat()
  const view = new DataView(new ArrayBuffer(44 + 4 * rings.length + 16 * points.length))
  view.setInt32(0, POLYGON, true)
  boxOf(points).forEach((value, i) => view.setFloat64(4 + 8 * i, value, true))
  view.setInt32(36, rings.length, true)
  view.setInt32(40, points.length, true)
  let first = 0
  rings.forEach((ring, i) => {
    view.setInt32(44 + 4 * i, first, true)
    first += ring.length
  })
  points.forEach(([x, y], i) => {
    view.setFloat64(44 + 4 * rings.length + 16 * i, x, true)
    view.setFloat64(52 + 4 * rings.length + 16 * i, y, true)
  })
  return new Uint8Array(view.buffer)
}

/** Lengths are counted in words of two bytes. */
function numbered(content: Uint8Array, number: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(8))
  head.setInt32(0, number)
  head.setInt32(4, content.length / 2)
  return joined([new Uint8Array(head.buffer), content])
}

function index(records: readonly Uint8Array[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * records.length))
  let offset = HEAD / 2
  records.forEach(({ length }, i) => {
    view.setInt32(8 * i, offset)
    view.setInt32(8 * i + 4, length / 2)
    offset += 4 + length / 2
  })
  return new Uint8Array(view.buffer)
}

function withHead(body: Uint8Array, box: Box): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEAD))
  view.setInt32(0, 9994)
  view.setInt32(24, (HEAD + body.length) / 2)
  view.setInt32(28, 1000, true)
  view.setInt32(32, POLYGON, true)
  box.forEach((value, i) => view.setFloat64(36 + 8 * i, value, true))
  return joined([new Uint8Array(view.buffer), body])
}

function table(features: readonly PlanFeature[]): Uint8Array {
  const width = COLUMNS.reduce((sum, column) => sum + column.width, 1)
  const head = new DataView(new ArrayBuffer(33 + 32 * COLUMNS.length))
  head.setUint8(0, 3)
  // Year since 1900, month, day: a fixed day, so that equal plans make equal files.
  ;[80, 1, 1].forEach((value, i) => head.setUint8(1 + i, value))
  head.setUint32(4, features.length, true)
  head.setUint16(8, head.byteLength, true)
  head.setUint16(10, width, true)
  COLUMNS.forEach((column, i) => {
    const at = 32 + 32 * i
    new TextEncoder().encode(column.name).forEach((letter, k) => head.setUint8(at + k, letter))
    head.setUint8(at + 11, 'C'.charCodeAt(0))
    head.setUint8(at + 16, column.width)
  })
  head.setUint8(head.byteLength - 1, 0x0d)
  const rows = features.map(({ properties }) =>
    joined([Uint8Array.of(0x20), ...COLUMNS.map(({ key, width: room }) => cell(properties[key], room))]),
  )
  return joined([new Uint8Array(head.buffer), ...rows, Uint8Array.of(0x1a)])
}

/** Filled up with blanks; a text that is too long ends with a whole character. */
function cell(text: string, room: number): Uint8Array {
  const bytes = new Uint8Array(room).fill(0x20)
  new TextEncoder().encodeInto(text, bytes)
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
