import type { Ctx } from '../../http/mount.ts'
import type { BodyOf, Problem } from '../../http/contract.ts'
import { refusalOf, validator } from '../../http/validation.ts'
import { refuse } from '../../http/problems.ts'
import { ConditionDraft, type ImportAnswer, type importConditions, type Sheet } from '../contract.ts'
import {
  cellsOf,
  changes,
  draftIn,
  headingAt,
  headings,
  keyIn,
  keyOf,
  placesOf,
  tidyDraft,
  type Fault,
} from '../rules.ts'
import { readSheet, writeSheet } from '../sheet.ts'
import { faultOf, isNews, lockKnown, readKnown, TWICE, write, type Known } from './conditions.ts'
import { tidyReason } from './faults.ts'

/** The conditions in force as a file; imported again it changes nothing. */
export async function exportFile({ db }: Ctx, format: Sheet): Promise<string | Uint8Array> {
  const { inForce, classes } = await readKnown(db)
  const rows = [...inForce.values()].map((condition) =>
    cellsOf(condition, classes.get(condition.category) ?? ''),
  )
  return writeSheet(format, [headings(), ...rows])
}

/** A row of the file: what it would save, or why it cannot. */
type Read =
  | { readonly row: number; readonly ok: true; readonly draft: ConditionDraft }
  | { readonly row: number; readonly ok: false; readonly field: string; readonly why: Fault['why'] }

/** Takes over every row that is good and differs; the others are named and change nothing. */
export async function importFile(ctx: Ctx, body: BodyOf<typeof importConditions>): Promise<ImportAnswer> {
  const reason = tidyReason(body.reason)
  const table = await readSheet(body)
  const known = await lockKnown(ctx)
  const read = readRows(table, known)
  const good = read.flatMap((item) => (item.ok ? [item] : []))
  const news = good.filter(({ draft }) => isNews(draft, known))
  if (body.dryRun !== true)
    await write(
      ctx,
      news.map(({ draft }) => draft),
      known,
      reason,
    )
  return {
    changed: news.map(({ row, draft }) => ({ ...named(row, draft), ...difference(draft, known) })),
    unchanged: good.filter((item) => !news.includes(item)).map(({ row, draft }) => named(row, draft)),
    rejected: read.flatMap((item) => (item.ok ? [] : [refused(item)])),
  }
}

function named(row: number, { category, ordinal }: ConditionDraft) {
  return { row, category, ordinal }
}

function refused({ row, field, why }: Extract<Read, { ok: false }>): ImportAnswer['rejected'][number] {
  const heading = headingAt(field)
  if (!heading) return { row, field, column: '', reason: { zh: `该行${why.zh}。`, en: `The row ${why.en}.` } }
  const { zh, en } = heading
  return {
    row,
    field,
    column: `${zh} ${en}`,
    reason: { zh: `“${zh}”${why.zh}。`, en: `Column "${en}" ${why.en}.` },
  }
}

function difference(draft: ConditionDraft, { inForce }: Known) {
  const old = inForce.get(keyOf(draft))
  return old ? { version: old.version + 1, fields: changes(old, draft) } : { version: 1, fields: [] }
}

const HEADING_ROWS = 10
const validate = validator(ConditionDraft, 'body')

function readRows(table: readonly (readonly string[])[], known: Known): Read[] {
  const head = table.slice(0, HEADING_ROWS).findIndex((row) => placesOf(row) !== null)
  const places = placesOf(table[head] ?? [])
  if (!places) throw noHeadings()
  const rows = table
    .map((cells, n) => ({ cells, row: n + 1 }))
    .slice(head + 1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  const keys = rows.map(({ cells }) => keyIn(cells, places))
  const taken: string[] = []
  return rows.map(({ cells, row }, n): Read => {
    const key = keys[n] ?? ''
    const draft = draftIn(cells, places, known.inForce.get(key))
    if (!validate(draft)) {
      return { row, ok: false, ...fragmentOf(refusalOf(validate.errors ?? []).problem) }
    }
    const tidied = tidyDraft(draft as ConditionDraft)
    const fault = keys.indexOf(key) < n ? TWICE : faultOf(tidied, known, taken)
    if (fault) return { row, ok: false, ...fault }
    taken.push(key)
    return { row, ok: true, draft: tidied }
  })
}

/** A problem as the fault that it tells of. */
function fragmentOf({ detail, en, field = '' }: Problem): Fault {
  const without = (text: string, subject: string) =>
    text.replace(`${subject} ${field} `, '').replace(/[。.]$/, '')
  return { field, why: { zh: without(detail, '字段'), en: without(en.detail, 'Field') } }
}

function noHeadings() {
  return refuse(
    'bad-file',
    {
      zh: '文件中没有标题行：前十行内应有“类别”和“条件序号”。',
      en: 'The file has no row of headings: "class" and "ordinal" must stand in its first ten rows.',
    },
    { field: '/content' },
  )
}
