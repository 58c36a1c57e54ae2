import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import { onBothDatabases } from '#db/testing'
import { random, type Random } from '../../geodata/demo/random.ts'
import type { EventRow } from '../events/contract.ts'
import { behindWall } from '../http/store.ts'
import { move, moveAll } from './actions.ts'
import type { MoveOrder } from './contract.ts'
import {
  conditionOf,
  NOW,
  stageOf,
  staffToy,
  stepsOf,
  type Person,
  type Stage,
  type Staff,
} from './testing.ts'
import { interleaved } from './race-testing.ts'

const ROUNDS = 200

/** What each of two may do with a fresh report; they do not know of each other. */
const ORDERS: readonly [Person, MoveOrder][] = [
  ['acceptor', { move: 'askVerify' }],
  ['shiftLead', { move: 'file' }],
  ['director', { move: 'reject', reason: '重复' }],
  ['worker1', { move: 'askHandover', reason: '不在本格' }],
  ['commander', { move: 'supervise', level: 1, reason: '关注' }],
  ['dispatcher', { move: 'note', reason: '已电话联系' }],
]

onBothDatabases('two people at once', (database) => {
  let staff: Staff
  let stage: Stage
  let conditionId = 0
  let gridId = 0
  beforeAll(async () => {
    const { db } = database()
    staff = await staffToy(db, NOW)
    stage = stageOf(database(), staff)
    conditionId = await conditionOf(db, 'G9')
    gridId = (await db.execute<{ id: number }>(sql`select id from grids where code = 'G2'`)).rows[0]?.id ?? 0
  })

  const act = (db: Db, [who, order]: readonly [Person, MoveOrder], row: EventRow): Promise<EventRow> => {
    const actor = staff[who]
    const whole = {
      ...order,
      ...(order.move === 'file' && { conditionId }),
      ...(order.move === 'askHandover' && { gridId }),
    }
    return behindWall(db, actor, (tx) => move({ db: tx, actor, now: NOW }, row.id, whole, row.version))
  }

  /** The embedded database lets one transaction in at a time, so that there only who comes first is left to chance. */
  const together = (chance: Random, works: readonly ((db: Db) => Promise<EventRow>)[]) => {
    const { pool, kind, db } = database()
    if (kind === 'postgres') return interleaved(pool, chance, works)
    return Promise.allSettled(chance.shuffled(works).map((work) => work(db)))
  }

  test(`${ROUNDS} interleavings: one winner, the other is told, nothing is lost`, async () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < ROUNDS; seed++) {
      const chance = random(seed)
      const { id, row } = await stage.begin()
      const both = [chance.pick(ORDERS), chance.pick(ORDERS)]
      const settled = await together(
        chance,
        both.map((one) => (db: Db) => act(db, one, row())),
      )
      const won = settled.filter(({ status }) => status === 'fulfilled')
      const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
      expect([seed, won.length, lost.length]).toEqual([seed, 1, 1])
      expect(lost[0]).toMatchObject({ problem: { type: 'urn:wangge:conflict' } })
      const steps = await stepsOf(database().db, id)
      expect(steps).toHaveLength(2)
      const [winner] = won
      if (winner?.status === 'fulfilled') expect(winner.value.version).toBe(2)
      orders.add(steps.join(' '))
    }
    // The winner is not always the same kind of move.
    expect(orders.size).toBeGreaterThan(4)
  })

  test('two merges of two events into each other: one goes through, and neither waits for ever', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const [a, b] = [await stage.begin(), await stage.begin()]
      const merge = (from: EventRow, into: number) => (db: Db) =>
        act(db, ['acceptor', { move: 'merge', into }], from)
      const settled = await together(random(seed), [merge(a.row(), b.id), merge(b.row(), a.id)])
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })

  test('many at once: each on its own, answered in the order asked', async () => {
    const [a, b, c] = [await stage.begin(), await stage.begin(), await stage.begin()]
    await b.move(staff.acceptor, { move: 'askVerify' })
    const items = [c.row(), { ...b.row(), version: 1 }, { id: 999_999, version: 1 }, a.row()].map(
      ({ id, version }) => ({ id, version }),
    )
    const ctx = { db: database().db, actor: staff.shiftLead, now: NOW }
    const answers = await moveAll(ctx, items, { move: 'reject', reason: '重复上报' })
    expect(answers.map((answer) => (answer.ok ? answer.event.id : answer.problem.status))).toEqual([
      c.id,
      409,
      404,
      a.id,
    ])
    expect(await stepsOf(database().db, b.id)).toHaveLength(2)
    expect(await stepsOf(database().db, c.id)).toEqual(['event.reported', 'event.rejected'])
  })
})
