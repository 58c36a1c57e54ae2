import type { GridKey } from '#geo/plan/draft'
import type { GridImpact, GridSide, Impact } from '#geo/plan/impact'

export const SORTS = ['name', 'households', 'hours', 'deviation', 'broken'] as const
export type Sort = (typeof SORTS)[number]

/** `change` is how it opens: whoever gains and loses most comes first. */
export interface Order {
  readonly by: Sort | 'change'
  readonly down: boolean
}

export const OPENING: Order = { by: 'change', down: true }

/** A press on a head sorts by it, the largest first; a second one turns it round. Names begin at the start. */
export function turned(order: Order, by: Sort): Order {
  return order.by === by ? { by, down: !order.down } : { by, down: by !== 'name' }
}

/** A grid that ends has nothing any more. */
const VALUES: Readonly<Record<Exclude<Order['by'], 'name'>, (row: GridImpact) => number>> = {
  change: ({ gained, lost, fate }) => gained + lost + (fate === 'same' ? 0 : 0.5),
  households: (row) => row.after?.measures.households ?? 0,
  hours: (row) => row.after?.measures.hours.total ?? 0,
  deviation: (row) => Math.abs(row.after?.deviation ?? 0),
  broken: (row) => row.after?.breaches.length ?? 0,
}

export function shownRows(
  { grids }: Pick<Impact, 'grids'>,
  which: 'changed' | 'all',
  { by, down }: Order,
  nameOf: (key: GridKey) => string,
): readonly GridImpact[] {
  const rows = which === 'all' ? grids : grids.filter(({ fate }) => fate !== 'same')
  const sign = down ? -1 : 1
  const byName = (a: GridImpact, b: GridImpact): number => nameOf(a.key).localeCompare(nameOf(b.key), 'zh')
  if (by === 'name') return rows.toSorted((a, b) => sign * byName(a, b))
  const value = VALUES[by]
  return rows.toSorted((a, b) => sign * (value(a) - value(b)) || byName(a, b))
}

/** What a grid gets from others and gives to them, by id. */
export function passedBy(
  { flows }: Impact,
  key: GridKey,
): { readonly buildings: readonly number[]; readonly open: readonly number[] } {
  const own = flows.filter(({ from, to }) => from === key || to === key)
  return { buildings: own.flatMap(({ buildings }) => buildings), open: own.flatMap(({ open }) => open) }
}

export const MEASURES = [
  'households',
  'residents',
  'buildings',
  'events',
  'open',
  'disputes',
  'hours',
  'area',
  'road',
  'compactness',
] as const
export type Measure = (typeof MEASURES)[number]

/** Places after the point. */
export const DIGITS: Readonly<Record<Measure, number>> = {
  households: 0,
  residents: 0,
  buildings: 0,
  events: 0,
  open: 0,
  disputes: 0,
  hours: 1,
  area: 1,
  road: 2,
  compactness: 2,
}

/** In the unit in which it is read: hectares, kilometres; null where there is no such grid. */
function amountOf(side: GridSide | null, measure: Measure): number | null {
  if (!side) return null
  const { measures } = side
  if (measure === 'hours') return measures.hours.total
  if (measure === 'area') return measures.areaM2 / 10_000
  if (measure === 'road') return measures.roadM / 1000
  return measures[measure]
}

export interface Difference {
  readonly key: GridKey
  readonly left: number | null
  readonly right: number | null
  readonly by: number
}

export function differencesOf({ grids }: Impact, measure: Measure): readonly Difference[] {
  return grids.map(({ key, before, after }) => {
    const [left, right] = [amountOf(before, measure), amountOf(after, measure)]
    return { key, left, right, by: (right ?? 0) - (left ?? 0) }
  })
}

/** Whether a difference is to be seen once it is written with so many places. */
export function isSeen(by: number, digits: number): boolean {
  return Math.abs(by) >= 0.5 * 10 ** -digits
}
