import { sql } from 'drizzle-orm'
import type { Role } from '#contract/accounts'
import { person } from '../geodata/demo/names.ts'
import { random } from '../geodata/demo/random.ts'
import type { Db } from './open.ts'

/** An account of the demo. Without a community or unit its duty is for the whole sub-district. */
interface Seeded {
  readonly login: string
  readonly role: Role
  readonly community?: string
  readonly unit?: string
}

const CENTRE: readonly Seeded[] = [
  { login: 'director', role: 'director' },
  { login: 'commander', role: 'commander' },
  { login: 'shift-lead', role: 'shift-lead' },
  { login: 'acceptor1', role: 'acceptor' },
  { login: 'acceptor2', role: 'acceptor' },
  { login: 'dispatcher', role: 'dispatcher' },
  { login: 'evaluator', role: 'evaluator' },
  { login: 'planner', role: 'planner' },
  { login: 'administrator', role: 'administrator' },
  { login: 'auditor', role: 'auditor' },
]

/** Units whose people in the field have an account too; the first is the one with a button at the door. */
const WITH_HANDLER = ['CG', 'HW']

/**
 * Gives a demo sub-district its people: every role at least once, a liaison in each unit, a lead in each community and the
 * worker of each grid. They have no password; the door of a demo lets them in by a button. Does nothing elsewhere, and
 * nothing where there are some. False if it did nothing.
 */
export async function seedAccounts(db: Db, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.seed-accounts'))`)
    const wanted = await tx.execute(sql`
      select from subdistricts where demo and not exists (select from accounts where demo)`)
    if (wanted.rows.length === 0) return false
    await seedOffice(tx, now)
    await seedWorkers(tx, now)
    return true
  })
}

async function seedOffice(db: Db, now: Date): Promise<void> {
  const communities = await db.execute<{ code: string }>(
    sql`select code from communities order by code collate "C"`,
  )
  const units = await db.execute<{ code: string }>(
    sql`select code from units order by array_position(${sql.param(WITH_HANDLER)}::text[], code), code collate "C"`,
  )
  const workers = await db.execute<{ name: string }>(sql`select name from workers`)
  const office = officeOf(
    units.rows.map(({ code }) => code),
    communities.rows.map(({ code }) => code),
  )
  const named = withNames(office, new Set(workers.rows.map(({ name }) => name)))
  await db.execute(sql`
    with r as (
      select * from jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
        as r (n integer, login text, name text, role text, community text, unit text)
    ), made as (
      insert into accounts (login, name, demo, created_at)
      select login, name, true, ${now.toISOString()}::timestamptz from r order by n
      returning id, login
    )
    insert into duties (account_id, role, community, unit)
    select made.id, r.role, r.community, r.unit from r join made using (login) order by r.n`)
}

function officeOf(units: readonly string[], communities: readonly string[]): readonly Seeded[] {
  const handlers = units.filter((unit) => WITH_HANDLER.includes(unit))
  return [
    ...CENTRE,
    ...units.map((unit): Seeded => ({ login: `liaison-${unit.toLowerCase()}`, role: 'unit-liaison', unit })),
    ...handlers.map((unit): Seeded => ({ login: `handler-${unit.toLowerCase()}`, role: 'handler', unit })),
    ...communities.map((community, i): Seeded => ({
      login: `lead-${String(i + 1).padStart(2, '0')}`,
      role: 'grid-lead',
      community,
    })),
    { login: 'mediator1', role: 'mediator' },
    ...communities
      .slice(0, 1)
      .map((community): Seeded => ({ login: 'mediator2', role: 'mediator', community })),
  ]
}

/** Invented as the names of the workers are, and none twice. */
function withNames(office: readonly Seeded[], taken: ReadonlySet<string>) {
  const rng = random(31)
  const used = new Set(taken)
  return office.map((seeded, n) => {
    let name = ''
    do name = person(rng.pick, rng.next() < 0.25 ? 'short' : 'long')
    while (used.has(name))
    used.add(name)
    return { n, name, ...seeded }
  })
}

/** w001 and so on, in the order of their grids. */
async function seedWorkers(db: Db, now: Date): Promise<void> {
  await db.execute(sql`
    with r as (
      select w.id, w.name, w.grid_id,
        'w' || lpad((row_number() over (order by g.code collate "C"))::text, 3, '0') as login
      from workers w join grids g on g.id = w.grid_id
    ), made as (
      insert into accounts (login, name, demo, worker_id, created_at)
      select login, name, true, id, ${now.toISOString()}::timestamptz from r order by login
      returning id, worker_id
    )
    insert into duties (account_id, role, grids)
    select made.id, 'grid-worker', array[r.grid_id] from made join r on r.id = made.worker_id order by made.id`)
}
