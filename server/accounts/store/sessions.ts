import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { Duty } from '../contract.ts'
import { dutiesOf, msOf } from './words.ts'

/** A session that nobody has ended, of an active account; whether it is over is for the rules to say. In ms. */
export interface Found {
  readonly id: number
  readonly createdAt: number
  readonly seenAt: number
  readonly until: number
  readonly account: number
  readonly login: string
  readonly name: string
  /** It came in by a button of the demo, and has no password to come in by otherwise. */
  readonly byButton: boolean
  readonly duties: Duty[]
}

const find = statement<Found>(
  'session_find',
  sql`
  select s.id, ${msOf(sql`s.created_at`)} as "createdAt", ${msOf(sql`s.seen_at`)} as "seenAt", ${msOf(sql`s.until`)} as until,
    a.id as account, a.login, a.name, a.password is null as "byButton", ${dutiesOf(sql`a.id`)} as duties
  from sessions s join accounts a on a.id = s.account_id and a.active
  where s.token = decode(${sql.placeholder('digest')}, 'hex') and s.ended_at is null`,
)

export async function findSession(db: Db, digest: string): Promise<Found | null> {
  const [found] = await find(db, { digest })
  return found ?? null
}

/** Another process may have done so meanwhile. */
export async function touchSession(db: Db, id: number, at: Date): Promise<void> {
  await db.execute(sql`
    update sessions set seen_at = ${at.toISOString()}::timestamptz
    where id = ${id} and seen_at < ${at.toISOString()}::timestamptz`)
}

export interface NewSession {
  readonly digest: string
  readonly account: number
  readonly until: Date
  readonly address: string
  readonly agent: string
}

export async function insertSession(tx: Db, session: NewSession, at: Date): Promise<number> {
  const made = await tx.execute<{ id: number }>(sql`
    insert into sessions (token, account_id, created_at, seen_at, until, address, agent)
    values (decode(${session.digest}, 'hex'), ${session.account}, ${at.toISOString()}::timestamptz,
      ${at.toISOString()}::timestamptz, ${session.until.toISOString()}::timestamptz, ${session.address}, ${session.agent})
    returning id`)
  const [row] = made.rows
  if (row === undefined) throw new Error('a session was not made')
  return row.id
}

/** Which of an account's sessions: the one of this token, the one of this id, all but this token's, or all. */
export type Which =
  | { readonly digest: string }
  | { readonly account: number; readonly id?: number | undefined; readonly except?: string | undefined }

/** Ends them, and answers whose they were. */
export async function endSessions(
  tx: Db,
  which: Which,
  at: Date,
): Promise<{ readonly id: number; readonly account: number }[]> {
  const chosen =
    'digest' in which
      ? sql`token = decode(${which.digest}, 'hex')`
      : sql`account_id = ${which.account}
        and ${which.id === undefined ? sql`true` : sql`id = ${which.id}`}
        and ${which.except === undefined ? sql`true` : sql`token <> decode(${which.except}, 'hex')`}`
  const ended = await tx.execute<{ id: number; account: number }>(sql`
    update sessions set ended_at = ${at.toISOString()}::timestamptz
    where ended_at is null and ${chosen} returning id, account_id as account`)
  return ended.rows
}

/** Forgets sessions that were over before `at`; the trail keeps that they were. */
export async function forgetSessions(tx: Db, at: Date): Promise<void> {
  await tx.execute(sql`delete from sessions where until < ${at.toISOString()}::timestamptz`)
}

export interface SessionRow {
  readonly id: number
  readonly current: boolean
  readonly createdAt: number
  readonly seenAt: number
  readonly until: number
  readonly address: string
  readonly agent: string
}

/** Those that nobody has ended, the last used first. */
export async function listSessions(db: Db, account: number, digest: string): Promise<SessionRow[]> {
  const found = await db.execute<Record<string, unknown> & SessionRow>(sql`
    select id, token = decode(${digest}, 'hex') as current, ${msOf(sql`created_at`)} as "createdAt",
      ${msOf(sql`seen_at`)} as "seenAt", ${msOf(sql`until`)} as until, address, agent
    from sessions where account_id = ${account} and ended_at is null order by seen_at desc, id desc`)
  return found.rows
}
