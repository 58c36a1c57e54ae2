import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './open.ts'
import { openTestDatabase, type TestDatabase } from './testing.ts'
import { wake } from './wake.ts'

/** What may happen to the connections of a PostgreSQL server. */

let database: TestDatabase
const log: string[] = []
beforeAll(async () => {
  database = await openTestDatabase('postgres', { patienceMs: 2_000, log: (line) => log.push(line) })
})
afterAll(() => database.close())

const cutAll = () =>
  database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )

test('cut connections end neither the process nor the pool', async () => {
  const { db, pool } = database
  await pool.query('create table kept (id int)')
  const atWork = db.transaction(async (tx) => {
    await tx.execute('insert into kept values (1)')
    await cutAll()
    await tx.execute('insert into kept values (2)')
  })
  await expect(atWork).rejects.toThrow()
  expect((await pool.query('select * from kept')).rows).toEqual([])
  expect(log.some((line) => line.includes('terminating connection'))).toBe(true)
})

test('listeners are woken after a cut, as they may have missed something, and hear again', async () => {
  const { db, onWake } = database
  const woken = Promise.withResolvers<void>()
  const forget = onWake('topic', woken.resolve)
  await cutAll()
  await woken.promise
  forget()
  const heard = Promise.withResolvers<void>()
  onWake('later', heard.resolve)
  await db.transaction((tx) => wake(tx, 'later'))
  await heard.promise
})

test('a statement that takes too long is given up', async () => {
  await expect(database.pool.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' })
})

test('a server that is not there is refused in words', async () => {
  await expect(
    openDatabase({ url: 'postgres://nobody@127.0.0.1:1/x', dataDir: '/nowhere' }),
  ).rejects.toMatchObject({
    code: 'unreachable',
    zh: expect.stringContaining('DATABASE_URL'),
    en: expect.stringContaining('ECONNREFUSED'),
  })
})
