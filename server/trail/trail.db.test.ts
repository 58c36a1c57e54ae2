import { sql } from 'drizzle-orm'
import { afterEach, expect, test, vi } from 'vitest'
import type { Db } from '#db/open'
import { onBothDatabases, type TestDatabase } from '#db/testing'
import { EVERYBODY } from '../http/testing.ts'
import type { Step } from './contract.ts'
import { openHub, type Hub, type Viewer } from './hub.ts'
import { isAfter } from './rules.ts'
import { append, BEGINNING, isKnown, readHead, readSince, type Line, type NewStep } from './store.ts'

const AT = new Date('2026-11-23T08:00:00.123Z')
const step = (n: number): NewStep => ({
  step: 'event.tested',
  subject: `test/${n}`,
  actor: 'test',
  at: AT,
  data: { id: n },
  audience: ['events'],
})

interface Heard extends Viewer {
  readonly messages: { event: string; data: Step }[]
  readonly steps: () => Step[]
  waiting: number
  dropped: boolean
}

function viewer(): Heard {
  const heard: Heard = {
    messages: [],
    waiting: 0,
    dropped: false,
    steps: () => heard.messages.filter((m) => m.event === 'step').map((m) => m.data),
    send: (chunk) => {
      for (const message of chunk.toString().split('\n\n').filter(Boolean)) {
        const [, event = '', data = ''] = /event: (\w+)\ndata: (.*)$/.exec(message) ?? []
        heard.messages.push({ event, data: JSON.parse(data) as Step })
      }
      return heard.waiting
    },
    drained: async () => undefined,
    drop: () => {
      heard.dropped = true
    },
  }
  return heard
}

/** Each line comes after the one before it, and the first after `start`. */
const inOrder = (lines: readonly Line[], start: string) =>
  lines.every(({ id }, i) => isAfter(id, lines[i - 1]?.id ?? start))

/** Every step's `prev` is the step before it. */
function gaps(steps: readonly Step[], start: string): number {
  return steps.filter((s, i) => s.prev !== (steps[i - 1]?.id ?? start)).length
}

