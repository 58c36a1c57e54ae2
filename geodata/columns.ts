import type { Position } from './geojson.ts'

/**
 * Events as binary columns, sorted by report time.
 *
 * Layout, little-endian: 4 bytes `WGC1` · uint32 length of the header · header as JSON, padded with spaces to a multiple
 * of 4 · int32[count] id · t · x · y (each the difference to the row before, the first to 0, `t0`, `x0`, `y0`) ·
 * int32[count] gridId (0: none) · uint16[count] category · uint8[count] status · uint8[count] source.
 * `t` counts seconds since `t0` (Unix seconds); `x`, `y` count 1e-6 degree, enough to draw and smaller than a decimal text.
 * Time-sorted differences are small, so that gzip shrinks them well.
 */
interface ColumnsHeader {
  readonly count: number
  readonly t0: number
  readonly x0: number
  readonly y0: number
  readonly categories: readonly string[]
  readonly statuses: readonly string[]
  readonly sources: readonly string[]
}

export interface PointRow {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly reportedAt: number
  readonly position: Position
  readonly category: string
  readonly status: string
  readonly source: string
  /** 0 where the event has no grid. */
  readonly gridId: number
}

export interface Columns {
  readonly count: number
  readonly id: Float64Array
  /** Unix seconds, ascending. */
  readonly t: Float64Array
  /** Degrees, interleaved lng, lat: ready as a deck.gl binary attribute. */
  readonly positions: Float64Array
  readonly gridId: Int32Array
  readonly category: Uint16Array
  readonly status: Uint8Array
  readonly source: Uint8Array
  readonly categories: readonly string[]
  readonly statuses: readonly string[]
  readonly sources: readonly string[]
}

const MAGIC = 0x31434757
const MICRO = 1e6
const INTS = 5

/** `rows` must be sorted by `reportedAt`; throws a RangeError otherwise. */
export function encodeColumns(rows: readonly PointRow[]): Uint8Array<ArrayBuffer> {
  const [categories, statuses, sources] = [names(), names(), names()]
  const first = rows[0]
  const t0 = first === undefined ? 0 : seconds(first)
  const x0 = first === undefined ? 0 : Math.round(first.position[0] * MICRO)
  const y0 = first === undefined ? 0 : Math.round(first.position[1] * MICRO)
  const n = rows.length
  const ints = new Int32Array(n * INTS)
  const category = new Uint16Array(n)
  const bytes = new Uint8Array(n * 2)
  let last = { id: 0, t: t0, x: x0, y: y0 }
  rows.forEach((row, i) => {
    const next = {
      id: row.id,
      t: seconds(row),
      x: Math.round(row.position[0] * MICRO),
      y: Math.round(row.position[1] * MICRO),
    }
    if (next.t < last.t) throw new RangeError('rows must be sorted by report time')
    ints[i] = next.id - last.id
    ints[n + i] = next.t - last.t
    ints[2 * n + i] = next.x - last.x
    ints[3 * n + i] = next.y - last.y
    ints[4 * n + i] = row.gridId
    category[i] = categories.index(row.category)
    bytes[i] = statuses.index(row.status)
    bytes[n + i] = sources.index(row.source)
    last = next
  })
  const header: ColumnsHeader = {
    count: n,
    t0,
    x0,
    y0,
    categories: categories.list,
    statuses: statuses.list,
    sources: sources.list,
  }
  return join(header, ints, category, bytes)
}

/** Throws a RangeError where the bytes are not such columns. */
export function decodeColumns(buffer: ArrayBuffer): Columns {
  const view = new DataView(buffer)
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new RangeError('not event columns')
  const start = 8 + view.getUint32(4, true)
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, start - 8))) as ColumnsHeader
  const n = header.count
  const column = (k: number) => new Int32Array(buffer, start + k * n * 4, n)
  const x = sum(column(2), header.x0)
  const y = sum(column(3), header.y0)
  const positions = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    positions[2 * i] = (x[i] ?? 0) / MICRO
    positions[2 * i + 1] = (y[i] ?? 0) / MICRO
  }
  const tail = start + INTS * n * 4
  return {
    count: n,
    id: sum(column(0), 0),
    t: sum(column(1), header.t0),
    positions,
    gridId: column(4),
    category: new Uint16Array(buffer, tail, n),
    status: new Uint8Array(buffer, tail + 2 * n, n),
    source: new Uint8Array(buffer, tail + 3 * n, n),
    categories: header.categories,
    statuses: header.statuses,
    sources: header.sources,
  }
}

function seconds(row: PointRow): number {
  return Math.floor(row.reportedAt / 1000)
}

function names() {
  const list: string[] = []
  const at = new Map<string, number>()
  const index = (name: string) => {
    const known = at.get(name)
    if (known !== undefined) return known
    at.set(name, list.length)
    return list.push(name) - 1
  }
  return { list, index }
}

function sum(deltas: Int32Array, first: number): Float64Array {
  const out = new Float64Array(deltas.length)
  let value = first
  for (let i = 0; i < deltas.length; i++) {
    value += deltas[i] ?? 0
    out[i] = value
  }
  return out
}

function join(header: ColumnsHeader, ints: Int32Array, category: Uint16Array, bytes: Uint8Array) {
  const text = JSON.stringify(header)
  const raw = new TextEncoder().encode(text)
  const head = new TextEncoder().encode(text + ' '.repeat((4 - (raw.length % 4)) % 4))
  const out = new Uint8Array(8 + head.length + ints.byteLength + category.byteLength + bytes.byteLength)
  const view = new DataView(out.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, head.length, true)
  out.set(head, 8)
  let at = 8 + head.length
  for (const part of [ints, category, bytes]) {
    out.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  return out
}
