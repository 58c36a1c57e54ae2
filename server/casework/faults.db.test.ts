import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { onBothDatabases } from '#db/testing'
import { behindWall } from '../http/store.ts'
import { tellDue, wakeEnded } from '../sweep/actions.ts'
import { move } from './actions.ts'
import { MOVES } from './contract.ts'
import { SCENARIOS } from './scenes-testing.ts'
import { later, NOW, stageOf, staffToy, type Stage, type Staff } from './testing.ts'
import { breakingAt } from './wire-testing.ts'

const MOST = 40

onBothDatabases('a connection that breaks', (database) => {
  let staff: Staff
  let stage: Stage
  beforeAll(async () => {
    staff = await staffToy(database().db, NOW)
    stage = stageOf(database(), staff)
  })

  /** Everything that a move can change, as one text. */
  const state = async (): Promise<string> => {
    const found = await database().db.execute<{ all: string }>(sql`
      select md5((select string_agg(e::text, '' order by id) from events e) ||
        coalesce((select string_agg(a::text, '' order by id) from assignments a), '') ||
        coalesce((select string_agg(r::text, '' order by id) from requests r), '') ||
        coalesce((select string_agg(o::text, '' order by id) from obligations o), '') ||
        (select count(*) from steps)) as all`)
    return found.rows[0]?.all ?? ''
  }

  /** Breaks the connection before every statement in turn, until the work gets through. How many statements it is. */
  const breakEverywhere = async (work: (db: Db) => Promise<unknown>): Promise<number> => {
    const before = await state()
    for (let number = 1; number <= MOST; number++) {
      const { db, sent } = breakingAt(database().pool, number)
      const failed = await work(db).then(
        () => false,
        () => true,
      )
      if (!failed) {
        expect(await state()).not.toBe(before)
        return sent()
      }
      expect([number, await state()]).toEqual([number, before])
    }
    throw new Error('never got through')
  }

  test.each(SCENARIOS)('$name: all or nothing', async ({ who, ready }) => {
    const { one, order } = await ready(stage, staff, database().db)
    const { version } = one.row()
    const actor = staff[who]
    const statements = await breakEverywhere((db) =>
      behindWall(db, actor, (tx) => move({ db: tx, actor, now: stage.now() }, one.id, order, version)),
    )
    expect(statements).toBeGreaterThanOrEqual(6)
  })

  test('every move is among them', () => {
    expect(MOVES.filter((name) => !SCENARIOS.some((scene) => scene.name.startsWith(name)))).toEqual([])
  })

  test('the sweep: what was told and its mark, or neither', async () => {
    await stage.begin('01-10')
    await breakEverywhere((db) =>
      tellDue(db, later(60 * 24 * 90), (error) => {
        throw error
      }),
    )
  })

  test('a hold that ends', async () => {
    const one = await stage.inHand()
    await one.move(staff.liaisonHW, { move: 'askHold', reason: '待料', until: later(60).toISOString() })
    await one.move(staff.director, { move: 'grant', ask: 'hold' })
    await breakEverywhere((db) =>
      wakeEnded(db, later(120), (error) => {
        throw error
      }),
    )
  })
})
