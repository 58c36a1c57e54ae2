import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { actorWith, EVERYWHERE, gateFor, gridsOf, unitOf } from '../accounts/testing.ts'
import type { Bound, Role } from '../accounts/contract.ts'
import { apiOn, drawToy, NOW, post } from './testing.ts'

const ACCOUNTS = 9
const IN_G1 = [119.905, 32.445]
const IN_G2 = [119.915, 32.445]

onBothDatabases('reports and their rights', (database) => {
  beforeAll(async () => {
    await drawToy(database().db)
    await database().db.execute(sql`
      insert into accounts (login, name, created_at)
      select 'a' || n, '测试员' || n, now() from generate_series(1, ${ACCOUNTS}) n`)
  })

  const as = (role: Role, bound: Bound = EVERYWHERE, account = 1, clock = NOW): Promise<FastifyInstance> =>
    apiOn(database(), () => clock, gateFor(actorWith(role, bound, { account, name: `测试员${account}` })))

  const rows = async (query: ReturnType<typeof sql>) => (await database().db.execute(query)).rows

  describe('a report says who brought it', () => {
    test.each([
      // role           bound              source           channel
      ['grid-worker', gridsOf(1), 'grid-worker', 'grid'],
      ['grid-lead', gridsOf(1), 'grid-worker', 'grid'],
      ['acceptor', EVERYWHERE, 'hotline-12345', '12345'],
      ['handler', unitOf('HW'), 'department', 'grid'],
      ['dispatcher', EVERYWHERE, 'public', 'grid'],
    ] as const)('%s', async (role, bound, source, channel) => {
      const app = await as(role, bound, 4)
      const answer = await post(app, '/api/events', { position: IN_G1, category: '01-10' })
      expect(answer.statusCode).toBe(201)
      const event = answer.json()
      expect(event).toMatchObject({
        status: 'reported',
        source,
        reporter: 4,
        units: [],
        asks: [],
        supervision: 0,
        important: false,
        dueAt: '2026-03-06T08:00:00.000Z',
        amberAt: '2026-03-06T04:00:00.000Z',
        stageDueAt: '2026-03-06T02:15:00.000Z',
        steps: [
          {
            step: 'event.reported',
            actor: 'account/4',
            name: '测试员4',
            role,
          },
        ],
      })
      expect((await app.inject(`/api/events/${event.id}`)).json()).toEqual(event)
      const stored = await rows(sql`
        select e.channel, e.why ->> 'rule' as rule, k.ordinal, o.channel as promised, o.carrier_id = e.id as own,
          o.due_at = e.due_at as alike, s.audience, s.role, s.data ->> 'reporter' as reporter
        from events e join conditions k on k.id = e.condition_id join obligations o on o.event_id = e.id
        join steps s on s.subject = 'event/' || e.id where e.id = ${event.id}`)
      expect(stored).toEqual([
        {
          channel,
          rule: '01-10-1.1',
          ordinal: 1,
          promised: channel,
          own: true,
          alike: true,
          audience: ['events', 'grid/1', 'account/4'],
          role,
          reporter: '4',
        },
      ])
    })
  })

  test('a grid worker reports anywhere, and sees the own report there and nothing else', async () => {
    const [app, other] = [await as('grid-worker', gridsOf(1), 5), await as('grid-worker', gridsOf(3), 6)]
    const mine = (await post(app, '/api/events', { position: IN_G2, category: '01-12' })).json()
    const theirs = (await post(other, '/api/events', { position: IN_G2, category: '01-12' })).json()
    expect([mine.gridId, theirs.gridId]).toEqual([2, 2])
    const seen = await app.inject('/api/events?grid=2&limit=2000')
    expect(seen.json().items.map(({ id }: { id: number }) => id)).toEqual([mine.id])
    const [foreign, missing] = [
      await app.inject(`/api/events/${theirs.id}`),
      await app.inject('/api/events/77777777'),
    ]
    expect([foreign.statusCode, foreign.json()]).toEqual([404, missing.json()])
    const found = await app.inject(`/api/search?text=${theirs.number}`)
    expect(found.json()).toEqual([])
    expect((await app.inject(`/api/search?text=${mine.number}`)).json()).toMatchObject([{ id: mine.id }])
  })

  describe('found and solved on the spot', () => {
    test.each([
      // role         bound          where  category  allowed
      ['grid-worker', gridsOf(1), IN_G1, '01-10', 201],
      ['grid-worker', gridsOf(1), IN_G2, '01-10', 403],
      ['grid-worker', gridsOf(1), [120.5, 32], '01-10', 403],
      ['grid-lead', gridsOf(1, 2), IN_G2, '01-10', 201],
      ['grid-lead', EVERYWHERE, IN_G2, '01-10', 201],
      ['handler', unitOf('HW'), IN_G2, '01-10', 201],
      ['handler', unitOf('HW'), IN_G2, '01-13', 403],
      ['unit-liaison', unitOf('HW'), IN_G2, '01-10', 403],
      ['acceptor', EVERYWHERE, IN_G1, '01-10', 403],
      ['director', EVERYWHERE, IN_G1, '01-10', 403],
    ] as const)('by a %s of %j at %j, class %s: %i', async (role, bound, position, category, status) => {
      const app = await as(role, bound, 7)
      const before = await rows(sql`select count(*)::int as n from events`)
      const solved = { note: ' 已当场清理 ' }
      const answer = await post(app, '/api/events', { position, category, solved })
      expect(answer.statusCode).toBe(status)
      if (status === 403) {
        expect(answer.json()).toMatchObject({ field: '/solved', type: 'urn:wangge:forbidden' })
        expect(await rows(sql`select count(*)::int as n from events`)).toEqual(before)
        return
      }
      const event = answer.json()
      const now = NOW.toISOString()
      expect(event).toMatchObject({
        status: 'closed',
        closedAt: now,
        stageDueAt: null,
        version: 2,
        light: 'done',
      })
      expect(event.steps).toMatchObject([
        { step: 'event.reported', at: now },
        { step: 'event.closed', at: now, reason: '已当场清理', role },
      ])
      expect((await app.inject(`/api/events/${event.id}`)).json()).toEqual(event)
      const [stored] = await rows(sql`
        select on_the_spot, reply, replied_by, (select array_agg(data ->> 'status' order by seq) from steps
          where subject = 'event/' || e.id) as told
        from events e join obligations o on o.event_id = e.id where e.id = ${event.id}`)
      expect(stored).toEqual({
        on_the_spot: true,
        reply: '已当场清理',
        replied_by: 7,
        told: ['reported', 'closed'],
      })
    })

    test('has its own count', async () => {
      const app = await as('director')
      const before = (await app.inject('/api/events/summary')).json()
      const worker = await as('grid-worker', gridsOf(1), 8)
      await post(worker, '/api/events', { position: IN_G1, category: '01-10', solved: { note: '已清理' } })
      const after = (await app.inject('/api/events/summary')).json()
      expect([after.onTheSpot, after.closedToday, after.open]).toEqual([
        before.onTheSpot + 1,
        before.closedToday + 1,
        before.open,
      ])
    })

    test('needs to say what was done', async () => {
      const app = await as('grid-worker', gridsOf(1))
      const answer = await post(app, '/api/events', {
        position: IN_G1,
        category: '01-10',
        solved: { note: ' ' },
      })
      expect([answer.statusCode, answer.json().field]).toEqual([400, '/solved/note'])
    })
  })

  test('where a year has no calendar, what counts working time is refused in words; the rest is taken in', async () => {
    const app = await as('acceptor', EVERYWHERE, 1, new Date('2026-12-31T17:30:00+08:00'))
    const [working, running] = ['01-10', '05-02'].map((category) => ({ position: IN_G1, category }))
    const answer = await post(app, '/api/events/batch', { items: [working, running] })
    const [refused, taken] = answer.json().items
    expect(refused).toMatchObject({ ok: false, problem: { type: 'urn:wangge:no-calendar', status: 422 } })
    expect(refused.problem.en.detail).toContain('2027')
    expect(taken).toMatchObject({ ok: true, event: { dueAt: '2026-12-31T10:30:00.000Z' } })
  })

  describe('the border desk', () => {
    test.each([
      // role           bound        lost  in G1 (403: seen, but not allowed)
      ['acceptor', EVERYWHERE, 200, 200],
      ['shift-lead', EVERYWHERE, 200, 200],
      ['dispatcher', EVERYWHERE, 200, 200],
      ['commander', EVERYWHERE, 200, 200],
      ['director', EVERYWHERE, 200, 200],
      ['evaluator', EVERYWHERE, 403, 403],
      ['grid-lead', gridsOf(1), 404, 403],
      ['grid-worker', gridsOf(1), 404, 403],
      ['unit-liaison', unitOf('HW'), 404, 404],
      ['shift-lead', gridsOf(2), 404, 404],
    ] as const)('%s of %j', async (role, bound, lost, inside) => {
      const centre = await as('acceptor', EVERYWHERE, 1)
      const app = await as(role, bound, 9)
      for (const [position, status] of [[[119.8993, 32.445], lost] as const, [IN_G1, inside] as const]) {
        const { id } = (await post(centre, '/api/events', { position, category: '01-10' })).json()
        const answer = await post(app, `/api/events/${id}/place`, { gridId: 3, version: 1 })
        // A role without the right to move anything is turned away at the door.
        expect(answer.statusCode).toBe(role === 'evaluator' ? 403 : status)
        if (status !== 200) continue
        const told = await rows(sql`
          select audience, role from steps where subject = ${`event/${id}`} order by seq desc limit 1`)
        const old = position === IN_G1 ? ['grid/1'] : []
        expect(told).toEqual([{ audience: ['events', ...old, 'account/1', 'grid/3'], role }])
      }
      const desk = (await app.inject('/api/events?grid=0')).json()
      if (bound.kind !== 'subdistrict') expect(desk.items ?? []).toEqual([])
    })
  })

  test('a planner counts, and reads no row', async () => {
    const app = await as('planner')
    const summary = (await app.inject('/api/events/summary')).json()
    const whole = await rows(sql`select count(*)::int as n from events`)
    expect([{ n: summary.year }]).toEqual(whole)
    expect((await app.inject('/api/events/heat')).json().total).toBe(summary.year)
    for (const url of ['/api/events', '/api/events/points', '/api/events/1'])
      expect((await app.inject(url)).statusCode).toBe(403)
  })
})
