import type { Position } from '../../geodata/geojson.ts'
import {
  EVENT_SOURCES,
  EVENT_STATUSES,
  type EventSource,
  type EventStatus,
} from '../../server/events/contract.ts'
import type { PastReport } from '../../server/imports/actions.ts'
import type { EventField } from './columns.ts'
import type { Words } from './language.ts'
import { readTime } from './time.ts'

const STATUS_WORDS: ReadonlyMap<string, EventStatus> = new Map([
  ...EVENT_STATUSES.map((status) => [status, status] as const),
  ...words('reported', ['已上报', '上报', '待受理', '待处理', '未处理', '新建', 'open', 'new']),
  ...words('filed', ['已立案', '立案', '已受理', '受理']),
  ...words('dispatched', ['已派遣', '派遣', '已派单', '已转办', '已交办']),
  ...words('signed', ['已签收', '签收', '已接单']),
  ...words('handling', ['处置中', '处理中', '办理中', '在办']),
  ...words('handled', ['已处置', '已处理', '待核查']),
  ...words('held', ['挂账', '已挂账', '挂起']),
  ...words('closed', [
    '已结案',
    '结案',
    '已办结',
    '办结',
    '已完成',
    '完成',
    '已关闭',
    '已归档',
    '归档',
    'done',
    'resolved',
  ]),
  ...words('rejected', ['不予立案', '不予受理', '作废', '已作废']),
  ...words('merged', ['并案', '已并案']),
])

const SOURCE_WORDS: ReadonlyMap<string, EventSource> = new Map([
  ...EVENT_SOURCES.map((source) => [source, source] as const),
  ...words('grid-worker', ['网格员', '网格员上报', '网格上报', '网格']),
  ...words('hotline-12345', ['12345', '12345热线', '热线', '政务热线', '12345政务服务便民热线', 'hotline']),
  ...words('patrol', ['巡查', '巡查上报', '日常巡查', '执法巡查']),
  ...words('video', ['视频', '视频监控', '监控', '视频巡查']),
  ...words('public', ['公众', '公众上报', '群众', '群众举报', '市民', '居民', '公众举报']),
  ...words('department', ['部门', '部门转办', '上级交办', '部门交办']),
])

function words<T extends string>(value: T, names: readonly string[]): readonly (readonly [string, T])[] {
  return names.map((name) => [name, value])
}

/** How the texts of a row are to be understood. */
export interface Reading {
  readonly zone: string
  readonly source: EventSource
  readonly convert: (pair: Position) => Position | null
  /** Text of the file → code; holds the codes and both names of every category too. */
  readonly categories: ReadonlyMap<string, string>
  readonly statuses: ReadonlyMap<string, string>
  readonly sources: ReadonlyMap<string, string>
}

export type Row = (field: EventField) => string

export type ReadRow =
  | { readonly ok: true; readonly report: PastReport }
  | { readonly ok: false; readonly field: EventField; readonly why: Words }

class Unreadable extends Error {
  readonly field: EventField
  readonly words: Words

  constructor(field: EventField, zh: string, en: string) {
    super(en)
    this.field = field
    this.words = { zh, en }
  }
}

/** The report that a row makes; the first text that cannot be understood refuses it. */
export function readRow(row: Row, ref: string, reading: Reading): ReadRow {
  try {
    return {
      ok: true,
      report: {
        ref,
        category: categoryOf(row('category'), reading),
        status: chosen(row, 'status', STATUS_WORDS, reading.statuses),
        source: chosen(row, 'source', SOURCE_WORDS, reading.sources) ?? reading.source,
        occurredAt: timeOf(row, 'occurredAt', reading.zone),
        reportedAt: timeOf(row, 'reportedAt', reading.zone),
        closedAt: timeOf(row, 'closedAt', reading.zone),
        position: positionOf(row, reading),
        address: row('address') || null,
        description: row('description') || null,
        accuracyM: numberOf(row, 'accuracyM'),
      },
    }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, field: error.field, why: error.words }
    throw error
  }
}

function categoryOf(text: string, { categories }: Reading): string {
  if (text === '') throw new Unreadable('category', '缺少事件类别', 'The category is missing')
  const code = categories.get(text)
  if (code !== undefined) return code
  throw new Unreadable(
    'category',
    `事件类别“${text}”无法识别（可用 --category-map 对应）`,
    `Category "${text}" is not known (--category-map maps it)`,
  )
}

function chosen<T extends string>(
  row: Row,
  field: 'status' | 'source',
  known: ReadonlyMap<string, T>,
  given: ReadonlyMap<string, string>,
): T | null {
  const text = row(field)
  if (text === '') return null
  const value = known.get(given.get(text) ?? text.toLowerCase())
  if (value !== undefined) return value
  const flag = `--${field}-map`
  throw new Unreadable(
    field,
    `“${text}”无法识别（可用 ${flag} 对应）`,
    `"${text}" is not known (${flag} maps it)`,
  )
}

function timeOf(row: Row, field: 'occurredAt' | 'reportedAt' | 'closedAt', zone: string): number | null {
  const text = row(field)
  if (text === '') return null
  const at = readTime(text, zone)
  if (at !== null) return at
  throw new Unreadable(field, `时间“${text}”无法识别`, `"${text}" is not a time`)
}

function numberOf(row: Row, field: EventField): number | null {
  const text = row(field)
  if (text === '') return null
  const value = Number(text)
  if (Number.isFinite(value)) return value
  throw new Unreadable(field, `“${text}”不是数字`, `"${text}" is not a number`)
}

function positionOf(row: Row, { convert }: Reading): Position | null {
  const pair = pairOf(row)
  if (pair === null) return null
  const position = convert(pair)
  if (position !== null) return position
  throw new Unreadable(
    'position',
    `坐标 ${pair.join(', ')} 超出坐标系范围`,
    `Coordinates ${pair.join(', ')} lie outside the coordinate system`,
  )
}

/** The numbers as they stand, in the order of the columns lng and lat, or of the one column. 0, 0 stands for nothing. */
export function pairOf(row: Row): Position | null {
  const [first, second] = [numberOf(row, 'lng'), numberOf(row, 'lat')]
  if (first !== null && second !== null) return first === 0 && second === 0 ? null : [first, second]
  if (first !== null || second !== null)
    throw new Unreadable('position', '经纬度只有一半', 'Only one half of the coordinates is given')
  return pairIn(row('position'))
}

/** `119.9,32.45`, `[119.9, 32.45]`, `POINT(119.9 32.45)`. */
function pairIn(text: string): Position | null {
  if (text === '') return null
  const bare = text.replace(/^\s*(?:POINT)?\s*[([]/i, '').replace(/[)\]]\s*$/, '')
  const [x = NaN, y = NaN, ...more] = bare
    .split(/[,，;\s]+/)
    .filter(Boolean)
    .map(Number)
  if (more.length === 0 && Number.isFinite(x) && Number.isFinite(y)) return [x, y]
  throw new Unreadable('position', `坐标“${text}”无法识别`, `"${text}" is not a position`)
}
