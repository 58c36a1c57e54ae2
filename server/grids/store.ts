import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { Position } from '#geo/geojson'
import type { Candidate, GridDetail, GridProperties, GridRef } from './contract.ts'

/** A point at an instant: its grid is looked for among the boundaries in force then. */
export interface Spot {
  readonly position: Position
  readonly at: Date
}

/** A spot with the distance up to which grids are wanted. */
export interface Reach extends Spot {
  readonly reachM: number
}

type Found = GridRef & { n: number; distance_m: number }

/** Spots as a row set `p (n, geom, at, reach)`, however many, from one JSON text. */
const POINTS = sql`(
  select n, st_setsrid(st_makepoint(lng, lat), 4326) as geom, at, reach
  from json_to_recordset(${sql.placeholder('spots')}) as r (n integer, lng float8, lat float8, at timestamptz, reach float8)
  offset 0) p`

/**
 * Boundaries in force, written so that the index on periods does not answer it: nearly all are in force now, and the one
 * on geometry finds the few that matter.
 */
const IN_FORCE = sql`(b.valid @> p.at) is true`

const covering = statement<Found>(
  'grids_covering',
  sql`
  select p.n, g.id, g.code, g.name, 0::float8 as distance_m
  from ${POINTS}
  join boundaries b on b.geom && st_expand(p.geom, 1e-12)
    and (st_covers(b.geom, p.geom) or st_dwithin(b.geom, p.geom, 1e-12))
    and ${IN_FORCE}
  join grids g on g.id = b.grid_id`,
)

/**
 * Grids that cover each spot, borders included. The margin of 1e-12 degree (0.1 µm) makes a point of the 1e-7 lattice
 * that lies on a straight border touch both sides, whichever way the doubles of that border happen to round.
 */
export async function findCovering(db: Db, spots: readonly Spot[]): Promise<Candidate[][]> {
  return grouped(spots.length, await covering(db, { spots: jsonOf(spots) }))
}

const near = statement<Found>(
  'grids_near',
  sql`
  select n, id, code, name, distance_m from (
    select p.n, g.id, g.code, g.name, p.reach,
      greatest(0.01, round(st_distance(b.geom::geography, p.geom::geography)::numeric, 2))::float8 as distance_m
    from ${POINTS}
    join boundaries b on
      b.geom && st_expand(p.geom, p.reach / (111000 * cos(radians(least(abs(st_y(p.geom)), 89)))), p.reach / 110000)
      and not st_dwithin(b.geom, p.geom, 1e-12)
      and ${IN_FORCE}
    join grids g on g.id = b.grid_id) near
  where distance_m <= reach`,
)

/**
 * Grids that do not cover the spot but lie within its reach, with their distances on the ellipsoid, rounded to
 * centimetres so that two versions of PostGIS agree; never 0.
 */
export async function findNear(db: Db, spots: readonly Reach[]): Promise<Candidate[][]> {
  return grouped(spots.length, await near(db, { spots: jsonOf(spots, spots) }))
}

function jsonOf(spots: readonly Spot[], reaches: readonly Reach[] = []): string {
  return JSON.stringify(
    spots.map(({ position: [lng, lat], at }, n) => ({ n, lng, lat, at, reach: reaches[n]?.reachM ?? 0 })),
  )
}

function grouped(count: number, rows: readonly Found[]): Candidate[][] {
  const groups = Array.from({ length: count }, (): Candidate[] => [])
  for (const { n, id, code, name, distance_m: distanceM } of rows)
    groups[n]?.push({ id, code, name, distanceM })
  return groups
}

/** The instant, in milliseconds, from which the plan of `now` has been in force; null: since always. */
export async function readRedrawn(db: Db, now: Date): Promise<number | null> {
  const found = await db.execute<{ at: number | null }>(sql`
    select (extract(epoch from lower(valid)) * 1000)::float8 as at from plans
    where valid @> ${now.toISOString()}::timestamptz`)
  return found.rows[0]?.at ?? null
}

/** A grid in force, without its shape. */
export type GridRow = Omit<GridProperties, 'label'> & { readonly boundary: number }

