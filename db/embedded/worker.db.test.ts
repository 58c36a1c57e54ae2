import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../testing.ts'

/** What the thread takes and gives, and what it survives. */

let database: TestDatabase
const log: string[] = []

beforeAll(async () => {
  database = await openTestDatabase('embedded', { log: (line) => log.push(line) })
  await database.pool.query('create table rows (id int primary key); insert into rows values (1)')
})
afterAll(() => database.close())

const stillFine = async () =>
  expect((await database.pool.query('select 1 as fine')).rows).toEqual([{ fine: 1 }])

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
  const client = await database.pool.connect()
  for (let round = 0; round < 1_200; round++) {
    await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
    await expect(client.query(`select st_geomfromtext('no')`)).rejects.toMatchObject({ code: 'XX000' })
    await expect(client.query('insert into rows values (1)')).rejects.toMatchObject({ code: '23505' })
  }
  client.release()
  await stillFine()
  expect(log).toEqual([])
})

test.each([
  // each of these leaves an unguarded PGlite without answers, or the driver waiting for one
  [
    'recursion without end',
    `create function f(i int) returns int language plpgsql as 'begin return f(i + 1); end'; select f(1)`,
  ],
  ['nesting without end', `select ('[' || repeat('[', 1000000))::jsonb`],
  ['COPY from a program', `create table c (t text); copy c from program 'ls'`],
  ['COPY from the client', 'create table c (t text); copy c from stdin'],
])('%s is an error and not the end', async (_, sql) => {
  await expect(database.pool.query(sql)).rejects.toMatchObject({ code: expect.any(String) })
  await stillFine()
})
