import { sql, type SQL } from 'drizzle-orm'
import type { Demo } from '../geodata/demo/demo.ts'
import { history } from '../geodata/demo/history.ts'
import { readDemo } from '../geodata/demo/read.ts'
import { dissolve, multiPolygon } from '../geodata/topology.ts'
import type { CalendarYear } from '../server/deadlines/contract.ts'
import type { Db } from './open.ts'
import { seedAccounts } from './seed-accounts.ts'
import { seedCalendars } from './seed-calendars.ts'
import { seedHistory, type Rules } from './seed-history.ts'

export interface SeedOptions extends Rules {
  /** The history ends here; its events are those of the 365 days before. */
  readonly now: Date
  /** Calendars for years without a notice, so that the demo runs in them. */
  readonly provisional?: readonly CalendarYear[]
  readonly progress?: (line: string) => void
}

/**
 * Loads the demo into a database without a sub-district; false if there is one. All of it is one transaction, so that a
 * start that was cut off begins anew, and a second process waits and then finds it done.
 */
export async function seedWhereEmpty(db: Db, options: SeedOptions): Promise<boolean> {
  const seeded = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.seed'))`)
    const found = await tx.execute(sql`select 1 from subdistricts limit 1`)
    if (found.rows.length > 0) return false
    await seed(tx, options)
    return true
  })
  // Without figures of what is in them, the planner takes the new tables for empty.
  if (seeded) await db.execute(sql`analyze`)
  return seeded
}

/** Loads the demo and its history, inside the caller's transaction. */
async function seed(db: Db, options: SeedOptions, demo: Demo = readDemo()): Promise<void> {
  const { now, provisional = [], progress = () => {} } = options
  await seedCalendars(db, now, provisional)
  progress('正在载入演示街道 Loading the demo sub-district …')
  await seedGround(db, now, demo)
  await seedAccounts(db, dayBefore(now))
  progress('正在生成一年的事件 Making a year of events …')
  await seedHistory(db, options, (norms) => history(demo, now, norms))
}

/** The sub-district without its history: places, fabric, grids in force since long before `now`, buildings. */
export async function seedGround(db: Db, now: Date, demo: Demo = readDemo()): Promise<void> {
  await seedPlaces(db, demo)
  await seedFabric(db, demo, now)
  await seedGrids(db, demo, now)
  await seedBuildings(db, demo)
}

/** The people were there before the year began. */
function dayBefore(now: Date): Date {
  return new Date(now.getTime() - 366 * 86_400_000)
}

/** Long before any event of the history. */
function inForce(now: Date): SQL {
  const start = new Date(Date.UTC(now.getUTCFullYear() - 3, 0, 1))
  return sql`tstzrange(${start.toISOString()}::timestamptz, null)`
}

async function seedPlaces(db: Db, { subdistrict, communities, basemap }: Demo): Promise<void> {
  const [lng, lat] = subdistrict.center
  await db.execute(sql`
    insert into subdistricts (code, name, name_en, center, demo)
    values (${subdistrict.code}, ${subdistrict.name}, ${subdistrict.nameEn},
      st_setsrid(st_makepoint(${lng}, ${lat}), 4326), true)`)
  await db.execute(sql`
    insert into communities (code, name, name_en, area)
    select code, name, "nameEn", area from ${rows(communities, sql`code text, name text, "nameEn" text, area text`)}`)
  await db.execute(sql`
    insert into features (layer, class, name, name_en, geom)
    select layer, class, name, "nameEn", st_setsrid(st_geomfromgeojson(geometry), 4326)
    from ${rows(basemap, sql`layer text, class text, name text, "nameEn" text, geometry jsonb`)}`)
}

