import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '#db/testing'
import { ROLES, type Actor, type Role } from '../accounts/contract.ts'
import { allows } from '../accounts/rules.ts'
import { take } from '../events/actions/intake.ts'
import { NOW as TOY_NOW, post } from '../events/testing.ts'
import { httpServer } from '../http/server.ts'
import {
  actorIn,
  COLUMNS,
  expectedOf,
  isElsewhere,
  orderOf,
  ROWS,
  type Ground,
  type Row,
} from './matrix-testing.ts'
import { caseworkRoutes } from './routes.ts'
import { conditionOf, IN_G1, staffToy, type Staff } from './testing.ts'

/** Every so many of the combinations: the embedded database is slower, and the same code. */
const STRIDE = { embedded: 29, postgres: 3 } as const

/** Kinds of open requests with which an event stands ready; none for all other moves. */
const ASKED = [...new Set(ROWS.map(keyOf))]

function keyOf({ move, ask, stage }: Row): string {
  if (move === 'reopen') return 'reopen asked'
  return ask === null ? '' : `${ask} ${stage}`
}

onBothDatabases('the flow over HTTP', (database) => {
  let staff: Staff
  let app: FastifyInstance
  let actor: Actor
  let ground: Ground
  let conditionId = 0
  const events = new Map<string, number>()

  beforeAll(async () => {
    const { db } = database()
    staff = await staffToy(db, TOY_NOW)
    const gate = { identify: async () => actor, allows }
    app = await httpServer({ db, gate, version: 'test', clock: () => TOY_NOW, logLevel: 'silent' })
    caseworkRoutes(app)
    await app.ready()
    const grids = await db.execute<{ id: number; code: string }>(sql`select id, code from grids`)
    const idOf = (code: string) => grids.rows.find((grid) => grid.code === code)?.id ?? 0
    ground = { own: idOf('G1'), asked: idOf('G2'), third: idOf('G4') }
    conditionId = await conditionOf(db, 'G9')
    await setUp()
  }, 120_000)

  /** An event for each status and each kind of open request. */
  const setUp = async () => {
    const { db } = database()
    const standing = COLUMNS.flatMap((status) => ASKED.map((asked) => `${status}/${asked}`))
    const wanted = [...standing, ...permitted().map(({ key }) => key)]
    const reports = wanted.map(() => ({ category: 'G9', position: IN_G1 }))
    const taken = await take({ db, actor: { ...staff.director, account: null }, now: TOY_NOW }, reports)
    taken.forEach((one, n) => one.ok && events.set(wanted[n] ?? '', one.row.id))
    const rows = [...events].map(([key, id]) => {
      const [status = '', asked = ''] = key.split('/')
      const [kind = '', stage = ''] = asked.split(' ')
      return { id, status, kind, stage }
    })
    const given = sql`json_to_recordset(${JSON.stringify(rows)}) as r (id bigint, status text, kind text, stage text)`
    await db.execute(sql`
      update events e set status = r.status,
        closed_at = case when r.status in ('closed', 'revisited', 'rejected', 'merged') then e.due_at + interval '1 day' end,
        units = case when r.status in ('reported', 'verifying', 'filed', 'returned', 'rejected', 'merged')
          then '{}' else '{HW,CG}'::text[] end,
        held_from = case when r.status = 'held' then 'handling' end,
        held_until = case when r.status = 'held' then e.due_at + interval '9 days' end,
        holds = case when r.status = 'held' then 1 else 0 end,
        asks = case when r.kind = '' then '{}' else array[r.kind] end,
        asked_grid = case when r.kind = 'handover' then ${ground.asked}::integer end
      from ${given} where e.id = r.id`)
    await db.execute(sql`
      insert into assignments (event_id, unit, part, dispatched_at, due_at, amber_at, why, refuse_until, signed_at, ended_at, ending)
      select e.id, p.unit, p.part, e.reported_at, e.due_at, e.amber_at, e.why, e.due_at,
        case when e.status <> 'dispatched' then e.reported_at end, e.closed_at,
        case when e.closed_at is not null then 'closed' end
      from events e cross join (values ('HW', 'lead'), ('CG', 'assist')) as p (unit, part) where e.units <> '{}'`)
    await db.execute(sql`
      insert into requests (event_id, kind, stage, asked_by, asked_as, asked_at, reason, unit, grid_id, until)
      select r.id, r.kind, r.stage, ${staff.handlerHW.account}::integer, 'handler', e.reported_at, '理由', 'HW',
        case when r.kind = 'handover' then ${ground.asked}::integer end,
        case when r.kind = 'hold' then e.reported_at + interval '9 days' end
      from ${given} join events e on e.id = r.id where r.kind <> ''`)
  }

  const versions = async () => {
    const found = await database().db.execute<{ sum: number; steps: number }>(
      sql`select sum(version)::int as sum, (select count(*)::int from steps) as steps from events`,
    )
    return found.rows[0]
  }

  /** Everything that the table says yes to, by each of the roles, on an event of its own. */
  const permitted = () =>
    ROWS.flatMap((row) =>
      row.roles.flatMap((role) =>
        COLUMNS.flatMap((status, n) =>
          row.marks[n] === '+' ? [{ row, role, key: `${status}/${keyOf(row)}/${row.move} ${role}` }] : [],
        ),
      ),
    )

  /** Everything that the table says no to. */
  function* refused(): Generator<[Row, Role, 'own' | 'foreign', number, string]> {
    for (const row of ROWS)
      for (const role of ROLES)
        for (const where of isElsewhere(row, role) ? [] : (['own', 'foreign'] as const)) {
          const marks = expectedOf(row, role, where)
          for (let n = 0; n < marks.length; n++)
            if (marks[n] !== '+') yield [row, role, where, n, marks[n] ?? '']
        }
  }

  const ask = async (row: Row, role: Role, where: 'own' | 'foreign', key: string) => {
    actor = actorIn(row, role, where, ground, { account: staff.director.account ?? 0 })
    const order = {
      ...orderOf(row),
      conditionId,
      gridId: ground.asked,
      unit: 'HW',
      until: '2026-04-01T00:00:00Z',
    }
    const target = { into: events.get('filed/'), obligationId: await obligationOf(row, key) }
    return await post(app, `/api/events/${events.get(key)}/moves`, { ...order, ...target, version: 1 })
  }

  const obligationOf = async ({ move }: Row, key: string) => {
    if (move !== 'reply') return 1
    const found = await database().db.execute<{ id: number }>(
      sql`select id from obligations where carrier_id = ${events.get(key)}::bigint`,
    )
    return found.rows[0]?.id ?? 0
  }

  test('no order that the table forbids is carried out, whoever gives it', async () => {
    const before = await versions()
    const stride = STRIDE[database().kind]
    const wrong: string[] = []
    let [count, asked] = [0, 0]
    for (const [row, role, where, column, mark] of refused()) {
      if (count++ % stride !== 0) continue
      asked++
      const { statusCode } = await ask(row, role, where, `${COLUMNS[column]}/${keyOf(row)}`)
      if (!answersFor(role, where, mark).includes(statusCode))
        wrong.push(`${role} ${where} ${row.move} ${keyOf(row)} ${COLUMNS[column]}: ${statusCode}`)
    }
    expect(wrong).toEqual([])
    expect(await versions()).toEqual(before)
    if (database().kind === 'postgres') expect(asked).toBeGreaterThan(3000)
  }, 300_000)

  test('what it allows is carried out', async () => {
    const wrong: string[] = []
    for (const { row, role, key } of permitted()) {
      const { statusCode, body } = await ask(row, role as Role, 'own', key)
      if (statusCode !== (isUnseen(role, key) ? 404 : 200))
        wrong.push(`${role} ${key}: ${statusCode} ${body.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  }, 120_000)
})

/**
 * What one may not see is not there; what one sees but may not do is forbidden; what stands elsewhere is refused, if one sees it:
 * a unit does not, before it has a part.
 */
function answersFor(role: Role, where: 'own' | 'foreign', mark: string): number[] {
  if (where === 'foreign' || mark === '-') return [403, 404]
  return role === 'unit-liaison' || role === 'handler' ? [409, 404] : [409]
}

/** A note is for whoever sees the event, and a unit sees none before it has a part. */
function isUnseen(role: string, key: string): boolean {
  return (
    /^(unit-liaison|handler)$/.test(role) &&
    /^(reported|verifying|filed|returned|rejected|merged)\//.test(key)
  )
}
