import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { xlsxOf } from './sheet/xlsx.ts'

/** An instant is shown by the clock of China. */
export type Cell = string | number | Date | null

export interface Column<T> {
  readonly heading: string
  /** In characters. */
  readonly width: number
  readonly cell: (row: T) => Cell
}

export type Format = 'csv' | 'xlsx'

export const MEDIA = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A file of the rows with their headings, made while it is read: it never stands in memory whole. */
export function fileOf<T>(format: Format, columns: readonly Column<T>[], rows: AsyncIterable<T>): Readable {
  return format === 'csv' ? csvOf(columns, rows) : Readable.from(xlsxOf(columns, rows), { objectMode: false })
}

/** UTF-8 with its mark, which spreadsheets need; no cell is taken for a formula. */
function csvOf<T>(columns: readonly Column<T>[], rows: AsyncIterable<T>): Readable {
  const lines = stringify({ bom: true, escape_formulas: true, record_delimiter: 'windows' })
  // An error on either side destroys the other; who reads the lines sees it there.
  pipeline(Readable.from(recordsOf(columns, rows)), lines, () => {})
  return lines
}

async function* recordsOf<T>(columns: readonly Column<T>[], rows: AsyncIterable<T>) {
  yield columns.map(({ heading }) => heading)
  for await (const row of rows) yield columns.map(({ cell }) => textOf(cell(row)))
}

const CHINA = 8 * 3_600_000

function textOf(cell: Cell): string | number {
  if (cell === null) return ''
  if (!(cell instanceof Date)) return cell
  return new Date(cell.getTime() + CHINA).toISOString().slice(0, 19).replace('T', ' ')
}
