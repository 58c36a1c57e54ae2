import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'node:http'
import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedAccounts } from '#db/seed-accounts'
import { onBothDatabases } from '#db/testing'
import { openGate } from './accounts/actions/gate.ts'
import { QUICK_HASHER, signInAs } from './accounts/testing.ts'
import { buildApp } from './app.ts'
import { drawToy } from './events/testing.ts'
import { POLICIES, type Endpoint } from './http/contract.ts'
import { openHub, type Hub } from './trail/hub.ts'

/** What anybody may ask before they have signed in. */
const PUBLIC = [
  'GET /api/door',
  'GET /health',
  'POST /api/session',
  'POST /api/session/demo',
  'POST /api/session/first',
]

/** An address of the endpoint, as good as any. */
const addressOf = ({ path }: Endpoint): string => path.replaceAll(/:\w+/g, '1')

/** Method and address of every route, read from the tree that Fastify prints; HEAD goes with GET. */
function routesOf(app: FastifyInstance): string[] {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, part, methods] = /^([│ ]*)[├└]── (\S+) \((.*)\)$/.exec(line) ?? []
      if (indent === undefined || part === undefined || methods === undefined) return []
      const depth = indent.length / 4
      above.splice(depth, Infinity, part)
      const path = above.join('')
      return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : [`${method} ${path}`]))
    })
}

onBothDatabases('the whole server', (database) => {
  let app: FastifyInstance
  let hub: Hub
  let director: { readonly cookie: string }

  beforeAll(async () => {
    const { db } = database()
    await drawToy(db)
    await seedAccounts(db, new Date())
    const gate = openGate(database(), { demo: true, secure: false })
    hub = await openHub(db, { now: () => new Date(), onError: (error) => expect(error).toBeUndefined() })
    database().onWake('trail', () => hub.wake())
    app = await buildApp({
      accounts: { gate, hasher: QUICK_HASHER, demo: true, secure: false },
      cipher: null,
      database: database(),
      migrated: { at: 1, applied: [] },
      hub,
      mapApproval: null,
      filesDir: join(tmpdir(), 'wangge-test-files'),
      logLevel: 'silent',
    })
    director = await signInAs(app, 'director')
  })
  afterAll(async () => {
    await hub.close()
    await app.close()
  })

  const endpoints = () => app.shared.endpoints
  const unsafe = () => endpoints().filter(({ method }) => method !== 'GET')

  test('every address has a policy, and those without a lock are these', () => {
    expect(endpoints().length).toBeGreaterThan(30)
    for (const { policy, path } of endpoints()) expect(POLICIES, path).toContain(policy)
    const open = endpoints().filter(({ policy }) => policy === 'public')
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(PUBLIC)
  })

  test('nothing answers that has not been mounted with its policy, but the list of what has', () => {
    const mounted = endpoints().map(({ method, path }) => `${method} ${path}`)
    expect(routesOf(app).toSorted()).toEqual([...mounted, 'GET /openapi.json'].toSorted())
  })

  test('nobody is told anything but to sign in, whatever they send', async () => {
    for (const endpoint of endpoints().filter(({ policy }) => policy !== 'public')) {
      for (const cookie of ['', `wangge=${'A'.repeat(43)}`]) {
        const reply = await app.inject({
          method: endpoint.method,
          url: addressOf(endpoint),
          headers: { cookie, ...(endpoint.method === 'POST' && { 'content-type': 'application/json' }) },
          ...(endpoint.method === 'POST' && { payload: '{"broken' }),
        })
        expect(reply.statusCode, `${endpoint.method} ${endpoint.path}`).toBe(401)
        expect(reply.json()).toMatchObject({ type: 'urn:wangge:not-signed-in' })
      }
    }
  })

  test('asking for the head of an answer is asking for the answer', async () => {
    for (const endpoint of endpoints().filter(
      ({ method, policy }) => method === 'GET' && policy !== 'public',
    )) {
      expect((await app.inject({ method: 'HEAD', url: addressOf(endpoint) })).statusCode).toBe(401)
    }
  })

  test('an address that is not there is refused like one that never was, signed in or not', async () => {
    for (const url of ['/api', '/api/', '/api/nothing', '/api/events/1/nothing', '/api/../api/me']) {
      expect((await app.inject({ url })).statusCode, url).toBeOneOf([401, 404])
    }
  })

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
  ])('a page elsewhere (%o) changes nothing by any address, whoever is signed in', async (foreign) => {
    const { db } = database()
    const count = async () => {
      const found = await db.execute<{ n: number }>(sql`
        select (select count(*) from steps) + (select count(*) from sessions) + (select count(*) from failures)
          + (select count(*) from sessions where ended_at is not null) + (select count(*) from idempotency) as n`)
      return Number(found.rows[0]?.n)
    }
    const before = await count()
    const { cookie } = director
    for (const endpoint of unsafe()) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        const reply = await app.inject({
          method: 'POST',
          url: addressOf(endpoint),
          headers: { ...foreign, cookie, 'content-type': type },
          payload: '{}',
        })
        expect(reply.json(), endpoint.path).toMatchObject({ status: 403, type: 'urn:wangge:foreign-origin' })
      }
    }
    expect(await count()).toBe(before)
  })

  test('no answer lets a page elsewhere read it', async () => {
    const reply = await app.inject({
      url: '/api/me',
      headers: { ...director, origin: 'https://elsewhere.example' },
    })
    const allowing = Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))
    expect(allowing).toEqual([])
  })

  test.each([
    ['signed out', (cookie: string) => post('/api/session/end', cookie, {})],
    [
      'disabled',
      async () => {
        const { cookie } = await signInAs(app, 'administrator')
        const found = await database().db.execute<{ id: number; version: number }>(
          sql`select id, version from accounts where login = 'evaluator'`,
        )
        const { id, version } = found.rows[0] ?? { id: 0, version: 0 }
        return post(`/api/accounts/${id}`, cookie, { version, active: false })
      },
    ],
  ])('the live feed of who is %s ends within five seconds', async (_how, end) => {
    const { cookie } = await signInAs(app, 'evaluator')
    const base = await listening()
    const stream = request(new URL('/api/live', base), { headers: { cookie } }).end()
    const [answer] = (await once(stream, 'response')) as [import('node:http').IncomingMessage]
    expect(answer.statusCode).toBe(200)
    stream.on('error', () => undefined)
    answer.on('error', () => undefined).resume()
    const closed = new Promise((resolve) => answer.once('close', resolve))
    const from = performance.now()
    expect((await end(cookie)).statusCode).toBe(200)
    await closed
    expect(performance.now() - from).toBeLessThan(5000)
    expect((await app.inject({ url: '/api/live', headers: { cookie } })).statusCode).toBe(401)
  })

  const post = (url: string, cookie: string, payload: object) =>
    app.inject({ method: 'POST', url, headers: { cookie }, payload })

  async function listening(): Promise<string> {
    const address = app.server.address()
    if (address === null || typeof address === 'string') return app.listen({ host: '127.0.0.1', port: 0 })
    return `http://127.0.0.1:${address.port}`
  }
})
