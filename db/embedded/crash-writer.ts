import { writeSync } from 'node:fs'
import { openDatabase, type Database } from '../open.ts'
import { tidy } from './upkeep.ts'

/**
 * The victim of kill.db.test.ts: says in one line what it found, then writes for ever and says each id after it was
 * acknowledged, by a system call, so that nothing said is lost with the process.
 */

export type Found = {
  readonly ids: readonly number[]
  readonly heap: number
  readonly key: number
  readonly gist: number
}

const say = (line: string) => writeSync(1, `${line}\n`)

const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('usage: crash-writer.ts DATA_DIR')
const database = await openDatabase({ dataDir })
await database.pool.query(`
  create table if not exists written (id int primary key, geom geometry(Point, 4326) not null);
  create index if not exists written_geom on written using gist (geom)`)
const found = await look(database)
say(JSON.stringify(found))
await write((found.ids.at(-1) ?? 0) + 1)

function insert(id: number): string {
  return `insert into written values (${id}, st_setsrid(st_point(${id % 180}, ${id % 90}), 4326))`
}

/** The rows, and how many of them are reached by the heap and by each index. */
async function look({ pool }: Database): Promise<Found> {
  const { rows } = await pool.query<{ id: number }>('select id from written order by id')
  const everywhere = 'geom && st_makeenvelope(-180, -90, 180, 90, 4326)'
  const count = async (path: string, where: string) => {
    const client = await pool.connect()
    try {
      await client.query(`begin; ${path}`)
      const { rows: counted } = await client.query<{ count: number }>(
        `select count(*) from written where ${where}`,
      )
      await client.query('rollback')
      return counted[0]?.count ?? -1
    } finally {
      client.release()
    }
  }
  return {
    ids: rows.map(({ id }) => id),
    heap: await count('set local enable_indexscan = off; set local enable_bitmapscan = off', 'id > 0'),
    key: await count('set local enable_seqscan = off', 'id > 0'),
    gist: await count('set local enable_seqscan = off', everywhere),
  }
}

/** Ids that divide by three open a transaction of two rows. */
async function write(first: number): Promise<never> {
  for (let id = first; ; id++) {
    const pair = id % 3 === 0
    const client = await database.pool.connect()
    if (pair) {
      await client.query('begin')
      await client.query(insert(id))
      await client.query(insert(id + 1))
      await client.query('commit')
    } else {
      await client.query(insert(id))
    }
    client.release()
    say(String(id))
    if (pair) say(String(++id))
    if (id % 300 === 0) await tidy(database.pool)
  }
}
