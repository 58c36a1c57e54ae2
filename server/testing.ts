import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { cipherOf, KEY_BYTES } from '#db/cipher'
import type { Database, Db } from '#db/open'
import { ROLES, type Actor, type Bound, type Role } from './accounts/contract.ts'
import { allows } from './accounts/rules.ts'
import { doorOf } from './accounts/testing.ts'
import { buildApp } from './app.ts'
import { CHINA, promise } from './deadlines/rules.ts'
import { ENDED, type Ask, type EventStatus } from './events/contract.ts'
import { drawToy, NOW } from './events/testing.ts'
import type { Gate } from './http/session.ts'
import { openHub } from './trail/hub.ts'

/** In the toy world: an event in grid 1, at which unit CG works, or one in grid 4 with HW. */
export const PLACES = {
  own: { grid: 1, unit: 'CG', at: [119.905, 32.445] },
  foreign: { grid: 4, unit: 'HW', at: [119.915, 32.455] },
} as const
export type Place = keyof typeof PLACES

const UNITS: readonly Role[] = ['unit-liaison', 'handler']
const FIELD: readonly Role[] = ['grid-worker', 'grid-lead', 'mediator']

/** Somebody of each role, bound to the place `own` where the role is bound at all; account numbers from 1 in the order of ROLES. */
export const PEOPLE: Readonly<Record<Role, Actor>> = Object.fromEntries(
  ROLES.map((role, n) => [
    role,
    {
      id: `account/${n + 1}`,
      account: n + 1,
      name: `测试员${n + 1}`,
      duties: [{ role, bound: boundOf(role), grids: FIELD.includes(role) ? [PLACES.own.grid] : [] }],
    },
  ]),
) as unknown as Record<Role, Actor>

/** Who asked and reported what was there before; has no duty. */
const SOMEBODY = ROLES.length + 1

function boundOf(role: Role): Bound {
  if (UNITS.includes(role)) return { kind: 'unit', unit: PLACES.own.unit }
  if (FIELD.includes(role)) return { kind: 'grids', grids: [PLACES.own.grid] }
  return { kind: 'subdistrict' }
}

/** A door at which one says by the header `x-role` who one is; the rights behind it are the true ones. */
export const ROLE_GATE: Gate = {
  identify: async (headers) => PEOPLE[String(headers['x-role']) as Role] ?? null,
  allows,
}

export const as = (role: Role) => ({ 'x-role': role })

/** The toy world with its people in the database too, so that the second wall knows them. */
export async function peopleToy(db: Db): Promise<void> {
  await drawToy(db)
  await db.execute(sql`
    insert into accounts (login, name, created_at)
    select 'a' || n, '测试员' || n, now() from generate_series(1, ${SOMEBODY}) n`)
  for (const { account, duties } of Object.values(PEOPLE)) {
    for (const { role, bound } of duties) {
      await db.execute(sql`
        insert into duties (account_id, role, grids, unit) values (${account}, ${role},
          ${sql.param(bound.kind === 'grids' ? bound.grids : null)}::integer[], ${bound.kind === 'unit' ? bound.unit : null})`)
    }
  }
}

const AT_WORK: readonly EventStatus[] = ['dispatched', 'signed', 'handling', 'handled', 'checking', 'held']
const DONE: readonly EventStatus[] = ['closed', 'revisited']
const SIGNED: readonly EventStatus[] = ['signed', 'handling', 'handled', 'checking', 'held', ...DONE]

/** Requests that wait, by the status in which they may. */
const WAITING: Readonly<Partial<Record<EventStatus, Ask>>> = {
  reported: 'handover',
  handling: 'extend',
  signed: 'hold',
  closed: 'reopen',
}

const REPORTED_MS = NOW.getTime() - 3_600_000
const REPORTED = new Date(REPORTED_MS).toISOString()
const LIMIT = { amount: 5, unit: 'wd', counting: 'elapsed' } as const
const PROMISE = promise(REPORTED_MS, { limit: LIMIT, amberShare: 0.5, name: 'G9-1.1' }, CHINA)
const DUE = new Date(PROMISE.dueAt).toISOString()
const WHY = JSON.stringify(PROMISE.why)

/** An event of class G9 that stands as one does in a status, with what such a one has beside it; its number. */
export async function stand(db: Db, status: EventStatus, place: Place): Promise<number> {
  const id = await standAlone(db, status, place)
  await db.execute(sql`
    insert into obligations (event_id, carrier_id, channel, due_at) values (${id}, ${id}, 'grid', ${DUE}::timestamptz)`)
  if (AT_WORK.includes(status) || DONE.includes(status)) await giveUnit(db, id, status, PLACES[place].unit)
  if (WAITING[status]) await giveRequest(db, id, WAITING[status], place)
  return id
}

const endOf = (status: EventStatus) => (ENDED.includes(status) ? NOW.toISOString() : null)

