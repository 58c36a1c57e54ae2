import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { findBadText, isTooDeep } from './body.ts'
import { endpoint, Id, Instant } from './contract.ts'
import { isDatabaseLost } from './failures.ts'
import { mount } from './mount.ts'
import { Ready } from './ready.ts'
import { OPEN_GATE } from './testing.ts'
import { refuse } from './problems.ts'
import { serialSchema } from './serial.ts'
import { httpServer } from './server.ts'
import { validator } from './validation.ts'

test.each([
  ['{"a":[1,{"b":[]}]}', false],
  [`${'['.repeat(20)}${']'.repeat(20)}`, false],
  ['['.repeat(21), true],
  [`"${'['.repeat(50)}"`, false], // brackets inside a text
  [`["\\"${'['.repeat(50)}"]`, false], // after an escaped quote
  [`"\\\\"${'{'.repeat(21)}`, true], // the text ends after an escaped backslash
])('%s is too deep: %s', (json, deep) => expect(isTooDeep(json)).toBe(deep))

test.each([
  [{ a: ['x', { b: 'y\0' }] }, '/a/1/b'],
  [{ a: { 'k\0': 1 } }, '/a'],
  ['\ud800', ''],
  [{ a: '😀', b: [null, 1] }, null],
  [undefined, null],
])('%j has text that cannot be kept at %s', (value, pointer) => expect(findBadText(value)).toBe(pointer))

test.each([
  ['2026-03-06T16:00:00+08:00', true],
  ['0001-01-01T00:00:00Z', true],
  ['0000-12-31T23:59:59Z', false], // no such year in the database
  ['0001-01-01T00:00:00+08:00', false], // nor in this zone
  ['2016-12-31T23:59:60Z', false], // a leap second is NaN to every comparison
  ['2026-02-30T00:00:00Z', false],
  ['2026-03-06T16:00:00', false],
])('%s is an instant: %s', (text, is) => expect(validator(Instant, 'body')(text)).toBe(is))

test('the serialiser is a white list without choices to test', () => {
  const Name = Type.Union([Type.Literal('a'), Type.Literal('b')])
  const schema = Type.Object({
    name: Name,
    maybe: Type.Union([Type.Object({ id: Id }), Type.Null()]),
    either: Type.Array(
      Type.Union([
        Type.Object({ ok: Type.Literal(true), x: Type.String() }),
        Type.Object({ ok: Type.Literal(false), y: Type.String() }),
      ]),
    ),
  })
  expect(serialSchema(schema)).toMatchObject({
    properties: {
      name: { type: 'string' },
      maybe: { type: 'object', nullable: true },
      either: { items: { type: 'object', properties: { ok: { type: 'boolean' }, x: {}, y: {} } } },
    },
  })
  expect(JSON.stringify(serialSchema(schema))).not.toMatch(/anyOf|const/)
})

test.each([
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('x'), { code: '57P01' }), true],
  [new Error('Failed query', { cause: new Error('Connection terminated unexpectedly') }), true],
  [Object.assign(new Error('x'), { code: '23505' }), false],
  [new TypeError('x is not a function'), false],
  ['nothing', false],
])('%s means that the database is lost: %s', (error, lost) => expect(isDatabaseLost(error)).toBe(lost))

