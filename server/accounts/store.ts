import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Account, Duty, Role, Unit } from './contract.ts'
import { dutiesOf, msOf } from './store/words.ts'

export async function listUnits(db: Db): Promise<Unit[]> {
  const found = await db.execute<{ code: string; zh: string; en: string }>(
    sql`select code, name_zh as zh, name_en as en from units order by code collate "C"`,
  )
  return found.rows.map(({ code, zh, en }) => ({ code, name: { zh, en } }))
}

/** An account with what says whether it is locked and where it is signed in. Never its password. */
export interface AccountRow extends Pick<Account, 'id' | 'login' | 'name' | 'active' | 'version'> {
  readonly duties: readonly Duty[]
  /** Sessions that nobody has ended; some of them may be over. In ms. */
  readonly stays: readonly { readonly createdAt: number; readonly seenAt: number; readonly until: number }[]
  /** Failed attempts, oldest first, in ms. */
  readonly failures: readonly number[]
}

type Columns = Record<string, unknown> & AccountRow

/** All accounts, or the one with this id. Outside the wall. */
export async function readAccounts(db: Db, id?: number): Promise<AccountRow[]> {
  const found = await db.execute<Columns>(sql`
    select a.id, a.login, a.name, a.active, a.version, ${dutiesOf(sql`a.id`)} as duties,
      coalesce((select json_agg(json_build_object('createdAt', ${msOf(sql`s.created_at`)},
          'seenAt', ${msOf(sql`s.seen_at`)}, 'until', ${msOf(sql`s.until`)}))
        from sessions s where s.account_id = a.id and s.ended_at is null), '[]') as stays,
      coalesce((select json_agg(${msOf(sql`f.at`)} order by f.at)
        from failures f where f.login = encode(sha256(convert_to(a.login, 'UTF8')), 'hex')), '[]') as failures
    from accounts a where ${id === undefined ? sql`true` : sql`a.id = ${id}`}
    order by a.login collate "C"`)
  return found.rows
}

export interface NewAccount {
  readonly login: string
  readonly name: string
  readonly password: string
}

/** Id of the new account, or null where the login is taken. */
export async function insertAccount(tx: Db, account: NewAccount, at: Date): Promise<number | null> {
  const made = await tx.execute<{ id: number }>(sql`
    insert into accounts (login, name, password, created_at)
    values (${account.login}, ${account.name}, ${account.password}, ${at.toISOString()}::timestamptz)
    on conflict (login) do nothing returning id`)
  return made.rows[0]?.id ?? null
}

export interface Changed {
  readonly name?: string | undefined
  readonly active?: boolean | undefined
  /** As hashed. */
  readonly password?: string | undefined
}

/** False if the account is no longer of this version. */
export async function saveAccount(
  tx: Db,
  { id, version }: { readonly id: number; readonly version: number },
  { name, active, password }: Changed,
): Promise<boolean> {
  const saved = await tx.execute(sql`
    update accounts set name = coalesce(${name ?? null}, name), active = coalesce(${active ?? null}, active),
      password = coalesce(${password ?? null}, password), version = version + 1
    where id = ${id} and version = ${version}`)
  return saved.rowCount === 1
}

type GivenDuty = Pick<Duty, 'role' | 'bound'>

/** Gives an account these duties and no others. */
export async function saveDuties(tx: Db, account: number, duties: readonly GivenDuty[]): Promise<void> {
  const rows = duties.map(({ role, bound: { kind: _kind, ...place } }) => ({ role, ...place }))
  await tx.execute(sql`delete from duties where account_id = ${account}`)
  await tx.execute(sql`
    insert into duties (account_id, role, community, grids, unit)
    select ${account}, role, community, grids, unit from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (role text, community text, grids integer[], unit text)`)
}

/** Index of the first duty that names a community, a grid or a unit which does not exist; null if all do. */
export async function findUnknownPlace(db: Db, duties: readonly GivenDuty[]): Promise<number | null> {
  const rows = duties.map(({ bound: { kind: _kind, ...place } }, n) => ({ n, ...place }))
  const found = await db.execute<{ n: number }>(sql`
    select n from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (n integer, community text, grids bigint[], unit text)
    where community is not null and not exists (select from communities c where c.code = r.community)
      or unit is not null and not exists (select from units u where u.code = r.unit)
      or exists (select from unnest(r.grids) as wanted where not exists (select from grids g where g.id = wanted))
    order by n limit 1`)
  return found.rows[0]?.n ?? null
}

/** Administrators who can sign in, in the order of their ids; locked against each other's demotion until the end of `tx`. */
export async function lockAdministrators(tx: Db, demo: boolean): Promise<number[]> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.administrators'))`)
  const found = await tx.execute<{ id: number }>(sql`
    select a.id from accounts a where ${canEnter(demo)}
      and exists (select from duties d where d.account_id = a.id and d.role = 'administrator') order by a.id`)
  return found.rows.map(({ id }) => id)
}

export async function hasAdministrator(db: Db, demo: boolean): Promise<boolean> {
  const found = await db.execute(sql`
    select from accounts a join duties d on d.account_id = a.id and d.role = 'administrator'
    where ${canEnter(demo)} limit 1`)
  return found.rows.length > 0
}

/** Somebody without a password comes in by a button of the demo only. */
function canEnter(demo: boolean) {
  const button = demo ? sql`a.demo and exists (select from subdistricts where demo)` : sql`false`
  return sql`a.active and (a.password is not null or ${button})`
}

export interface Button {
  readonly login: string
  readonly name: string
  readonly role: Role
}

/** For each role the first account of a demo sub-district that has it. */
export async function listButtons(db: Db): Promise<Button[]> {
  const found = await db.execute<Record<string, unknown> & Button>(sql`
    select distinct on (d.role) a.login, a.name, d.role
    from accounts a join duties d on d.account_id = a.id
    where a.demo and a.active and exists (select from subdistricts where demo)
    order by d.role, a.id`)
  return found.rows
}
