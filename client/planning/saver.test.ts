import { expect, test } from 'vitest'
import type { Problem } from '#contract/http'
import { Refusal } from '../data/api.ts'
import type { Parcel } from './queue.ts'
import { openSaver, type Saved, type SaverCalls } from './saver.ts'

const lock = (grid: number) => ({ kind: 'lock', grid }) as const
const problem = (status: number): Problem => ({
  type: 'about:blank',
  title: '',
  status,
  detail: '',
  en: { title: '', detail: '' },
})

/** A server with versions and keys; `script` says what becomes of each request in turn. */
function stand(...script: ('through' | 'down' | 'lost' | number)[]) {
  const stored: unknown[] = []
  const answers = new Map<string, Saved>()
  const states: string[] = []
  const kept: number[] = []
  const pauses: number[] = []
  let version = 0
  let refused: { status: number; queue: readonly Parcel[] } | null = null
  let quiet: () => void = () => undefined

  const calls: SaverCalls = {
    async send(body, key) {
      const next = script.shift() ?? 'through'
      if (next === 'down') throw new Refusal(problem(0))
      if (typeof next === 'number') throw new Refusal(problem(next))
      const known = answers.get(key)
      if (known) return known
      if (body.version !== version) throw new Refusal(problem(409))
      stored.push(body.change)
      version++
      const saved = { version, head: version, log: [] }
      answers.set(key, saved)
      if (next === 'lost') throw new Refusal(problem(502))
      return saved
    },
    keep: (queue) => kept.push(queue.length),
    onState(state) {
      states.push(state)
      if (state === 'saved') quiet()
    },
    onSaved: () => undefined,
    onRefused(why, queue) {
      refused = { status: why.status, queue }
      quiet()
    },
    newKey: () => `key${stored.length + kept.length}`,
    pause: async (ms) => void pauses.push(ms),
  }
  return {
    saver: openSaver(0, calls),
    stored,
    states,
    kept,
    pauses,
    refusal: () => refused,
    settled: () => new Promise<void>((done) => (quiet = done)),
  }
}

test('what is done while a request is on its way follows it, gesture by gesture', async () => {
  const { saver, stored, settled, kept } = stand()
  const done = settled()
  saver.add({ ops: [lock(1)] })
  saver.add({ ops: [lock(2)] })
  saver.add({ ops: [lock(3)] })
  await done
  expect(stored).toEqual([{ ops: [lock(1)] }, { ops: [lock(2)] }, { ops: [lock(3)] }])
  expect([saver.version(), saver.waiting(), kept.at(-1)]).toEqual([3, [], 0])
})

test('without a network it waits, longer each time, and loses nothing', async () => {
  const { saver, stored, states, pauses, settled } = stand('down', 'down', 503, 'through')
  const done = settled()
  saver.add({ ops: [lock(1)] })
  await done
  expect(pauses).toEqual([1000, 2000, 4000])
  expect(states).toContain('waiting')
  expect(states.at(-1)).toBe('saved')
  expect(stored).toEqual([{ ops: [lock(1)] }])
})

test('an answer that was lost on the way is no conflict, and the operation is done once', async () => {
  const { saver, stored, refusal, settled } = stand('lost')
  const done = settled()
  saver.add({ ops: [lock(1)] })
  await done
  expect([stored, refusal(), saver.version()]).toEqual([[{ ops: [lock(1)] }], null, 1])
})

test.each([409, 403, 422])('a refusal (%d) hands over what waits', async (status) => {
  const { saver, refusal, settled } = stand(status)
  const done = settled()
  saver.add({ undo: 1 })
  await done
  expect(refusal()?.status).toBe(status)
  expect(saver.waiting().map(({ change }) => change)).toEqual([{ undo: 1 }])
})

test('it goes on from where it is put', async () => {
  const { saver, stored, refusal, settled } = stand('through', 409)
  let done = settled()
  saver.add({ ops: [lock(1)] })
  await done
  done = settled()
  saver.add({ ops: [lock(2)] })
  await done
  const queue = refusal()?.queue ?? []
  done = settled()
  saver.reset(1, queue)
  await done
  expect(stored).toEqual([{ ops: [lock(1)] }, { ops: [lock(2)] }])
})
