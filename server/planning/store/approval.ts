import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { MultiPolygon } from '#geo/geojson'
import type { PlanGrid } from '#geo/plan/draft'
import { at } from './words.ts'

/** Codes that begin like that of the community, whoever has or had them. */
export async function listCodes(db: Db, community: string): Promise<string[]> {
  const found = await db.execute<{ code: string }>(
    sql`select code from grids where starts_with(code, ${community})`,
  )
  return found.rows.map(({ code }) => code)
}

export interface CodedGrid extends PlanGrid {
  readonly code: string
}

/** Makes grids that have no ground yet; their numbers by code. */
export async function insertGrids(tx: Db, grids: readonly CodedGrid[]): Promise<Map<string, number>> {
  const made = await tx.execute<{ id: number; code: string }>(sql`
    insert into grids (code, name, name_en, kind, community, accepted)
    select code, name, "nameEn", kind, community, false
    from ${rows(grids, sql`code text, name text, "nameEn" text, kind text, community text`)}
    order by code collate "C" returning id, code`)
  return new Map(made.rows.map(({ id, code }) => [code, id]))
}

/** The plan that was to last ends with the instant. */
export async function endPlan(tx: Db, instant: Date): Promise<void> {
  await tx.execute(sql`
    update plans set valid = tstzrange(lower(valid), ${at(instant)}) where upper_inf(valid)`)
}

/** The newest plan becomes that of a scenario, whose switch is still to come; its number. */
export async function claimPlan(tx: Db, scenario: number): Promise<number> {
  const found = await tx.execute<{ id: number }>(sql`
    update plans set scenario_id = ${scenario}, switched_at = null where upper_inf(valid) returning id`)
  const id = found.rows[0]?.id
  if (id === undefined) throw new Error('no plan was made')
  return id
}

interface GridShape {
  readonly grid: number
  readonly geometry: MultiPolygon
}

/** From the instant on these are the boundaries. Those that stay the same to the coordinate keep their rows. How many changed. */
export async function replaceBoundaries(
  tx: Db,
  shapes: readonly GridShape[],
  instant: Date,
): Promise<number> {
  const drawn = rows(shapes, sql`grid integer, geometry jsonb`)
  const shape = sql`st_setsrid(st_geomfromgeojson(r.geometry), 4326)`
  const same = await tx.execute<{ grid: number }>(sql`
    select r.grid from ${drawn} join boundaries b on b.grid_id = r.grid and upper_inf(b.valid)
    where st_orderingequals(st_normalize(b.geom), st_normalize(${shape}))`)
  const kept = sql`${sql.param(same.rows.map(({ grid }) => grid))}::int[]`
  await tx.execute(sql`
    update boundaries set valid = tstzrange(lower(valid), ${at(instant)})
    where upper_inf(valid) and grid_id <> all (${kept})`)
  const made = await tx.execute(sql`
    insert into boundaries (grid_id, valid, geom)
    select r.grid, tstzrange(${at(instant)}, null), ${shape} from ${drawn} where r.grid <> all (${kept}) order by r.grid`)
  return made.rowCount ?? 0
}

/** What each grid is under the plan. */
export async function insertPlanGrids(
  tx: Db,
  plan: number,
  grids: readonly (PlanGrid & { readonly id: number })[],
): Promise<void> {
  await tx.execute(sql`
    insert into plan_grids (plan_id, grid_id, name, name_en, kind, worker_id, station)
    select ${plan}::integer, id, name, "nameEn", kind, worker,
      st_setsrid(st_makepoint((station ->> 0)::float8 / 1e7, (station ->> 1)::float8 / 1e7), 4326)
    from ${rows(grids, sql`id integer, name text, "nameEn" text, kind text, worker integer, station jsonb`)}`)
}

/** Whose ground each changed grid's was: by homes, or by area where the old grid had none. */
export async function insertSuccessions(tx: Db, plan: number, instant: Date): Promise<void> {
  const since = at(instant)
  await tx.execute(sql`
    with old as (select grid_id, geom from boundaries where upper(valid) = ${since}),
    new as (select grid_id, geom from boundaries where valid @> ${since}),
    homes as (
      select o.grid_id as old_id, n.grid_id as new_id, sum(b.households)::float8 as weight
      from (select households, st_pointonsurface(geom) as point from buildings where households > 0) b
      join old o on st_covers(o.geom, b.point) join new n on st_covers(n.geom, b.point) group by 1, 2
    ), land as (
      select o.grid_id as old_id, n.grid_id as new_id, st_area(st_intersection(o.geom, n.geom)) as weight
      from old o join new n on o.geom && n.geom and st_relate(o.geom, n.geom, 'T********')
      where not exists (select from homes h where h.old_id = o.grid_id)
    ), shares as (
      select old_id, new_id, weight / sum(weight) over (partition by old_id) as share
      from (select * from homes union all select * from land) w
    )
    insert into successions (plan_id, old_id, new_id, share)
    select ${plan}::integer, old_id, new_id, share from shares where share > 0.000001`)
}

/** What is wrong with the boundaries from the instant on as a tiling; `holes` is how many the ground itself has. */
export async function partitionFaults(tx: Db, instant: Date, holes: number): Promise<string[]> {
  const found = await tx.execute<{ faults: string[] }>(
    sql`select partition_faults(${at(instant)}, ${holes}::integer) as faults`,
  )
  return found.rows[0]?.faults ?? []
}

/**
 * Takes back a plan that never was in force: the one before goes on as if nothing had been. Grids that it made stay without ground,
 * so that their codes are never given again; so does the plan itself, since drafts may have been begun from it.
 */
export async function takeBack(tx: Db, plan: number, instant: Date): Promise<void> {
  const since = at(instant)
  await tx.execute(sql`update plans set valid = 'empty', scenario_id = null where id = ${plan}`)
  await tx.execute(sql`update plans set valid = tstzrange(lower(valid), null) where upper(valid) = ${since}`)
  await tx.execute(sql`delete from boundaries where lower(valid) = ${since}`)
  await tx.execute(
    sql`update boundaries set valid = tstzrange(lower(valid), null) where upper(valid) = ${since}`,
  )
}

/** Values as a row set in one parameter, whatever their number. */
function rows(values: readonly unknown[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (${columns})`
}
