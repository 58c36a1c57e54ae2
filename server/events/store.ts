import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { PointRow } from '#geo/columns'
import type { Why } from '../deadlines/contract.ts'
import type { GridRef, Placement } from '../grids/contract.ts'
import type { Category, Channel, EventFacts, EventRow, EventStep } from './contract.ts'
import { reachable, whereOf, type Match, type Within } from './store/match.ts'
import { ms, ROW, type Row } from './store/row.ts'

/** What one event has beyond a row of the list. */
export type StoredWhole = EventFacts & {
  readonly description: string | null
  readonly accuracyM: number | null
  readonly grid: GridRef | null
  readonly placement: Placement
}

export async function listCategories(db: Db): Promise<Category[]> {
  const found = await db.execute<Row<Category>>(sql`
    select code, json_build_object('zh', name_zh, 'en', name_en) as name, split_part(code, '-', 1) as "group", urgency,
      json_build_object('amount', limit_amount, 'unit', limit_unit) as "limit", units
    from categories order by code collate "C"`)
  return found.rows
}

/** Units whose work each class is, best first. */
export async function findUnits(db: Db, codes: readonly string[]): Promise<Map<string, string[]>> {
  const found = await db.execute<{ code: string; units: string[] }>(sql`
    select code, units from categories where code = any(${sql.param(codes)}::text[])`)
  return new Map(found.rows.map(({ code, units }) => [code, units]))
}

/** A report that has passed every check and knows its grid. Instants are in ISO. */
export interface NewEvent extends Omit<EventRow, 'id' | 'number' | 'version'> {
  readonly description: string | null
  readonly accuracyM: number | null
  readonly placement: Placement
  readonly conditionId: number
  readonly why: Why
  readonly channel: Channel
  readonly audience: readonly string[]
  /** What was done, where it was solved on the spot. */
  readonly solved: string | null
}

const inserted = statement<{ id: number }>(
  'events_insert',
  sql`
  with report as (
    select nextval('events_id_seq') as id, r.*
    from json_to_recordset(${sql.placeholder('events')}) as r (n integer, category text, status text, source text,
      "occurredAt" text, "reportedAt" text, "dueAt" text, "amberAt" text, "stageDueAt" text, "closedAt" text,
      description text, address text, position jsonb, "accuracyM" real, "gridId" integer, "keeperId" integer, rule text, placement jsonb,
      "conditionId" integer, channel text, reporter integer, audience text[], solved text)
  ), reason as (
    select * from json_to_recordset(${sql.placeholder('reasons')}) as w ("conditionId" integer, why jsonb)
  ), event as (
    insert into events (id, category, status, source, occurred_at, reported_at, due_at, amber_at, stage_due_at, closed_at,
      description, address, geom, accuracy_m, grid_id, keeper_id, rule, placement, condition_id, why, channel, reporter_id,
      on_the_spot, version)
    overriding system value
    select id, category, status, source, "occurredAt"::timestamptz, "reportedAt"::timestamptz,
      "dueAt"::timestamptz, "amberAt"::timestamptz, "stageDueAt"::timestamptz, "closedAt"::timestamptz, description, address,
      st_setsrid(st_makepoint((position -> 0)::float8, (position -> 1)::float8), 4326),
      "accuracyM", "gridId", "keeperId", rule, placement, "conditionId", why, channel, reporter,
      solved is not null, case when solved is null then 1 else 2 end
    from report join reason using ("conditionId")
  ), promised as (
    insert into obligations (event_id, carrier_id, channel, due_at, reply, replied_by, replied_at)
    select id, id, channel, "dueAt"::timestamptz, solved, case when solved is not null then reporter end,
      "closedAt"::timestamptz
    from report
  ), step as (
    insert into steps (at, actor, role, audience, subject, step, data)
    select "reportedAt"::timestamptz, ${sql.placeholder('actor')}::text, ${sql.placeholder('role')}::text, audience,
      'event/' || id, told.step, jsonb_build_object(
      'id', id, 'number', ${sql.placeholder('day')}::text || '-' || lpad(id::text, greatest(6, length(id::text)), '0'),
      'category', category, 'status', told.status, 'source', source, 'position', position, 'address', address,
      'gridId', "gridId", 'keeperId', "keeperId", 'rule', rule, 'occurredAt', "occurredAt", 'reportedAt', "reportedAt", 'dueAt', "dueAt",
      'amberAt', "amberAt", 'stageDueAt', "stageDueAt", 'closedAt', told.ended, 'units', '[]'::jsonb, 'asks', '[]'::jsonb,
      'supervision', 0, 'important', false, 'reporter', reporter, 'version', told.version) || told.more
    from report cross join lateral (
      select 'event.reported' as step, 'reported' as status, null as ended, 1 as version, '{}'::jsonb as more
      union all
      select 'event.closed', 'closed', "closedAt", 2, jsonb_build_object('reason', solved) where solved is not null
    ) told
    order by n, told.version
  )
  select id from report order by n`,
)

/** By whom a report is taken in. `day` begins the numbers of its events. */
interface Taker {
  readonly actor: string
  readonly role: string | null
  readonly day: string
}

/**
 * Inserts reported events with their promises and first steps, however many, in one statement: intake is the hottest write,
 * and one statement is a transaction by itself. Returns the ids in the order given.
 */
