import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../open.ts'
import { prepareTemplate } from './template.ts'
import { tidy } from './upkeep.ts'

const POLL = { timeout: 10_000, interval: 200 }

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'wangge-open-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

test('a first start copies the template, and a second finds what the first has written', async () => {
  await prepareTemplate(() => {})
  const first = await openDatabase({ dataDir })
  await first.pool.query('create table kept (id int primary key); insert into kept values (7)')
  expect(await readFile(join(dataDir, 'embedded.pid'), 'utf8')).toBe(`${process.pid}\n`)
  await first.close()
  expect(existsSync(join(dataDir, 'embedded.pid'))).toBe(false)
  const second = await openDatabase({ dataDir })
  expect((await second.pool.query('select id from kept')).rows).toEqual([{ id: 7 }])
  await second.close()
})

test('a copy that was cut off is thrown away and made again', async () => {
  await mkdir(join(dataDir, 'embedded.unfinished', 'base'), { recursive: true })
  await writeFile(join(dataDir, 'embedded.unfinished', 'PG_VERSION'), '')
  const database = await openDatabase({ dataDir })
  expect((await database.pool.query('select 1 as fine')).rows).toEqual([{ fine: 1 }])
  await database.close()
  expect(existsSync(join(dataDir, 'embedded.unfinished'))).toBe(false)
})

test('a damaged folder is refused with the words of PostgreSQL, and the lock is free again', async () => {
  const database = await openDatabase({ dataDir })
  await database.close()
  await rm(join(dataDir, 'embedded', 'global', 'pg_control'))
  await expect(openDatabase({ dataDir })).rejects.toMatchObject({
    code: 'cannot-open',
    zh: expect.stringContaining('无法打开内嵌数据库'),
    en: expect.stringContaining('could not open file'),
  })
  expect(existsSync(join(dataDir, 'embedded.pid'))).toBe(false)
})

test('upkeep gives back the space of old rows and moves the checkpoint on', async () => {
  const { pool, close } = await openDatabase({ dataDir })
  const query = async (sql: string) => (await pool.query<{ value: number }>(sql)).rows[0]?.value
  await pool.query(
    'create table counters (id int primary key, n int); insert into counters select i, 0 from generate_series(1, 500) i',
  )
  const churn = async () => {
    for (let round = 0; round < 20; round++) await pool.query('update counters set n = n + 1')
  }
  await churn()
  // PostgreSQL counts the changes of each table no more often than once a second.
  await expect
    .poll(() => query(`select n_dead_tup as value from pg_stat_all_tables where relname = 'counters'`), POLL)
    .toBeGreaterThan(1_000)
  await tidy(pool)
  const size = await query(`select pg_relation_size('counters') as value`)
  const redo = `select (redo_lsn - '0/0'::pg_lsn)::int8 as value from pg_control_checkpoint()`
  const checkpoint = await query(redo)
  await churn()
  expect(await query(`select pg_relation_size('counters') as value`)).toBe(size)
  await tidy(pool)
  expect(await query(redo)).toBeGreaterThan(checkpoint ?? Number.NaN)
  await close()
})
