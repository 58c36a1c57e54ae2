/** What a camera said of a picture; the picture itself is kept without it. */
export interface Camera {
  readonly takenAt: Date | null
  /** [lng, lat] */
  readonly position: readonly [number, number] | null
}

export const SAID_NOTHING: Camera = { takenAt: null, position: null }

/** Tags of EXIF 2.32. */
const [EXIF_IFD, GPS_IFD, TAKEN_AT, OFFSET, LAT_REF, LAT, LNG_REF, LNG] = [
  0x8769, 0x8825, 0x9003, 0x9011, 1, 2, 3, 4,
]
const [ASCII, LONG, RATIONAL] = [2, 4, 5]

/** A directory of a phone has some dozens. */
const MAX_ENTRIES = 200

/** Where a value of a directory lies. */
interface Field {
  readonly type: number
  readonly count: number
  readonly at: number
}

type Directory = ReadonlyMap<number, Field>

interface Tiff {
  readonly view: DataView
  readonly isLittle: boolean
}

/**
 * Reads time and place out of an EXIF block, with or without its `Exif` mark. It looks at a handful of fields and at nothing
 * else, so that no block, however made, costs more than another; what is odd is as if it were not there.
 */
export function readExif(bytes: Uint8Array): Camera {
  const start = textAt(bytes, 0, 4) === 'Exif' ? 6 : 0
  if (bytes.length < start + 8) return SAID_NOTHING
  const order = textAt(bytes, start, 2)
  if (order !== 'II' && order !== 'MM') return SAID_NOTHING
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.byteLength - start)
  const tiff = { view, isLittle: order === 'II' }
  const main = directoryAt(tiff, longAt(tiff, 4))
  const photo = directoryAt(tiff, pointer(tiff, main.get(EXIF_IFD)))
  const gps = directoryAt(tiff, pointer(tiff, main.get(GPS_IFD)))
  return {
    takenAt: instantOf(text(tiff, photo.get(TAKEN_AT)), text(tiff, photo.get(OFFSET))),
    position: positionOf(tiff, gps),
  }
}

function directoryAt(tiff: Tiff, at: number | null): Directory {
  const fields = new Map<number, Field>()
  if (at === null || at + 2 > tiff.view.byteLength) return fields
  const count = Math.min(shortAt(tiff, at), MAX_ENTRIES)
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12
    if (entry + 12 > tiff.view.byteLength) break
    const [type, many] = [shortAt(tiff, entry + 2), tiff.view.getUint32(entry + 4, tiff.isLittle)]
    const size = (type === RATIONAL ? 8 : type === ASCII ? 1 : 4) * many
    const found = size <= 4 ? entry + 8 : tiff.view.getUint32(entry + 8, tiff.isLittle)
    if (found + size <= tiff.view.byteLength)
      fields.set(shortAt(tiff, entry), { type, count: many, at: found })
  }
  return fields
}

function pointer(tiff: Tiff, field: Field | undefined): number | null {
  return field?.type === LONG ? longAt(tiff, field.at) : null
}

function text({ view }: Tiff, field: Field | undefined): string {
  if (field?.type !== ASCII) return ''
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  return textAt(bytes, field.at, Math.min(field.count, 40)).replace(/\0.*$/, '')
}

const DATE = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/
const ZONE = /^[+-]\d\d:\d\d$/

/** Cameras write the clock on the wall; those that do not say of which zone are here. */
function instantOf(said: string, zone: string): Date | null {
  const [, year, month, day, hour, minute, second] = DATE.exec(said) ?? []
  if (year === undefined) return null
  const offset = ZONE.test(zone) ? zone : '+08:00'
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  return Number.isNaN(at.getTime()) ? null : at
}

function positionOf(tiff: Tiff, gps: Directory): Camera['position'] {
  const lat = degrees(tiff, gps.get(LAT))
  const lng = degrees(tiff, gps.get(LNG))
  if (lat === null || lng === null || lat > 90 || lng > 180) return null
  // Receivers without a fix write zeros.
  if (lat === 0 && lng === 0) return null
  const isSouth = text(tiff, gps.get(LAT_REF)) === 'S'
  const isWest = text(tiff, gps.get(LNG_REF)) === 'W'
  return [isWest ? -lng : lng, isSouth ? -lat : lat]
}

/** Degrees, minutes and seconds as fractions; null where one of them is none. */
function degrees({ view, isLittle }: Tiff, field: Field | undefined): number | null {
  if (field?.type !== RATIONAL || field.count !== 3) return null
  const [d = NaN, m = NaN, s = NaN] = [0, 8, 16].map(
    (offset) => view.getUint32(field.at + offset, isLittle) / view.getUint32(field.at + offset + 4, isLittle),
  )
  const value = d + m / 60 + s / 3600
  return Number.isFinite(value) ? value : null
}

const shortAt = ({ view, isLittle }: Tiff, at: number) => view.getUint16(at, isLittle)

const longAt = ({ view, isLittle }: Tiff, at: number) =>
  at + 4 <= view.byteLength ? view.getUint32(at, isLittle) : null

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
