import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cipherOf, KEY_BYTES } from '#db/cipher'
import { resealAll } from '#db/reseal'
import { SEALED } from '#db/sealed'
import { onBothDatabases } from '#db/testing'
import { httpServer } from '../http/server.ts'
import { peopleToy, ROLE_GATE, wholeApp } from '../testing.ts'
import { opensFiles } from './actions/keys.ts'
import type { Dispute } from './contract.ts'
import { disputeRoutes } from './routes.ts'
import { CIPHER, moved, registered, send } from './testing.ts'

const OLD = Buffer.alloc(KEY_BYTES, 7)
const NEW = Buffer.alloc(KEY_BYTES, 8)

onBothDatabases('the key of dispute files', (database) => {
  let app: FastifyInstance
  let id = 0
  const served = async (cipher: Parameters<typeof disputeRoutes>[1]['cipher']) => {
    const server = await httpServer({
      db: database().db,
      gate: ROLE_GATE,
      version: 'test',
      logLevel: 'silent',
    })
    disputeRoutes(server, { cipher })
    return server
  }

  beforeAll(async () => {
    await peopleToy(database().db)
    app = await wholeApp(database(), ROLE_GATE)
    id = (await registered(app, { signs: ['weapon'], risk: 'orange', riskReason: '已经交出' })).id
    const orders = [
      { move: 'assign', mediatorId: 10 },
      { move: 'session', session: 'agreed', note: '陈某0001甲 同意' },
      { move: 'document', document: 'notice', note: '送达 李某0001乙' },
      { move: 'agree', agreement: 'oral' },
      { move: 'revisit', revisit: 'settled', note: '陈某0001甲 满意' },
    ] as const
    for (const order of orders) {
      const reply = await moved(app, 'director', id, order)
      expect(reply.statusCode, reply.body).toBe(200)
    }
  })
  afterAll(() => app.close())

  test('every column of sealed texts is on the list, and no other column looks like one', async () => {
    const { rows } = await database().db.execute<{ name: string }>(sql`
      select c.relname || '.' || a.attname as name
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
      where k.contype = 'c' and pg_get_constraintdef(k.oid) like '%^v1%' order by 1`)
    const listed = Object.entries(SEALED).flatMap(([table, columns]) =>
      columns.map((each) => `${table}.${each}`),
    )
    expect(rows.map(({ name }) => name)).toEqual(listed.toSorted())
  })

  test('without a key every door of the files says so, and nothing else', async () => {
    const server = await served(null)
    for (const url of ['/api/disputes', `/api/disputes/${id}`, '/api/disputes/classes']) {
      const reply = await send(server, 'director', url)
      expect([reply.statusCode, reply.json<{ type: string }>().type]).toEqual([503, 'urn:wangge:no-key'])
      expect((await send(server, 'commander', url)).statusCode).toBe(403)
    }
    await server.close()
  })

  test('with another key the list still stands, a file does not open, and the start says so', async () => {
    const stranger = cipherOf([NEW])
    expect(await opensFiles(database().db, CIPHER)).toBe(true)
    expect(await opensFiles(database().db, stranger)).toBe(false)
    const server = await served(stranger)
    expect((await send(server, 'director', '/api/disputes')).statusCode).toBe(200)
    expect((await send(server, 'director', `/api/disputes/${id}`)).statusCode).toBe(503)
    const reveal = { n: 1, field: 'name', reason: '核对身份' }
    expect((await send(server, 'director', `/api/disputes/${id}/reveal`, reveal)).statusCode).toBe(503)
    const { rows } = await database().db.execute(sql`select 1 from steps where step = 'dispute.revealed'`)
    expect(rows).toEqual([])
    await server.close()
  })

  test('after a change of key all is sealed anew, reads the same, and the old key opens nothing', async () => {
    const { db } = database()
    const whole = async (server: FastifyInstance) =>
      (await send(server, 'director', `/api/disputes/${id}`)).json<Dispute>()
    const before = await whole(app)
    const count = await resealAll(db, cipherOf([NEW, OLD]))
    // Summary, place, two names, one telephone, a reason, and three notes.
    expect(count).toBe(9)
    expect(await resealAll(db, cipherOf([NEW, OLD]))).toBe(0)
    const server = await served(cipherOf([NEW]))
    expect(await whole(server)).toEqual(before)
    expect(await opensFiles(db, cipherOf([OLD]))).toBe(false)
    await server.close()
  })
})
