import type { Condition, ConditionDraft } from '../contract.ts'
import type { Words } from '../../http/contract.ts'

/** A column of the table of conditions as a file: its heading in both languages, and the field that it holds. */
interface Column extends Words {
  readonly path: readonly [string, string?]
  readonly kind: 'code' | 'text' | 'number'
  readonly width: number
  /** What codes are called. A cell holds both, and the code alone or the name alone is understood too. */
  readonly names?: Readonly<Record<string, string>>
}

const UNITS = { uh: '紧急工作时', ud: '紧急工作日', wh: '工作时', wd: '工作日' }
const COUNTINGS = { elapsed: '即时起算', next_day: '次日起算' }
const URGENCIES = { urgent: '紧急', fast: '快速', normal: '一般', long: '长期' }
const PROOFS = { photo: '照片', none: '无' }

/** A class stands with its name behind it, so that no spreadsheet takes 01-10 for the tenth of January. */
const COLUMNS: readonly Column[] = [
  { path: ['category'], zh: '类别', en: 'class', kind: 'code', width: 24 },
  { path: ['ordinal'], zh: '条件序号', en: 'ordinal', kind: 'number', width: 10 },
  { path: ['text', 'zh'], zh: '立案条件', en: 'condition (zh)', kind: 'text', width: 36 },
  { path: ['text', 'en'], zh: '立案条件(英)', en: 'condition', kind: 'text', width: 36 },
  { path: ['closing', 'zh'], zh: '结案标准', en: 'closing (zh)', kind: 'text', width: 28 },
  { path: ['closing', 'en'], zh: '结案标准(英)', en: 'closing', kind: 'text', width: 28 },
  { path: ['limit', 'amount'], zh: '时限', en: 'limit', kind: 'number', width: 8 },
  { path: ['limit', 'unit'], zh: '时限单位', en: 'unit', kind: 'code', width: 16, names: UNITS },
  { path: ['limit', 'counting'], zh: '起算', en: 'counting', kind: 'code', width: 18, names: COUNTINGS },
  { path: ['urgency'], zh: '紧急程度', en: 'urgency', kind: 'code', width: 14, names: URGENCIES },
  { path: ['amberShare'], zh: '黄灯剩余', en: 'amber share', kind: 'number', width: 10 },
  { path: ['nearM'], zh: '重复距离(米)', en: 'near (m)', kind: 'number', width: 14 },
  { path: ['nearHours'], zh: '重复时间(时)', en: 'near (h)', kind: 'number', width: 14 },
  { path: ['proof'], zh: '处置凭证', en: 'proof', kind: 'code', width: 12, names: PROOFS },
]

/** What a new condition has where its row says nothing. */
const ABSENT = {
  urgency: 'normal',
  amberShare: 0.5,
  nearM: 50,
  nearHours: 24,
  limit: { counting: 'elapsed' },
}

export function headings(): string[] {
  return COLUMNS.map(({ zh, en }) => `${zh} ${en}`)
}

/** One condition as a row; `name` is that of its class. */
export function cellsOf(condition: ConditionDraft, name: string): (string | number)[] {
  return COLUMNS.map(({ path, names }) => {
    const value = at(condition, path)
    if (typeof value === 'number') return value
    const label = path[0] === 'category' ? name : names?.[String(value)]
    return label === undefined ? String(value) : `${String(value)} ${label}`
  })
}

/** Where each column stands in a row of headings; null if this row has none that name a condition. */
export function placesOf(head: readonly string[]): ReadonlyMap<Column, number> | null {
  const cells = head.map((cell) => cell.trim().toLowerCase())
  const places = new Map<Column, number>()
  for (const column of COLUMNS) {
    const { zh, en } = column
    const place = cells.findIndex((cell) => [zh, en, `${zh} ${en}`].includes(cell))
    if (place >= 0) places.set(column, place)
  }
  const needed = COLUMNS.slice(0, 2).every((column) => places.has(column))
  return needed ? places : null
}

/** Which condition a row is about. */
export function keyIn(row: readonly string[], places: ReadonlyMap<Column, number>): string {
  const [category, ordinal] = COLUMNS.map((column) => read(column, row[places.get(column) ?? -1] ?? ''))
  return keyOf({ category: String(category), ordinal: Number(ordinal) })
}

export function keyOf({ category, ordinal }: Pick<ConditionDraft, 'category' | 'ordinal'>): string {
  return `${category}-${ordinal}`
}

/**
 * What a row says, to be validated as a ConditionDraft. An empty cell, or a column that is not there, keeps what is in force,
 * and takes the usual value in a new condition.
 */
export function draftIn(
  row: readonly string[],
  places: ReadonlyMap<Column, number>,
  inForce: Condition | undefined,
): unknown {
  const draft: Record<string, unknown> = { text: {}, closing: {}, limit: {} }
  const base = inForce ?? ABSENT
  for (const column of COLUMNS) {
    const text = row[places.get(column) ?? -1] ?? ''
    const value = text === '' ? at(base, column.path) : read(column, text)
    if (value !== undefined) put(draft, column.path, value)
  }
  if (draft['proof'] === undefined) draft['proof'] = /^\d/.test(String(draft['category'])) ? 'photo' : 'none'
  return draft
}

/** The heading under which a field stands, by its JSON pointer; null for none. */
export function headingAt(pointer: string): Words | null {
  return COLUMNS.find(({ path }) => `/${path.join('/')}` === pointer) ?? null
}

/** Fields in which two versions differ, as JSON pointers. */
export function changes(one: ConditionDraft, other: ConditionDraft): string[] {
  return COLUMNS.filter(({ path }) => at(one, path) !== at(other, path)).map(
    ({ path }) => `/${path.join('/')}`,
  )
}

/** Texts as they are kept: one line, no outer space, nothing that a file could not give back. */
export function tidyDraft(draft: ConditionDraft): ConditionDraft {
  return { ...draft, text: tidyWords(draft.text), closing: tidyWords(draft.closing) }
}

function tidyWords({ zh, en }: Words): Words {
  return { zh: oneLine(zh), en: oneLine(en) }
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Noncharacter_Code_Point}\uFFFD]+/gu, ' ').trim()
}

function read({ kind, names }: Column, cell: string): string | number {
  const text = oneLine(cell)
  if (kind === 'number') return numberIn(text)
  if (kind === 'text') return text
  const [first = ''] = text.split(' ')
  const code = Object.entries(names ?? {}).find(([, name]) => name === text)?.[0]
  return code ?? first
}

/** The text itself where it is no number, so that validation can say so. */
function numberIn(text: string): string | number {
  const share = /^([0-9.]+)\s*[%％]$/.exec(text)?.[1]
  const value = share === undefined ? Number(text) : Number(share) / 100
  return text === '' || Number.isNaN(value) ? text : value
}

function at(from: object, [first, second]: Column['path']): unknown {
  const value: unknown = Reflect.get(from, first)
  if (second === undefined) return value
  return typeof value === 'object' && value !== null ? Reflect.get(value, second) : undefined
}

function put(into: Record<string, unknown>, [first, second]: Column['path'], value: unknown): void {
  if (second === undefined) into[first] = value
  else into[first] = { ...(into[first] as object | undefined), [second]: value }
}
