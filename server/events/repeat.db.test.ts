import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases, type TestDatabase } from '../../db/testing.ts'
import { apiOn, drawToy, post } from './testing.ts'

onBothDatabases('an Idempotency-Key', (database) => {
  let app: FastifyInstance
  beforeAll(async () => {
    await drawToy(database().db)
    app = await apiOn(database())
  })

  const report = async (body: object, headers = {}) => {
    const answer = await post(app, '/api/events', { category: '01-10', ...body }, headers)
    return {
      status: answer.statusCode,
      body: answer.json(),
      replayed: answer.headers['idempotency-replayed'],
    }
  }

  const body = { position: [119.905, 32.445] }

  test('gives the first answer again, whatever has happened since', async () => {
    const first = await report(body, { 'idempotency-key': 'again' })
    const second = await report(body, { 'idempotency-key': 'again' })
    expect(second).toEqual({ ...first, replayed: 'true' })
    expect(await countOf(database(), first.body.id)).toBe(1)
  })

  test('with another body is refused and changes nothing', async () => {
    await report(body, { 'idempotency-key': 'other' })
    const before = await total(app)
    const { status, body: problem } = await report(
      { position: [119.905, 32.446] },
      { 'idempotency-key': 'other' },
    )
    expect(status).toBe(409)
    expect(problem.type).toBe('urn:wangge:key-reused')
    expect(await total(app)).toBe(before)
  })

  test('sent twenty times at once is done once', async () => {
    const before = await total(app)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => report(body, { 'idempotency-key': 'at-once' })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect(await total(app)).toBe(before + 1)
  })

  test('is not used up by a refusal', async () => {
    const refused = await report(
      { position: [119.905, 32.445], category: 'nope' },
      { 'idempotency-key': 'mend' },
    )
    expect(refused.status).toBe(400)
    const mended = await report(body, { 'idempotency-key': 'mend' })
    expect(mended.status).toBe(201)
  })

  test('holds for a batch and for the border desk too', async () => {
    const items = { items: [{ position: [119.905, 32.445], category: '01-10' }, { category: 'x' }] }
    const first = await post(app, '/api/events/batch', items, { 'idempotency-key': 'batch' })
    const second = await post(app, '/api/events/batch', items, { 'idempotency-key': 'batch' })
    expect(second.json()).toEqual(first.json())
    const { id } = first.json().items[0].event
    const place = { gridId: 2, version: 1 }
    const placed = await post(app, `/api/events/${id}/place`, place, { 'idempotency-key': 'place' })
    const repeated = await post(app, `/api/events/${id}/place`, place, { 'idempotency-key': 'place' })
    expect([placed.statusCode, repeated.statusCode]).toEqual([200, 200])
    expect(repeated.json()).toEqual(placed.json())
  })
})

async function total(app: FastifyInstance): Promise<number> {
  const list = await app.inject('/api/events?limit=1')
  return list.json().total
}

async function countOf(database: TestDatabase, id: number): Promise<number> {
  const found = await database.db.execute(sql`select 1 from events where id = ${id}`)
  return found.rows.length
}