/** The order waits for every running transaction of the server, those of other test files included. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 40_000 })

const hubs: Hub[] = []
async function hub({ db }: TestDatabase, pollMs = 20): Promise<Hub> {
  const opened = await openHub(db, {
    now: () => AT,
    pollMs,
    onError: (error) => {
      throw error
    },
  })
  hubs.push(opened)
  return opened
}
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((h) => h.close()))
})

async function whenThere(db: Db, cursor: string, count: number): Promise<Line[]> {
  let read: Line[] = []
  await soon(async () => {
    read = await readSince(db, cursor, 10)
    expect(read).toHaveLength(count)
  })
  return read
}

onBothDatabases('trail', (database) => {
  test('what is appended is read back in order, to the millisecond', async () => {
    const { db } = database()
    const head = await readHead(db)
    await append(db, [step(1), step(2), step(3)])
    const read = await whenThere(db, head, 3)
    expect(read.map((s) => s.data)).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    expect(read[0]?.at).toMatch(/^2026-11-23T08:00:00\.123(000)?Z$/)
    expect(inOrder(read, head)).toBe(true)
    expect(await readHead(db)).toBe(read.at(-1)?.id)
  })

  test.each(['update steps set actor = $$other$$', 'delete from steps', 'truncate steps'])(
    '%s is refused',
    async (text) => {
      const { db } = database()
      await append(db, [step(1)])
      await expect(db.execute(sql.raw(text))).rejects.toThrow()
    },
  )

  test('a step of an unfinished transaction holds the readers back, so that none is skipped', async () => {
    const { db, kind } = database()
    if (kind === 'embedded') return // one connection: transactions cannot overlap
    const head = await readHead(db)
    const early = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const slow = db.transaction(async (tx) => {
      await append(tx, [step(1)])
      started.resolve()
      await early.promise
    })
    await started.promise
    await append(db, [step(2)])
    expect(await readSince(db, head, 10)).toEqual([])
    early.resolve()
    await slow
    await soon(async () => {
      const read = await readSince(db, head, 10)
      expect(read.map((s) => s.data)).toEqual([{ id: 1 }, { id: 2 }])
    })
  })

  test('eight writers at once: a reader that tails all the while gets every step once, without a gap', async () => {
    const { db } = database()
    const start = await readHead(db)
    const seen: Line[] = []
    const tail = (async () => {
      for (let cursor = start; seen.length < 400; cursor = seen.at(-1)?.id ?? start) {
        seen.push(...(await readSince(db, cursor, 50)))
      }
    })()
    const writer = async (w: number) => {
      for (let i = 0; i < 50; i++) await db.transaction((tx) => append(tx, [step(w * 1000 + i)]))
    }
    await Promise.all(Array.from({ length: 8 }, (_, w) => writer(w)))
    await tail
    expect(await readSince(db, seen.at(-1)?.id ?? start, 1)).toEqual([])
    expect(new Set(seen.map((s) => s.subject)).size).toBe(400)
    expect(inOrder(seen, start)).toBe(true)
  })

  test('a viewer that joins in the middle of writing gets what it missed and then the stream', async () => {
    const { db } = database()
    const shared = await hub(database())
    const start = await readHead(db)
    const writing = (async () => {
      for (let i = 0; i < 150; i++) {
        await append(db, [step(i)])
        shared.committed()
      }
    })()
    await soon(async () => expect((await readSince(db, start, 50)).length).toBe(50))
    const resumed = viewer()
    await shared.join(resumed, EVERYBODY, start)
    await writing
    await soon(() => expect(resumed.steps()).toHaveLength(150))
    expect(gaps(resumed.steps(), start)).toBe(0)
    expect(resumed.messages[0]?.event).toBe('hello')
  })

  test('a new viewer starts at the present; one from another trail is told to start anew', async () => {
    const { db } = database()
    const before = await readHead(db)
    await append(db, [step(1)])
    await whenThere(db, before, 1)
    const shared = await hub(database())
    const [fresh, foreign] = [viewer(), viewer()]
    await shared.join(fresh, EVERYBODY, null)
    await shared.join(foreign, EVERYBODY, '123456789-1')
    const head = fresh.messages[0]?.data.id ?? ''
    expect(fresh.messages[0]?.event).toBe('hello')
    expect(foreign.messages[0]).toMatchObject({ event: 'reset', data: { id: head } })
    await append(db, [step(2)])
    shared.wake()
    await soon(() => expect([fresh.steps().length, foreign.steps().length]).toEqual([1, 1]))
    expect(gaps(fresh.steps(), head)).toBe(0)
    expect(await isKnown(db, '123456789-1')).toBe(false)
  })

  test('a slow reader is dropped and resumes by its last id without a gap', async () => {
    const { db } = database()
    const shared = await hub(database())
    const slow = viewer()
    await shared.join(slow, EVERYBODY, null)
    const start = slow.messages[0]?.data.id ?? BEGINNING
    slow.waiting = 2_000_000
    await append(db, [step(1), step(2)])
    shared.wake()
    await soon(() => expect(slow.dropped).toBe(true))
    await append(db, [step(3)])
    const back = viewer()
    await shared.join(back, EVERYBODY, slow.steps().at(-1)?.id ?? null)
    await soon(() => expect(slow.steps().length + back.steps().length).toBe(3))
    expect(gaps([...slow.steps(), ...back.steps()], start)).toBe(0)
  })

  test('every hub on one database hands out the same chain', async () => {
    const { db } = database()
    const [a, b] = [await hub(database()), await hub(database())]
    const [va, vb] = [viewer(), viewer()]
    await a.join(va, EVERYBODY, null)
    await b.join(vb, EVERYBODY, null)
    for (let i = 0; i < 20; i++) await append(db, [step(i)])
    await soon(() => expect([va.steps().length, vb.steps().length]).toEqual([20, 20]))
    expect(va.steps()).toEqual(vb.steps())
  })
})

test.each([
  ['2-1', '1-9', true],
  ['1-10', '1-9', true],
  ['1-9', '1-9', false],
  ['9-1', '10-1', false],
  ['18446744073709551615-2', '18446744073709551615-1', true],
])('%s after %s: %s', (a, b, expected) => expect(isAfter(a, b)).toBe(expected))