async function standAlone(db: Db, status: EventStatus, place: Place): Promise<number> {
  const { grid, unit, at } = PLACES[place]
  const units = AT_WORK.includes(status) ? [unit] : []
  const asks = [WAITING[status] ?? []].flat()
  const hold =
    status === 'held' ? { from: 'handling', until: DUE, count: 1 } : { from: null, until: null, count: 0 }
  const pauses = status === 'held' ? [{ from: NOW.getTime() - 60_000, to: null }] : []
  const made = await db.execute<{ id: number }>(sql`
    insert into events (category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at, geom, grid_id, rule,
      placement, condition_id, why, units, asks, held_from, held_until, holds, pauses)
    select 'G9', ${status}, 'public', ${REPORTED}::timestamptz, ${REPORTED}::timestamptz, ${DUE}::timestamptz,
      ${DUE}::timestamptz, ${endOf(status)}::timestamptz, st_setsrid(st_makepoint(${at[0]}::float8, ${at[1]}::float8), 4326),
      ${grid}, 'inside', '{"rule": "inside", "candidates": []}', k.id, ${WHY}::jsonb, ${sql.param(units)}::text[],
      ${sql.param(asks)}::text[], ${hold.from}, ${hold.until}::timestamptz, ${hold.count}, ${JSON.stringify(pauses)}::jsonb
    from conditions k where category = 'G9' and ordinal = 1 and retired_at is null returning id`)
  const id = made.rows[0]?.id
  if (id === undefined) throw new Error('no event was made')
  return id
}

async function giveUnit(db: Db, id: number, status: EventStatus, unit: string): Promise<void> {
  await db.execute(sql`
    insert into assignments (event_id, unit, part, dispatched_at, due_at, amber_at, why, refuse_until, signed_at, ended_at, ending)
    values (${id}, ${unit}, 'lead', ${REPORTED}::timestamptz, ${DUE}::timestamptz, ${DUE}::timestamptz, ${WHY}::jsonb,
      ${DUE}::timestamptz, ${SIGNED.includes(status) ? REPORTED : null}::timestamptz, ${endOf(status)}::timestamptz,
      ${ENDED.includes(status) ? 'closed' : null})`)
}

/** A grid is asked that borders on the event's, and is nobody's in PEOPLE. */
async function giveRequest(db: Db, id: number, kind: Ask, place: Place): Promise<void> {
  const asked = { own: 2, foreign: 3 }[place]
  await db.execute(sql`
    insert into requests (event_id, kind, stage, asked_by, asked_as, asked_at, reason, unit, grid_id, until)
    values (${id}, ${kind}, 'endorsed', ${SOMEBODY}, 'unit-liaison', ${REPORTED}::timestamptz, '理由',
      ${kind === 'extend' ? PLACES[place].unit : null}, ${kind === 'handover' ? asked : null},
      ${kind === 'hold' ? DUE : null}::timestamptz)`)
}

/** Everything that a refused request must leave as it was; that somebody failed to sign in is told. */
export async function traces(db: Db): Promise<unknown> {
  const found = await db.execute(sql`
    select (select count(*) from steps where step <> 'session.failed') as steps, (select sum(version) from events) as versions,
      (select count(*) from events) as events, (select count(*) from requests) as requests,
      (select count(*) from assignments) as assignments, (select count(*) from photos) as photos,
      (select sum(version) from disputes) as disputes, (select sum(version) from accounts) as accounts,
      (select count(*) from conditions) as conditions, (select count(*) from calendars) as calendars,
      (select count(*) from sessions) as sessions, (select count(*) + sum(version) from scenarios) as scenarios,
      (select count(*) from plans) as plans, (select count(*) from scenario_comments) as comments, (select count(*) from idempotency) as answers`)
  return found.rows[0]
}

/** The server as main.ts builds it, without a network, behind another door. */
export async function wholeApp(
  database: Database,
  gate: Gate,
  clock: () => Date = () => NOW,
): Promise<FastifyInstance> {
  const hub = await openHub(database.db, {
    now: clock,
    onError: (error) => {
      throw error
    },
  })
  const app = await buildApp({
    accounts: doorOf(gate),
    cipher: cipherOf([Buffer.alloc(KEY_BYTES, 7)]),
    database,
    migrated: { at: 1, applied: [] },
    hub,
    mapApproval: null,
    filesDir: join(tmpdir(), 'wangge-test-files'),
    clock,
    logLevel: 'silent',
  })
  app.addHook('onClose', () => hub.close())
  await app.ready()
  return app
}

/** A door that takes everybody for one person with every duty, whom the database knows too, as far as it may. */
export async function everything(db: Db): Promise<Gate> {
  const made = await db.execute<{ id: number }>(sql`
    insert into accounts (login, name, created_at) values ('all', '全能员', now()) returning id`)
  const account = made.rows[0]?.id ?? 0
  const duties = ROLES.map((role) => ({ role, bound: { kind: 'subdistrict' } as const, grids: [] }))
  const unit = { kind: 'unit', unit: PLACES.own.unit } as const
  await db.execute(
    sql`insert into duties (account_id, role) values (${account}, 'director'), (${account}, 'mediator')`,
  )
  const actor: Actor = {
    id: `account/${account}`,
    account,
    name: '全能员',
    duties: [...duties, ...UNITS.map((role) => ({ role, bound: unit, grids: [] }))],
  }
  return { identify: async () => actor, allows: () => true }
}