describe('a server', () => {
  let app: FastifyInstance
  let port = 0
  const secret = '张三 13800000000'
  const failing: readonly (readonly [string, Error])[] = [
    ['bug', new Error(`Failed query: insert … params: ${secret}`)],
    ['lost', Object.assign(new Error(secret), { code: 'ECONNRESET' })],
    ['refused', refuse('conflict', { zh: '不行', en: 'no' }, { field: '/x' })],
  ]
  beforeAll(async () => {
    app = await httpServer({ db: {} as Db, gate: OPEN_GATE, version: 'test', logLevel: 'silent' })
    const reply = Type.Object({ a: Type.Integer() })
    for (const [name, error] of failing) {
      mount(app, endpoint('GET', `/${name}`, { reply }, { summary: name, policy: 'public' }), () =>
        Promise.reject(error),
      )
    }
    mount(
      app,
      endpoint('GET', '/more', { reply }, { summary: '', policy: 'public' }),
      () => ({ a: 1, secret }) as { a: number },
    )
    mount(
      app,
      endpoint('GET', '/kept', { reply: Type.Unknown() }, { summary: '', policy: 'public' }),
      () => new Ready('{"a":1}', { etag: 'W/"1"' }),
    )
    mount(
      app,
      endpoint(
        'GET',
        '/large',
        { reply: Type.Unknown() },
        { summary: '', policy: 'public', media: 'application/geo+json' },
      ),
      () => new Ready(`"${'x'.repeat(5000)}"`),
    )
    mount(
      app,
      endpoint(
        'POST',
        '/echo',
        { body: Type.Object({ a: Type.Integer() }), reply },
        { summary: '', policy: 'public' },
      ),
      ({ body }) => body,
      { write: 'one-statement' },
    )
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    port = typeof address === 'object' ? (address?.port ?? 0) : 0
  })
  afterAll(() => app.close())

  test('hides what went wrong inside, and says that the database is away where it is', async () => {
    const bug = await app.inject('/bug')
    expect([bug.statusCode, bug.json().type]).toEqual([500, 'urn:wangge:internal'])
    const lost = await app.inject('/lost')
    expect([lost.statusCode, lost.json().type]).toEqual([503, 'urn:wangge:database-away'])
    for (const { body } of [bug, lost]) expect(body).not.toContain('13800000000')
  })

  test('logs failures without what people wrote', async () => {
    const lines: string[] = []
    const logged = await httpServer({
      db: {} as Db,
      gate: OPEN_GATE,
      version: 'test',
      logLevel: 'error',
      logTo: { write: (line) => void lines.push(line) },
    })
    const reply = Type.Object({})
    mount(logged, endpoint('GET', '/bug/:id', { reply }, { summary: '', policy: 'public' }), () => {
      throw new Error('outer', { cause: Object.assign(new Error(secret), { code: '23505', detail: secret }) })
    })
    await logged.inject(`/bug/1?text=${encodeURIComponent(secret)}`)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('23505')
    expect(lines[0]).toContain('/bug/:id')
    expect(lines[0]).not.toContain('张三')
    expect(lines[0]).not.toContain('13800000000')
  })

  test('answers a refusal with its field', async () => {
    const answer = await app.inject('/refused')
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ field: '/x', detail: '不行', en: { detail: 'no' } })
  })

  test('never sends a field that the contract does not name', async () => {
    expect((await app.inject('/more')).body).toBe('{"a":1}')
  })

  test('sends what a caller already has only as 304', async () => {
    const first = await app.inject('/kept')
    expect(first.headers).toMatchObject({ etag: 'W/"1"', 'cache-control': 'private, no-cache' })
    const again = await app.inject({ url: '/kept', headers: { 'if-none-match': 'W/"1"' } })
    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  test('compresses large answers for those who can read them', async () => {
    const answer = await app.inject({ url: '/large', headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.rawPayload.length).toBeLessThan(200)
    const plain = await app.inject('/large')
    expect(plain.body).toHaveLength(5002)
  })

  test.each(['/more', '/nothing', '/bug', '/openapi.json'])('guards the browser on %s', async (url) => {
    const { headers } = await app.inject(url)
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`script-src 'self';`)
    expect(policy).toContain(`frame-ancestors 'none'`)
    expect(policy).not.toContain('unsafe-eval')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  })

  test.each([
    ['no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400/],
    [
      'a header of 100 kB',
      `GET /more HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431/,
    ],
    [
      'a body shorter than promised',
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
      /^$/,
    ],
  ])('survives %s', async (_name, bytes, answer) => {
    const heard = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      socket.on('data', (chunk) => (text += chunk.toString()))
      // A server that hangs up is an answer too.
      socket.on('error', () => {})
      socket.on('close', () => resolve(text))
      setTimeout(() => socket.destroy(), 500)
    })
    expect(heard).toMatch(answer)
    expect((await app.inject('/more')).statusCode).toBe(200)
  })
})

describe.each([
  // listens on     asked for            answer
  ['127.0.0.1', 'localhost:8080', 200],
  ['127.0.0.1', '127.0.0.1:8080', 200],
  ['127.0.0.1', '[::1]:8080', 200],
  ['127.0.0.1', 'evil.example', 421],
  ['127.0.0.1', 'localhost.evil.example', 421],
  ['0.0.0.0', 'console.office', 200],
])('on %s', (host, name, status) => {
  test(`a request for ${name} is answered ${status}`, async () => {
    const app = await httpServer({ db: {} as Db, gate: OPEN_GATE, version: 'test', host, logLevel: 'silent' })
    const reply = await app.inject({ url: '/openapi.json', headers: { host: name } })
    expect(reply.statusCode).toBe(status)
    await app.close()
  })
})
