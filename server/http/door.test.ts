import { Type } from 'typebox'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import type { Actor } from '../accounts/contract.ts'
import { endpoint } from './contract.ts'
import { mount } from './mount.ts'
import { httpServer } from './server.ts'

const worker: Actor = { id: 'account/1', account: 1, name: '甲', duties: [] }
const admitted: string[] = []
let app: FastifyInstance

/** Endpoints of each policy behind a door that lets the cookie `worker` in, and to `events.read` only. */
beforeAll(async () => {
  // No handler of this test asks the database, which only the transaction around a write sees.
  const nothing = { execute: async () => ({ rows: [] }) }
  const db = { ...nothing, transaction: (work: (tx: unknown) => unknown) => work(nothing) } as unknown as Db
  app = await httpServer({
    db,
    version: 'test',
    logLevel: 'silent',
    gate: {
      identify: async ({ cookie }) => (cookie === 'worker' ? worker : null),
      allows: (_actor, policy) => policy === 'events.read',
    },
  })
  const shape = { reply: Type.Object({ id: Type.String() }) }
  const answer = ({ ctx }: { ctx: { actor: Actor } }) => {
    admitted.push(ctx.actor.id)
    return { id: ctx.actor.id }
  }
  for (const policy of ['public', 'signed-in', 'events.read', 'audit.read'] as const) {
    mount(app, endpoint('GET', `/${policy}`, shape, { summary: '', policy }), answer)
  }
  const body = Type.Object({ n: Type.Integer() }, { additionalProperties: false })
  mount(app, endpoint('POST', '/write', { ...shape, body }, { summary: '', policy: 'signed-in' }), answer)
  mount(app, endpoint('POST', '/file', shape, { summary: '', policy: 'signed-in', upload: true }), answer)
  await app.ready()
})
afterAll(() => app.close())

test.each([
  // policy       nobody  worker
  ['public', 200, 200],
  ['signed-in', 401, 200],
  ['events.read', 401, 200],
  ['audit.read', 401, 403],
] as const)('%s answers nobody with %i and somebody with %i', async (policy, nobody, somebody) => {
  expect((await app.inject(`/${policy}`)).statusCode).toBe(nobody)
  const answer = await app.inject({ url: `/${policy}`, headers: { cookie: 'worker' } })
  expect(answer.statusCode).toBe(somebody)
})

test('who may not is refused before the body is looked at', async () => {
  const send = (cookie: string) =>
    app.inject({
      method: 'POST',
      url: '/write',
      headers: { cookie, 'content-type': 'application/json' },
      payload: '{"n":"no number"}',
    })
  expect((await send('')).statusCode).toBe(401)
  expect((await send('worker')).statusCode).toBe(400)
})

test.each([
  // headers of the browser                                  answer
  [{}, 200],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'none' }, 200],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'http://localhost:8080' }, 200],
  [{ origin: 'http://elsewhere.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' }, 403],
] as const)('a write with %o is answered with %i', async (headers, status) => {
  admitted.length = 0
  const answer = await app.inject({
    method: 'POST',
    url: '/write',
    headers: { ...headers, host: 'localhost:8080', cookie: 'worker', 'content-type': 'application/json' },
    payload: '{"n":1}',
  })
  expect(answer.statusCode, answer.body).toBe(status)
  expect(admitted).toHaveLength(status === 200 ? 1 : 0)
})

test.each([
  ['/write', 'image/png', 415],
  ['/file', 'application/json', 415],
  ['/file', 'image/png', 200],
  ['/file', 'image/svg+xml', 415],
] as const)('%s of %s is answered with %i', async (url, type, status) => {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: 'worker', 'content-type': type },
    payload: '{"n":1}',
  })
  expect(answer.statusCode, answer.body).toBe(status)
})
