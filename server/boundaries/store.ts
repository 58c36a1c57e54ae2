import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Fabric } from '#geo/fabric'
import type { MultiPolygon, Position } from '#geo/geojson'
import type { GridKind } from '../grids/contract.ts'

export interface NewSubdistrict {
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

export interface NewCommunity {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly area: 'urban' | 'rural'
}

export interface NewGrid {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly kind: GridKind
  readonly community: string
  readonly accepted: boolean
  /** Null leaves the worker as it is. */
  readonly worker: { readonly name: string; readonly fullTime: boolean } | null
  readonly geometry: MultiPolygon
}

/** What the ground looked like at an instant. */
export interface Ground {
  readonly subdistrict: { readonly code: string; readonly name: string; readonly demo: boolean } | null
  readonly grids: readonly { readonly code: string; readonly inForce: boolean }[]
  /** Begin of the newest boundary; null where there is none, or where it has always been in force. */
  readonly newestFrom: number | null
}

type Row<T> = T & Record<string, unknown>

/** One change of the ground at a time, and none while the demo is seeded. */
export async function lockGround(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.seed'))`)
}

export async function readGround(db: Db, at: Date): Promise<Ground> {
  const known = await db.execute<Row<NonNullable<Ground['subdistrict']>>>(
    sql`select code, name, demo from subdistricts order by id limit 1`,
  )
  const grids = await db.execute<{ code: string; inForce: boolean; from: number | null }>(sql`
    select g.code, coalesce(bool_or(b.valid @> ${instant(at)}), false) as "inForce",
      (extract(epoch from max(lower(b.valid))) * 1000)::float8 as "from"
    from grids g left join boundaries b on b.grid_id = g.id group by g.code order by g.code collate "C"`)
  const begins = grids.rows.flatMap(({ from }) => (from === null ? [] : [from]))
  return {
    subdistrict: known.rows[0] ?? null,
    grids: grids.rows,
    newestFrom: begins.length === 0 ? null : begins.reduce((a, b) => Math.max(a, b)),
  }
}

/** Boundaries and plan in force at the instant end with it; nothing is deleted. */
export async function closeAt(db: Db, at: Date): Promise<number> {
  const until = instant(at)
  await db.execute(sql`update plans set valid = tstzrange(lower(valid), ${until}) where valid @> ${until}`)
  const closed = await db.execute(
    sql`update boundaries set valid = tstzrange(lower(valid), ${until}) where valid @> ${until}`,
  )
  return closed.rowCount ?? 0
}

export async function saveSubdistrict(db: Db, { code, name, nameEn }: NewSubdistrict, center: Position) {
  const [lng, lat] = center
  await db.execute(sql`
    insert into subdistricts (code, name, name_en, center, demo)
    values (${code}, ${name}, ${nameEn}, st_setsrid(st_makepoint(${lng}, ${lat}), 4326), false)
    on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, center = excluded.center`)
}

export async function saveCommunities(db: Db, communities: readonly NewCommunity[]): Promise<void> {
  await db.execute(sql`
    insert into communities (code, name, name_en, area)
    select code, name, "nameEn", area
    from ${rows(communities, sql`code text, name text, "nameEn" text, area text`)}
    on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, area = excluded.area`)
}

/** Grids by their codes, with their workers; those that are known are brought up to date. */
export async function saveGrids(db: Db, grids: readonly NewGrid[]): Promise<void> {
  const bare = grids.map((grid) => ({ ...grid, geometry: undefined }))
  await db.execute(sql`
    insert into grids (code, name, name_en, kind, community, accepted)
    select code, name, "nameEn", kind, community, accepted from ${rows(
      bare,
      sql`code text, name text, "nameEn" text, kind text, community text, accepted boolean`,
    )} order by code collate "C"
    on conflict (code) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
      community = excluded.community, accepted = excluded.accepted`)
  await db.execute(sql`
    insert into workers (name, full_time, grid_id)
    select worker ->> 'name', (worker -> 'fullTime')::boolean, g.id
    from ${rows(bare, sql`code text, worker jsonb`)} join grids g using (code)
    where jsonb_typeof(worker) = 'object'
    on conflict (grid_id) do update set name = excluded.name, full_time = excluded.full_time`)
}

/** `from` null: as long as the database reaches back. */
export async function saveBoundaries(db: Db, grids: readonly NewGrid[], from: Date | null): Promise<void> {
  await db.execute(sql`
    insert into boundaries (grid_id, valid, geom)
    select g.id, ${since(from)}, st_setsrid(st_geomfromgeojson(geometry), 4326)
    from ${rows(grids, sql`code text, geometry jsonb`)} join grids g using (code) order by g.id`)
}

/** What follows from the newest plan, open work above all, is yet to go over; the switch of planning sees to it. */
export async function awaitSwitch(db: Db): Promise<void> {
  await db.execute(sql`update plans set switched_at = null where upper_inf(valid)`)
}

/** The fabric, and the plan that labels its atoms with grid codes. */
export async function savePlan(
  db: Db,
  { fabric, labels, name }: { fabric: Fabric; labels: ReadonlyMap<number, string>; name: string },
  { now, from }: { readonly now: Date; readonly from: Date | null },
): Promise<void> {
  const made = await db.execute<{ id: number }>(
    sql`insert into fabrics (created_at) values (${instant(now)}) returning id`,
  )
  const id = made.rows[0]?.id
  const nodes = fabric.nodes.map(([x, y], n) => ({ n, x, y }))
  const arcs = fabric.arcs.map(({ points, ...arc }) => ({ ...arc, xy: points.flat() }))
  await db.execute(sql`
    insert into fabric_nodes (fabric_id, id, x, y)
    select ${id}, n, x, y from ${rows(nodes, sql`n integer, x integer, y integer`)}`)
  await db.execute(sql`
    insert into atoms (fabric_id, id, kind, community)
    select ${id}, id, kind, community
    from ${rows(fabric.atoms, sql`id integer, kind text, community text`)}`)
  await db.execute(sql`
    insert into fabric_arcs (fabric_id, id, n0, n1, kind, xy, left_atom, right_atom)
    select ${id}, id, n0, n1, kind, xy, "left", "right" from ${rows(
      arcs,
      sql`id integer, n0 integer, n1 integer, kind text, xy integer[], "left" integer, "right" integer`,
    )}`)
  const plan = await db.execute<{ id: number }>(
    sql`insert into plans (fabric_id, name, valid) values (${id}, ${name}, ${since(from)}) returning id`,
  )
  const atoms = [...labels].map(([atom, code]) => ({ atom, code }))
  await db.execute(sql`
    insert into plan_atoms (plan_id, fabric_id, atom_id, grid_id)
    select ${plan.rows[0]?.id}, ${id}, atom, g.id
    from ${rows(atoms, sql`atom integer, code text`)} join grids g using (code)`)
}

function instant(at: Date): SQL {
  return sql`${at.toISOString()}::timestamptz`
}

function since(from: Date | null): SQL {
  return from === null ? sql`tstzrange(null, null)` : sql`tstzrange(${instant(from)}, null)`
}

/** Values as a row set in one parameter, whatever their number. */
function rows(values: readonly unknown[], columns: SQL): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r (${columns})`
}
