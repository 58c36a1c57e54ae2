import { crc32, deflateSync } from 'node:zlib'

interface Said {
  readonly takenAt?: string
  readonly offset?: string
  readonly lng?: number
  readonly lat?: number
  readonly denominator?: number
  readonly endian?: 'II' | 'MM'
  readonly mark?: boolean
}

type Value = string | readonly number[] | { readonly long: number }

/** An EXIF block as a camera writes it. */
export function exifOf(said: Said): Uint8Array {
  const isLittle = (said.endian ?? 'II') === 'II'
  const photo: [number, Value][] = []
  if (said.takenAt !== undefined) photo.push([0x9003, said.takenAt])
  if (said.offset !== undefined) photo.push([0x9011, said.offset])
  const gps: [number, Value][] = []
  if (said.lng !== undefined && said.lat !== undefined) {
    gps.push(
      [1, said.lat < 0 ? 'S' : 'N'],
      [2, sexagesimal(said.lat)],
      [3, said.lng < 0 ? 'W' : 'E'],
      [4, sexagesimal(said.lng)],
    )
  }
  const denominator = said.denominator ?? 10_000
  const main = 8
  const photoAt = main + 2 + 2 * 12 + 4
  const photoBytes = directory(photo, photoAt, isLittle, denominator)
  const gpsAt = photoAt + photoBytes.length
  const pointers: [number, Value][] = [
    [0x8769, { long: photoAt }],
    [0x8825, { long: gpsAt }],
  ]
  const head = Buffer.alloc(8)
  head.write(isLittle ? 'II' : 'MM', 'latin1')
  write(head, 42, 2, 2, isLittle)
  write(head, main, 4, 4, isLittle)
  return Buffer.concat([
    Buffer.from(said.mark ? 'Exif\0\0' : '', 'latin1'),
    head,
    directory(pointers, main, isLittle, denominator),
    photoBytes,
    directory(gps, gpsAt, isLittle, denominator),
  ])
}

function sexagesimal(degrees: number): number[] {
  const value = Math.abs(degrees)
  const minutes = (value % 1) * 60
  return [Math.trunc(value), Math.trunc(minutes), (minutes % 1) * 60]
}

function directory(
  fields: readonly (readonly [number, Value])[],
  at: number,
  isLittle: boolean,
  denominator: number,
): Buffer {
  const entries = Buffer.alloc(2 + fields.length * 12 + 4)
  write(entries, fields.length, 0, 2, isLittle)
  const values: Buffer[] = []
  let next = at + entries.length
  fields.forEach(([tag, value], i) => {
    const entry = 2 + i * 12
    const { type, count, bytes } = encoded(value, isLittle, denominator)
    write(entries, tag, entry, 2, isLittle)
    write(entries, type, entry + 2, 2, isLittle)
    write(entries, count, entry + 4, 4, isLittle)
    if (bytes.length <= 4) return void bytes.copy(entries, entry + 8)
    write(entries, next, entry + 8, 4, isLittle)
    values.push(bytes)
    next += bytes.length
  })
  return Buffer.concat([entries, ...values])
}

function encoded(value: Value, isLittle: boolean, denominator: number) {
  if (typeof value === 'string') {
    const bytes = Buffer.from(`${value}\0`, 'latin1')
    return { type: 2, count: bytes.length, bytes }
  }
  if ('long' in value) {
    const bytes = Buffer.alloc(4)
    write(bytes, value.long, 0, 4, isLittle)
    return { type: 4, count: 1, bytes }
  }
  const bytes = Buffer.alloc(value.length * 8)
  value.forEach((part, i) => {
    write(bytes, Math.round(part * denominator), i * 8, 4, isLittle)
    write(bytes, denominator, i * 8 + 4, 4, isLittle)
  })
  return { type: 5, count: value.length, bytes }
}

function write(bytes: Buffer, value: number, at: number, size: number, isLittle: boolean): void {
  if (isLittle) bytes.writeUIntLE(value, at, size)
  else bytes.writeUIntBE(value, at, size)
}

/** A PNG of one colour, of any size, without the memory for its pixels: rows of zeros compress to nothing. */
export function hugePng(side: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 })
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
