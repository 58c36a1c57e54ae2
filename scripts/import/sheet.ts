import type { Database } from '../../db/open.ts'
import { guessCrs } from '../../geodata/crs-guess.ts'
import { toLngLat } from '../../geodata/crs.ts'
import type { Position } from '../../geodata/geojson.ts'
import { listCategories } from '../../server/events/store.ts'
import { headingRow, type Columns } from './columns.ts'
import type { EventsOptions } from './events-options.ts'
import type { Voice } from './language.ts'
import type { Table, TableRow } from './table.ts'
import { Wrong } from './usage.ts'
import { pairOf, type Reading, type Row } from './values.ts'

const HEADING_ROWS = 10

/** The row of headings. */
export async function headOf(table: Table, { headingRow: given, columns }: EventsOptions): Promise<TableRow> {
  const first: TableRow[] = []
  for await (const row of table.rows()) {
    first.push(row)
    if (first.length >= Math.max(HEADING_ROWS, given ?? 0)) break
  }
  const at =
    given === undefined
      ? headingRow(
          first.map(({ cells }) => cells),
          columns,
        )
      : given - 1
  const head = first[at]
  if (head) return head
  throw new Wrong('文件没有标题行', 'The file has no row of headings')
}

/** The rows below it that are not empty. */
export async function* bodyOf(table: Table, head: TableRow): AsyncGenerator<TableRow> {
  let isBody = false
  for await (const row of table.rows()) {
    if (isBody && row.cells.some((cell) => cell !== '')) yield row
    if (row.line === head.line) isBody = true
  }
}

/** The text of each field of a row. */
export function cellsOf({ cells }: TableRow, columns: Columns, { constants }: EventsOptions): Row {
  return (field) => {
    const at = columns.get(field)
    const text = at === undefined ? '' : (cells[at] ?? '')
    return text === '' ? (constants.get(field) ?? '') : text
  }
}

export async function readingOf(database: Database, options: EventsOptions): Promise<Reading> {
  const known = await listCategories(database.db)
  const categories = new Map(
    known.flatMap(
      ({ code, name }) =>
        [
          [name.zh, code],
          [name.en, code],
          [code, code],
        ] as const,
    ),
  )
  for (const [from, to] of options.categories) {
    const code = categories.get(to)
    if (code === undefined)
      throw new Wrong(`--category-map：没有类别 ${to}`, `--category-map: there is no category ${to}`)
    categories.set(from, code)
  }
  const { zone, source, statuses, sources, crs, axes } = options
  return { zone, source, statuses, sources, categories, convert: toLngLat(crs, axes) }
}

/** Says what the file is taken for; refuses one without what every event has. */
export function announce(
  { encoding }: Table,
  { file, apply, constants }: EventsOptions,
  head: TableRow,
  columns: Columns,
  voice: Voice,
): void {
  const pairs = [...columns].map(([field, at]) => `${head.cells[at] ?? ''}=${field}`)
  const mapped = [...pairs, ...[...constants].map(([field, value]) => `(${value})=${field}`)].join(', ')
  const unused = head.cells
    .filter((text, at) => text !== '' && ![...columns.values()].includes(at))
    .join(', ')
  voice.say({
    zh: `${file}（${encoding}）：标题在第 ${head.line} 行；${apply ? '写入' : '试运行，不写入'}`,
    en: `${file} (${encoding}): headings in row ${head.line}; ${apply ? 'storing' : 'dry run, nothing is written'}`,
  })
  voice.say({ zh: `  列：${mapped}`, en: `  columns: ${mapped}` })
  if (unused !== '') voice.say({ zh: `  未使用：${unused}`, en: `  not used: ${unused}` })
  const missing = missingOf(columns, constants)
  if (missing) throw missing
}

function missingOf(columns: Columns, constants: EventsOptions['constants']): Wrong | null {
  const has = (...fields: readonly Parameters<Columns['get']>[0][]): boolean =>
    fields.some((field) => columns.has(field) || constants.has(field))
  const hint = { zh: '用 --map 列名=字段 指明', en: 'name its column with --map COLUMN=FIELD' }
  if (!has('category')) return new Wrong(`缺少事件类别：${hint.zh}`, `The category is missing: ${hint.en}`)
  if (!has('occurredAt', 'reportedAt'))
    return new Wrong(`缺少时间：${hint.zh}`, `The time is missing: ${hint.en}`)
  if (!has('lng', 'position', 'address'))
    return new Wrong(`缺少坐标或地址：${hint.zh}`, `Position and address are missing: ${hint.en}`)
  return null
}

const SAMPLE = 200

/** Says so where the first coordinates look like another system than the one that was named. */
export async function doubtCrs(
  table: Table,
  head: TableRow,
  columns: Columns,
  options: EventsOptions,
  voice: Voice,
): Promise<void> {
  const pairs: Position[] = []
  let rows = 0
  for await (const row of bodyOf(table, head)) {
    const pair = numbersOf(cellsOf(row, columns, options))
    if (pair) pairs.push(pair)
    if (++rows >= SAMPLE) break
  }
  const guess = guessCrs(pairs)
  if (!guess || (guess.crs.includes(options.crs) && guess.axes === options.axes)) return
  voice.say({ zh: `！坐标看起来是：${guess.zh}`, en: `! The coordinates look like ${guess.en}` })
}

function numbersOf(row: Row): Position | null {
  try {
    return pairOf(row)
  } catch {
    return null
  }
}
