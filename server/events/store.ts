import { and, sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { PointRow } from '#geo/columns'
import type { GridRef, Placement } from '../grids/contract.ts'
import type { Category, EventFacts, EventFilter, EventRow, EventStep } from './contract.ts'

/** What one event has beyond a row of the list. */
export type StoredWhole = EventFacts & {
  readonly description: string | null
  readonly accuracyM: number | null
  readonly grid: GridRef | null
  readonly placement: Placement
}

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`
const ms = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`
const micros = (column: SQL) => sql`(extract(epoch from ${column}) * 1000000)::bigint`

const ROW = sql`e.id, e.category, e.status, e.source, array[st_x(e.geom), st_y(e.geom)] as position, e.address,
  e.grid_id as "gridId", e.rule, ${ms(sql`e.occurred_at`)} as "occurredAt", ${ms(sql`e.reported_at`)} as "reportedAt",
  ${ms(sql`e.due_at`)} as "dueAt", ${ms(sql`e.closed_at`)} as "closedAt", e.version`

type Row<T> = T & Record<string, unknown>

export async function listCategories(db: Db): Promise<Category[]> {
  const found = await db.execute<Row<Category>>(sql`
    select code, json_build_object('zh', name_zh, 'en', name_en) as name, split_part(code, '-', 1) as "group", urgency,
      json_build_object('amount', limit_amount, 'unit', limit_unit) as "limit", units
    from categories order by code collate "C"`)
  return found.rows
}

const limits = statement<Pick<Category, 'code'> & Category['limit']>(
  'categories_limits',
  sql`
  select code, limit_amount as amount, limit_unit as unit from categories
  where code in (select json_array_elements_text(${sql.placeholder('codes')}))`,
)

/** The limits of those of the categories that exist. */
export async function findLimits(db: Db, codes: readonly string[]): Promise<Map<string, Category['limit']>> {
  const found = await limits(db, { codes: JSON.stringify(codes) })
  return new Map(found.map(({ code, ...limit }) => [code, limit]))
}

/** A report that has passed every check and knows its grid. Instants are in ISO. */
export interface NewEvent extends Omit<EventRow, 'id' | 'number' | 'status' | 'closedAt' | 'version'> {
  readonly description: string | null
  readonly accuracyM: number | null
  readonly placement: Placement
}

const inserted = statement<{ id: number }>(
  'events_insert',
  sql`
  with report as (
    select nextval('events_id_seq') as id, r.*
    from json_to_recordset(${sql.placeholder('events')}) as r (n integer, category text, source text,
      "occurredAt" text, "reportedAt" text, "dueAt" text, description text, address text,
      position jsonb, "accuracyM" real, "gridId" integer, rule text, placement jsonb)
  ), event as (
    insert into events (id, category, status, source, occurred_at, reported_at, due_at, description, address, geom,
      accuracy_m, grid_id, rule, placement)
    overriding system value
    select id, category, 'reported', source, "occurredAt"::timestamptz, "reportedAt"::timestamptz,
      "dueAt"::timestamptz, description, address,
      st_setsrid(st_makepoint((position -> 0)::float8, (position -> 1)::float8), 4326),
      "accuracyM", "gridId", rule, placement
    from report
  ), step as (
    insert into steps (at, actor, subject, step, data)
    select "reportedAt"::timestamptz, ${sql.placeholder('actor')}::text, 'event/' || id, 'event.reported', jsonb_build_object(
      'id', id, 'number', ${sql.placeholder('day')}::text || '-' || lpad(id::text, greatest(6, length(id::text)), '0'),
      'category', category, 'status', 'reported', 'source', source, 'position', position, 'address', address,
      'gridId', "gridId", 'rule', rule, 'occurredAt', "occurredAt", 'reportedAt', "reportedAt", 'dueAt', "dueAt",
      'closedAt', null, 'version', 1)
    from report order by n
  )
  select id from report order by n`,
)

/**
 * Inserts reported events and their first steps, however many, in one statement: intake is the hottest write, and one
 * statement is a transaction by itself. `day` begins their numbers. Returns the ids in the order given.
 */
export async function insertEvents(
  db: Db,
  events: readonly NewEvent[],
  by: { readonly actor: string; readonly day: string },
): Promise<number[]> {
  if (events.length === 0) return []
  const rows = events.map((event, n) => ({ ...event, n }))
  const ids = await inserted(db, { events: JSON.stringify(rows), ...by })
  return ids.map(({ id }) => id)
}

/** Gives an event a grid by a person's word, if it still has the version that the person saw; null if it has not. */
export async function saveGrid(
  db: Db,
  event: { readonly id: number; readonly version: number },
  gridId: number,
): Promise<EventFacts | null> {
  const saved = await db.execute<Row<EventFacts>>(sql`
    update events e set grid_id = ${gridId}, rule = 'person', version = version + 1,
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

export async function findEvent(db: Db, id: number): Promise<StoredWhole | null> {
  const found = await db.execute<Row<StoredWhole>>(sql`
    select ${ROW}, e.description, e.accuracy_m as "accuracyM", e.placement,
      case when g.id is not null then json_build_object('id', g.id, 'code', g.code, 'name', g.name) end as grid
    from events e left join grids g on g.id = e.grid_id where e.id = ${id}::bigint`)
  return found.rows[0] ?? null
}

export async function listSteps(db: Db, id: number): Promise<EventStep[]> {
  const found = await db.execute<Row<Omit<EventStep, 'at'> & { at: number; more: Partial<EventStep> }>>(sql`
    select ${ms(sql`s.at`)} as at, s.step, s.actor,
      json_strip_nulls(json_build_object('reason', s.data ->> 'reason', 'grid', g.name)) as more
    from steps s left join grids g on s.step = 'event.placed' and g.id = (s.data ->> 'gridId')::integer
    where s.subject = ${`event/${id}`} order by s.xid, s.seq`)
  return found.rows.map(({ at, step, actor, more }) => ({
    at: new Date(at).toISOString(),
    step,
    actor,
    ...more,
  }))
}

/** A filter whose texts have been read: what the store needs to find the events that match. */
export interface Match extends Omit<EventFilter, 'bbox' | 'text'> {
  readonly box?: readonly [west: number, south: number, east: number, north: number]
  readonly text?: string
  /** Id in the text, where it is an event number. */
  readonly numbered?: number
  /** The instant at which lights are looked at. */
  readonly now: Date
}

/** The light of an event in SQL, equal to `light` of #rules/deadlines at any instant (a property test holds them together). */
function lightSql(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`case
    when e.status in ('closed', 'rejected', 'merged') then 'done'
    when e.status = 'held' then 'hold'
    when ${at} > e.due_at then 'red'
    when 2 * (e.due_at - ${at}) > e.due_at - e.reported_at then 'green'
    else 'amber' end`
}

/** The one condition of list, map, heat and counts, on `events e`. */
function whereOf(match: Match): SQL {
  return and(...conditions(match)) ?? sql`true`
}

function conditions(match: Match): (SQL | undefined)[] {
  const { state, from, to, closedFrom, box } = match
  return [
    state && (state === 'open' ? sql`e.closed_at is null` : sql`e.closed_at is not null`),
    among(sql`e.status`, match.status),
    match.light && among(lightSql(match.now), match.light),
    among(sql`e.category`, match.category),
    among(sql`e.source`, match.source),
    match.grid && gridIn(match.grid),
    match.community &&
      sql`e.grid_id in (select id from grids where community = any(${sql.param(match.community)}::text[]))`,
    from !== undefined ? sql`e.reported_at >= ${from}::timestamptz` : undefined,
    to !== undefined ? sql`e.reported_at < ${to}::timestamptz` : undefined,
    closedFrom !== undefined ? sql`e.closed_at >= ${closedFrom}::timestamptz` : undefined,
    box && sql`e.geom && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)`,
    textLike(match),
  ]
}

function among(value: SQL, values: readonly string[] | undefined): SQL | undefined {
  return values && sql`${value} = any(${sql.param(values)}::text[])`
}

/** 0 stands for no grid. */
function gridIn(grids: readonly number[]): SQL {
  const known = sql`e.grid_id = any(${sql.param(grids.filter((id) => id > 0))}::bigint[])`
  return grids.includes(0) ? sql`(e.grid_id is null or ${known})` : known
}

function textLike({ text, numbered }: Match): SQL | undefined {
  if (numbered !== undefined) return sql`e.id = ${numbered}::bigint`
  if (text === undefined) return undefined
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return sql`(e.address ilike ${pattern} or e.description ilike ${pattern})`
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
    select ${ROW}, ${micros(key)} as micros from events e
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

export interface HeatCell {
  readonly gridId: number | null
  readonly category: string
  readonly count: number
}

export async function countByGridAndCategory(db: Db, match: Match): Promise<HeatCell[]> {
  const found = await db.execute<Row<HeatCell>>(sql`
    select e.grid_id as "gridId", e.category, count(*)::int as count
    from events e where ${whereOf(match)} group by 1, 2 order by 1 nulls last, 2`)
  return found.rows
}

export interface Figures {
  readonly open: number
  readonly overdue: number
  readonly dueToday: number
  readonly borderDesk: number
  readonly reportedToday: number
  readonly closedToday: number
  readonly year: number
  readonly closedInYear: number
  readonly closedOnTimeInYear: number
  readonly disputes: { readonly open: number; readonly year: number }
}

export interface Times {
  readonly now: Date
  readonly today: Date
  readonly tomorrow: Date
  readonly yearAgo: Date
}

/** The figures of the top strip in one reading. */
export async function readFigures(db: Db, times: Times): Promise<Figures> {
  const [now, today, tomorrow, year] = [at(times.now), at(times.today), at(times.tomorrow), at(times.yearAgo)]
  const found = await db.execute<Row<Figures>>(sql`
    select o.*, r.*, c.*, d.disputes from
    (select count(*)::int as open,
      (count(*) filter (where status <> 'held' and due_at < ${now}))::int as overdue,
      (count(*) filter (where status <> 'held' and due_at >= ${now} and due_at < ${tomorrow}))::int as "dueToday",
      (count(*) filter (where grid_id is null))::int as "borderDesk"
      from events where closed_at is null) o,
    (select count(*)::int as year, (count(*) filter (where reported_at >= ${today}))::int as "reportedToday"
      from events where reported_at >= ${year}) r,
    (select count(*)::int as "closedInYear",
      (count(*) filter (where closed_at <= due_at))::int as "closedOnTimeInYear",
      (count(*) filter (where closed_at >= ${today}))::int as "closedToday"
      from events where closed_at >= ${year} and status = 'closed') c,
    (select json_build_object('open', count(*) filter (where closed_at is null),
      'year', count(*) filter (where registered_at >= ${year})) as disputes from disputes) d`)
  const [figures] = found.rows
  if (!figures) throw new Error('an aggregate has one row')
  return figures
}
