import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import { reachable, type Within } from '../events/store/match.ts'
import type { AddressMatch, Community, Hit } from './contract.ts'

type Row<T> = T & Record<string, unknown>

export interface Subdistrict {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly center: number[]
  readonly bbox: number[]
  readonly grids: number
  readonly households: number
  readonly communities: Community[]
  readonly demo: boolean
}

/** The sub-district of this installation with the extent of its grids at `at`; null before anything was loaded. */
export async function readSubdistrict(db: Db, at: Date): Promise<Subdistrict | null> {
  const found = await db.execute<Row<Subdistrict>>(sql`
    select s.code, s.name, s.name_en as "nameEn", s.demo, array[st_x(s.center), st_y(s.center)] as center,
      b.grids, array[st_xmin(b.box), st_ymin(b.box), st_xmax(b.box), st_ymax(b.box)] as bbox,
      (select coalesce(sum(households), 0)::int from buildings) as households,
      (select coalesce(json_agg(json_build_object('code', code, 'name', name, 'nameEn', name_en, 'area', area)
        order by code collate "C"), '[]') from communities) as communities
    from subdistricts s,
      (select count(*)::int as grids, st_extent(geom)::box3d as box from boundaries
        where valid @> ${at.toISOString()}::timestamptz) b
    where b.grids > 0 order by s.id limit 1`)
  return found.rows[0] ?? null
}

/** Changes whenever rows are added or removed, which is all that imports do. */
export async function readVersion(db: Db, table: 'features' | 'buildings'): Promise<string> {
  const found = await db.execute<{ version: string }>(
    sql`select count(*) || '-' || coalesce(max(id), 0) as version from ${sql.identifier(table)}`,
  )
  return found.rows[0]?.version ?? ''
}

/** The features to draw, as the text of a GeoJSON FeatureCollection. */
export function readBasemap(db: Db): Promise<string> {
  return collection(
    db,
    sql`select st_asgeojson(geom, 6)::json as geometry,
      json_build_object('layer', layer, 'class', class, 'name', name, 'nameEn', name_en) as properties
      from features order by id`,
  )
}

export function readBuildings(db: Db): Promise<string> {
  return collection(
    db,
    sql`select st_asgeojson(b.geom, 6)::json as geometry,
      json_build_object('id', b.id, 'kind', b.kind, 'households', b.households, 'floors', b.floors,
        'address', (select min(a.text) from addresses a where a.building_id = b.id)) as properties
      from buildings b order by b.id`,
  )
}

async function collection(db: Db, features: SQL): Promise<string> {
  const found = await db.execute<{ text: string | null }>(sql`
    select string_agg(json_build_object('type', 'Feature', 'properties', properties, 'geometry', geometry)::text, ',')
      as text from (${features}) f`)
  return `{"type":"FeatureCollection","features":[${found.rows[0]?.text ?? ''}]}`
}

/** How many addresses are offered, and how unlike they may be. */
const OFFERED = 8
const LIKENESS = 0.2

/**
 * For each text the addresses most like it, best first; 1 is the same text. Trigrams of short Chinese texts are few, so
 * that one which contains the text counts as like it too.
 */
export async function findAddresses(db: Db, texts: readonly string[], at: Date): Promise<AddressMatch[][]> {
  const found = await db.execute<Row<AddressMatch & { n: number }>>(sql`
    select t.n::int as n, a.id, a.text, array[st_x(a.geom), st_y(a.geom)] as position, a.likeness,
      (select json_build_object('id', g.id, 'code', g.code, 'name', g.name)
        from boundaries b join grids g on g.id = b.grid_id
        where st_covers(b.geom, a.geom) and b.valid @> ${at.toISOString()}::timestamptz
        order by g.code collate "C" limit 1) as grid
    from unnest(${sql.param(texts)}::text[]) with ordinality t (text, n)
    cross join lateral (
      select id, text, geom,
        case when text = t.text then 1 else least(0.99, similarity(text, t.text)) end::float8 as likeness
      from addresses
      where text % t.text or text ilike '%' || replace(replace(replace(t.text, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'
      order by likeness desc, length(text), text collate "C" limit ${OFFERED}) a
    order by t.n, a.likeness desc, length(a.text), a.text collate "C"`)
  const groups = texts.map((): AddressMatch[] => [])
  for (const { n, ...match } of found.rows) if (match.likeness >= LIKENESS) groups[n - 1]?.push(match)
  return groups
}

const HITS = 6

const position = (geom: SQL) => sql`st_asgeojson(st_pointonsurface(${geom}), 6)::json -> 'coordinates'`

/** Grids, workers and named places whose names hold the text; addresses and events have their own finders. */
export async function findNamed(db: Db, text: string, at: Date): Promise<Hit[]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  const now = sql`${at.toISOString()}::timestamptz`
  const found = await db.execute<Row<Hit>>(sql`
    (select 'grid' as kind, g.id, g.name as label, g.name_en as "labelEn", ${position(sql`b.geom`)} as position
      from grids g join boundaries b on b.grid_id = g.id and b.valid @> ${now}
      where g.code like ${pattern} or g.name ilike ${pattern} or g.name_en ilike ${pattern}
      order by g.code collate "C" limit ${HITS})
    union all
    (select 'worker', g.id, w.name || ' · ' || g.name, w.name || ' · ' || g.name_en, ${position(sql`b.geom`)}
      from workers w join grids g on g.id = w.grid_id join boundaries b on b.grid_id = g.id and b.valid @> ${now}
      where w.name ilike ${pattern} order by g.code collate "C" limit ${HITS})
    union all
    (select 'place', id, name, coalesce(name_en, name), ${position(sql`geom`)} from (
      select distinct on (name) id, name, name_en, geom from features
      where name ilike ${pattern} or name_en ilike ${pattern} order by name, layer = 'place' desc, id) f
      order by length(name), id limit ${HITS})`)
  return found.rows
}

/** An event by its id, for whoever types its number and may see it. */
export async function findEventById(
  db: Db,
  id: number,
  within: Within,
): Promise<{ category: string; position: number[] } | null> {
  const found = await db.execute<Row<{ category: string; position: number[] }>>(sql`
    select c.name_zh as category, array[st_x(e.geom), st_y(e.geom)] as position
    from events e join categories c on c.code = e.category
    where e.id = ${id}::bigint and ${reachable(within) ?? sql`true`}`)
  return found.rows[0] ?? null
}
