import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db } from '#db/open'
import { seedAccounts } from '#db/seed-accounts'
import { onBothDatabases } from '#db/testing'
import { drawToy } from '../events/testing.ts'
import { behindWall } from '../http/store.ts'
import { append } from '../trail/store.ts'
import { actorWith } from './testing.ts'

/** What a request may not do, were its statement of somebody else's making. */
const FORBIDDEN = [
  'select from sessions',
  'select token from sessions',
  "insert into sessions (token, account_id, created_at, seen_at, until, address, agent) values (sha256('x'), 1, now(), now(), now(), '', '')",
  'update sessions set ended_at = null',
  'delete from sessions',
  'select from failures',
  'delete from failures',
  'select from first_run',
  "insert into first_run values (sha256('x'))",
  'select password from accounts',
  'select * from accounts',
  "select login from accounts where password like '$argon2id%'",
  "update accounts set password = 'x'",
  'update accounts set active = true',
  "insert into accounts (login, name, created_at) values ('mine', 'x', now())",
  'delete from accounts',
  "insert into duties (account_id, role) values (1, 'administrator')",
  "update duties set role = 'administrator'",
  'delete from duties',
  "update steps set actor = 'nobody'",
  'delete from steps',
  'truncate steps',
  'alter table steps disable trigger all',
  'drop table steps',
  'delete from migrations',
  'create table mine (n integer)',
  "copy accounts to '/tmp/accounts'",
]

onBothDatabases('the second wall', (database) => {
  const inside = <T>(work: (tx: Db) => Promise<T>) => behindWall(database().db, actorWith('director'), work)

  test('a toy town with people and a past', async () => {
    const { db } = database()
    await drawToy(db)
    await seedAccounts(db, new Date())
    await append(db, [{ step: 'test', subject: 'test/1', actor: 'test', at: new Date(), data: {} }])
  })

  test('the role of requests owns nothing and stands above nothing', async () => {
    const found = await inside((tx) =>
      tx.execute(sql`
        select current_user::text as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
          (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns,
          (select count(*)::int from pg_auth_members where member = pg_roles.oid) as belongs
        from pg_roles where rolname = current_user`),
    )
    expect(found.rows).toEqual([
      {
        name: 'wangge_app',
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: false,
        owns: 0,
        belongs: 0,
      },
    ])
  })

  test.each(FORBIDDEN)('%s is refused', async (text) => {
    const refused: unknown = await inside((tx) => tx.execute(sql.raw(text))).catch(
      (error: unknown) => (error as Error).cause,
    )
    expect(refused).toMatchObject({ code: '42501' })
  })

  test('what requests need is there: who somebody is, their duties, and a trail to add to', async () => {
    const people = await inside((tx) =>
      tx.execute(sql`select a.name, d.role from accounts a join duties d on d.account_id = a.id`),
    )
    expect(people.rows.length).toBeGreaterThan(14)
    await inside((tx) =>
      append(tx, [{ step: 'test', subject: 'test/2', actor: 'test', at: new Date(), data: {} }]),
    )
  })

  test('neither the role nor the account outlives its transaction', async () => {
    await inside((tx) => tx.execute(sql`select 1`))
    await inside((tx) => tx.execute(sql`select 1 / 0`)).catch(() => undefined)
    const found = await database().db.execute<{ name: string; account: string | null }>(
      sql`select current_user::text as name, nullif(current_setting('wangge.account', true), '') as account`,
    )
    expect(found.rows[0]?.name).not.toBe('wangge_app')
    expect(found.rows[0]?.account).toBeNull()
  })

  test('the database itself keeps administrator and auditor apart, and asks units of those who handle', async () => {
    const { db } = database()
    const give = (role: string, more = sql`null`) =>
      db
        .execute(sql`insert into duties (account_id, role, unit)
          select id, ${role}, ${more} from accounts where login = 'administrator'`)
        .then(
          () => 'given',
          (error: unknown) => String(((error as Error).cause as { code?: string }).code),
        )
    expect([await give('auditor'), await give('handler'), await give('handler', sql`'CG'`)]).toEqual([
      '23505',
      '23514',
      'given',
    ])
  })

  test.each([
    ['director', 1, true],
    ['w001', 1, true],
    ['w001', 2, false],
    ['lead-01', 2, true],
    ['lead-01', 3, false],
    ['handler-cg', 1, false], // a unit's reach is what it was given, not a place
  ])('%s acts in grid %i: %s', async (login, grid, acts) => {
    const { db } = database()
    const roles = sql`array['director', 'grid-worker', 'grid-lead', 'handler']`
    const found = await db.execute<{ id: number }>(sql`select id from accounts where login = ${login}`)
    const account = found.rows[0]?.id ?? null
    const answer = await behindWall(db, actorWith('director', undefined, { account }), (tx) =>
      tx.execute(sql`select acts_in(${roles}, ${grid}) as acts`),
    )
    expect(answer.rows).toEqual([{ acts }])
    const nobody = await behindWall(db, actorWith('director', undefined, { account: null }), (tx) =>
      tx.execute(sql`select acts_in(${roles}, ${grid}) as acts`),
    )
    expect(nobody.rows).toEqual([{ acts: false }])
  })
})
