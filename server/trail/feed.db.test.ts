import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { onBothDatabases, type TestDatabase } from '#db/testing'
import { actorWith, EVERYWHERE, gridsOf } from '../accounts/testing.ts'
import { allows } from '../accounts/rules.ts'
import type { Actor } from '../accounts/contract.ts'
import { httpServer } from '../http/server.ts'
import type { Step } from './contract.ts'
import { openHub } from './hub.ts'
import { trailRoutes } from './routes.ts'
import { append, readHead, readSince } from './store.ts'

const AT = new Date('2026-11-23T08:00:00Z')
const commander = actorWith('commander', EVERYWHERE, { account: 1 })
const worker = actorWith('grid-worker', gridsOf(3), { account: 2 })
const auditor = actorWith('auditor', EVERYWHERE, { account: 3 })

const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 40_000 })

const cleanups: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** A server whose door knows people by a header; the test may change who they are. */
async function serve({ db }: TestDatabase, people: Record<string, Actor | null>) {
  const onError = (error: unknown) => {
    throw error
  }
  const hub = await openHub(db, { now: () => AT, pollMs: 20, onError })
  const identify = vi.fn(async ({ cookie = '' }: IncomingHttpHeaders) => people[cookie] ?? null)
  const app = await httpServer({ db, gate: { identify, allows }, version: 'test', logLevel: 'silent' })
  let changed = () => {}
  trailRoutes(app, hub, (callback) => {
    changed = callback
    return () => {}
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  cleanups.push(() => app.close())
  cleanups.push(() => hub.close())
  return { hub, url, identify, changed: () => changed() }
}

interface Message {
  readonly event: string
  readonly data: Partial<Step>
}

async function watch(url: string, cookie: string, lastId?: string) {
  const headers = { cookie, ...(lastId !== undefined && { 'last-event-id': lastId }) }
  const stream = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(`${url}/api/live`, { agent: false, headers }, resolve).on('error', reject)
    asked.end()
    cleanups.push(() => void asked.destroy())
  })
  const watcher = { status: stream.statusCode, text: '', messages: [] as Message[], ended: false }
  stream.on('error', () => undefined)
  stream.on('close', () => (watcher.ended = true))
  stream.on('data', (chunk: Buffer) => {
    watcher.text += chunk.toString()
    watcher.messages = [...watcher.text.matchAll(/event: (\w+)\ndata: (.*)\n\n/g)].map(
      ([, event = '', data = '']) => ({
        event,
        data: JSON.parse(data) as Step,
      }),
    )
  })
  if (watcher.status === 200) await soon(() => expect(watcher.messages[0]?.event).toMatch(/hello|reset/))
  return watcher
}

const idsOf = ({ messages }: { messages: readonly Message[] }) =>
  messages.filter(({ event }) => event === 'step').map(({ data }) => (data.data as { id: number }).id)

/** Every line names the one before it that this reader got. */
function gaps(messages: readonly Message[]): number {
  let last = messages[0]?.data.id
  return messages.slice(1).filter(({ event, data }) => {
    const isGap = event === 'step' && data.prev !== last
    last = data.id ?? last
    return isGap
  }).length
}

const event = (id: number, ...audience: string[]) => ({
  step: 'event.moved',
  subject: `event/${id}`,
  actor: 'account/9',
  at: AT,
  data: { id, status: 'filed', reason: `因为${id}` },
  audience,
})

onBothDatabases('feed by right', (database) => {
  test('each hears what its duties reach, without a gap, and nothing that a person wrote', async () => {
    const { db } = database()
    const { url } = await serve(database(), { c: commander, w: worker, a: auditor })
    const [all, some, none] = [await watch(url, 'c'), await watch(url, 'w'), await watch(url, 'a')]
    const steps = [
      event(1, 'events', 'grid/3'),
      event(2, 'events', 'grid/4'),
      event(3),
      event(4, 'events', 'account/2'),
    ]
    for (const step of steps) await append(db, [step])
    await append(db, [event(5, 'events', 'grid/3'), event(6, 'events')])
    await soon(() => expect(idsOf(all)).toEqual([1, 2, 4, 5, 6]))
    await soon(() => expect(idsOf(some)).toEqual([1, 4, 5]))
    expect(idsOf(none)).toEqual([])
    expect([all, some].map(({ messages }) => gaps(messages))).toEqual([0, 0])
    expect(all.text + some.text).not.toMatch(/因为|audience/)
  })

  test('what a narrowed viewer missed is replayed as narrow as it was', async () => {
    const { db } = database()
    const { url } = await serve(database(), { c: commander, w: worker })
    const head = await readHead(db)
    await append(db, [event(1, 'grid/3'), event(2, 'grid/4'), event(3, 'grid/3'), event(4, 'events')])
    await soon(async () => expect(await readSince(db, head, 10)).toHaveLength(4))
    const back = await watch(url, 'w', head)
    await append(db, [event(5, 'grid/4'), event(6, 'grid/3')])
    await soon(() => expect(idsOf(back)).toEqual([1, 3, 6]))
    expect(back.messages[0]).toMatchObject({ event: 'hello', data: { id: head } })
    expect(gaps(back.messages)).toBe(0)
  })

  test.each(['99999999999999999999-9999999999999999999', 'x', '1-1; select'])(
    'a position that cannot be, %s, starts at the present',
    async (lastId) => {
      const { url } = await serve(database(), { c: commander })
      expect((await watch(url, 'c', lastId)).messages[0]?.event).toBe('hello')
    },
  )

  test('whoever is nobody hears nothing at all', async () => {
    const { url } = await serve(database(), {})
    expect(await watch(url, '')).toMatchObject({ status: 401, messages: [] })
  })

  test('the stream ends with the session, within five seconds and at once when accounts have changed', async () => {
    const people: Record<string, Actor | null> = { w: worker, c: commander }
    const { hub, url, changed } = await serve(database(), people)
    const [first, second, other] = [await watch(url, 'w'), await watch(url, 'w'), await watch(url, 'c')]
    people['w'] = null
    const start = performance.now()
    await soon(() => expect([first.ended, second.ended]).toEqual([true, true]))
    expect(performance.now() - start).toBeLessThan(5000)
    people['c'] = null
    changed()
    await vi.waitFor(() => expect(other.ended).toBe(true), { timeout: 2500 })
    await soon(() => expect(hub.viewers).toBe(0))
  })

  test('with other duties a viewer is told to start anew, and hears by them from then on', async () => {
    const { db } = database()
    const people: Record<string, Actor | null> = { w: worker }
    const { url, changed } = await serve(database(), people)
    const watcher = await watch(url, 'w')
    await append(db, [event(1, 'grid/3'), event(2, 'grid/4')])
    await soon(() => expect(idsOf(watcher)).toEqual([1]))
    people['w'] = actorWith('grid-worker', gridsOf(4), { account: 2 })
    changed()
    await soon(() => expect(watcher.messages.at(-1)?.event).toBe('reset'))
    await append(db, [event(3, 'grid/3'), event(4, 'grid/4')])
    await soon(() => expect(idsOf(watcher)).toEqual([1, 4]))
    expect(gaps(watcher.messages)).toBe(0)
  })

  test('tabs of one session are one question to the door', async () => {
    const { url, identify, changed } = await serve(database(), { c: commander })
    for (let tab = 0; tab < 5; tab++) await watch(url, 'c')
    const asked = identify.mock.calls.length
    changed()
    await soon(() => expect(identify.mock.calls.length).toBeGreaterThan(asked))
    expect(identify.mock.calls.length).toBeLessThan(asked + 5)
  })
})