/** Grids in force at `at` with their counts, by code; all, or the one asked for. */
export async function listGridRows(db: Db, at: Date, id: number | null = null): Promise<GridRow[]> {
  const now = sql`${at.toISOString()}::timestamptz`
  const found = await db.execute<GridRow & Record<string, unknown>>(sql`
    select b.id as boundary, g.id, g.code, g.name, g.name_en as "nameEn", g.kind, g.accepted,
      json_build_object('code', c.code, 'name', c.name, 'nameEn', c.name_en) as community,
      case when w.id is not null then json_build_object('name', w.name, 'fullTime', w.full_time) end as worker,
      coalesce(h.households, 0)::int as households, coalesce(e.open, 0)::int as open,
      coalesce(e.overdue, 0)::int as overdue
    from grids g
    join boundaries b on b.grid_id = g.id and b.valid @> ${now}
    join communities c on c.code = g.community
    left join workers w on w.grid_id = g.id
    left join (select grid_id, sum(households) as households from buildings group by grid_id) h on h.grid_id = g.id
    left join (
      select coalesce(keeper_id, grid_id) as holder, count(*) as open,
        count(*) filter (where status <> 'held' and due_at < ${now}) as overdue
      from events where closed_at is null group by 1) e on e.holder = g.id
    where ${id}::bigint is null or g.id = ${id}::bigint
    order by g.code collate "C"`)
  return found.rows
}

/** A boundary as it is drawn: coordinates as GeoJSON text, and a point inside for the label. */
export interface Shape {
  readonly coordinates: string
  readonly label: Position
}

/** A boundary never changes once drawn, so that its shape may be kept by its id for ever. */
export async function readShapes(db: Db, boundaries: readonly number[]): Promise<Map<number, Shape>> {
  const found = await db.execute<{ id: number; coordinates: string; label: Position }>(sql`
    select id, st_asgeojson(geom, 7)::json ->> 'coordinates' as coordinates,
      st_asgeojson(st_pointonsurface(geom), 6)::json -> 'coordinates' as label
    from boundaries where id = any(${sql.param(boundaries)}::int[])`)
  return new Map(found.rows.map(({ id, ...shape }) => [id, shape]))
}

type Ground = Pick<GridDetail, 'areaM2' | 'station' | 'buildings' | 'neighbours'>

export async function readGround(db: Db, grid: Pick<GridRow, 'id' | 'boundary'>, at: Date): Promise<Ground> {
  const found = await db.execute<Ground>(sql`
    select b.area_m2 as "areaM2",
      (select json_build_object('name', s.name, 'position', st_asgeojson(s.geom)::json -> 'coordinates')
        from stations s where s.grid_id = b.grid_id) as station,
      (select count(*)::int from buildings where grid_id = b.grid_id) as buildings,
      (select coalesce(json_agg(json_build_object('id', g.id, 'code', g.code, 'name', g.name)
          order by g.code collate "C"), '[]')
        from boundaries o join grids g on g.id = o.grid_id
        where o.geom && b.geom and o.id <> b.id and o.valid @> ${at.toISOString()}::timestamptz
          and st_intersects(o.geom, b.geom)) as neighbours
    from boundaries b where b.id = ${grid.boundary}`)
  const [ground] = found.rows
  if (!ground) throw new Error(`boundary ${grid.boundary} vanished`)
  return ground
}

/** Instants that bound what `readLoad` counts. */
export interface Periods {
  readonly year: Date
  readonly week: Date
  /** Start of the first of the weeks of the trend. */
  readonly weeks: Date
}

export interface Load {
  readonly closedThisWeek: number
  readonly reportedThisWeek: number
  readonly byCategory: Record<string, number>
  /** Week number since the first → reports. */
  readonly trend: Record<string, number>
  readonly disputes: { readonly open: number; readonly year: number }
}

/** What happened in a grid. */
export async function readLoad(db: Db, gridId: number, periods: Periods): Promise<Load> {
  const [year, week, weeks] = [periods.year, periods.week, periods.weeks].map(
    (at) => sql`${at.toISOString()}::timestamptz`,
  )
  const found = await db.execute<Load & Record<string, unknown>>(sql`
    with mine as (select category, status, reported_at, closed_at from events where grid_id = ${gridId}),
    trend as (
      select floor(extract(epoch from reported_at - ${weeks}) / 604800)::int as week, count(*)::int as count
      from mine where reported_at >= ${weeks} group by 1)
    select
      (select count(*)::int from mine where status = 'closed' and closed_at >= ${week}) as "closedThisWeek",
      (select count(*)::int from mine where reported_at >= ${week}) as "reportedThisWeek",
      (select coalesce(json_object_agg(category, count), '{}') from (
        select category, count(*)::int as count from mine where reported_at >= ${year} group by 1 order by 2 desc, 1
      ) c) as "byCategory",
      (select coalesce(json_object_agg(week, count), '{}') from trend) as trend,
      (select json_build_object('open', count(*) filter (where closed_at is null),
        'year', count(*) filter (where registered_at >= ${year})) from dispute_counts where grid_id = ${gridId}) as disputes`)
  const [load] = found.rows
  if (!load) throw new Error('an aggregate has one row')
  return load
}
