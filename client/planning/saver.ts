import type { Problem } from '#contract/http'
import type { BodyOf, ReplyOf } from '#contract/http'
import type { editScenario } from '#contract/planning'
import { Refusal } from '../data/api.ts'
import { queued, type Change, type Parcel } from './queue.ts'

export type Saved = ReplyOf<typeof editScenario>

export interface SaverCalls {
  readonly send: (body: BodyOf<typeof editScenario>, key: string) => Promise<Saved>
  /** After every change of what waits. */
  readonly keep: (queue: readonly Parcel[], version: number) => void
  readonly onState: (state: 'saved' | 'saving' | 'waiting') => void
  readonly onSaved: (saved: Saved) => void
  /** The server will not have it as it is: somebody was first, or the draft is closed to changes. */
  readonly onRefused: (problem: Problem, queue: readonly Parcel[]) => void
  readonly newKey: () => string
  /** Resolves after so many ms, or earlier where there is hope again. */
  readonly pause: (ms: number) => Promise<void>
}

export interface Saver {
  readonly add: (change: Change) => void
  readonly waiting: () => readonly Parcel[]
  readonly version: () => number
  /** Goes on from another state; what waited is replaced. */
  readonly reset: (version: number, queue: readonly Parcel[]) => void
  readonly close: () => void
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/** Sends changes one after the other. What it could not send stays, and is tried again until it is through or refused. */
export function openSaver(start: number, calls: SaverCalls): Saver {
  let version = start
  let queue: readonly Parcel[] = []
  let round = 0
  let isBusy = false

  function put(next: readonly Parcel[]): void {
    queue = next
    calls.keep(queue, version)
  }

  async function work(): Promise<void> {
    if (isBusy) return
    isBusy = true
    const mine = round
    let pauseMs = FIRST_PAUSE_MS
    for (let first = queue[0]; first && mine === round; first = queue[0]) {
      calls.onState(pauseMs === FIRST_PAUSE_MS ? 'saving' : 'waiting')
      put([{ ...first, sent: true }, ...queue.slice(1)])
      const outcome = await attempt(first)
      if (mine !== round) break
      if (outcome.kind === 'refused') {
        calls.onRefused(outcome.problem, queue)
        break
      }
      if (outcome.kind === 'passing') {
        calls.onState('waiting')
        await calls.pause(pauseMs)
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
        continue
      }
      pauseMs = FIRST_PAUSE_MS
      version = outcome.saved.version
      put(queue.slice(1))
      calls.onSaved(outcome.saved)
    }
    if (mine !== round) return
    isBusy = false
    if (queue.length === 0) calls.onState('saved')
  }

  async function attempt({ key, change }: Parcel): Promise<Outcome> {
    try {
      return { kind: 'saved', saved: await calls.send({ version, change }, key) }
    } catch (error) {
      if (error instanceof Refusal && !isPassing(error)) return { kind: 'refused', problem: error.problem }
      return { kind: 'passing' }
    }
  }

  return {
    add(change) {
      put(queued(queue, change, calls.newKey()))
      void work()
    },
    waiting: () => queue,
    version: () => version,
    reset(next, parcels) {
      round++
      isBusy = false
      version = next
      put(parcels)
      void work()
    },
    close() {
      round++
    },
  }
}

type Outcome =
  | { readonly kind: 'saved'; readonly saved: Saved }
  | { readonly kind: 'passing' }
  | { readonly kind: 'refused'; readonly problem: Problem }

/** Whoever has been signed out signs in again and finds the work where it was; a server that is busy is asked later. */
function isPassing({ passing, problem }: Refusal): boolean {
  return passing || problem.status === 401 || problem.status === 429
}
