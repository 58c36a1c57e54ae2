import { and, or, sql, type SQL } from 'drizzle-orm'
import { ENDED, type EventFilter } from '../contract.ts'
import { at } from './row.ts'

/** Where somebody may see events: everywhere, or in grids, with units, and what the account itself reported. */
export interface Within {
  readonly all: boolean
  readonly grids: readonly number[]
  readonly units: readonly string[]
  readonly account: number | null
}

/** A filter whose texts have been read, and the right of whoever asks: what the store needs to find the events that match. */
export interface Match extends Omit<EventFilter, 'bbox' | 'text'> {
  readonly within: Within
  readonly box?: readonly [west: number, south: number, east: number, north: number]
  readonly text?: string
  /** Id in the text, where it is an event number. */
  readonly numbered?: number
  /** The instant at which lights are looked at. */
  readonly now: Date
}

/** The one condition of list, map, heat, counts and exports, on `events e`. */
export function whereOf(match: Match): SQL {
  return and(...conditions(match)) ?? sql`true`
}

/** The right as a condition on `events e`; nothing where it reaches everywhere. */
export function reachable({ all, grids, units, account }: Within): SQL | undefined {
  if (all) return undefined
  return (
    or(
      grids.length > 0 ? ofGrids(grids) : undefined,
      units.length > 0 ? ofUnits(units) : undefined,
      account === null ? undefined : sql`e.reporter_id = ${account}`,
    ) ?? sql`false`
  )
}

/** Events that the grids have in hand, and those that they are asked to take over. */
function ofGrids(grids: readonly number[]): SQL {
  const own = sql`${sql.param(grids)}::int[]`
  return sql`((e.grid_id = any(${own}) and e.keeper_id is null) or (e.keeper_id is not null and e.keeper_id = any(${own}))
    or (e.asked_grid is not null and e.asked_grid = any(${own})))`
}

/** Events that the units work on, or had. */
function ofUnits(units: readonly string[]): SQL {
  return sql`(e.seen_by <> '{}' and e.seen_by && ${sql.param(units)}::text[])`
}

/** The light of an event in SQL, equal to `light` of #rules/deadlines at any instant (a property test holds them together). */
function lightSql(now: Date): SQL {
  return sql`case
    when e.closed_at is not null then 'done'
    when e.status = 'held' then 'hold'
    when ${at(now)} > e.due_at then 'red'
    when ${at(now)} < e.amber_at then 'green'
    else 'amber' end`
}

function conditions(match: Match): (SQL | undefined)[] {
  const { from, to, closedFrom, box } = match
  return [
    reachable(match.within),
    stateOf(match),
    among(sql`e.status`, match.status),
    match.light && among(lightSql(match.now), match.light),
    among(sql`e.category`, match.category),
    among(sql`e.source`, match.source),
    match.grid && gridIn(match.grid),
    match.community &&
      sql`e.grid_id in (select id from grids where community = any(${sql.param(match.community)}::text[]))`,
    match.unit && ofUnits(match.unit),
    match.asks && sql`(e.asks <> '{}' and e.asks && ${sql.param(match.asks)}::text[])`,
    match.watched && sql`(e.supervision > 0 or e.important)`,
    match.mine && sql`e.reporter_id = ${match.within.account}`,
    from !== undefined ? sql`e.reported_at >= ${from}::timestamptz` : undefined,
    to !== undefined ? sql`e.reported_at < ${to}::timestamptz` : undefined,
    closedFrom !== undefined ? sql`e.closed_at >= ${closedFrom}::timestamptz` : undefined,
    box && sql`e.geom && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)`,
    textLike(match),
  ]
}

/** What the filter says of open and ended, also where statuses or lights imply it: the open ones have indexes of their own. */
function stateOf({ state, status, light }: Match): SQL | undefined {
  if (state === 'ended') return sql`e.closed_at is not null`
  const impliesOpen =
    state === 'open' ||
    (status !== undefined && !status.some((one) => ENDED.includes(one))) ||
    (light !== undefined && !light.includes('done'))
  return impliesOpen ? sql`e.closed_at is null` : undefined
}

function among(value: SQL, values: readonly string[] | undefined): SQL | undefined {
  return values && sql`${value} = any(${sql.param(values)}::text[])`
}

/** Open events by the grid that has them in hand, ended ones by that of their day. 0 stands for no grid. */
function gridIn(grids: readonly number[]): SQL {
  const ids = sql`${sql.param(grids.filter((id) => id > 0))}::bigint[]`
  const known = sql`((e.grid_id = any(${ids}) and (e.keeper_id is null or e.closed_at is not null))
    or (e.keeper_id is not null and e.keeper_id = any(${ids}) and e.closed_at is null))`
  return grids.includes(0) ? sql`(e.grid_id is null or ${known})` : known
}

function textLike({ text, numbered }: Match): SQL | undefined {
  if (numbered !== undefined) return sql`e.id = ${numbered}::bigint`
  if (text === undefined) return undefined
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  // Folding the case of every text costs thrice the search, and Chinese has none.
  const like = text.toLowerCase() === text.toUpperCase() ? sql`like` : sql`ilike`
  return sql`(e.address ${like} ${pattern} or e.description ${like} ${pattern})`
}
