import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { as, PEOPLE, peopleToy, ROLE_GATE, wholeApp } from '../testing.ts'
import type { DisputeClass, DisputeOrder, DisputeRow } from './contract.ts'
import { dumped, mediatorOf, moved, QUARREL, registered, send } from './testing.ts'

onBothDatabases('who sees a dispute file', (database) => {
  let app: FastifyInstance
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
    app = await wholeApp(database(), ROLE_GATE)
  })
  afterAll(() => app.close())

  test('a file that one may not see answers like one that does not exist', async () => {
    const { id } = await registered(app, { gridId: 4 })
    const urls = (n: number) => [
      `/api/disputes/${n}`,
      `/api/disputes/${n}/moves`,
      `/api/disputes/${n}/reveal`,
    ]
    const bodies = [undefined, { move: 'perform', version: 1 }, { n: 1, field: 'name', reason: '核对身份' }]
    for (const k of [0, 1, 2]) {
      const there = await send(app, 'mediator', urls(id)[k] ?? '', bodies[k])
      const missing = await send(app, 'mediator', urls(999_999)[k] ?? '', bodies[k])
      expect([there.statusCode, there.body]).toEqual([404, missing.body])
    }
    const listed = await send(app, 'mediator', '/api/disputes?limit=200')
    const { items, total } = listed.json<{ items: DisputeRow[]; total: number }>()
    expect(items.every(({ gridId }) => gridId === 1)).toBe(true)
    expect(items).toHaveLength(total)

    const named = await moved(app, 'shift-lead', id, {
      move: 'assign',
      mediatorId: PEOPLE.mediator.account ?? 0,
    })
    expect(named.statusCode).toBe(200)
    expect((await send(app, 'mediator', `/api/disputes/${id}`)).statusCode).toBe(200)
  })

  test('a mediator takes what nobody has, and does not act on a colleague’s file', async () => {
    const colleague = await mediatorOf(database().db, 'colleague', null)
    const { id } = await registered(app)
    expect((await moved(app, 'director', id, { move: 'assign', mediatorId: colleague })).statusCode).toBe(200)
    const act = await moved(app, 'mediator', id, { move: 'session', session: 'progress' })
    expect(act.statusCode).toBe(403)
    const reveal = { n: 1, field: 'name', reason: '核对身份' }
    expect((await send(app, 'mediator', `/api/disputes/${id}/reveal`, reveal)).statusCode).toBe(403)
    const free = await registered(app)
    const take: DisputeOrder = { move: 'assign', mediatorId: PEOPLE.mediator.account ?? 0 }
    expect((await moved(app, 'mediator', free.id, take)).statusCode).toBe(200)
  })

  test('guarded classes are off; switched on by the director, they are the director’s alone', async () => {
    const litigation = { class: '14', subclass: '99' }
    const asked = (role: 'director' | 'shift-lead') =>
      send(app, role, '/api/disputes', { ...QUARREL, ...litigation })
    expect((await asked('director')).statusCode).toBe(409)
    const on = { enabled: true }
    expect((await send(app, 'shift-lead', '/api/disputes/classes/14', on)).statusCode).toBe(403)
    expect((await send(app, 'director', '/api/disputes/classes/02', on)).statusCode).toBe(404)
    const classes = (await send(app, 'director', '/api/disputes/classes/14', on)).json<DisputeClass[]>()
    expect(classes.find(({ code }) => code === '14')).toMatchObject({ guarded: true, enabled: true })
    expect((await asked('shift-lead')).statusCode).toBe(403)
    const { id } = (await asked('director')).json<DisputeRow>()
    for (const role of ['shift-lead', 'mediator'] as const)
      expect((await send(app, role, `/api/disputes/${id}`)).statusCode).toBe(404)
  })

  test('a name is told to who handles the file, for a reason, and each time leaves one line without it', async () => {
    const { id } = await registered(app)
    const ask = (body: object) => send(app, 'mediator', `/api/disputes/${id}/reveal`, body)
    expect((await ask({ n: 1, field: 'name', reason: '看看' })).statusCode).toBe(400)
    expect((await ask({ n: 1, field: 'name', reason: '   看  ' })).statusCode).toBe(400)
    expect((await ask({ n: 2, field: 'phone', reason: '电话通知' })).statusCode).toBe(404)
    expect((await told(id)).length).toBe(1)
    const name = await ask({ n: 1, field: 'name', reason: '通知 陈某0001甲 到场' })
    expect(name.json()).toEqual({ value: '陈某0001甲' })
    const phone = await ask({ n: 1, field: 'phone', reason: '电话通知到场' })
    expect(phone.json()).toEqual({ value: '10012340123' })
    expect(phone.headers['cache-control']).toBe('no-store')
    expect((await told(id)).slice(1)).toEqual([
      {
        step: 'dispute.revealed',
        role: 'mediator',
        audience: [],
        data: { n: 1, field: 'name', reason: '通知 陈** 到场' },
      },
      {
        step: 'dispute.revealed',
        role: 'mediator',
        audience: [],
        data: { n: 1, field: 'phone', reason: '电话通知到场' },
      },
    ])
  })

  test('a repeated registration under a key is done once; neither it nor a reveal is kept in clear', async () => {
    const post = (url: string, payload: object, key: string) =>
      app.inject({ method: 'POST', url, payload, headers: { ...as('director'), 'idempotency-key': key } })
    const first = await post('/api/disputes', QUARREL, 'once')
    const again = await post('/api/disputes', QUARREL, 'once')
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true'])
    const { id } = first.json<DisputeRow>()
    const reveal = { n: 1, field: 'phone', reason: '电话通知到场' }
    for (const _ of [1, 2]) await post(`/api/disputes/${id}/reveal`, reveal, 'twice')
    expect((await told(id)).map(({ step }) => step)).toEqual([
      'dispute.registered',
      'dispute.revealed',
      'dispute.revealed',
    ])
    expect(await dumped(database().db, '(某[0-9]{4}[甲乙丙]|10012340123|空调)')).toEqual([])
  })
})
