import type { Ask, EventFilter, EventSource, EventStatus, Light } from '../events/contract.ts'
import type { PlacementRule } from '../grids/contract.ts'
import type { Words } from '../http/contract.ts'

/** More than this is no list that a person reads; a filter makes it one. */
export const MAX_ROWS = 200_000

export const STATUS: Readonly<Record<EventStatus, Words>> = {
  reported: { zh: '已上报', en: 'Reported' },
  verifying: { zh: '核实中', en: 'Being verified' },
  filed: { zh: '已立案', en: 'Filed' },
  dispatched: { zh: '已派遣', en: 'Dispatched' },
  signed: { zh: '已签收', en: 'Signed for' },
  handling: { zh: '处置中', en: 'In hand' },
  handled: { zh: '已处置', en: 'Handled' },
  checking: { zh: '核查中', en: 'Being checked' },
  returned: { zh: '已退回', en: 'Returned' },
  held: { zh: '挂账', en: 'On hold' },
  closed: { zh: '已结案', en: 'Closed' },
  revisited: { zh: '已回访', en: 'Revisited' },
  rejected: { zh: '不予立案', en: 'Rejected' },
  merged: { zh: '已并案', en: 'Merged' },
}

export const SOURCE: Readonly<Record<EventSource, Words>> = {
  'grid-worker': { zh: '网格员', en: 'Grid worker' },
  'hotline-12345': { zh: '12345 热线', en: '12345 hotline' },
  patrol: { zh: '巡查', en: 'Patrol' },
  video: { zh: '视频', en: 'Video' },
  public: { zh: '公众', en: 'Public' },
  department: { zh: '部门转办', en: 'Department' },
}

export const LIGHT: Readonly<Record<Light, Words>> = {
  green: { zh: '正常', en: 'In time' },
  amber: { zh: '临期', en: 'Due soon' },
  red: { zh: '超期', en: 'Overdue' },
  hold: { zh: '挂账', en: 'On hold' },
  done: { zh: '已结', en: 'Ended' },
}

export const ASK: Readonly<Record<Ask, Words>> = {
  extend: { zh: '延期', en: 'More time' },
  hold: { zh: '挂账', en: 'Hold' },
  handover: { zh: '移交网格', en: 'Hand-over' },
  reopen: { zh: '重新办理', en: 'Reopening' },
  appeal: { zh: '超时申诉', en: 'Appeal' },
}

export const RULE: Readonly<Record<PlacementRule, Words>> = {
  inside: { zh: '网格之内', en: 'Inside the grid' },
  'shared-border': { zh: '共同边界', en: 'On a shared border' },
  near: { zh: '边界之外 30 米以内', en: 'Within 30 m outside' },
  outside: { zh: '所有网格之外', en: 'Outside all grids' },
  person: { zh: '人工划入', en: 'Given by a person' },
}

export const SUPERVISION: readonly Words[] = [
  { zh: '', en: '' },
  { zh: '普通督办', en: 'Supervised' },
  { zh: '黄牌督办', en: 'Yellow card' },
  { zh: '红牌督办', en: 'Red card' },
]

/** A filter as the trail keeps it: a text that somebody searched for may name a person, so that only its being there is kept. */
export function keptFilter({ text, ...filter }: EventFilter): EventFilter {
  return text === undefined ? filter : { ...filter, text: '…' }
}
