import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readCrs } from '#geo/crs'
import type { PlanFeature } from './features.ts'
import { FormatError, type Layer } from './format.ts'
import { readBlob, writeBlob } from './wkb.ts'

/** A GeoPackage is an SQLite file (OGC 12-128r19): begins with its signature. */
export function isGeopackage(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 15)) === 'SQLite format 3'
}

/** The one layer of polygons of a GeoPackage. */
export function readGeopackage(bytes: Uint8Array): Promise<Layer> {
  return inFile(bytes, (path) => {
    const database = new DatabaseSync(path, { readOnly: true })
    try {
      // A file from outside may carry views and triggers; none of its functions is to run.
      database.exec('pragma trusted_schema = off')
      return layerOf(database)
    } catch (error) {
      if (error instanceof FormatError) throw error
      throw new FormatError('GeoPackage 已损坏，无法读取。', 'The GeoPackage is damaged and cannot be read.')
    } finally {
      database.close()
    }
  })
}

const MAX_ROWS = 5000

function layerOf(database: DatabaseSync): Layer {
  const layers = database
    .prepare(
      `select c.table_name as name, c.column_name as geom, s.organization || ':' || s.organization_coordsys_id as crs
       from gpkg_geometry_columns c left join gpkg_spatial_ref_sys s using (srs_id)
       where upper(c.geometry_type_name) in ('POLYGON', 'MULTIPOLYGON', 'GEOMETRY')`,
    )
    .all()
  const [layer] = layers
  if (!layer || layers.length > 1)
    throw new FormatError(
      `GeoPackage 应只含一个面图层，实有 ${layers.length} 个。`,
      `The GeoPackage must hold one layer of polygons, but holds ${layers.length}.`,
    )
  const [table, column] = [String(layer['name']), String(layer['geom'])]
  const rows = database.prepare(`select * from ${quoted(table)} limit ${MAX_ROWS}`).all()
  const namedAs = layer['crs'] === null ? null : String(layer['crs'])
  return {
    format: 'geopackage',
    collection: {
      type: 'FeatureCollection',
      features: rows.map(({ [column]: blob, ...properties }) => ({
        type: 'Feature',
        geometry: blob instanceof Uint8Array ? readBlob(blob) : null,
        properties: plain(properties),
      })),
    },
    named: namedAs === null ? null : readCrs(namedAs),
    namedAs,
    encoding: 'utf-8',
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  )
}

const SCHEMA = `
  pragma application_id = 1196444487;
  pragma user_version = 10300;
  create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer not null primary key, organization text not null,
    organization_coordsys_id integer not null, definition text not null, description text);
  create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique,
    description text default '', last_change datetime not null default '1980-01-01T00:00:00.000Z', min_x double, min_y double,
    max_x double, max_y double, srs_id integer references gpkg_spatial_ref_sys (srs_id));
  create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null,
    srs_id integer not null, z tinyint not null, m tinyint not null, primary key (table_name, column_name));
  insert into gpkg_spatial_ref_sys values
    ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', null), ('Undefined geographic', 0, 'NONE', 0, 'undefined', null),
    ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]', null),
    ('CGCS2000', 4490, 'EPSG', 4490, 'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]', null);
  create table grids (fid integer primary key autoincrement, geom blob, code text, name text, name_en text, kind text, community text);
  create table certificate (id integer primary key, content text not null);
  insert into gpkg_contents (table_name, data_type, identifier, srs_id) values ('grids', 'features', 'grids', 4490), ('certificate', 'attributes', 'certificate', 0);
  insert into gpkg_geometry_columns values ('grids', 'geom', 'MULTIPOLYGON', 4490, 0, 0);`

/** A layer `grids` in CGCS2000 degrees, and the certificate as a table of one row. */
export function writeGeopackage(features: readonly PlanFeature[], certificate: string): Promise<Uint8Array> {
  return inFile(null, async (path) => {
    const database = new DatabaseSync(path)
    try {
      database.exec(SCHEMA)
      const insert = database.prepare(
        'insert into grids (geom, code, name, name_en, kind, community) values (?, ?, ?, ?, ?, ?)',
      )
      for (const { properties: p, geometry } of features)
        insert.run(writeBlob(geometry), p.code, p.name, p.name_en, p.kind, p.community)
      database.prepare('insert into certificate (content) values (?)').run(certificate)
    } finally {
      database.close()
    }
    return new Uint8Array(await readFile(path))
  })
}

/** SQLite works on files only: this one lives as long as the work on it. */
async function inFile<T>(bytes: Uint8Array | null, work: (path: string) => T | Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wangge-gpkg-'))
  try {
    const path = join(folder, 'file.gpkg')
    if (bytes) await writeFile(path, bytes)
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
