import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import type { EventRow, EventStatus } from '#contract/events'
import type { Step } from '#contract/trail'
import { openLive, useLive } from './live.ts'
import { NO_ROWS } from './rows.ts'
import { rowFor } from './testing.ts'

/** A server in a few lines: a table, its trail, and one line to the console that may fail in every way. */
class World {
  readonly table = new Map<number, EventRow>()
  readonly trail: Step[] = []
  line: FakeSource | null = null

  change(id: number, status: EventStatus): Step {
    const version = (this.table.get(id)?.version ?? 0) + 1
    const row = rowOf(id, status, version)
    this.table.set(id, row)
    const n = this.trail.length + 1
    const at = '2026-03-06T08:00:00Z'
    const step = {
      id: `${n}-${n}`,
      prev: `${n - 1}-${n - 1}`,
      at,
      step: 'event.changed',
      subject: `event/${id}`,
      actor: 'test',
      data: row,
    }
    this.trail.push(step)
    return step
  }

  get open(): EventRow[] {
    return [...this.table.values()].filter((row) => row.closedAt === null)
  }

  private late: Step[] = []

  /** Changes a row; what the console hears of it is a matter of luck. */
  async happen({ id, status, fate }: Change): Promise<void> {
    const step = this.change(id, status)
    if (fate === 'late') {
      this.late.push(step)
      return
    }
    if (fate === 'reset') this.greet('reset')
    if (fate === 'wait') await pause(3)
    const times = { once: 1, twice: 2, wait: 1, lost: 0, reset: 0 }[fate]
    for (let k = 0; k < times; k++) this.line?.send('step', step)
    for (const each of this.late) this.line?.send('step', each)
    this.late = []
  }

  greet(kind: 'hello' | 'reset'): void {
    const n = this.trail.length
    this.line?.send(kind, { id: `${n}-${n}`, at: '2026-03-06T08:00:00Z' })
  }
}

const rowOf = (id: number, status: EventStatus, version: number): EventRow =>
  rowFor({ id, status, version, closedAt: status === 'closed' ? '2026-03-06T10:00:00Z' : null })

let world = new World()

class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  readyState = 1
  constructor() {
    super()
    world.line = this
  }
  send(kind: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }))
  }
  close(): void {
    this.readyState = FakeSource.CLOSED
  }
}

function stub(snapshotMs: () => number): void {
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, 1))
  vi.stubGlobal('fetch', async () => {
    const items = world.open
    await new Promise((done) => setTimeout(done, snapshotMs()))
    return Response.json({ items, total: items.length, nextCursor: null })
  })
}

afterEach(() => {
  vi.unstubAllGlobals()
  useLive.setState({ ...NO_ROWS, loaded: false, gaps: 0, snapshots: 0, batch: [] })
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const shown = () => [...useLive.getState().open.values()].toSorted((a, b) => a.id - b.id)
const truth = () => world.open.toSorted((a, b) => a.id - b.id)

/** What may happen to one step on its way to the console. */
const FATES = ['once', 'twice', 'late', 'lost', 'reset', 'wait'] as const
interface Change {
  readonly id: number
  readonly status: EventStatus
  readonly fate: (typeof FATES)[number]
}
const change: fc.Arbitrary<Change> = fc.record({
  id: fc.integer({ min: 1, max: 6 }),
  status: fc.constantFrom<EventStatus>('reported', 'filed', 'held', 'closed'),
  fate: fc.constantFrom(...FATES),
})

test('however the line fails, the console ends with the rows of the database', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 25 }),
      fc.integer({ min: 0, max: 6 }),
      async (changes, slow) => {
        world = new World()
        useLive.setState({ ...NO_ROWS, loaded: false, gaps: 0, snapshots: 0, batch: [] })
        stub(() => slow)
        world.change(1, 'reported')
        const stop = openLive('events')
        world.greet('hello')
        for (const each of changes) await world.happen(each)
        // One more step reaches the console, as it does within seconds on a real day.
        world.line?.send('step', world.change(9, 'reported'))
        await vi.waitFor(() => expect(shown()).toEqual(truth()), { timeout: 1000, interval: 2 })
        await pause(2 * slow + 6)
        expect(shown()).toEqual(truth())
        stop()
      },
    ),
    { numRuns: 100 },
  )
}, 60_000)

test('a whole line has no gap and needs one snapshot', async () => {
  world = new World()
  stub(() => 1)
  const stop = openLive('events')
  world.greet('hello')
  await pause(10)
  for (let id = 1; id <= 50; id++) world.line?.send('step', world.change(id, 'reported'))
  await vi.waitFor(() => expect(shown()).toEqual(truth()))
  expect(useLive.getState()).toMatchObject({ gaps: 0, snapshots: 1, connection: 'live' })
  stop()
})

test('a line that resumes where it was cut needs no new snapshot', async () => {
  world = new World()
  stub(() => 1)
  const stop = openLive('events')
  world.greet('hello')
  await pause(10)
  world.line?.send('step', world.change(1, 'reported'))
  await vi.waitFor(() => expect(shown()).toEqual(truth()))
  world.line?.dispatchEvent(new Event('error'))
  expect(useLive.getState().connection).toBe('lost')
  world.greet('hello')
  expect(useLive.getState().connection).toBe('live')
  world.line?.send('step', world.change(1, 'closed'))
  await vi.waitFor(() => expect(shown()).toEqual([]))
  expect(useLive.getState()).toMatchObject({ gaps: 0, snapshots: 1, connection: 'live' })
  stop()
})

test('a missing line is counted, and the rows are loaded anew', async () => {
  world = new World()
  stub(() => 1)
  const stop = openLive('events')
  world.greet('hello')
  await pause(10)
  world.change(1, 'reported')
  world.line?.send('step', world.change(2, 'reported'))
  await vi.waitFor(() => expect(shown()).toEqual(truth()))
  expect(useLive.getState()).toMatchObject({ gaps: 1, snapshots: 2 })
  stop()
})