export async function insertEvents(db: Db, events: readonly NewEvent[], by: Taker): Promise<number[]> {
  if (events.length === 0) return []
  const rows = events.map(({ why: _why, ...event }, n) => ({ ...event, n }))
  // Reports of one instant and condition have the same reason for their deadlines, which is long.
  const reasons = [
    ...new Map(events.map(({ conditionId, why }) => [conditionId, { conditionId, why }])).values(),
  ]
  const ids = await inserted(db, { events: JSON.stringify(rows), reasons: JSON.stringify(reasons), ...by })
  return ids.map(({ id }) => id)
}

/** Gives an event a grid by a person's word, if it still has the version that the person saw; null if it has not. */
export async function saveGrid(
  db: Db,
  event: { readonly id: number; readonly version: number },
  to: { readonly gridId: number; readonly keeperId: number | null },
): Promise<EventFacts | null> {
  const saved = await db.execute<Row<EventFacts>>(sql`
    update events e set grid_id = ${to.gridId}, keeper_id = ${to.keeperId}, rule = 'person', version = version + 1,
      placement = (placement - 'tieBreak') || '{"rule": "person"}'::jsonb
    where id = ${event.id}::bigint and version = ${event.version} returning ${ROW}`)
  return saved.rows[0] ?? null
}

/** Whether the grid had a boundary in force at an instant. */
export async function isGridInForce(db: Db, gridId: number, at: number): Promise<boolean> {
  const found = await db.execute(sql`
    select 1 from boundaries
    where grid_id = ${gridId}::bigint and valid @> ${new Date(at).toISOString()}::timestamptz`)
  return found.rows.length > 0
}

/** The event, if it lies within the right of whoever asks. */
export async function findEvent(db: Db, id: number, within: Within): Promise<StoredWhole | null> {
  const found = await db.execute<Row<StoredWhole>>(sql`
    select ${ROW}, e.description, e.accuracy_m as "accuracyM", e.placement,
      case when g.id is not null then json_build_object('id', g.id, 'code', g.code, 'name', g.name) end as grid
    from events e left join grids g on g.id = e.grid_id
    where e.id = ${id}::bigint and ${reachable(within) ?? sql`true`}`)
  return found.rows[0] ?? null
}

/** The grid that has the event in hand after a step. */
const HOLDER = sql`coalesce(data ->> 'keeperId', data ->> 'gridId')::integer`

/** The history of an event; a grid is named where a step gave it another. */
export async function listSteps(db: Db, id: number): Promise<EventStep[]> {
  const found = await db.execute<Row<Omit<EventStep, 'at'> & { at: number; more: Partial<EventStep> }>>(sql`
    select ${ms(sql`s.at`)} as at, s.step, s.actor, json_strip_nulls(json_build_object('name', a.name, 'role', s.role,
      'grid', case when s.n > 1 and s.grid is distinct from s.before then g.name end, 'unit', s.data ->> 'unit',
      'reason', s.data ->> 'reason')) as more
    from (
      select *, row_number() over told as n, ${HOLDER} as grid, lag(${HOLDER}) over told as before
      from steps where subject = ${`event/${id}`} window told as (order by xid, seq)) s
    left join grids g on g.id = s.grid
    left join accounts a on s.actor = 'account/' || a.id
    order by s.n`)
  return found.rows.map(({ at, step, actor, more }) => ({
    at: new Date(at).toISOString(),
    step,
    actor,
    ...more,
  }))
}

export interface Page {
  readonly sort: 'newest' | 'due'
  readonly limit: number
  readonly after: { readonly micros: number; readonly id: number } | null
}

/** With the instant in microseconds by which the page is sorted. */
type Listed = Row<EventFacts & { micros: number }>

/** One page of the events that match. */
export async function listEvents(db: Db, match: Match, page: Page): Promise<Listed[]> {
  const key = page.sort === 'newest' ? sql`e.reported_at` : sql`e.due_at`
  const order = page.sort === 'newest' ? sql`${key} desc, e.id desc` : sql`${key}, e.id`
  const found = await db.execute<Listed>(sql`
    select ${ROW}, (extract(epoch from ${key}) * 1000000)::bigint as micros from events e
    where ${whereOf(match)} and ${afterCursor(key, page)}
    order by ${order} limit ${page.limit}`)
  return found.rows
}

function afterCursor(key: SQL, { sort, after }: Page): SQL {
  if (!after) return sql`true`
  const at = sql`timestamptz 'epoch' + ${after.micros}::float8 * interval '1 microsecond'`
  const last = sql`(${at}, ${after.id}::bigint)`
  return sort === 'newest' ? sql`(${key}, e.id) < ${last}` : sql`(${key}, e.id) > ${last}`
}

export async function countEvents(db: Db, match: Match): Promise<number> {
  const found = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from events e where ${whereOf(match)}`,
  )
  return found.rows[0]?.count ?? 0
}

export async function listPoints(db: Db, match: Match): Promise<PointRow[]> {
  const found = await db.execute<Row<PointRow>>(sql`
    select e.id, ${ms(sql`e.reported_at`)} as "reportedAt", array[st_x(e.geom), st_y(e.geom)] as position, e.category,
      e.status, e.source, coalesce(e.grid_id, 0) as "gridId"
    from events e where ${whereOf(match)} order by e.reported_at, e.id`)
  return found.rows
}
