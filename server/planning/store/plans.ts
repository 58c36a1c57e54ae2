import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Arc, Atom, Fabric } from '#geo/fabric'
import type { PlanGrid } from '#geo/plan/draft'
import type { Plan } from '../contract.ts'
import { at, iso, type Row } from './words.ts'

/** Plans by their begin, latest first, without those that were withdrawn. */
export async function listPlans(db: Db): Promise<Plan[]> {
  const found = await db.execute<Row<Plan>>(sql`
    select id, name, ${iso(sql`lower(valid)`)} as "from", ${iso(sql`upper(valid)`)} as until, scenario_id as scenario,
      switched_at is not null as switched
    from plans where not isempty(valid) order by lower(valid) desc nulls last`)
  return found.rows
}

/** The plan after which none is planned. */
export async function readLastPlan(db: Db): Promise<Plan | null> {
  const found = await db.execute<Row<Plan>>(sql`
    select id, name, ${iso(sql`lower(valid)`)} as "from", null as until, scenario_id as scenario,
      switched_at is not null as switched
    from plans where upper_inf(valid)`)
  return found.rows[0] ?? null
}

export async function findPlanOf(db: Db, scenario: number): Promise<Plan | null> {
  return (await listPlans(db)).find((plan) => plan.scenario === scenario) ?? null
}

/** A plan as it was put into force. */
export interface StoredPlan {
  readonly fabric: Fabric
  readonly labels: ReadonlyMap<number, number>
  readonly grids: readonly PlanGrid[]
}

export async function readPlan(db: Db, id: number, now: Date): Promise<StoredPlan | null> {
  const found = await db.execute<{ fabric: number; drawn: boolean }>(sql`
    select p.fabric_id as fabric, exists (select from plan_grids g where g.plan_id = p.id)
      and not (p.switched_at is not null and p.valid @> ${at(now)}) as drawn
    from plans p where p.id = ${id}::bigint and not isempty(p.valid)`)
  const [plan] = found.rows
  if (!plan) return null
  const labels = await db.execute<{ atom: number; grid: number }>(
    sql`select atom_id as atom, grid_id as grid from plan_atoms where plan_id = ${id}`,
  )
  return {
    fabric: await readFabric(db, plan.fabric),
    labels: new Map(labels.rows.map(({ atom, grid }) => [atom, grid])),
    grids: await readGrids(db, id, plan.drawn ? 'as-drawn' : 'as-now'),
  }
}

async function readFabric(db: Db, id: number): Promise<Fabric> {
  const nodes = await db.execute<{ x: number; y: number }>(
    sql`select x, y from fabric_nodes where fabric_id = ${id} order by id`,
  )
  const arcs = await db.execute<Row<Omit<Arc, 'points'> & { xy: number[] }>>(sql`
    select id, n0, n1, kind, xy, left_atom as left, right_atom as right from fabric_arcs where fabric_id = ${id} order by id`)
  const atoms = await db.execute<Row<Atom>>(
    sql`select id, kind, community from atoms where fabric_id = ${id} order by id`,
  )
  return {
    nodes: nodes.rows.map(({ x, y }) => [x, y]),
    arcs: arcs.rows.map(({ xy, ...arc }) => ({
      ...arc,
      points: Array.from({ length: xy.length / 2 }, (_, n): [number, number] => [
        xy[2 * n] ?? 0,
        xy[2 * n + 1] ?? 0,
      ]),
    })),
    atoms: atoms.rows,
  }
}

const E7 = sql`10000000::numeric`
const lattice = (geom: ReturnType<typeof sql>) =>
  sql`case when ${geom} is not null then array[round(st_x(${geom})::numeric * ${E7})::int, round(st_y(${geom})::numeric * ${E7})::int] end`

/** What its grids are: as the plan says, where it is not in force, else as they stand today. */
async function readGrids(db: Db, plan: number, how: 'as-drawn' | 'as-now'): Promise<PlanGrid[]> {
  const found = await db.execute<Row<PlanGrid>>(
    how === 'as-drawn'
      ? sql`select g.id as key, g.code, p.name, p.name_en as "nameEn", p.kind, g.community, p.worker_id as worker,
          ${lattice(sql`p.station`)} as station, false as locked
        from plan_grids p join grids g on g.id = p.grid_id where p.plan_id = ${plan} order by g.id`
      : sql`select g.id as key, g.code, g.name, g.name_en as "nameEn", g.kind, g.community, w.id as worker,
          ${lattice(sql`s.geom`)} as station, false as locked
        from grids g left join workers w on w.grid_id = g.id left join stations s on s.grid_id = g.id
        where g.id in (select grid_id from plan_atoms where plan_id = ${plan}) order by g.id`,
  )
  return found.rows
}