async function seedFabric(db: Db, { fabric }: Demo, now: Date): Promise<void> {
  const made = await db.execute<{ id: number }>(
    sql`insert into fabrics (created_at) values (${now.toISOString()}::timestamptz) returning id`,
  )
  const id = made.rows[0]?.id
  const nodes = fabric.nodes.map(([x, y], n) => ({ n, x, y }))
  const arcs = fabric.arcs.map(({ points, ...arc }) => ({ ...arc, xy: points.flat() }))
  await db.execute(sql`
    insert into fabric_nodes (fabric_id, id, x, y)
    select ${id}, n, x, y from ${rows(nodes, sql`n integer, x integer, y integer`)}`)
  await db.execute(sql`
    insert into atoms (fabric_id, id, kind, community)
    select ${id}, id, kind, community from ${rows(fabric.atoms, sql`id integer, kind text, community text`)}`)
  await db.execute(sql`
    insert into fabric_arcs (fabric_id, id, n0, n1, kind, xy, left_atom, right_atom)
    select ${id}, id, n0, n1, kind, xy, "left", "right"
    from ${rows(arcs, sql`id integer, n0 integer, n1 integer, kind text, xy integer[], "left" integer, "right" integer`)}`)
}

async function seedGrids(db: Db, demo: Demo, now: Date): Promise<void> {
  await db.execute(sql`
    insert into grids (code, name, name_en, kind, community, accepted)
    select code, name, "nameEn", kind, community, accepted from ${rows(
      demo.grids,
      sql`code text, name text, "nameEn" text, kind text, community text, accepted boolean`,
    )} order by code collate "C"`)
  const staff = rows(demo.grids, sql`code text, worker jsonb, station jsonb`)
  await db.execute(sql`
    insert into workers (name, full_time, grid_id)
    select worker ->> 'name', (worker -> 'fullTime')::boolean, g.id from ${staff} join grids g using (code)`)
  await db.execute(sql`
    insert into stations (grid_id, name, geom)
    select g.id, station ->> 'name', st_setsrid(st_makepoint(
      (station -> 'position' ->> 0)::float8, (station -> 'position' ->> 1)::float8), 4326)
    from ${staff} join grids g using (code)`)
  const shapes = [...dissolve(demo.fabric, demo.plan)].map(([code, polygons]) => ({
    code,
    geometry: multiPolygon(polygons),
  }))
  await db.execute(sql`
    insert into boundaries (grid_id, valid, geom)
    select g.id, ${inForce(now)}, st_setsrid(st_geomfromgeojson(geometry), 4326)
    from ${rows(shapes, sql`code text, geometry jsonb`)} join grids g using (code) order by g.id`)
  await db.execute(sql`
    insert into plans (fabric_id, name, valid) select id, '现行网格划分', ${inForce(now)} from fabrics`)
  const labels = [...demo.plan].map(([atom, code]) => ({ atom, code }))
  await db.execute(sql`
    insert into plan_atoms (plan_id, fabric_id, atom_id, grid_id)
    select p.id, p.fabric_id, atom, g.id
    from ${rows(labels, sql`atom integer, code text`)} join grids g using (code) cross join plans p`)
}

async function seedBuildings(db: Db, demo: Demo): Promise<void> {
  const buildings = demo.buildings.map(({ ring, atom, ...building }) => ({
    ...building,
    code: demo.plan.get(atom),
    geometry: { type: 'Polygon', coordinates: [ring] },
  }))
  await db.execute(sql`
    insert into buildings (id, kind, households, floors, grid_id, geom) overriding system value
    select r.id, r.kind, households, floors, g.id, st_setsrid(st_geomfromgeojson(geometry), 4326)
    from ${rows(buildings, sql`id integer, kind text, households integer, floors integer, code text, geometry jsonb`)}
    left join grids g using (code)`)
  await db.execute(sql`select setval(pg_get_serial_sequence('buildings', 'id'), max(id)) from buildings`)
  await db.execute(sql`
    insert into addresses (text, building_id, geom)
    select address, b.id, st_pointonsurface(b.geom)
    from ${rows(buildings, sql`id integer, address text`)} join buildings b using (id) order by b.id`)
}

/** Values as a row set in one parameter, whatever their number. */
function rows(values: readonly unknown[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (${columns})`
}
