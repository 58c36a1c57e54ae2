import type { EventFilter, EventRow } from '#contract/events'
import { light } from '#rules/deadlines'

/** What a row alone does not tell. */
export interface Surroundings {
  readonly now: number
  readonly communityOf: (gridId: number) => string | undefined
  /** Ids that the server found for `text`, which also searches what rows do not carry; null while it is asked. */
  readonly found: ReadonlySet<number> | null
  /** Who looks; for what one reported oneself. */
  readonly account: number | null
}

/** The same answer as the server's for open events, so that map and list need not ask it at every step. */
export function matches(row: EventRow, filter: EventFilter, around: Surroundings): boolean {
  return (
    matchesState(row, filter, around.now) &&
    isIn(filter.category, row.category) &&
    isIn(filter.source, row.source) &&
    isIn(filter.grid, gridOf(row)) &&
    matchesCommunity(row, filter.community, around) &&
    matchesWork(row, filter, around.account) &&
    matchesTime(row, filter) &&
    matchesBox(row, filter.bbox) &&
    (filter.text === undefined || around.found === null || around.found.has(row.id))
  )
}

/** Who has it in hand; 0 is the border desk. */
function gridOf({ keeperId, gridId }: EventRow): number {
  return keeperId ?? gridId ?? 0
}

function isIn<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value)
}

function matchesState(row: EventRow, { state, status, light: lights }: EventFilter, now: number): boolean {
  if (state !== undefined && (state === 'open') !== (row.closedAt === null)) return false
  return isIn(status, row.status) && (!lights?.length || lights.includes(light(row, now)))
}

function matchesCommunity(row: EventRow, wanted: EventFilter['community'], around: Surroundings): boolean {
  if (!wanted?.length) return true
  const community = row.gridId === null ? undefined : around.communityOf(row.gridId)
  return community !== undefined && wanted.includes(community)
}

function matchesWork(
  row: EventRow,
  { unit, asks, watched, mine }: EventFilter,
  account: number | null,
): boolean {
  if (unit?.length && !row.units.some((each) => unit.includes(each))) return false
  if (asks?.length && !row.asks.some((each) => asks.includes(each))) return false
  if (watched !== undefined && row.supervision === 0 && !row.important) return false
  return mine === undefined || (account !== null && row.reporter === account)
}

function matchesTime(row: EventRow, { from, to, closedFrom }: EventFilter): boolean {
  const at = Date.parse(row.reportedAt)
  if (
    closedFrom !== undefined &&
    !(row.closedAt !== null && Date.parse(row.closedAt) >= Date.parse(closedFrom))
  )
    return false
  return (from === undefined || at >= Date.parse(from)) && (to === undefined || at < Date.parse(to))
}

function matchesBox(row: EventRow, bbox: string | undefined): boolean {
  if (bbox === undefined) return true
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(',').map(Number)
  const [lng = 0, lat = 0] = row.position
  return lng >= west && lng <= east && lat >= south && lat <= north
}

/** How many conditions a filter sets. */
export function conditions(filter: EventFilter): number {
  return Object.values(filter).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  ).length
}
