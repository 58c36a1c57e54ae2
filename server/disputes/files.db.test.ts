import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { PEOPLE, peopleToy, ROLE_GATE, wholeApp } from '../testing.ts'
import type { Dispute, DisputeOrder, DisputeRow } from './contract.ts'
import { moved, QUARREL, registered, SECRET, send } from './testing.ts'

const DAY = 86_400_000
const START = Date.parse('2026-03-06T10:00:00+08:00')

onBothDatabases('dispute files', (database) => {
  let app: FastifyInstance
  let now = START
  const whole = async (id: number): Promise<Dispute> =>
    (await send(app, 'director', `/api/disputes/${id}`)).json<Dispute>()
  const told = async (id: number) => {
    const found = await database().db.execute<{
      step: string
      role: string
      audience: string[]
      data: unknown
    }>(sql`select step, role, audience, data from steps where subject = ${`dispute/${id}`} order by xid, seq`)
    return found.rows
  }

  beforeAll(async () => {
    await peopleToy(database().db)
    app = await wholeApp(database(), ROLE_GATE, () => new Date(now))
  })
  afterAll(() => app.close())

  test('one is registered: masked in every answer, with the promises of its risk', async () => {
    const row = await registered(app, { signs: ['police'] })
    expect(row).toMatchObject({
      number: `jf-20260306-${String(row.id).padStart(6, '0')}`,
      risk: 'orange',
      status: 'registered',
      next: { kind: 'first-session', at: new Date(START + 3 * DAY).toISOString() },
      dueAt: '2026-04-05T15:59:59.999Z',
      parties: [
        { n: 1, part: 'applicant', name: '陈**', phone: '100****0123' },
        { n: 2, part: 'respondent', name: '李**', phone: null },
      ],
    })
    const file = await whole(row.id)
    expect(file.summary).toBe('李** 家空调滴水到 陈** 家阳台，电话 100****0123。')
    expect(file.place).toBe('南街1号，陈** 家')
    expect(JSON.stringify([row, file])).not.toMatch(SECRET)
    expect(await told(row.id)).toMatchObject([
      {
        step: 'dispute.registered',
        role: 'director',
        audience: [],
        data: { risk: 'orange', proposed: 'orange' },
      },
    ])
  })

  test('one goes the whole way, and each line of its trail holds no name', async () => {
    const { id } = await registered(app, { signs: ['violence', 'police'] })
    const way: readonly (readonly [string, DisputeOrder, string])[] = [
      ['2026-03-06T11:00', { move: 'assign', mediatorId: PEOPLE.mediator.account ?? 0 }, 'mediating'],
      [
        '2026-03-06T15:00',
        { move: 'session', session: 'progress', note: '听取 陈某0001甲 陈述' },
        'mediating',
      ],
      ['2026-03-07T09:00', { move: 'document', document: 'notice', note: '送达 李某0001乙' }, 'mediating'],
      ['2026-03-07T10:00', { move: 'party', party: { part: 'other', name: '王某0001丙' } }, 'mediating'],
      ['2026-03-08T10:00', { move: 'extend', until: '2026-04-20', consent: true }, 'mediating'],
      ['2026-03-09T10:00', { move: 'agree', agreement: 'written', performBy: '2026-03-20' }, 'agreed'],
      ['2026-03-10T10:00', { move: 'confirm', confirmation: 'asked' }, 'agreed'],
      ['2026-03-12T10:00', { move: 'perform' }, 'performed'],
      ['2026-03-16T10:00', { move: 'revisit', revisit: 'settled', note: '陈某0001甲 满意' }, 'performed'],
      ['2026-04-08T10:00', { move: 'revisit', revisit: 'unreachable' }, 'performed'],
    ]
    for (const [at, order, status] of way) {
      now = Date.parse(`${at}:00+08:00`)
      const reply = await moved(app, 'mediator', id, order)
      expect(reply.statusCode, `${order.move}: ${reply.body}`).toBe(200)
      expect(reply.json<DisputeRow>().status).toBe(status)
    }
    const early = await moved(app, 'shift-lead', id, { move: 'archive' })
    expect([early.statusCode, early.json<{ detail: string }>().detail]).toEqual([
      409,
      '还有 1 次回访没有完成，不能归档。',
    ])
    expect((await moved(app, 'mediator', id, { move: 'revisit', revisit: 'settled' })).statusCode).toBe(200)
    expect((await moved(app, 'shift-lead', id, { move: 'archive' })).json<DisputeRow>()).toMatchObject({
      status: 'archived',
      next: null,
    })
    now = START

    const file = await whole(id)
    expect(file).toMatchObject({
      agreement: {
        kind: 'written',
        effectiveOn: '2026-03-09',
        performBy: '2026-03-20',
        confirmUntil: '2026-04-08',
        confirmation: 'asked',
      },
      dueAt: '2026-04-20T15:59:59.999Z',
      extendedAt: '2026-03-08T02:00:00.000Z',
      firstDueAt: null,
      sessions: [
        { n: 1, note: '听取 陈** 陈述', outcome: 'progress', mediator: { id: PEOPLE.mediator.account } },
      ],
      documents: [{ kind: 'notice', day: '2026-03-07', note: '送达 李**' }],
      parties: [{ n: 1 }, { n: 2 }, { n: 3, part: 'other', name: '王**' }],
    })
    expect(file.revisits.map(({ dueAt, outcome, note }) => [dueAt, outcome, note])).toEqual([
      ['2026-03-16T15:59:59.999Z', 'settled', '陈** 满意'],
      ['2026-04-08T15:59:59.999Z', 'unreachable', null],
      ['2026-06-07T15:59:59.999Z', 'settled', null],
    ])
    expect(JSON.stringify(file)).not.toMatch(SECRET)
    const steps = await told(id)
    expect(steps.map(({ step }) => step)).toEqual([
      'dispute.registered',
      'dispute.assigned',
      'dispute.session',
      'dispute.document',
      'dispute.party',
      'dispute.extended',
      'dispute.agreed',
      'dispute.confirmation',
      'dispute.performed',
      'dispute.revisited',
      'dispute.revisited',
      'dispute.revisited',
      'dispute.archived',
    ])
    expect(steps.every(({ audience }) => audience.length === 0)).toBe(true)
    expect(JSON.stringify(steps)).not.toMatch(SECRET)
  })

  test('a lower risk than proposed is explained; a higher one is not; both are kept, and nobody is named', async () => {
    const lower = { ...QUARREL, signs: ['weapon'], risk: 'orange' }
    const bare = await send(app, 'shift-lead', '/api/disputes', lower)
    expect([bare.statusCode, bare.json<{ field: string }>().field]).toEqual([400, '/riskReason'])
    const { id } = await registered(app, {
      signs: ['weapon'],
      risk: 'orange',
      riskReason: '李某0001乙 已交出',
    })
    expect((await moved(app, 'mediator', id, { move: 'risk', risk: 'red' })).statusCode).toBe(200)
    expect((await whole(id)).next).toEqual({ kind: 'first-session', at: '2026-03-06T15:59:59.999Z' })
    const calmed: DisputeOrder = { move: 'risk', risk: 'yellow', signs: [], reason: '陈某0001甲 已搬离' }
    expect((await moved(app, 'mediator', id, calmed)).statusCode).toBe(403)
    expect((await moved(app, 'shift-lead', id, calmed)).statusCode).toBe(200)
    const { risks, signs, steps, next } = await whole(id)
    expect(risks.map(({ risk, proposed, reason }) => [risk, proposed, reason])).toEqual([
      ['orange', 'red', '李** 已交出'],
      ['red', 'red', null],
      ['yellow', 'yellow', '陈** 已搬离'],
    ])
    expect(signs).toEqual([])
    expect(next?.at).toBe('2026-03-06T15:59:59.999Z')
    expect(steps.at(-1)).toMatchObject({ step: 'dispute.risk', reason: '陈** 已搬离' })
  })

  test('of two who act on one version, the second is told', async () => {
    const { id, version } = await registered(app)
    const order = { move: 'refer', referredTo: 'court', version }
    const replies = await Promise.all(
      ['director', 'shift-lead'].map((role) =>
        send(app, role as 'director', `/api/disputes/${id}/moves`, order),
      ),
    )
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await told(id)).map(({ step }) => step)).toEqual(['dispute.registered', 'dispute.referred'])
  })

  test('an order without its fields, a mediator who is none, a class and a grid that are none', async () => {
    const { id } = await registered(app)
    const fieldOf = async (order: DisputeOrder) =>
      (await moved(app, 'director', id, order)).json<{ field?: string }>().field
    expect(await fieldOf({ move: 'refer' })).toBe('/referredTo')
    expect(await fieldOf({ move: 'assign', mediatorId: PEOPLE.commander.account ?? 0 })).toBe('/mediatorId')
    const wrong = async (change: object) =>
      (await send(app, 'director', '/api/disputes', { ...QUARREL, ...change })).json<{ field?: string }>()
        .field
    expect(await wrong({ class: '77' })).toBe('/class')
    expect(await wrong({ subclass: '88' })).toBe('/subclass')
    expect(await wrong({ gridId: 999 })).toBe('/gridId')
    expect(await wrong({ parties: [] })).toBe('/parties')
  })

  test('lists are filtered, counted and sorted', async () => {
    const asked = async (query: string) => {
      const reply = await send(app, 'director', `/api/disputes?limit=200&${query}`)
      expect(reply.statusCode, reply.body).toBe(200)
      return reply.json<{ items: DisputeRow[]; total: number; counts: Record<string, number> }>()
    }
    const all = await asked('')
    for (const [query, keeps] of [
      ['state=open', ({ closedAt }: DisputeRow) => closedAt === null],
      ['state=ended', ({ closedAt }: DisputeRow) => closedAt !== null],
      ['status=registered&status=referred', ({ status }: DisputeRow) => /registered|referred/.test(status)],
      ['risk=red', ({ risk }: DisputeRow) => risk === 'red'],
      ['class=14', ({ class: code }: DisputeRow) => code === '14'],
      ['grid=4', ({ gridId }: DisputeRow) => gridId === 4],
    ] as const) {
      const { items, total } = await asked(query)
      const expected = all.items.filter(keeps).map(({ id }) => id)
      expect(
        items.map(({ id }) => id),
        query,
      ).toEqual(expected)
      expect(total).toBe(expected.length)
    }
    now = START + 40 * DAY
    const late = await asked('due=late')
    expect(late.total).toBe(late.counts['late'])
    expect(late.total).toBeGreaterThan(0)
    now = START
    const mine = await send(app, 'mediator', '/api/disputes?mine=yes')
    for (const { mediator } of mine.json<{ items: DisputeRow[] }>().items)
      expect(mediator?.id).toBe(PEOPLE.mediator.account)
    const newest = await asked('sort=newest')
    expect(newest.items.map(({ id }) => id)).toEqual(all.items.map(({ id }) => id).toSorted((a, b) => b - a))
  })
})
