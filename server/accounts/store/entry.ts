import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { msOf } from './words.ts'

/** An attempt to sign in, as it is counted. */
export interface Attempt {
  /** SHA-256 of the login, in hex. */
  readonly login: string
  readonly address: string
}

/** Times of earlier attempts that failed or are being looked at, oldest first, in ms. */
export interface Earlier {
  readonly byLogin: readonly number[]
  readonly byAddress: readonly number[]
}

export async function readFailures(db: Db, { login, address }: Attempt, since: Date): Promise<Earlier> {
  const at = msOf(sql`at`)
  const from = since.toISOString()
  const found = await db.execute<Record<string, unknown> & Earlier>(sql`
    select
      coalesce((select json_agg(${at} order by at) from failures
        where login = ${login} and at > ${from}::timestamptz), '[]') as "byLogin",
      coalesce((select json_agg(${at} order by at) from failures
        where address = ${address} and at > ${from}::timestamptz), '[]') as "byAddress"`)
  return found.rows[0] ?? { byLogin: [], byAddress: [] }
}

/** Attempts are counted one after the other, in whatever process, until the end of `tx`. */
export async function lockFailures(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.failures'))`)
}

export async function insertFailure(tx: Db, { login, address }: Attempt, at: Date): Promise<void> {
  await tx.execute(sql`
    insert into failures (login, address, at) values (${login}, ${address}, ${at.toISOString()}::timestamptz)`)
}

export async function forgetFailures(tx: Db, before: Date): Promise<void> {
  await tx.execute(sql`delete from failures where at < ${before.toISOString()}::timestamptz`)
}

/** What was counted against a login is forgiven, by its password or by an administrator. */
export async function forgive(tx: Db, login: string): Promise<void> {
  await tx.execute(sql`delete from failures where login = ${login}`)
}

export interface Credentials {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly active: boolean
  readonly demo: boolean
  readonly password: string | null
}

export async function readCredentials(db: Db, login: string): Promise<Credentials | null> {
  const found = await db.execute<Record<string, unknown> & Credentials>(sql`
    select id, login, name, active, demo and exists (select from subdistricts where demo) as demo, password
    from accounts where login = ${login}`)
  return found.rows[0] ?? null
}

/** The digest of the one token that makes the first administrator; those before it count no more. */
export async function saveFirstRun(tx: Db, digest: string): Promise<void> {
  await tx.execute(sql`delete from first_run`)
  await tx.execute(sql`insert into first_run (token) values (decode(${digest}, 'hex'))`)
}

export async function isFirstRun(db: Db, digest: string): Promise<boolean> {
  const found = await db.execute(sql`select from first_run where token = decode(${digest}, 'hex')`)
  return found.rows.length > 0
}

/** True once for each token. */
export async function takeFirstRun(tx: Db, digest: string): Promise<boolean> {
  const taken = await tx.execute(sql`delete from first_run where token = decode(${digest}, 'hex')`)
  return taken.rowCount === 1
}
