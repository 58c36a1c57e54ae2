import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { MoveOrder } from './contract.ts'
import { conditionOf, later, photograph, type Person, type Play, type Stage, type Staff } from './testing.ts'

/** A case on which one order succeeds, and who gives it. */
export interface Scenario {
  readonly name: string
  readonly who: Person
  readonly ready: (stage: Stage, staff: Staff, db: Db) => Promise<{ one: Play; order: MoveOrder }>
}

type Ready = Scenario['ready']
type Make = (stage: Stage, staff: Staff, db: Db) => Promise<Play>

const plain =
  (make: Make, order: MoveOrder): Ready =>
  async (...ground) => ({ one: await make(...ground), order })

const reported: Make = (stage) => stage.begin()
const verifying: Make = async (stage, staff) => {
  const one = await stage.begin()
  await one.move(staff.acceptor, { move: 'askVerify' })
  return one
}
const filed: Make = async (stage, staff, db) => {
  const one = await stage.begin()
  await one.move(staff.shiftLead, { move: 'file', conditionId: await conditionOf(db, 'G9') })
  return one
}
const dispatched: Make = async (stage, staff, db) => {
  const one = await filed(stage, staff, db)
  await one.move(staff.dispatcher, { move: 'dispatch', unit: 'HW', assist: ['CG'] })
  return one
}
const inHand: Make = (stage) => stage.inHand()
const handled: Make = async (stage, staff) => {
  const one = await stage.inHand()
  await one.move(staff.handlerHW, { move: 'handle', reason: '办毕' })
  return one
}
const checking: Make = async (stage, staff, db) => {
  const one = await handled(stage, staff, db)
  await one.move(staff.acceptor, { move: 'askCheck' })
  return one
}
const closed: Make = async (stage, staff, db) => {
  const one = await handled(stage, staff, db)
  stage.setClock(later(60 * 24 * 60))
  await one.move(staff.shiftLead, { move: 'close' })
  return one
}
const asked =
  (make: Make, who: Person, order: MoveOrder): Make =>
  async (stage, staff, db) => {
    const one = await make(stage, staff, db)
    await one.move(staff[who], order)
    return one
  }
const until = later(30 * 24 * 60).toISOString()
const holdAsked = asked(inHand, 'liaisonHW', { move: 'askHold', reason: '待料', until })
const held = asked(holdAsked, 'director', { move: 'grant', ask: 'hold' })
const appealed = asked(closed, 'liaisonHW', { move: 'askAppeal', reason: '天气' })
const reopenAsked = asked(closed, 'worker1', { move: 'askReopen', reason: '复发' })
const note = { reason: '说明' }

const toGrid2 =
  (make: Make, order: Omit<MoveOrder, 'gridId'>): Ready =>
  async (stage, staff, db) => {
    const found = await db.execute<{ id: number }>(sql`select id from grids where code = 'G2'`)
    return { one: await make(stage, staff, db), order: { ...order, gridId: found.rows[0]?.id ?? 0 } }
  }

const handoverAsked =
  (who: Person, order: MoveOrder): Ready =>
  async (stage, staff, db) => {
    const { one, order: ask } = await toGrid2(filed, { move: 'askHandover', ...note })(stage, staff, db)
    await one.move(staff[who], ask)
    return { one, order }
  }

const merging: Ready = async (stage, staff, db) => {
  const [one, target, before] = [
    await filed(stage, staff, db),
    await reported(stage, staff, db),
    await reported(stage, staff, db),
  ]
  await before.move(staff.acceptor, { move: 'merge', into: one.id })
  return { one, order: { move: 'merge', into: target.id } }
}

const withPhoto: Ready = async (stage, _staff, db) => {
  const one = await stage.inHand('01-10')
  await photograph(db, one.id, 'after', later(1))
  return { one, order: { move: 'handle', ...note } }
}

const replying: Ready = async (stage, staff, db) => {
  const one = await filed(stage, staff, db)
  const [owed] = (await stage.caseOf(one.id)).obligations
  return { one, order: { move: 'reply', obligationId: owed?.id ?? 0, ...note } }
}

