import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../../db/testing.ts'
import { apiOn, drawToy, post } from '../events/testing.ts'

const REPORT = { position: [119.905, 32.445], category: '01-10' }

describe.each(['embedded', 'postgres'] as const)('an outage of the database (%s)', (kind) => {
  test('is answered by 503 in words, for reads and writes', async () => {
    const database = await openTestDatabase(kind)
    await drawToy(database.db)
    const app = await apiOn(database)
    expect((await post(app, '/api/events', REPORT)).statusCode).toBe(201)
    await database.close()
    const asked = [
      await app.inject('/api/events'),
      await app.inject('/api/locate?lng=119.905&lat=32.445'),
      await post(app, '/api/events', REPORT),
      await post(app, '/api/events', REPORT, { 'idempotency-key': 'outage' }),
    ]
    for (const answer of asked) {
      expect([answer.statusCode, answer.json().type]).toEqual([503, 'urn:wangge:database-away'])
    }
  }, 120_000)
})

test('when PostgreSQL ends every connection, reports fail by 503 or are there, and the next ones work', async () => {
  const database = await openTestDatabase('postgres')
  await drawToy(database.db)
  const app = await apiOn(database)
  const stream = Array.from({ length: 60 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 5))
    return post(app, '/api/events', { ...REPORT, description: String(n) })
  })
  await new Promise((resolve) => setTimeout(resolve, 120))
  await database.dedicated((client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`),
  )
  const answers = await Promise.all(stream)
  expect(answers.filter(({ statusCode }) => statusCode !== 201 && statusCode !== 503)).toEqual([])
  const { rows } = await database.db.execute<{ description: string }>(sql`select description from events`)
  const stored = new Set(rows.map(({ description }) => description))
  for (const answer of answers) {
    if (answer.statusCode === 201) expect(stored).toContain(answer.json().description)
  }
  expect((await post(app, '/api/events', REPORT)).statusCode).toBe(201)
  await database.close()
}, 60_000)
