import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../testing.ts'

/** What the embedded database does when a statement has to be killed, as seen by the driver. */

const PATIENCE_MS = 1_000
const ENDLESS = 'select count(*) from generate_series(1, 1e12::int8)'

let database: TestDatabase
const log: string[] = []

beforeAll(async () => {
  database = await openTestDatabase('embedded', { patienceMs: PATIENCE_MS, log: (line) => log.push(line) })
  await database.pool.query('create table rows (id int primary key)')
})
afterAll(() => database.close())

async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

const ids = async () => {
  const { rows } = await database.pool.query<{ id: number }>('select id from rows order by id')
  return rows.map(({ id }) => id)
}

test('a statement without end is given up; those behind it are served, and what was acknowledged is there', async () => {
  const { pool } = database
  await pool.query('insert into rows values (1)')
  const endless = pool.query(ENDLESS)
  const behind = pool.query('insert into rows values (2)')
  await expect(endless).rejects.toMatchObject({
    code: '57014',
    message: expect.stringContaining('no answer within 1 s'),
  })
  await behind
  expect(await ids()).toEqual([1, 2])
  expect(log.at(-1)).toMatch(/open again after \d+ ms/)
})

test('the event loop goes on while a statement works for seconds', async () => {
  let latest = performance.now()
  let worst = 0
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - latest)
    latest = performance.now()
  }, 10)
  const started = performance.now()
  await expect(database.pool.query(ENDLESS)).rejects.toMatchObject({ code: '57014' })
  await database.pool.query('select 1')
  clearInterval(timer)
  expect(performance.now() - started).toBeGreaterThan(PATIENCE_MS)
  expect(worst).toBeLessThan(100)
})

test('a transaction that lost its statement refuses all but its end', async () => {
  await withClient(async (client) => {
    await client.query('begin')
    await client.query('insert into rows values (10)')
    await expect(client.query(ENDLESS)).rejects.toMatchObject({ code: '57014' })
    await expect(client.query('insert into rows values (11)')).rejects.toMatchObject({ code: '57014' })
    await expect(client.query('insert into rows values ($1)', [12])).rejects.toMatchObject({ code: '57014' })
    await expect(client.query('savepoint s')).rejects.toMatchObject({ code: '57014' })
    await client.query('rollback')
    await client.query('insert into rows values (13)')
  })
  expect(await ids()).toEqual([1, 2, 13])
})

test('the commit of such a transaction is an error, and the connection is good afterwards', async () => {
  await withClient(async (client) => {
    await client.query('begin')
    await client.query('insert into rows values (20)')
    await expect(client.query(ENDLESS)).rejects.toMatchObject({ code: '57014' })
    await expect(client.query('commit')).rejects.toMatchObject({ code: '57014' })
    await client.query('insert into rows values (21)')
  })
  expect(await ids()).toEqual([1, 2, 13, 21])
})

test('prepared statements are there in the next life', async () => {
  const prepared = { name: 'double', text: 'select $1::int * 2 as doubled' }
  await withClient(async (client) => {
    expect((await client.query(prepared, [4])).rows).toEqual([{ doubled: 8 }])
    await expect(client.query(ENDLESS)).rejects.toMatchObject({ code: '57014' })
    expect((await client.query(prepared, [5])).rows).toEqual([{ doubled: 10 }])
  })
})

test('a forgotten transaction is rolled back, and the next caller is served', async () => {
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('insert into rows values (30)')
  expect(await ids()).not.toContain(30)
  await expect(client.query('select 1')).rejects.toThrow()
})

test('a client that goes away in a transaction leaves nothing to the next', async () => {
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('insert into rows values (40)')
  await client.query('set time zone 7')
  await client.query({ name: 'left behind', text: 'select 1' })
  client.release(new Error('gone'))
  expect(await ids()).not.toContain(40)
  await withClient(async (next) => {
    expect((await next.query('show time zone')).rows).toEqual([{ TimeZone: 'UTC' }])
    expect((await next.query({ name: 'left behind', text: 'select 2 as other' })).rows).toEqual([
      { other: 2 },
    ])
  })
})

test('large questions and large answers pass whole', async () => {
  const large = '网格'.repeat(1_000_000)
  const { rows } = await database.pool.query<{ back: string }>('select $1::text as back', [large])
  expect(rows[0]?.back).toBe(large)
  const many = await database.pool.query<{ i: number }>(
    `select i, repeat('x', 200) from generate_series(1, 50000) i`,
  )
  expect(many.rows.map(({ i }) => i)).toEqual(Array.from({ length: 50_000 }, (_, index) => index + 1))
})

test('errors do not use the database up', { timeout: 120_000 }, async () => {
  await withClient(async (client) => {
    for (let round = 0; round < 1_200; round++) {
      await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
      await expect(client.query(`select st_geomfromtext('no')`)).rejects.toMatchObject({ code: 'XX000' })
      await expect(client.query('insert into rows values (1)')).rejects.toMatchObject({ code: '23505' })
    }
    expect((await client.query('select 1 as fine')).rows).toEqual([{ fine: 1 }])
  })
  expect(log.filter((line) => line.includes('lost'))).toEqual([])
})

test('recursion without end is an error and not the end', async () => {
  const { pool } = database
  await pool.query(`create function f(i int) returns int language plpgsql as 'begin return f(i + 1); end'`)
  await expect(pool.query('select f(1)')).rejects.toMatchObject({ code: expect.any(String) })
  expect((await pool.query('select 1 as fine')).rows).toEqual([{ fine: 1 }])
})
