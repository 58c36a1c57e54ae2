import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Database, Db } from '#db/open'
import { figureRoutes } from '../figures/routes.ts'
import { gridRoutes } from '../grids/routes.ts'
import { httpServer } from '../http/server.ts'
import type { Gate } from '../http/session.ts'
import { OPEN_GATE } from '../http/testing.ts'
import { placeRoutes } from '../places/routes.ts'
import { eventRoutes } from './routes.ts'

/** A Friday morning; tests that need another time say so. */
export const NOW = new Date('2026-03-06T10:00:00+08:00')

/**
 *   32.46 ┌──────┬──────┐
 *         │  G3  │  G4  │   four grids of 0.01°, in force since 2020; before that, all of it was G9.
 *   32.45 ├──────┼──────┤   南街1号 lies in G1, 南街12号 in G2.
 *         │  G1  │  G2  │
 *   32.44 └──────┴──────┘
 *       119.90 119.91 119.92
 */
export async function drawToy(db: Db): Promise<void> {
  const [west, south, size] = [119.9, 32.44, 0.01]
  const corner = (base: number, n: number) => Math.round((base + n * size) * 100) / 100
  const box = (x0: number, y0: number, x1: number, y1: number) =>
    sql`st_multi(st_makeenvelope(${corner(west, x0)}::float8, ${corner(south, y0)}::float8,
      ${corner(west, x1)}::float8, ${corner(south, y1)}::float8, 4326))`
  await db.execute(sql`
    insert into subdistricts (code, name, name_en, center, demo)
    values ('1', '试验街道', 'Toy', st_setsrid(st_makepoint(119.91, 32.45), 4326), true)`)
  await db.execute(sql`
    insert into communities (code, name, name_en, area)
    values ('C1', '南社区', 'South', 'urban'), ('C2', '北村', 'North', 'rural')`)
  await db.execute(sql`
    insert into grids (code, name, name_en, kind, community, accepted)
    select 'G' || n, '第' || n || '网格', 'Grid ' || n, case when n < 3 then 'urban-full-time' else 'rural-comprehensive' end,
      case when n < 3 then 'C1' else 'C2' end, n < 3
    from unnest(array[1, 2, 3, 4, 9]) as n`)
  const squares = [0, 1, 2, 3].map((n) => ({
    code: `G${n + 1}`,
    geom: box(n % 2, n >> 1, (n % 2) + 1, (n >> 1) + 1),
  }))
  for (const { code, geom } of squares) {
    await db.execute(sql`
      insert into boundaries (grid_id, valid, geom) select id, '[2020-01-01,)', ${geom} from grids where code = ${code}`)
  }
  await db.execute(sql`
    insert into boundaries (grid_id, valid, geom)
    select id, '[2010-01-01,2020-01-01)', ${box(0, 0, 2, 2)} from grids where code = 'G9'`)
  await db.execute(sql`
    insert into workers (name, full_time, grid_id) select '测试员' || code, true, id from grids where code <> 'G9'`)
  await db.execute(sql`
    insert into buildings (kind, households, floors, grid_id, geom)
    select 'housing', 40, 6, id, st_makeenvelope(119.905, 32.445, 119.9052, 32.4452, 4326) from grids where code = 'G1'`)
  await db.execute(sql`
    insert into addresses (text, building_id, geom)
    select '南街1号', id, st_setsrid(st_makepoint(119.905, 32.445), 4326) from buildings
    union all select '南街12号', null, st_setsrid(st_makepoint(119.915, 32.445), 4326)
    union all select '北苑新村3幢', null, st_setsrid(st_makepoint(119.905, 32.455), 4326)`)
}

/** The API on a database, without a network. `clock` may be moved by the test. */
export async function apiOn(
  database: Pick<Database, 'db'>,
  clock: () => Date = () => NOW,
  gate: Gate = OPEN_GATE,
): Promise<FastifyInstance> {
  const app = await httpServer({ db: database.db, gate, version: 'test', clock, logLevel: 'silent' })
  gridRoutes(app)
  placeRoutes(app, { mapApproval: null })
  eventRoutes(app)
  figureRoutes(app)
  await app.ready()
  return app
}

/** Posts JSON. */
export async function post(
  app: FastifyInstance,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  return app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  })
}
