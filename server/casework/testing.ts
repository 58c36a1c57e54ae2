import { sql } from 'drizzle-orm'
import type { Database, Db } from '#db/open'
import type { Actor, Bound, Role } from '../accounts/contract.ts'
import { drawToy } from '../events/testing.ts'
import type { EventRow } from '../events/contract.ts'
import { take } from '../events/actions/intake.ts'
import type { Problem } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { Refusal } from '../http/problems.ts'
import { behindWall } from '../http/store.ts'
import { move, readWork } from './actions.ts'
import type { Case, MoveOrder } from './contract.ts'

/** Everybody that the toy sub-district needs: each grid its worker, G1 and G2 their lead, two units their people. */
const STAFF = {
  director: ['director', null],
  commander: ['commander', null],
  shiftLead: ['shift-lead', null],
  acceptor: ['acceptor', null],
  dispatcher: ['dispatcher', null],
  dispatcher2: ['dispatcher', null],
  liaisonHW: ['unit-liaison', 'HW'],
  handlerHW: ['handler', 'HW'],
  liaisonCG: ['unit-liaison', 'CG'],
  handlerCG: ['handler', 'CG'],
  worker1: ['grid-worker', 1],
  worker2: ['grid-worker', 2],
  worker4: ['grid-worker', 4],
  lead: ['grid-lead', 'C1'],
} as const satisfies Record<string, readonly [Role, string | number | null]>

export type Person = keyof typeof STAFF
export type Staff = Readonly<Record<Person, Actor>>

const bounds = (where: string | number | null, grids: ReadonlyMap<string, number>): [Bound, number[]] => {
  if (where === null) return [{ kind: 'subdistrict' }, []]
  const own = typeof where === 'number' ? [grids.get(`G${where}`) ?? 0] : []
  if (typeof where === 'number') return [{ kind: 'grids', grids: own }, own]
  if (where === 'C1')
    return [{ kind: 'community', community: 'C1' }, [grids.get('G1') ?? 0, grids.get('G2') ?? 0]]
  return [{ kind: 'unit', unit: where }, []]
}

/** The toy sub-district with its people. */
export async function staffToy(db: Db, now: Date): Promise<Staff> {
  await drawToy(db)
  const grids = new Map(
    (await db.execute<{ code: string; id: number }>(sql`select code, id from grids`)).rows.map((g) => [
      g.code,
      g.id,
    ]),
  )
  const people: [Person, Actor][] = []
  for (const [person, [role, where]] of Object.entries(STAFF) as [Person, (typeof STAFF)[Person]][]) {
    const made = await db.execute<{ id: number }>(sql`
      insert into accounts (login, name, created_at)
      values (${person.toLowerCase()}, ${`测试${person}`}, ${now.toISOString()}::timestamptz) returning id`)
    const account = made.rows[0]?.id ?? 0
    const [bound, own] = bounds(where, grids)
    const duties = [{ role, bound, grids: own }]
    people.push([person, { id: `account/${account}`, account, name: `测试${person}`, duties }])
  }
  return Object.fromEntries(people) as unknown as Staff
}

/** In the middle of G1, away from its borders. */
export const IN_G1: [number, number] = [119.905, 32.445]

/** Somebody's report, as the server takes it in. */
async function reportAs(
  ctx: Omit<Ctx, 'now'> & { readonly now: Date },
  category = 'G9',
  position: [number, number] = IN_G1,
): Promise<EventRow> {
  const [taken] = await take(ctx, [{ category, position }])
  if (!taken?.ok) throw new Error(`not taken in: ${JSON.stringify(taken)}`)
  return taken.row
}

/** A case that people move in turn; keeps the version that the last of them saw. */
export interface Play {
  readonly id: number
  readonly row: () => EventRow
  readonly move: (who: Actor, order: MoveOrder, at?: Date) => Promise<EventRow>
}

export function play({ db }: Pick<Database, 'db'>, first: EventRow, clock: () => Date): Play {
  let row = first
  return {
    id: first.id,
    row: () => row,
    move: async (actor, order, at = clock()) => {
      row = await behindWall(db, actor, (tx) => move({ db: tx, actor, now: at }, row.id, order, row.version))
      return row
    },
  }
}

/** The steps of an event by name, oldest first. */
export async function stepsOf(db: Db, id: number): Promise<string[]> {
  const found = await db.execute<{ step: string }>(
    sql`select step from steps where subject = ${`event/${id}`} order by xid, seq`,
  )
  return found.rows.map(({ step }) => step)
}

/** Id of a filing condition in force. */
export async function conditionOf(db: Db, category: string, ordinal = 1): Promise<number> {
  const found = await db.execute<{ id: number }>(sql`
    select id from conditions where category = ${category} and ordinal = ${ordinal} and retired_at is null`)
  return found.rows[0]?.id ?? 0
}

/** Puts a picture on an event, without its bytes. */
export async function photograph(db: Db, id: number, stage: string, at: Date): Promise<void> {
  const digest = '0'.repeat(64)
  await db.execute(sql`
    insert into photos (event_id, stage, file, thumb, width, height, bytes, uploaded_at)
    values (${id}, ${stage}, ${digest}, ${digest}, 10, 10, 100, ${at.toISOString()}::timestamptz)`)
}

/** A Friday morning. */
export const NOW = new Date('2026-03-06T10:00:00+08:00')
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

/** Cases of the toy sub-district; the clock stands where the test has put it. */
export interface Stage {
  readonly begin: (category?: string, position?: [number, number]) => Promise<Play>
  /** Dispatched to HW with CG assisting, and signed by HW. */
  readonly inHand: (category?: string) => Promise<Play>
  readonly caseOf: (id: number) => Promise<Case>
  readonly setClock: (at: Date) => void
  readonly now: () => Date
}

export function stageOf(database: Pick<Database, 'db'>, staff: Staff): Stage {
  let clock = NOW
  const { db } = database
  const begin: Stage['begin'] = async (category, position) => {
    clock = NOW
    return play(
      database,
      await reportAs({ db, actor: staff.acceptor, now: NOW }, category, position),
      () => clock,
    )
  }
  return {
    begin,
    inHand: async (category = 'G9') => {
      const one = await begin(category)
      await one.move(staff.shiftLead, { move: 'file', conditionId: await conditionOf(db, category) })
      await one.move(staff.dispatcher, { move: 'dispatch', unit: 'HW', assist: ['CG'] })
      await one.move(staff.liaisonHW, { move: 'sign' })
      return one
    },
    caseOf: (id) => readWork({ db, actor: staff.director, now: clock }, id),
    setClock: (at) => {
      clock = at
    },
    now: () => clock,
  }
}

/** With what something was refused; throws if it was not. */
export async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error.problem
  throw new Error('was not refused', { cause: error })
}
