import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { openDatabase, type Db } from '#db/open'
import { onBothDatabases } from '#db/testing'
import { later, NOW, stageOf, staffToy, stepsOf, type Stage, type Staff } from '../casework/testing.ts'
import { openSweep, tellDue, wakeEnded } from './actions.ts'

const DAY = 24 * 60
const throws = (error: unknown) => {
  throw error
}

/** A small batch at a time, so that several are in each other's way. */
async function runOut(db: Db, now: Date): Promise<void> {
  while ((await tellDue(db, now, throws, 7)) > 0);
}

onBothDatabases('the sweep', (database) => {
  let staff: Staff
  let stage: Stage
  beforeAll(async () => {
    staff = await staffToy(database().db, NOW)
    stage = stageOf(database(), staff)
  })
  afterEach(async () => {
    await database().db.execute(
      sql`update events set closed_at = ${NOW.toISOString()}::timestamptz, status = 'closed'`,
    )
  })

  const sweepAt = async (now: Date, db: Db = database().db) => {
    await wakeEnded(db, now, throws)
    return await tellDue(db, now, throws)
  }
  const toldOf = async (id: number) => {
    const found = await database().db.execute<{ told: string; supervision: number; version: number }>(
      sql`select told, supervision, version from events where id = ${id}`,
    )
    return found.rows[0]
  }
  /** Steps of the sweep with the instant since when each was true. */
  const linesOf = async (id: number) => {
    const found = await database().db.execute<{ step: string; at: string; since: string }>(sql`
      select step, to_json(at at time zone 'utc') #>> '{}' || 'Z' as at, data ->> 'since' as since from steps
      where subject = ${`event/${id}`} and actor = 'sweep' order by xid, seq`)
    return found.rows.map(({ step, since }) => `${step} ${since.slice(0, 16)}`)
  }

  test('lights, then the ladder, each at its instant and once', async () => {
    const { id } = await stage.begin('01-10') // 4 working hours: Friday 10:00 → 16:00, amber at 12:00
    const versions: unknown[] = []
    const times: [Date, string][] = [
      [later(119), 'green'],
      [later(120), 'amber'],
      [later(360), 'amber'],
      [later(361), 'red'],
      [later(361), 'red'],
      [later(3 * DAY + 361), 'red'],
      [later(4 * DAY + 361), 'red'],
      [later(9 * DAY), 'red'],
    ]
    for (const [now, told] of times) {
      await sweepAt(now)
      const row = await toldOf(id)
      expect(row?.told).toBe(told)
      versions.push(row?.version)
    }
    expect(await linesOf(id)).toEqual([
      'event.amber 2026-03-06T04:00',
      'event.red 2026-03-06T08:00',
      'event.supervised 2026-03-06T08:00',
      'event.supervised 2026-03-09T08:00',
      'event.supervised 2026-03-10T08:00',
    ])
    // A light makes no new version: whoever has the event open is not refused for it.
    expect(versions).toEqual([1, 1, 1, 2, 2, 3, 4, 4])
  })

  test('after a downtime everything is told, with the instant at which it was true', async () => {
    const { id } = await stage.begin('01-10')
    await sweepAt(later(10 * DAY))
    expect(await linesOf(id)).toHaveLength(5)
    const told = await database().db.execute<{ at: string }>(sql`
      select distinct to_json(at at time zone 'utc') #>> '{}' as at from steps where subject = ${`event/${id}`} and actor = 'sweep'`)
    expect(told.rows.map(({ at }) => Date.parse(`${at}Z`))).toEqual([later(10 * DAY).getTime()])
  })

  test('a clock set back and forth tells nothing twice and takes nothing back', async () => {
    const { id } = await stage.begin('01-10')
    for (const minutes of [130, 10, 400, -5000, 130, 401, 4 * DAY, 0, 4 * DAY, 20 * DAY, 1, 20 * DAY])
      await sweepAt(later(minutes))
    expect(await linesOf(id)).toHaveLength(5)
    expect(await toldOf(id)).toMatchObject({ told: 'red', supervision: 3 })
  })

  test('a hold wakes by itself at its end, however late the sweep looks', async () => {
    const one = await stage.inHand('G3') // 5 working days: due on Friday 13 March 10:00
    const until = later(7 * DAY).toISOString()
    await one.move(staff.liaisonHW, { move: 'askHold', reason: '待天晴', until })
    await one.move(staff.director, { move: 'grant', ask: 'hold' })
    await sweepAt(later(7 * DAY - 1))
    expect((await stage.caseOf(one.id)).heldFrom).toBe('signed')
    await sweepAt(later(7 * DAY + 60))
    await sweepAt(later(7 * DAY + 60))
    expect(await linesOf(one.id)).toEqual(['event.woken 2026-03-13T02:00'])
    const { heldFrom, assignments } = await stage.caseOf(one.id)
    expect([heldFrom, ...assignments.map(({ dueAt }) => dueAt)]).toEqual([
      null,
      '2026-03-20T02:00:00.000Z',
      '2026-03-20T02:00:00.000Z',
    ])
  })

  test('while it is on hold nothing is told; an extension turns the light back', async () => {
    const one = await stage.inHand('G3')
    await sweepAt(later(5 * DAY))
    expect(await linesOf(one.id)).toEqual(['event.amber 2026-03-10T08:00'])
    stage.setClock(later(5 * DAY + 1))
    await one.move(staff.liaisonHW, { move: 'askExtend', reason: '缺料' })
    await one.move(staff.dispatcher, { move: 'grant', ask: 'extend' })
    expect((await toldOf(one.id))?.told).toBe('green')
    await one.move(staff.liaisonHW, {
      move: 'askHold',
      reason: '停工',
      until: later(300 * DAY).toISOString(),
    })
    await one.move(staff.director, { move: 'grant', ask: 'hold' })
    await sweepAt(later(200 * DAY))
    expect(await linesOf(one.id)).toHaveLength(1)
  })

  test('several processes tell each thing once', async () => {
    const ids: number[] = []
    for (let n = 0; n < 30; n++) ids.push((await stage.begin('01-10')).id)
    const { address, kind } = database()
    const other = kind === 'postgres' ? await openDatabase(address) : null
    const both = [database().db, other?.db ?? database().db]
    for (const minutes of [130, 400, 3 * DAY + 400, 4 * DAY + 400]) {
      const runs = Array.from({ length: 8 }, (_, n) => runOut(both[n % 2] ?? database().db, later(minutes)))
      await Promise.all(runs)
    }
    await other?.close()
    for (const id of ids) expect(await linesOf(id)).toHaveLength(5)
  })

  test('it runs by itself when the next thing is due, and stops', async () => {
    const { id } = await stage.begin('01-10')
    const heard = Promise.withResolvers<void>()
    let now = later(0)
    const sweep = openSweep(database().db, {
      now: () => now,
      onError: throws,
      everyMs: 20,
      committed: heard.resolve,
    })
    now = later(121)
    await heard.promise
    await sweep.close()
    expect(await stepsOf(database().db, id)).toEqual(['event.reported', 'event.amber'])
  })
})
