import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { PlanSites } from '../contract.ts'
import { at, type Row } from './words.ts'

/** Degrees of a point in units of the lattice. */
const x = (geom: SQL) => sql`round(st_x(${geom})::numeric * 10000000)::int`
const y = (geom: SQL) => sql`round(st_y(${geom})::numeric * 10000000)::int`

interface Spot {
  readonly id: number
  readonly x: number
  readonly y: number
}

export type BuildingSpot = Spot & { readonly households: number }
export type EventSpot = Spot & {
  readonly urgency: 'urgent' | 'fast' | 'normal' | 'long'
  readonly gridId: number | null
  readonly open: boolean
  readonly overdue: boolean
}

export async function listBuildings(db: Db): Promise<BuildingSpot[]> {
  const found = await db.execute<Row<BuildingSpot>>(sql`
    select id, ${x(sql`p`)} as x, ${y(sql`p`)} as y, households
    from (select id, households, st_pointonsurface(geom) as p from buildings) b order by id`)
  return found.rows
}

/** Events reported in a period. */
export async function listEventSpots(db: Db, from: Date, to: Date): Promise<EventSpot[]> {
  const found = await db.execute<Row<EventSpot>>(sql`
    select e.id::float8 as id, ${x(sql`e.geom`)} as x, ${y(sql`e.geom`)} as y, c.urgency, e.grid_id as "gridId",
      e.closed_at is null as open, coalesce(e.closed_at, ${at(to)}) > e.due_at as overdue
    from events e join categories c on c.code = e.category
    where e.reported_at >= ${at(from)} and e.reported_at < ${at(to)}
      and e.status not in ('rejected', 'merged')
    order by e.id`)
  return found.rows
}

export async function listDisputeCounts(db: Db, from: Date): Promise<PlanSites['disputes']> {
  const found = await db.execute<Row<PlanSites['disputes'][number]>>(sql`
    select grid_id as grid, (count(*) filter (where closed_at is null))::int as open,
      (count(*) filter (where registered_at >= ${at(from)}))::int as year
    from dispute_counts group by grid_id order by grid_id`)
  return found.rows
}

export async function listWorkers(db: Db): Promise<PlanSites['workers']> {
  const found = await db.execute<Row<PlanSites['workers'][number]>>(
    sql`select id, name, full_time as "fullTime" from workers order by id`,
  )
  return found.rows
}

/** Names of grids, also of those that have ended. */
export async function listGridNames(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, { code: string; name: string }>> {
  const found = await db.execute<{ id: number; code: string; name: string }>(
    sql`select id, code, name from grids where id = any(${sql.param(ids)}::int[])`,
  )
  return new Map(found.rows.map(({ id, ...grid }) => [id, grid]))
}
