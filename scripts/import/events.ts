import { wake } from '../../db/wake.ts'
import type { Database } from '../../db/open.ts'
import { takePast, type Outcome, type PastReport } from '../../server/imports/actions.ts'
import { readSubdistrict } from '../../server/places/store.ts'
import { columnsOf } from './columns.ts'
import { count, IMPORT, withDatabase, wordsOf, type Opener } from './database.ts'
import type { EventsOptions } from './events-options.ts'
import { tallyOf, type Tally } from './events-report.ts'
import { refsOf, type Ref } from './identity.ts'
import type { Voice, Words } from './language.ts'
import { openRejects, type Rejects } from './rejects.ts'
import { announce, bodyOf, cellsOf, doubtCrs, headOf, readingOf } from './sheet.ts'
import { openTable, type Table, type TableRow } from './table.ts'
import { Wrong } from './usage.ts'
import { readRow, type Reading, type ReadRow, type Row } from './values.ts'

/** Rows in one transaction: a break loses the work of one, and the next run finds all others done. */
const BATCH = 500

/** Reads a table of events and, where that is asked for, stores each of its rows once. True where no row was refused. */
export async function importEvents(
  options: EventsOptions,
  voice: Voice,
  opened: Opener = withDatabase,
): Promise<boolean> {
  const table = await openTable(options.file, options.sheet)
  try {
    return await opened(voice, (database) => run(table, options, voice, database))
  } catch (error) {
    if (options.apply && wordsOf(error) === null) voice.complain(BROKEN_OFF)
    throw error
  } finally {
    await table.close()
  }
}

const BROKEN_OFF: Words = {
  zh: '导入中断；再次运行同一命令即可继续，已写入的行不会重复。',
  en: 'The import broke off; run the same command again to go on, no row is stored twice.',
}

async function run(table: Table, options: EventsOptions, voice: Voice, database: Database): Promise<boolean> {
  const now = new Date()
  await checkGround(database, now, voice)
  const head = await headOf(table, options)
  const columns = columnsOf(head.cells, options.columns)
  announce(table, options, head, columns, voice)
  await doubtCrs(table, head, columns, options, voice)
  const reading = await readingOf(database, options)
  const rejects = await openRejects(`${options.file}.rejected.csv`, head.cells)
  const tally = tallyOf(options, voice)
  const refOf = refsOf(options.system, columns.get('number'))
  const desk = { database, options, now, rejects, tally }

  let batch: Read[] = []
  for await (const row of bodyOf(table, head)) {
    batch.push({ row, read: readOne(row, refOf(row), cellsOf(row, columns, options), reading) })
    if (batch.length < BATCH) continue
    await takeBatch(desk, batch)
    batch = []
    tally.progress()
  }
  await takeBatch(desk, batch)
  const refused = await rejects.close()
  if (options.apply) await count(database)
  tally.finish(refused > 0 ? rejects.path : null)
  return refused === 0
}

async function checkGround(database: Database, now: Date, voice: Voice): Promise<void> {
  const place = await readSubdistrict(database.db, now)
  if (!place)
    throw new Wrong(
      '数据库中还没有网格：请先运行 import-grids',
      'The database has no grids yet: run import-grids first',
    )
  if (place.demo)
    voice.say({
      zh: '！这是演示数据库，其中的事件都是虚构的；自己的数据请用 DATA_DIR 另建。',
      en: '! This database holds the demo with its invented events; for your own, choose a fresh DATA_DIR.',
    })
}

interface Read {
  readonly row: TableRow
  readonly read: One
}

/** What every row needs on its way. */
interface Desk {
  readonly database: Database
  readonly options: EventsOptions
  readonly now: Date
  readonly rejects: Rejects
  readonly tally: Tally
}

const BROKEN: Words = {
  zh: '无法拆分为单元格（引号没有闭合？其后的行可能未读到）',
  en: 'It cannot be taken apart into cells (a quote never closed? rows after it may be unread)',
}

type One = ReadRow | { readonly ok: false; readonly field: null; readonly why: Words }

function readOne(row: TableRow, ref: Ref, cells: Row, reading: Reading): One {
  if (row.broken !== undefined) return { ok: false, field: null, why: BROKEN }
  if (!ref.ok) return { ok: false, field: null, why: ref.why }
  if (row.cells.some((cell) => cell.includes('\0'))) return { ok: false, field: null, why: NUL }
  return readRow(cells, ref.value, reading)
}

const NUL: Words = { zh: '含有空字符（NUL）', en: 'It holds a NUL character' }

async function takeBatch(desk: Desk, batch: readonly Read[]): Promise<void> {
  const reports = batch.flatMap(({ read }) => (read.ok ? [read.report] : []))
  const outcomes = reports.length === 0 ? [] : await take(desk, reports)
  let next = 0
  for (const { row, read } of batch) {
    const outcome = read.ok ? outcomes[next++] : { kind: 'refused' as const, ...read }
    if (!outcome) throw new Error('an answer is missing')
    if (outcome.kind !== 'refused') desk.tally.count(outcome, read.ok && read.report.position !== null)
    else {
      desk.tally.refuse(row.line, read.ok ? null : read.field, outcome.why)
      await desk.rejects.add(row, outcome.why)
    }
  }
}

function take({ database, options, now }: Desk, reports: readonly PastReport[]): Promise<readonly Outcome[]> {
  if (!options.apply) return takePast({ db: database.db, actor: IMPORT, now }, reports, 'try')
  return database.db.transaction(async (tx) => {
    const outcomes = await takePast({ db: tx, actor: IMPORT, now }, reports, 'store')
    await wake(tx, 'trail')
    return outcomes
  })
}
