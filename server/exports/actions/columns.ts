import { rowOf } from '#rules/events'
import { light } from '#rules/deadlines'
import { ASK, LIGHT, RULE, SOURCE, STATUS, SUPERVISION } from '#rules/exports'
import type { EventRow } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { Cell, Column } from '../sheet.ts'
import type { Named } from '../store.ts'

export type Language = keyof Words

/** A line of the file: the row as lists have it, and the names of what it refers to. */
interface Line {
  readonly row: EventRow
  readonly named: Named
  readonly now: number
}

type Said = (line: Line, words: (words: Words | null | undefined) => string | null) => Cell

const date = (instant: string | null) => (instant === null ? null : new Date(instant))

/** In the order of a list, and nothing that a person wrote: what happened where, what it waits for, until when. */
const COLUMNS: readonly (readonly [zh: string, en: string, width: number, said: Said])[] = [
  ['编号', 'Number', 18, ({ row }) => row.number],
  ['类别代码', 'Class code', 10, ({ row }) => row.category],
  ['类别', 'Class', 20, ({ named }, words) => words(named.categoryName)],
  ['状态', 'Status', 10, ({ row }, words) => words(STATUS[row.status])],
  ['时限', 'Light', 9, ({ row, now }, words) => words(LIGHT[light(row, now)])],
  ['来源', 'Source', 12, ({ row }, words) => words(SOURCE[row.source])],
  ['社区', 'Community', 14, ({ named }, words) => words(named.community)],
  ['网格编码', 'Grid code', 18, ({ named }) => named.grid?.code ?? null],
  ['网格', 'Grid', 18, ({ named }, words) => words(named.grid)],
  ['归属依据', 'Grid by', 16, ({ row }, words) => words(RULE[row.rule])],
  ['地址', 'Address', 28, ({ row }) => row.address],
  ['经度', 'Longitude', 12, ({ row }) => row.position[0] ?? null],
  ['纬度', 'Latitude', 12, ({ row }) => row.position[1] ?? null],
  ['发生时间', 'Happened', 20, ({ row }) => date(row.occurredAt)],
  ['上报时间', 'Reported', 20, ({ row }) => date(row.reportedAt)],
  ['临期时间', 'Amber from', 20, ({ row }) => date(row.amberAt)],
  ['办结时限', 'Due', 20, ({ row }) => date(row.dueAt)],
  ['环节时限', 'Stage due', 20, ({ row }) => date(row.stageDueAt)],
  ['办结时间', 'Ended', 20, ({ row }) => date(row.closedAt)],
  ['处置单位', 'Units', 24, ({ named }, words) => named.unitNames.map(words).join('; ')],
  ['待决申请', 'Requests', 14, ({ row }, words) => row.asks.map((ask) => words(ASK[ask])).join('; ')],
  ['督办', 'Supervision', 12, ({ row }, words) => words(SUPERVISION[row.supervision])],
  ['重点', 'Important', 9, ({ row }, words) => (row.important ? words({ zh: '是', en: 'yes' }) : null)],
]

/** The columns of the events' file in one language; lights are those of `now`. */
export function columnsOf(language: Language, now: Date): Column<Named>[] {
  const words = (said: Words | null | undefined) => said?.[language] ?? null
  return COLUMNS.map(([zh, en, width, said]) => ({
    heading: { zh, en }[language],
    width,
    cell: (named) => said({ row: rowOf(named), named, now: now.getTime() }, words),
  }))
}
