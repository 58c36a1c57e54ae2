import type { MultiPolygon, Position } from '#geo/geojson'

/** Bytes of the envelope after the head of a GeoPackage geometry, by its indicator (OGC 12-128r19 §2.1.3). */
const ENVELOPES = [0, 32, 48, 48, 64]
const [POLYGON, MULTIPOLYGON] = [3, 6]
/** A ring of more points is no border, and not looked at. */
const MAX_POINTS = 2_000_000

interface Shape {
  readonly type: 'Polygon' | 'MultiPolygon'
  readonly coordinates: unknown
}

/** The polygon in a GeoPackage blob: a head, then WKB. Null for what is empty or no polygon. @throws RangeError where it ends too early. */
export function readBlob(blob: Uint8Array): Shape | null {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  if (view.getUint16(0) !== 0x4750) return null
  const flags = view.getUint8(3)
  const envelope = ENVELOPES[(flags >> 1) & 7]
  return envelope === undefined || (flags & 16) !== 0 ? null : readWkb(view, 8 + envelope)
}

function readWkb(view: DataView, start: number): Shape | null {
  let at = start
  const order = (): boolean => view.getUint8(at++) === 1
  const count = (little: boolean): number => {
    const value = view.getUint32(at, little)
    at += 4
    if (value > MAX_POINTS) throw new RangeError('too many')
    return value
  }
  /** Kind and number of dimensions, by ISO (1000s) and by EWKB (high bits). */
  const kind = (little: boolean): readonly [number, number] => {
    const code = view.getUint32(at, little)
    at += 4
    const iso = Math.floor((code & 0xffff) / 1000)
    const extra = (code >>> 31) + ((code >>> 30) & 1) + (iso === 3 ? 2 : Math.min(1, iso))
    return [(code & 0xffff) % 1000, 2 + extra]
  }
  const rings = (little: boolean, dimensions: number): Position[][] =>
    Array.from({ length: count(little) }, () =>
      Array.from({ length: count(little) }, (): Position => {
        const point: Position = [view.getFloat64(at, little), view.getFloat64(at + 8, little)]
        at += 8 * dimensions
        return point
      }),
    )
  const little = order()
  const [type, dimensions] = kind(little)
  if (type === POLYGON) return { type: 'Polygon', coordinates: rings(little, dimensions) }
  if (type !== MULTIPOLYGON) return null
  const parts = Array.from({ length: count(little) }, () => {
    const inner = order()
    const [, size] = kind(inner)
    return rings(inner, size)
  })
  return { type: 'MultiPolygon', coordinates: parts }
}

/** A GeoPackage blob without envelope: EPSG 4490, little-endian. */
export function writeBlob({ coordinates }: MultiPolygon): Uint8Array {
  const rings = coordinates.flat()
  const points = rings.reduce((sum, ring) => sum + ring.length, 0)
  const view = new DataView(new ArrayBuffer(8 + 9 + 9 * coordinates.length + 4 * rings.length + 16 * points))
  let at = 0
  const byte = (value: number): unknown => view.setUint8(at++, value)
  const integer = (value: number): void => {
    view.setUint32(at, value, true)
    at += 4
  }
  for (const value of [0x47, 0x50, 0, 1]) byte(value)
  integer(4490)
  byte(1)
  integer(MULTIPOLYGON)
  integer(coordinates.length)
  for (const polygon of coordinates) {
    byte(1)
    integer(POLYGON)
    integer(polygon.length)
    for (const ring of polygon) {
      integer(ring.length)
      for (const [x, y] of ring) {
        view.setFloat64(at, x, true)
        view.setFloat64(at + 8, y, true)
        at += 16
      }
    }
  }
  return new Uint8Array(view.buffer)
}
