import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../db/testing.ts'
import { apiOn, drawToy, post } from './testing.ts'

const GOOD = { position: [119.905, 32.445], category: '01-10' }
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

onBothDatabases('bad input', (database) => {
  let app: FastifyInstance
  beforeAll(async () => {
    await drawToy(database().db)
    app = await apiOn(database())
  })

  const unchanged = async () => (await app.inject('/api/events?limit=1')).json().total

  /** A refusal says so in both languages, names the field and leaves no event behind. */
  const refused = async (send: () => ReturnType<typeof post>, status: number, field: string | undefined) => {
    const before = await unchanged()
    const answer = await send()
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const problem = answer.json()
    expect(problem.status).toBe(status)
    expect(problem.field).toBe(field)
    expect(problem.title).toMatch(/\p{Script=Han}/u)
    expect(problem.detail).toMatch(/\p{Script=Han}/u)
    expect(problem.en.title).toMatch(/^[\x20-\x7e]+$/)
    expect(problem.en.detail.length).toBeGreaterThan(10)
    expect(await unchanged()).toBe(before)
    return problem
  }

  describe('POST /api/events', () => {
    test.each([
      ['nothing', '', '', 400],
      ['text', 'hello', '', 400],
      ['half a JSON', '{"position":[1,', '', 400],
      ['an array', [], '', 400],
      ['a number', '7', '', 400],
      ['null', 'null', '', 400],
      ['NaN', '{"position":[NaN,32.4],"category":"01-10"}', '', 400],
      ['no category', { position: GOOD.position }, '/category', 400],
      ['no position', { category: '01-10' }, '/position', 400],
      ['infinity', '{"position":[1e999,32.4],"category":"01-10"}', '/position/0', 400],
      ['a position of strings', { ...GOOD, position: ['119.9', '32.4'] }, '/position/0', 400],
      ['a position of nulls', { ...GOOD, position: [null, null] }, '/position/0', 400],
      ['a position of one number', { ...GOOD, position: [119.9] }, '/position', 400],
      ['a position of three', { ...GOOD, position: [119.9, 32.4, 5] }, '/position', 400],
      [
        'a GeoJSON point',
        { ...GOOD, position: { type: 'Point', coordinates: [119.9, 32.4] } },
        '/position',
        400,
      ],
      ['swapped axes', { ...GOOD, position: [32.445, 119.905] }, '/position', 400],
      ['a longitude of 200', { ...GOOD, position: [200, 32.4] }, '/position/0', 400],
      ['a latitude of -91', { ...GOOD, position: [119.9, -91] }, '/position/1', 400],
      ['both out of range', { ...GOOD, position: [1e300, -1e300] }, '/position/0', 400],
      ['an unknown field', { ...GOOD, status: 'closed' }, '/status', 400],
      ['an unknown category', { ...GOOD, category: '99-99' }, '/category', 400],
      ['an empty category', { ...GOOD, category: '' }, '/category', 400],
      ['a long category', { ...GOOD, category: 'x'.repeat(17) }, '/category', 400],
      ['a number as category', { ...GOOD, category: 110 }, '/category', 400],
      ['an unknown source', { ...GOOD, source: 'gossip' }, '/source', 400],
      ['a far future', { ...GOOD, occurredAt: '2026-03-06T10:06:00+08:00' }, '/occurredAt', 400],
      ['the year 9999', { ...GOOD, occurredAt: '9999-12-31T23:59:59Z' }, '/occurredAt', 400],
      ['the year 1999', { ...GOOD, occurredAt: '1999-12-31T15:59:59Z' }, '/occurredAt', 400],
      ['30 February', { ...GOOD, occurredAt: '2026-02-30T10:00:00Z' }, '/occurredAt', 400],
      ['a leap second', { ...GOOD, occurredAt: '2016-12-31T23:59:60Z' }, '/occurredAt', 400],
      ['no time zone', { ...GOOD, occurredAt: '2026-03-06T09:00:00' }, '/occurredAt', 400],
      ['a Unix time', { ...GOOD, occurredAt: 1772762400 }, '/occurredAt', 400],
      ['a negative accuracy', { ...GOOD, accuracyM: -1 }, '/accuracyM', 400],
      ['an accuracy of 11 km', { ...GOOD, accuracyM: 11_000 }, '/accuracyM', 400],
      ['an accuracy in words', { ...GOOD, accuracyM: '5 m' }, '/accuracyM', 400],
      ['a description of 2,001 characters', { ...GOOD, description: '长'.repeat(2001) }, '/description', 400],
      ['a NUL in a text', { ...GOOD, description: 'a\0b' }, '/description', 400],
      ['half a character', `{"position":[119.9,32.4],"category":"\\ud800"}`, '/category', 400],
      ['an empty address', { category: '01-10', address: '' }, '/address', 400],
      ['an address of spaces', { category: '01-10', address: '  ' }, '/position', 400],
      ['an unknown address', { category: '01-10', address: '火星路1号' }, '/address', 422],
      ['a prototype', '{"position":[119.9,32.4],"category":"01-10","__proto__":{"x":1}}', '', 400],
      ['21 levels', deep(21), '', 400],
      ['100,000 levels', deep(100_000), '', 400],
      ['6 MB', { ...GOOD, description: 'x'.repeat(6_000_000) }, '', 413],
    ])('%s is refused', async (_name, body, field, status) => {
      await refused(() => post(app, '/api/events', body), status, field)
    })

    test('swapped axes are named, with the position that was meant', async () => {
      const problem = await refused(
        () => post(app, '/api/events', { ...GOOD, position: [32.445, 119.905] }),
        400,
        '/position',
      )
      expect(problem.detail).toContain('[119.905, 32.445]')
      expect(problem.en.detail).toContain('swapped')
    })

    test.each([
      ['text/plain'],
      ['application/xml'],
      ['multipart/form-data; boundary=x'],
      ['application/geo+json'],
    ])('as %s is refused', async (type) => {
      const send = () => post(app, '/api/events', JSON.stringify(GOOD), { 'content-type': type })
      await refused(send, 415, '')
    })

    test.each([[''], ['两'], ['a b'], ['x'.repeat(201)]])('Idempotency-Key %j is refused', async (key) => {
      await refused(
        () => post(app, '/api/events', GOOD, { 'idempotency-key': key }),
        400,
        '/headers/idempotency-key',
      )
    })

    test.each([['20 levels of nothing', deep(20)]])('%s reach the schema', async (_name, body) => {
      const problem = await refused(() => post(app, '/api/events', body), 400, '')
      expect(problem.type).toBe('urn:wangge:invalid-field')
    })
  })

  describe('texts that look dangerous are texts', () => {
    test.each([
      ['<script>alert(1)</script>'],
      [`'; drop table events; --`],
      ['%_\\'],
      ['{{constructor.constructor("x")()}}'],
      ['\u202e反转 \ud83d\ude00 \u200b'],
    ])('%j is kept as it is', async (description) => {
      const answer = await post(app, '/api/events', { ...GOOD, description })
      expect(answer.statusCode).toBe(201)
      const kept = await app.inject(`/api/events/${answer.json().id}`)
      expect(kept.json().description).toBe(description.trim())
      const found = await app.inject({ url: '/api/events', query: { text: description } })
      expect(found.json().items.map((item: { id: number }) => item.id)).toContain(answer.json().id)
    })
  })

  describe('GET', () => {
    const encoded = encodeURIComponent
    test.each([
      ['/api/events?status=gone', '/status/0'],
      ['/api/events?light=blue', '/light/0'],
      ['/api/events?grid=x', '/grid/0'],
      ['/api/events?grid=-1', '/grid/0'],
      ['/api/events?grid=1e300', '/grid/0'],
      ['/api/events?limit=0', '/limit'],
      ['/api/events?limit=2001', '/limit'],
      ['/api/events?limit=1.5', '/limit'],
      ['/api/events?cursor=nonsense', '/cursor'],
      ['/api/events?cursor=due.1.1', '/cursor'],
      ['/api/events?cursor=newest.99999999999999999.1', '/cursor'],
      ['/api/events?from=yesterday', '/from'],
      ['/api/events?from=2026-02-30T00:00:00Z', '/from'],
      ['/api/events?bbox=1,2,3', '/bbox'],
      ['/api/events?bbox=3,3,1,1', '/bbox'],
      ['/api/events?bbox=.,.,.,.', '/bbox'],
      ['/api/events?bbox=-200,0,0,0', '/bbox'],
      ['/api/events?text=', '/text'],
      [`/api/events?text=${encoded('a\0')}`, '/text'],
      ['/api/events?nope=1', '/nope'],
      ['/api/events/points?limit=1', '/limit'],
      ['/api/events/heat?status=', '/status/0'],
      ['/api/events/abc', '/id'],
      ['/api/events/0', '/id'],
      ['/api/events/1.5', '/id'],
      ['/api/events/99999999999999999999', '/id'],
      ['/api/grids/-1', '/id'],
      ['/api/locate', '/lng'],
      ['/api/locate?lng=119.9', '/lat'],
      ['/api/locate?lng=119.9&lat=x', '/lat'],
      ['/api/locate?lng=119.9&lat=NaN', '/lat'],
      ['/api/locate?lng=119.9&lat=', '/lat'],
      ['/api/locate?lng=Infinity&lat=1', '/lng'],
      ['/api/locate?lng=32.4&lat=119.9', '/lat'],
      ['/api/locate?lng=1&lng=2&lat=3', '/lng'],
      ['/api/locate?lng=0x10&lat=1', '/lng'],
      ['/api/locate?lng=1e400&lat=1', '/lng'],
      ['/api/locate?lng=%201&lat=1', '/lng'],
      ['/api/places/addresses', '/text'],
      ['/api/search?text=', '/text'],
      [`/api/search?text=${'x'.repeat(101)}`, '/text'],
    ])('%s is refused', async (url, field) => {
      await refused(() => app.inject(url), 400, field)
    })

    test.each([
      ['/api/events/9007199254740991', '/id'],
      ['/api/grids/9007199254740991', '/id'],
      ['/api/nothing', undefined],
      ['/', undefined],
    ])('%s is not found', async (url, field) => {
      await refused(() => app.inject(url), 404, field)
    })

    test.each([['/api/events/%E0%A4%A'], ['/%']])('the malformed %s is refused', async (url) => {
      const answer = await app.inject(url)
      expect(answer.statusCode).toBe(400)
      expect(answer.json().en.detail).toBeTruthy()
    })

    test.each(['PUT', 'PATCH', 'DELETE'] as const)('%s /api/events is not found', async (method) => {
      await refused(() => app.inject({ method, url: '/api/events' }), 404, undefined)
    })
  })
})
