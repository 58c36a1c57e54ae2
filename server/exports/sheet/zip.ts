import type { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface Entry {
  readonly name: string
  readonly content: Readable
}

/** What the directory at the end of the archive says of an entry. */
interface Written {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** Names are in UTF-8, and sizes stand behind what they measure, since it is not known before. */
const FLAGS = 0x08_08
const DEFLATED = 8
const VERSION = 20
/** 1980-01-01, the beginning of time for archives. */
const DATE = 0x00_21

/** A ZIP archive as a stream of bytes, one entry after the other. */
export async function* zipOf(entries: readonly Entry[]): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let at = 0
  for (const { name, content } of entries) {
    const head = { name: Buffer.from(name), at }
    const begin = local(head.name)
    yield begin
    let [crc, size, packed] = [0, 0, 0]
    const deflate = createDeflateRaw()
    content.on('data', (chunk: Buffer | string) => {
      const bytes = Buffer.from(chunk)
      crc = crc32(bytes, crc)
      size += bytes.length
    })
    content.on('error', (error) => deflate.destroy(error))
    try {
      for await (const chunk of content.pipe(deflate) as AsyncIterable<Buffer>) {
        packed += chunk.length
        yield chunk
      }
    } finally {
      content.destroy()
    }
    const end = fields([4, 0x08_07_4b_50], [4, crc], [4, packed], [4, size])
    yield end
    written.push({ ...head, crc, packed, size })
    at += begin.length + packed + end.length
  }
  const directory = Buffer.concat(written.map(central))
  const count = written.length
  const length = directory.length
  const end = fields([4, 0x06_05_4b_50], [2, 0], [2, 0], [2, count], [2, count], [4, length], [4, at], [2, 0])
  yield Buffer.concat([directory, end])
}

function local(name: Buffer): Buffer {
  const head = fields([4, 0x04_03_4b_50], [2, VERSION], [2, FLAGS], [2, DEFLATED], [2, 0], [2, DATE])
  return Buffer.concat([head, fields([4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]), name])
}

function central({ name, at, crc, packed, size }: Written): Buffer {
  const head = fields(
    [4, 0x02_01_4b_50],
    [2, VERSION],
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DATE],
  )
  const sizes = fields([4, crc], [4, packed], [4, size], [2, name.length], [2, 0], [2, 0])
  return Buffer.concat([head, sizes, fields([2, 0], [2, 0], [4, 0], [4, at]), name])
}

/** Unsigned numbers of so many bytes, the lowest first. */
function fields(...values: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    values.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes)
      field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}