/** Every move at least once, and each kind of request at each of its stages. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'askVerify', who: 'acceptor', ready: plain(reported, { move: 'askVerify' }) },
  { name: 'verify', who: 'worker1', ready: plain(verifying, { move: 'verify', outcome: 'confirmed' }) },
  {
    name: 'file',
    who: 'shiftLead',
    ready: async (stage, staff, db) => ({
      one: await verifying(stage, staff, db),
      order: { move: 'file', conditionId: await conditionOf(db, 'G9') },
    }),
  },
  { name: 'reject', who: 'director', ready: plain(reported, { move: 'reject', ...note }) },
  { name: 'merge', who: 'acceptor', ready: merging },
  {
    name: 'dispatch',
    who: 'dispatcher',
    ready: plain(filed, { move: 'dispatch', unit: 'HW', assist: ['CG'] }),
  },
  { name: 'recall', who: 'dispatcher', ready: plain(dispatched, { move: 'recall', ...note }) },
  { name: 'sign', who: 'liaisonHW', ready: plain(dispatched, { move: 'sign' }) },
  { name: 'sign assisting', who: 'liaisonCG', ready: plain(inHand, { move: 'sign' }) },
  { name: 'return', who: 'liaisonHW', ready: plain(holdAsked, { move: 'return', ...note }) },
  { name: 'return assisting', who: 'liaisonCG', ready: plain(inHand, { move: 'return', ...note }) },
  { name: 'start', who: 'handlerHW', ready: plain(inHand, { move: 'start' }) },
  { name: 'handle', who: 'handlerHW', ready: withPhoto },
  { name: 'sendBack', who: 'dispatcher', ready: plain(handled, { move: 'sendBack', ...note }) },
  { name: 'askCheck', who: 'acceptor', ready: plain(handled, { move: 'askCheck' }) },
  { name: 'check', who: 'worker1', ready: plain(checking, { move: 'check', outcome: 'failed', ...note }) },
  { name: 'close', who: 'shiftLead', ready: plain(handled, { move: 'close' }) },
  {
    name: 'revisit',
    who: 'acceptor',
    ready: plain(closed, { move: 'revisit', outcome: 'unsatisfied', ...note }),
  },
  { name: 'askExtend', who: 'handlerHW', ready: plain(inHand, { move: 'askExtend', ...note }) },
  {
    name: 'endorse extend',
    who: 'liaisonHW',
    ready: plain(asked(inHand, 'handlerHW', { move: 'askExtend', ...note }), {
      move: 'endorse',
      ask: 'extend',
    }),
  },
  {
    name: 'grant extend',
    who: 'dispatcher',
    ready: plain(asked(inHand, 'liaisonHW', { move: 'askExtend', ...note }), {
      move: 'grant',
      ask: 'extend',
    }),
  },
  { name: 'askHold', who: 'dispatcher', ready: plain(filed, { move: 'askHold', until, ...note }) },
  { name: 'grant hold', who: 'director', ready: plain(holdAsked, { move: 'grant', ask: 'hold' }) },
  {
    name: 'refuse hold',
    who: 'commander',
    ready: plain(holdAsked, { move: 'refuse', ask: 'hold', ...note }),
  },
  { name: 'wake', who: 'dispatcher', ready: plain(held, { move: 'wake' }) },
  { name: 'askHandover', who: 'worker1', ready: toGrid2(filed, { move: 'askHandover', ...note }) },
  {
    name: 'endorse handover',
    who: 'lead',
    ready: handoverAsked('acceptor', { move: 'endorse', ask: 'handover' }),
  },
  {
    name: 'grant handover',
    who: 'worker2',
    ready: handoverAsked('worker1', { move: 'grant', ask: 'handover' }),
  },
  { name: 'askReopen', who: 'worker1', ready: plain(closed, { move: 'askReopen', ...note }) },
  { name: 'reopen', who: 'director', ready: plain(reopenAsked, { move: 'reopen' }) },
  { name: 'askAppeal', who: 'liaisonHW', ready: plain(closed, { move: 'askAppeal', ...note }) },
  { name: 'endorse appeal', who: 'dispatcher', ready: plain(appealed, { move: 'endorse', ask: 'appeal' }) },
  {
    name: 'grant appeal',
    who: 'acceptor',
    ready: plain(asked(appealed, 'dispatcher', { move: 'endorse', ask: 'appeal' }), {
      move: 'grant',
      ask: 'appeal',
    }),
  },
  { name: 'supervise', who: 'commander', ready: plain(filed, { move: 'supervise', level: 2, ...note }) },
  { name: 'important', who: 'director', ready: plain(filed, { move: 'important', on: true }) },
  { name: 'reply', who: 'acceptor', ready: replying },
  { name: 'note', who: 'worker1', ready: plain(filed, { move: 'note', ...note }) },
]
