import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { EventFacts } from '../../events/contract.ts'
import { ROW } from '../../events/store/row.ts'
import { at, type Row } from './words.ts'

/** A plan whose instant has come, and that nobody has carried out yet. */
export interface DuePlan {
  readonly id: number
  readonly scenario: number | null
  /** Its instant, in milliseconds. */
  readonly from: number
}

/** The earliest such plan, kept for this transaction alone; null if there is none, or another process is at one. */
export async function takeDuePlan(tx: Db, now: Date): Promise<DuePlan | null> {
  const free = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('wangge.switch')) as free`,
  )
  if (free.rows[0]?.free !== true) return null
  const found = await tx.execute<Row<DuePlan>>(sql`
    select id, scenario_id as scenario, (extract(epoch from lower(valid)) * 1000)::float8 as "from" from plans
    where switched_at is null and lower(valid) <= ${at(now)} order by lower(valid) limit 1 for update`)
  return found.rows[0] ?? null
}

/** The instant of the next plan that waits, in milliseconds; null if none does. */
export async function findNextSwitch(db: Db): Promise<number | null> {
  const found = await db.execute<{ at: number | null }>(sql`
    select (extract(epoch from min(lower(valid))) * 1000)::float8 as at from plans where switched_at is null`)
  return found.rows[0]?.at ?? null
}

export async function markSwitched(tx: Db, { id, scenario }: DuePlan, now: Date): Promise<number | null> {
  await tx.execute(sql`update plans set switched_at = ${at(now)} where id = ${id}`)
  const moved = await tx.execute<{ version: number }>(sql`
    update scenarios set status = 'effective', version = version + 1, changed_at = ${at(now)}
    where id = ${scenario}::integer returning version`)
  return moved.rows[0]?.version ?? null
}

/** Grids are called what the plan calls them, and have its stations. */
export async function renameGrids(tx: Db, plan: number): Promise<void> {
  await tx.execute(sql`
    update grids g set name = p.name, name_en = p.name_en, kind = p.kind from plan_grids p
    where p.plan_id = ${plan} and g.id = p.grid_id
      and (g.name, g.name_en, g.kind) is distinct from (p.name, p.name_en, p.kind)`)
  await tx.execute(sql`
    update stations s set geom = p.station from plan_grids p
    where p.plan_id = ${plan} and s.grid_id = p.grid_id and not st_orderingequals(s.geom, p.station)`)
  await tx.execute(sql`
    insert into stations (grid_id, name, geom)
    select p.grid_id, p.name || '网格中心服务站', p.station from plan_grids p
    where p.plan_id = ${plan} and p.station is not null and not exists (select from stations s where s.grid_id = p.grid_id)`)
}

/** A worker who has another grid, or none for now. */
export interface Shifted {
  readonly worker: number
  readonly from: number | null
  readonly to: number | null
}

/** Workers go where the plan says; those whose grid has ended wait. */
export async function shiftWorkers(tx: Db, plan: number): Promise<Shifted[]> {
  const found = await tx.execute<Row<Shifted>>(sql`
    select w.id as worker, w.grid_id as "from", p.grid_id as "to"
    from workers w left join plan_grids p on p.plan_id = ${plan} and p.worker_id = w.id
    where w.grid_id is distinct from p.grid_id and exists (select from plan_grids where plan_id = ${plan})
    order by w.id for update of w`)
  const shifted = found.rows
  // First all leave, since no grid ever has two.
  await tx.execute(sql`
    update workers set grid_id = null where id = any(${sql.param(shifted.map(({ worker }) => worker))}::int[])`)
  await tx.execute(sql`
    update workers w set grid_id = r."to" from ${rows(shifted, sql`worker integer, "to" integer`)}
    where w.id = r.worker and r."to" is not null`)
  return shifted
}

/** Grids that the plan has ended, each with the one that has most of its ground. */
export async function listHeirs(tx: Db, plan: number): Promise<Map<number, number>> {
  const found = await tx.execute<{ old: number; heir: number }>(sql`
    select distinct on (s.old_id) s.old_id as old, s.new_id as heir from successions s
    where s.plan_id = ${plan} and not exists (select from plan_grids p where p.plan_id = ${plan} and p.grid_id = s.old_id)
    order by s.old_id, s.share desc, s.new_id`)
  return new Map(found.rows.map(({ old, heir }) => [old, heir]))
}

/**
 * Duties bound to grids: a worker's follow the worker; in all others the successors of a grid stand for it once it has ended. How
 * many accounts have other rights now.
 */
export async function shiftDuties(
  tx: Db,
  plan: number,
  shifted: readonly Shifted[],
  ended: readonly number[],
): Promise<number> {
  const gone = sql`${sql.param(ended)}::int[]`
  const own = await tx.execute<{ account: number }>(sql`
    update duties d set grids = array_append(array_remove(d.grids, r."from"), r."to")
    from ${rows(shifted, sql`worker integer, "from" integer, "to" integer`)} join accounts a on a.worker_id = r.worker
    where d.account_id = a.id and d.role = 'grid-worker' and d.grids is not null and r."to" is not null
      and not (d.grids @> array[r."to"] and not d.grids @> array[r."from"])
    returning d.account_id as account`)
  const others = await tx.execute<{ account: number }>(sql`
    update duties d set grids = (
      select array_agg(distinct coalesce(s.new_id, g) order by coalesce(s.new_id, g)) from unnest(d.grids) g
      left join successions s on s.plan_id = ${plan} and s.old_id = g and g = any(${gone}))
    where d.grids && ${gone}
      and not (d.role = 'grid-worker' and exists (select from accounts a where a.id = d.account_id and a.worker_id is not null))
    returning d.account_id as account`)
  const accounts = [...new Set([...own.rows, ...others.rows].map(({ account }) => account))]
  await tx.execute(
    sql`update accounts set version = version + 1 where id = any(${sql.param(accounts)}::int[])`,
  )
  return accounts.length
}

/** Buildings on ground whose boundaries began with the instant belong to the grids there. */
export async function shiftBuildings(tx: Db, instant: Date): Promise<number> {
  const done = await tx.execute(sql`
    update buildings b set grid_id = n.grid_id from (
      select distinct on (b.id) b.id, o.grid_id from buildings b
      join boundaries o on o.geom && b.geom and st_covers(o.geom, st_pointonsurface(b.geom))
        and lower(o.valid) = ${at(instant)}
      join grids g on g.id = o.grid_id order by b.id, g.code collate "C") n
    where b.id = n.id and b.grid_id is distinct from n.grid_id`)
  return done.rowCount ?? 0
}

/** An open event that may change hands. */
export type Kept = EventFacts & { readonly askedGridId: number | null }

/** Open events from before the instant that a grid has in hand whose ground has changed, kept from others. */
export async function lockOpen(tx: Db, instant: Date): Promise<Kept[]> {
  const found = await tx.execute<Row<Kept>>(sql`
    select ${ROW}, e.asked_grid as "askedGridId" from events e
    where e.closed_at is null and e.occurred_at < ${at(instant)}
      and array[coalesce(e.keeper_id, e.grid_id), e.asked_grid] && array(
        select grid_id from boundaries where upper(valid) = ${at(instant)})
    order by e.id for update`)
  return found.rows
}

/** Where an event and what it asks for go. */
export interface Handed {
  readonly id: number
  readonly keeperId: number | null
  readonly askedGridId: number | null
  /** The hand-over that was asked for has happened by itself. */
  readonly lapsed: boolean
}

export async function saveHanded(tx: Db, handed: readonly Handed[], now: Date): Promise<EventFacts[]> {
  const columns = sql`id bigint, "keeperId" integer, "askedGridId" integer, lapsed boolean`
  await tx.execute(sql`
    update requests q set grid_id = coalesce(r."askedGridId", q.grid_id),
      stage = case when r.lapsed then 'refused' else q.stage end,
      decided_at = case when r.lapsed then ${at(now)} end
    from ${rows(handed, columns)} where q.event_id = r.id and q.kind = 'handover' and q.decided_at is null`)
  const saved = await tx.execute<Row<EventFacts>>(sql`
    update events e set keeper_id = r."keeperId", asked_grid = r."askedGridId", version = e.version + 1,
      asks = case when r.lapsed then array_remove(e.asks, 'handover') else e.asks end
    from ${rows(handed, columns)} where e.id = r.id returning ${ROW}`)
  return saved.rows
}

/** Open dispute files of a grid that has ended go to its heir. */
export async function shiftDisputes(
  tx: Db,
  heirs: ReadonlyMap<number, number>,
): Promise<{ id: number; gridId: number }[]> {
  const pairs = [...heirs].map(([old, heir]) => ({ old, heir }))
  const found = await tx.execute<{ id: number; gridId: number }>(sql`
    update disputes d set grid_id = r.heir, version = d.version + 1
    from ${rows(pairs, sql`old integer, heir integer`)} where d.grid_id = r.old and d.closed_at is null
    returning d.id, d.grid_id as "gridId"`)
  return found.rows
}

/** Values as a row set in one parameter, whatever their number. */
function rows(values: readonly unknown[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (${columns})`
}
