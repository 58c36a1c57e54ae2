import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import type { GridEvent } from './contract.ts'
import { apiOn, drawToy, NOW, post } from './testing.ts'

onBothDatabases('intake', (database) => {
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

  //   ┌──────┬──────┐ 32.46
  //   │  G3  e  G4  │        a inside G1 · b on the corner of all · c 20 m west of G1 · d 60 m west
  //   ├──────b──────┤ 32.45  e on the border of G3 and G4 · f just inside G1, its error reaches G2
  // dc│a G1  │f G2  │        g far away
  //   └──────┴──────┘ 32.44
  test.each([
    ['a', [119.901, 32.445], undefined, 'inside', 'G1', ['G1'], undefined],
    ['b', [119.91, 32.45], undefined, 'shared-border', 'G1', ['G1', 'G2', 'G3', 'G4'], 'lowest-code'],
    ['c', [119.8998, 32.445], undefined, 'near', 'G1', ['G1'], undefined],
    ['d', [119.8993, 32.445], undefined, 'outside', null, ['G1', 'G3'], undefined],
    ['e', [119.91, 32.455], undefined, 'shared-border', 'G3', ['G3', 'G4'], 'lowest-code'],
    ['f', [119.9099, 32.445], 30, 'inside', 'G1', ['G1', 'G2'], undefined],
    ['g', [120.5, 32], undefined, 'outside', null, [], undefined],
  ])('%s %j ± %s m is %s', async (_name, position, accuracyM, rule, code, candidates, tieBreak) => {
    const { status, body } = await report({ position, accuracyM })
    const event = body as GridEvent
    expect(status).toBe(201)
    expect(event.placement.rule).toBe(rule)
    expect(event.rule).toBe(rule)
    expect(event.grid?.code ?? null).toBe(code)
    expect(event.placement.candidates.map((c) => c.code)).toEqual(candidates)
    expect(event.placement.tieBreak).toBe(tieBreak)
    const [lng, lat] = position
    const located = await app.inject(
      `/api/locate?lng=${lng}&lat=${lat}${accuracyM === undefined ? '' : `&accuracyM=${accuracyM}`}`,
    )
    expect(located.json()).toEqual({ grid: event.grid, placement: event.placement })
  })

  test('an event belongs to the grid in force when it happened', async () => {
    const { body } = await report({ position: [119.91, 32.45], occurredAt: '2019-05-01T08:00:00+08:00' })
    expect(body).toMatchObject({ grid: { code: 'G9' }, placement: { rule: 'inside' } })
    const late = await report({ position: [119.905, 32.445], occurredAt: '2005-05-01T08:00:00+08:00' })
    expect(late.body).toMatchObject({ grid: null, placement: { rule: 'outside' } })
  })

  test('the answer, the list, the detail and the trail tell the same', async () => {
    const { body } = await report({
      position: [119.90123456789, 32.4412345678],
      description: '  路边有一堆垃圾  ',
      address: '   ',
      source: 'patrol',
    })
    expect(body).toMatchObject({
      number: `20260306-${String(body.id).padStart(6, '0')}`,
      position: [119.9012346, 32.4412346],
      description: '路边有一堆垃圾',
      address: null,
      status: 'reported',
      light: 'green',
      version: 1,
      reportedAt: NOW.toISOString(),
      dueAt: '2026-03-06T08:00:00.000Z',
      steps: [{ at: NOW.toISOString(), step: 'event.reported', actor: 'anonymous' }],
    })
    const detail = await app.inject(`/api/events/${body.id}`)
    expect(detail.json()).toEqual(body)
    const list = await app.inject(`/api/events?text=${body.number}`)
    const row = list.json().items[0]
    expect(body).toMatchObject(row)
    const trail = await database().db.execute<{ data: unknown }>(
      sql`select data from steps where subject = ${`event/${body.id}`}`,
    )
    expect(trail.rows).toEqual([{ data: row }])
  })

  describe('an address without a position', () => {
    test('is found where it is the text of one known address', async () => {
      const { status, body } = await report({ address: ' 南街 １２号' })
      expect(status).toBe(201)
      expect(body).toMatchObject({
        position: [119.915, 32.445],
        grid: { code: 'G2' },
        address: '南街 １２号',
      })
    })

    test('is never guessed: what it may mean is offered', async () => {
      const { status, body } = await report({ address: '南街' })
      expect(status).toBe(422)
      expect(body.field).toBe('/address')
      expect(body.choices.map((choice: { text: string }) => choice.text)).toEqual(['南街1号', '南街12号'])
      expect(body.choices[0].grid.code).toBe('G1')
    })

    test('that nobody knows is refused in words', async () => {
      const { status, body } = await report({ address: '火星路' })
      expect(status).toBe(422)
      expect(body.choices).toBeUndefined()
      expect(body.detail).toContain('火星路')
      expect(body.en.detail).toContain('火星路')
    })
  })

  describe('batch', () => {
    test('a bad item never blocks the rest, and every answer stands in its place', async () => {
      const good = { position: [119.905, 32.445], category: '01-10' }
      const items = [
        good,
        { ...good, category: 'nope' },
        7,
        { ...good, position: [32.4, 119.9] },
        { ...good, extra: 1 },
        good,
      ]
      const before = await total(app)
      const answer = await post(app, '/api/events/batch', { items })
      const { accepted, refused, items: answers } = answer.json()
      expect(answer.statusCode).toBe(200)
      expect([accepted, refused]).toEqual([2, 4])
      expect(answers.map((item: { ok: boolean }) => item.ok)).toEqual([
        true,
        false,
        false,
        false,
        false,
        true,
      ])
      expect(answers.slice(1, 5).map((item: { problem: { field: string } }) => item.problem.field)).toEqual([
        '/items/1/category',
        '/items/2',
        '/items/3/position',
        '/items/4/extra',
      ])
      expect(await total(app)).toBe(before + 2)
    })

    test('a thousand items keep their order and their grids', async () => {
      const positions = Array.from({ length: 1000 }, (_, n) => [
        119.9005 + (n % 100) * 0.00019,
        32.4405 + Math.floor(n / 100) * 0.0019,
      ])
      const answer = await post(app, '/api/events/batch', {
        items: positions.map((position) => ({ position, category: '01-12' })),
      })
      const { accepted, items } = answer.json()
      expect(accepted).toBe(1000)
      const codes = ['G1', 'G2', 'G3', 'G4']
      const wanted = positions.map(
        ([lng = 0, lat = 0]) => codes[(lng > 119.91 ? 1 : 0) + (lat > 32.45 ? 2 : 0)],
      )
      expect(
        items.map(
          (item: { placement: { candidates: { code: string }[] } }) => item.placement.candidates[0]?.code,
        ),
      ).toEqual(wanted)
      const ids = items.map((item: { event: { id: number } }) => item.event.id)
      expect(ids).toEqual(ids.toSorted((a: number, b: number) => a - b))
    })

    test.each([
      ['nothing', []],
      ['1,001 items', Array.from({ length: 1001 }, () => ({}))],
    ])('of %s is refused whole', async (_name, items) => {
      const answer = await post(app, '/api/events/batch', { items })
      expect(answer.statusCode).toBe(400)
      expect(answer.json().field).toBe('/items')
    })
  })

  describe('border desk', () => {
    test('a person gives a lost event its grid, once', async () => {
      const { body } = await report({ position: [119.8993, 32.445] })
      const desk = await app.inject('/api/events?grid=0&state=open')
      expect(desk.json().items.map((item: { id: number }) => item.id)).toContain(body.id)
      const to = { gridId: 3, version: body.version, reason: '现场确认' }
      const placed = await post(app, `/api/events/${body.id}/place`, to)
      expect(placed.statusCode).toBe(200)
      expect(placed.json()).toMatchObject({
        grid: { code: 'G3' },
        rule: 'person',
        placement: { rule: 'person' },
        version: 2,
      })
      const second = await post(app, `/api/events/${body.id}/place`, { ...to, gridId: 1 })
      expect(second.statusCode).toBe(409)
      expect(second.json()).toMatchObject({ field: '/version' })
      expect(second.json().en.detail).toMatch(/\(\d\d:\d\d\)/)
      const after = await app.inject(`/api/events/${body.id}`)
      expect(after.json().steps.map((step: { step: string }) => step.step)).toEqual([
        'event.reported',
        'event.placed',
      ])
    })

    test.each([
      ['an unknown grid', { gridId: 999, version: 1 }, 400, '/gridId'],
      ['a grid no longer in force', { gridId: 5, version: 1 }, 400, '/gridId'],
      ['a huge number', { gridId: Number.MAX_SAFE_INTEGER, version: 1 }, 400, '/gridId'],
      ['no version', { gridId: 1 }, 400, '/version'],
    ])('refuses %s', async (_name, to, status, field) => {
      const { body } = await report({ position: [119.8993, 32.445] })
      const answer = await post(app, `/api/events/${body.id}/place`, to)
      expect(answer.statusCode).toBe(status)
      expect(answer.json().field).toBe(field)
    })

    test('an event that does not exist is not found', async () => {
      const answer = await post(app, '/api/events/99999999/place', { gridId: 1, version: 1 })
      expect(answer.statusCode).toBe(404)
    })
  })

  test('an event without its step cannot be: when the trail refuses, nothing is left', async () => {
    const before = await total(app)
    await database().db.execute(
      sql`alter table steps add constraint broken check (actor <> 'anonymous') not valid`,
    )
    try {
      const { status, body } = await report({ position: [119.905, 32.445] })
      expect([status, body.type]).toEqual([500, 'urn:wangge:internal'])
      expect(JSON.stringify(body)).not.toContain('broken')
    } finally {
      await database().db.execute(sql`alter table steps drop constraint broken`)
    }
    expect(await total(app)).toBe(before)
  })
})

async function total(app: FastifyInstance): Promise<number> {
  const list = await app.inject('/api/events?limit=1')
  return list.json().total
}
