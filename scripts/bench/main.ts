import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { migrate } from '#db/migrate'
import { openDatabase } from '#db/open'
import { startCluster } from '../postgres.ts'
import { signedIn, startServer, type RunningServer } from '../server.ts'
import { benchBalance, type Instance } from './balance.ts'
import { benchDue } from './due.ts'
import { benchEdits } from './edits.ts'
import { benchFanout } from './fanout.ts'
import { benchIntake, type Field } from './intake.ts'
import { benchLists } from './lists.ts'
import { benchLocate, benchScale, fillHexagons } from './locate.ts'
import { benchMoves } from './moves.ts'
import { benchPicture } from './picture.ts'
import { benchPoints } from './points.ts'

/**
 * All benchmarks in one run, on a PostgreSQL of its own: npm run bench -- [--only a,b,c,d,e,f,g,h,i,j,k]
 * [--graph FILE --population NAME --districts N]: k measures a graph of others, too.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'a,b,c,d,e,f,g,h,i,j,k' },
    graph: { type: 'string' },
    population: { type: 'string', default: 'TOTPOP' },
    districts: { type: 'string', default: '4' },
  },
})
const wanted = new Set(values.only.split(','))

function instance(): Instance | null {
  const { graph, population, districts } = values
  return graph === undefined ? null : { file: graph, population, districts: Number(districts) }
}

const LARGE = 120_000

const stops: (() => Promise<unknown>)[] = []
const finish = async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
}
process.once('SIGINT', () => void finish().then(() => process.exit(130)))

async function main(): Promise<void> {
  if (wanted.delete('g')) await benchDue()
  if (wanted.delete('j')) benchEdits()
  if (wanted.delete('k')) await benchBalance(instance())
  if (wanted.size === 0) return
  const cluster = await startCluster({ shared_buffers: '512MB' })
  stops.push(() => cluster.stop())
  const others = [...wanted].some((letter) => letter !== 'h')
  if (others) await benchDemo(cluster.url)
  if (wanted.has('h')) await benchLists(await field(cluster.url, 'lists', bounds))
}

async function benchDemo(cluster: string): Promise<void> {
  const demo = await field(cluster, 'demo', bounds)
  if (wanted.has('e')) await benchPoints(demo)
  if (wanted.has('f')) await benchPicture(demo)
  if (wanted.has('a')) await benchIntake(demo)
  if (wanted.has('b')) await benchLocate(demo)
  if (wanted.has('c')) await benchScale(demo, await field(cluster, 'hexagons', bounds, fill))
  if (wanted.has('d')) await benchFanout(demo)
  if (wanted.has('i')) await benchMoves(demo)
}

/** A database, a server on it, and a way to draw random places in it. */
async function field(
  cluster: string,
  name: string,
  box: (pool: pg.Pool) => Promise<readonly number[]>,
  prepare?: (url: string) => Promise<void>,
): Promise<Field> {
  const admin = new pg.Client(cluster)
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = new URL(cluster)
  url.pathname = name
  await prepare?.(url.href)
  const server = await serve(url.href)
  const pool = new pg.Pool({ connectionString: url.href, max: 10 })
  stops.push(() => pool.end())
  await pool.query('vacuum analyze')
  const [west = 0, south = 0, east = 0, north = 0] = await box(pool)
  return {
    url: server.url,
    door: await signedIn(server.url, 'shift-lead'),
    pool,
    point: () => [west + Math.random() * (east - west), south + Math.random() * (north - south)],
  }
}

async function serve(url: string): Promise<RunningServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wangge-bench-'))
  const server = await startServer({ DATABASE_URL: url, DATA_DIR: dataDir })
  stops.push(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })
  return server
}

async function fill(url: string): Promise<void> {
  const database = await openDatabase({ url, dataDir: tmpdir(), patienceMs: 600_000 })
  await migrate(database)
  await fillHexagons(database.pool, LARGE)
  await database.close()
}

/** West, south, east, north of the middle half of all boundaries, where nearly every point lies in a grid. */
async function bounds(pool: pg.Pool): Promise<readonly number[]> {
  const { rows } = await pool.query<{ w: number; s: number; e: number; n: number }>(
    `select st_xmin(b) w, st_ymin(b) s, st_xmax(b) e, st_ymax(b) n from (select st_extent(geom) b from boundaries) x`,
  )
  const { w = 0, s = 0, e = 0, n = 0 } = rows[0] ?? {}
  return [w + (e - w) / 4, s + (n - s) / 4, e - (e - w) / 4, n - (n - s) / 4]
}

try {
  await main()
} finally {
  await finish()
}
