import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { EventFacts } from '../../events/contract.ts'
import { at, ROW, type Row } from '../../events/store/row.ts'
import type { Words } from '../../http/contract.ts'

/** The last line of an event's history. */
export interface LastStep {
  readonly step: string
  readonly at: number
  readonly role: string | null
}

export async function findLastStep(db: Db, id: number): Promise<LastStep | null> {
  const found = await db.execute<Row<LastStep>>(sql`
    select step, (extract(epoch from at) * 1000)::float8 as at, role from steps
    where subject = ${`event/${id}`} order by xid desc, seq desc limit 1`)
  return found.rows[0] ?? null
}

/** Codes of the units that exist among those. */
export async function findUnits(db: Db, codes: readonly string[]): Promise<string[]> {
  const found = await db.execute<{ code: string }>(
    sql`select code from units where code = any(${sql.param(codes)}::text[])`,
  )
  return found.rows.map(({ code }) => code)
}

/** Grids whose ground borders on that of a grid, now. The margin is that of locating a point. */
export async function listNeighbours(db: Db, gridId: number, now: Date): Promise<number[]> {
  const found = await db.execute<{ id: number }>(sql`
    select o.grid_id as id from boundaries b
    join boundaries o on o.grid_id <> b.grid_id and o.geom && st_expand(b.geom, 1e-12)
      and st_dwithin(o.geom, b.geom, 1e-12) and (o.valid @> ${at(now)}) is true
    where b.grid_id = ${gridId}::integer and b.valid @> ${at(now)}`)
  return found.rows.map(({ id }) => id)
}

/** An event that may be the same. */
export type Near = EventFacts & { readonly metres: number; readonly hours: number }

const MAX_NEAR = 20

const near = statement<Near & Record<string, unknown>>(
  'casework_near',
  sql`
  select ${ROW}, round(st_distance(e.geom::geography, o.geom::geography)::numeric, 1)::float8 as metres,
    round(abs(extract(epoch from e.reported_at - o.reported_at)) / 3600, 1)::float8 as hours
  from events o
  join lateral (
    select near_m, near_hours from conditions k
    where k.id = o.condition_id
      or (o.condition_id is null and k.category = o.category and k.ordinal = 1 and k.retired_at is null)
  ) k on true
  join events e on e.category = o.category and e.id <> o.id and e.status not in ('merged', 'rejected')
    and e.geom && st_expand(o.geom, k.near_m / (111000 * cos(radians(least(abs(st_y(o.geom)), 89)))), k.near_m / 110000.0)
    and e.reported_at between o.reported_at - k.near_hours * interval '1 hour'
      and o.reported_at + k.near_hours * interval '1 hour'
    and (e.closed_at is null or e.closed_at >= o.reported_at - k.near_hours * interval '1 hour')
    and st_dwithin(e.geom::geography, o.geom::geography, k.near_m)
  where o.id = ${sql.placeholder('id')}::bigint
  order by metres, e.id limit ${MAX_NEAR}`,
)

/** Same class, near in place and time by its condition: open, or closed lately. */
export function listNear(db: Db, id: number): Promise<Near[]> {
  return near(db, { id })
}

/** A unit with what it has in hand. */
export interface UnitLoad {
  readonly unit: string
  readonly name: Words
  readonly rank: number | null
  readonly open: number
  readonly amber: number
  readonly red: number
}

/**
 * All units with their load: first the one that the narrowest routing names, then those of the class in order. Those that have
 * returned this very event come after the others that are named.
 */
export async function listUnitLoads(db: Db, id: number, now: Date): Promise<UnitLoad[]> {
  const found = await db.execute<Row<UnitLoad>>(sql`
    with event as (
      select e.id, e.category, e.grid_id, g.community from events e left join grids g on g.id = e.grid_id
      where e.id = ${id}::bigint
    ), routed as (
      select r.unit, 0 as place from event e join routings r on r.category = e.category
        and (r.grid_id = e.grid_id or r.community = e.community or num_nonnulls(r.grid_id, r.community) = 0)
      order by r.grid_id nulls last, r.community nulls last limit 1
    ), named as (
      select unit, min(place) as place from (
        select unit, place from routed
        union all
        select u.unit, u.place::integer from event e join categories c on c.code = e.category
          cross join unnest(c.units) with ordinality as u (unit, place)
      ) n group by unit
    ), gone as (
      select distinct unit from assignments where event_id = ${id}::bigint and ending = 'returned'
    ), load as (
      select a.unit, count(*)::int as open,
        (count(*) filter (where a.amber_at <= ${at(now)} and a.due_at >= ${at(now)}))::int as amber,
        (count(*) filter (where a.due_at < ${at(now)}))::int as red
      from assignments a join events e on e.id = a.event_id
      where a.ended_at is null and a.handled_at is null and e.closed_at is null and e.status <> 'held'
      group by a.unit
    )
    select u.code as unit, json_build_object('zh', u.name_zh, 'en', u.name_en) as name,
      case when n.unit is not null
        then (rank() over (order by n.unit is null, g.unit is not null, n.place, u.code))::int end as rank,
      coalesce(l.open, 0) as open, coalesce(l.amber, 0) as amber, coalesce(l.red, 0) as red
    from units u left join named n on n.unit = u.code left join gone g on g.unit = u.code
    left join load l on l.unit = u.code
    order by rank nulls last, u.code collate "C"`)
  return found.rows
}
