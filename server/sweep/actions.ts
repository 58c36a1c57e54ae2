import type { Db } from '#db/open'
import { loadedOf, sceneOf, write } from '../casework/actions.ts'
import { FLOW } from '../casework/rules.ts'
import { lockCase } from '../casework/store.ts'
import { readCalendar } from '../deadlines/actions.ts'
import { CalendarGap, type Calendar } from '../deadlines/rules.ts'
import { audienceOf, rowOf } from '../events/rules.ts'
import { append, type NewStep } from '../trail/store.ts'
import { openBeat, type Beat, type BeatOptions } from './actions/beat.ts'
import { progress, type Progress } from './rules.ts'
import { findNext, listEnded, saveProgress, takeDue, takeEnded, type Due } from './store.ts'

/** As the trail names it. */
const ACTOR = 'sweep'

const BATCH = 200

/** Where no calendar says when the next level is reached, it is asked again after this. */
const RETRY_MS = 3_600_000

/** Tells what has come true by `now`, one batch in one transaction. How much it found: fewer than a batch is all there was. */
export function tellDue(
  db: Db,
  now: Date,
  onError: (error: unknown) => void,
  limit = BATCH,
): Promise<number> {
  return db.transaction(async (tx) => {
    const found = await takeDue(tx, now, limit)
    if (found.length === 0) return 0
    const calendar = await readCalendar(tx)
    const seen = new Map(
      found.map((event) => [event.id, { event, done: progressOf(event, now, calendar, onError) }]),
    )
    const rows = [...seen.values()].map(({ event: { id }, done }) => ({
      id,
      told: done.told,
      escalated: done.escalated,
      supervision: done.supervision,
      escalateAt: done.escalateAt === null ? null : new Date(done.escalateAt).toISOString(),
    }))
    const saved = new Map((await saveProgress(tx, rows)).map((facts) => [facts.id, facts]))
    await append(
      tx,
      [...seen].flatMap(([id, { done }]): NewStep[] => {
        const facts = saved.get(id)
        return facts ? linesOf(rowOf(facts), done, now) : []
      }),
    )
    return found.length
  })
}

/** Without a calendar lights go on, and the ladder waits for it. */
function progressOf(event: Due, now: Date, calendar: Calendar, onError: (error: unknown) => void): Progress {
  const at = now.getTime()
  try {
    return progress(event, at, calendar)
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error
    onError(error)
    const lights = progress({ ...event, escalated: 3 }, at, calendar)
    return { ...lights, escalated: event.escalated, escalateAt: at + RETRY_MS }
  }
}

function linesOf(row: ReturnType<typeof rowOf>, { tells }: Progress, now: Date): NewStep[] {
  return tells.map(({ since, step, ...more }) => ({
    step,
    subject: `event/${row.id}`,
    actor: ACTOR,
    at: now,
    audience: audienceOf(row),
    data: { ...row, ...more, since: new Date(since).toISOString() },
  }))
}

/** Wakes the holds that have ended by `now`, each on its own; the clock goes on from the end of the hold, however late the sweep is. */
export async function wakeEnded(db: Db, now: Date, onError: (error: unknown) => void): Promise<number> {
  let woken = 0
  for (const id of await listEnded(db, now, BATCH)) {
    const done = await wakeOne(db, id, now).catch((error: unknown) => {
      onError(error)
      return false
    })
    if (done) woken++
  }
  return woken
}

function wakeOne(db: Db, id: number, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const stored = (await takeEnded(tx, id, now)) ? await lockCase(tx, id) : null
    const until = stored?.own.heldUntil ?? null
    if (!stored || until === null) return false
    const loaded = loadedOf(stored)
    const to = stored.work.heldFrom ?? 'filed'
    const verdict = { ok: true, to, as: 'dispatcher', part: null, request: null } as const
    const scene = await sceneOf(tx, loaded, { move: 'wake' }, verdict, until)
    const saved = await write(tx, loaded, scene, { account: null, at: now, reason: null })
    if (!saved) return false
    const row = rowOf(saved)
    await append(tx, [
      {
        step: FLOW.wake.step,
        subject: `event/${row.id}`,
        actor: ACTOR,
        at: now,
        audience: audienceOf(row),
        data: { ...row, since: new Date(until).toISOString() },
      },
    ])
    return true
  })
}

export interface SweepOptions extends Pick<BeatOptions, 'now' | 'onError' | 'everyMs'> {
  /** Called after each run that wrote something. */
  readonly committed?: () => void
}

/**
 * Looks after what time alone changes. Any number of processes may: a row is told by the one that has it, in the transaction
 * that marks it as told.
 */
export function openSweep(db: Db, { committed, ...options }: SweepOptions): Beat {
  const { now, onError } = options
  async function work(): Promise<void> {
    const woken = await wakeEnded(db, now(), onError)
    let [told, found] = [0, BATCH]
    while (found === BATCH) {
      found = await tellDue(db, now(), onError)
      told += found
    }
    if (woken + told > 0) committed?.()
  }
  return openBeat({ ...options, work, findNext: () => findNext(db) })
}
