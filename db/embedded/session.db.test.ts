import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../testing.ts'

/** What the embedded database does when a statement has to be killed, as seen by the driver. */

const PATIENCE_MS = 2_000
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
    message: expect.stringContaining('no answer within 2 s'),
  })
  await behind
  expect(await ids()).toEqual([1, 2])
  expect(log.at(-1)).toMatch(/open again after \d+ ms/)
})

/** The longest that a timer of 10 ms came late, in a thread that does nothing else. */
const GAPS = `
  const { parentPort } = require('node:worker_threads')
  let [latest, worst] = [performance.now(), 0]
  setInterval(() => {
    worst = Math.max(worst, performance.now() - latest)
    latest = performance.now()
  }, 10)
  parentPort.once('message', () => {
    parentPort.postMessage(worst)
    process.exit()
  })`

test('the event loop goes on while a statement works for seconds', async () => {
  // The same timer in an idle thread tells how late the machine itself is: other tests share its two cores.
  const idle = new Worker(GAPS, { eval: true })
  await once(idle, 'online')
  let [latest, worst] = [performance.now(), 0]
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - latest)
    latest = performance.now()
  }, 10)
  const started = performance.now()
  await expect(database.pool.query(ENDLESS)).rejects.toMatchObject({ code: '57014' })
  clearInterval(timer)
  expect(performance.now() - started).toBeGreaterThan(PATIENCE_MS)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  idle.postMessage('enough')
  const [lateness] = (await once(idle, 'message')) as [number]
  expect(worst).toBeLessThan(100 + lateness)
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
  await client.query('create temp table mine (id int)')
  await client.query('select pg_advisory_lock(7)')
  await client.query({ name: 'left behind', text: 'select 1' })
  client.release(new Error('gone'))
  expect(await ids()).not.toContain(40)
  await withClient(async (next) => {
    expect((await next.query('show time zone')).rows).toEqual([{ TimeZone: 'UTC' }])
    expect(
      (await next.query(`select to_regclass('mine') as mine, pg_advisory_unlock(7) as held`)).rows,
    ).toEqual([{ mine: null, held: false }])
    expect((await next.query({ name: 'left behind', text: 'select 2 as other' })).rows).toEqual([
      { other: 2 },
    ])
  })
})
