import { Wrong } from './usage.ts'

/** What a column of an event file may hold. */
export const EVENT_FIELDS = [
  'number',
  'category',
  'status',
  'source',
  'occurredAt',
  'reportedAt',
  'closedAt',
  'lng',
  'lat',
  'position',
  'address',
  'description',
  'accuracyM',
] as const
export type EventField = (typeof EVENT_FIELDS)[number]

/** Field → place of its column. */
export type Columns = ReadonlyMap<EventField, number>

/** Headings under which files carry these things, the likelier first; compared without case, spaces, brackets, `_` and `-`. */
const NAMES: Readonly<Record<EventField, readonly string[]>> = {
  number: [
    '工单编号',
    '工单号',
    '事件编号',
    '案件编号',
    '任务号',
    '任务编号',
    '流水号',
    '编号',
    'number',
    'eventnumber',
    'caseid',
    'ticket',
    'ticketid',
    'externalref',
    'id',
  ],
  category: [
    '类别代码',
    '事件类别',
    '事件类型',
    '事件小类',
    '小类名称',
    '小类',
    '问题类型',
    '类别',
    '类型',
    'category',
    'eventtype',
    'type',
    'class',
  ],
  status: ['事件状态', '案件状态', '工单状态', '办理状态', '处理状态', '状态', 'status', 'state'],
  source: ['事件来源', '问题来源', '案件来源', '上报渠道', '来源', '渠道', 'source', 'channel'],
  occurredAt: ['发生时间', '事发时间', '发现时间', 'occurredat', 'occurred', 'eventtime'],
  reportedAt: [
    '上报时间',
    '受理时间',
    '来电时间',
    '登记时间',
    '诉求时间',
    '创建时间',
    '时间',
    'reportedat',
    'reported',
    'createdat',
    'created',
    'openedat',
    'date',
    'time',
  ],
  closedAt: ['结案时间', '办结时间', '完成时间', '关闭时间', '归档时间', 'closedat', 'closed', 'resolvedat'],
  lng: ['经度', '东经', 'lng', 'lon', 'long', 'longitude', 'x坐标', '横坐标', 'x'],
  lat: ['纬度', '北纬', 'lat', 'latitude', 'y坐标', '纵坐标', 'y'],
  position: ['经纬度', '坐标', '位置坐标', '经纬度坐标', 'position', 'coordinates', 'location', 'lnglat'],
  address: [
    '事发地址',
    '事件地址',
    '发生地址',
    '事发地点',
    '详细地址',
    '地址',
    '地点',
    '位置描述',
    '位置',
    'address',
    'place',
  ],
  description: [
    '事件描述',
    '问题描述',
    '诉求内容',
    '事件内容',
    '描述',
    '内容',
    '事由',
    'description',
    'content',
    'details',
  ],
  accuracyM: ['定位精度', '精度', '误差', 'accuracym', 'accuracy'],
}

const plain = (heading: string): string => heading.toLowerCase().replaceAll(/[\s_\-()（）[\]【】:：*]/g, '')

/** The columns that the headings name, `given` (heading → field) before what is guessed. */
export function columnsOf(headings: readonly string[], given: ReadonlyMap<string, string>): Columns {
  const found = new Map<EventField, number>()
  for (const [heading, field] of given) {
    const known = EVENT_FIELDS.find((name) => name === field)
    const at = headings.findIndex((text) => text.trim() === heading || plain(text) === plain(heading))
    if (known === undefined) throw unknownField(field)
    if (at < 0) throw unknownColumn(heading, headings)
    found.set(known, at)
  }
  const taken = new Set(found.values())
  const free = new Map(
    headings.flatMap((text, at) => (taken.has(at) ? [] : [[plain(text), at] as const])).toReversed(),
  )
  for (const field of EVENT_FIELDS) {
    if (found.has(field)) continue
    const name = NAMES[field].find((known) => free.has(plain(known)))
    const at = name === undefined ? undefined : free.get(plain(name))
    if (name === undefined || at === undefined) continue
    found.set(field, at)
    free.delete(plain(name))
  }
  return found
}

/** Which of the first rows are the headings: tables often begin with a title. */
export function headingRow(rows: readonly (readonly string[])[], given: ReadonlyMap<string, string>): number {
  const counts = rows.map((row) => guessed(row) + row.filter((text) => given.has(text.trim())).length)
  const most = Math.max(...counts, 0)
  return most >= 2 ? counts.indexOf(most) : 0
}

function guessed(row: readonly string[]): number {
  const headings = new Set(row.map(plain))
  return EVENT_FIELDS.filter((field) => NAMES[field].some((name) => headings.has(plain(name)))).length
}

function unknownField(field: string): Wrong {
  const fields = EVENT_FIELDS.join(', ')
  return new Wrong(
    `--map：没有字段 ${field}；可用：${fields}`,
    `--map: there is no field ${field}; there are ${fields}`,
  )
}

function unknownColumn(heading: string, headings: readonly string[]): Wrong {
  const list = headings.filter(Boolean).join(', ')
  return new Wrong(
    `--map：文件没有列 ${heading}；列有：${list}`,
    `--map: the file has no column ${heading}; it has ${list}`,
  )
}
