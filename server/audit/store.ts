import { and, sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { AuditFilter, AuditLine } from './contract.ts'

type Row<T> = T & Record<string, unknown>

/** Where disputes are concerned, that there is a reason is all that an auditor learns of it. */
const OF_DISPUTE = sql`(s.step like 'dispute%' or s.subject like 'dispute%')`

const LINE = sql`s.xid::text || '-' || s.seq as id, to_json(s.at at time zone 'utc') #>> '{}' || 'Z' as at, s.actor, a.name,
  s.role, s.step, s.subject, case when not ${OF_DISPUTE} then s.data ->> 'reason' end as reason,
  s.data ->> 'reason' is not null as "hasReason"`

const PEOPLE = sql`left join accounts a on a.id = case when s.actor ~ '^account/[0-9]{1,9}$' then substr(s.actor, 9)::integer end`

/** Where a reader stands in the trail, going back: the id of the line that it had last. */
type Cursor = string

/** One page of the lines that match, newest first, beginning after the cursor; without one at the newest. */
export async function listLines(
  db: Db,
  filter: AuditFilter,
  page: { readonly limit: number; readonly cursor: Cursor | null },
): Promise<AuditLine[]> {
  const found = await db.execute<Row<AuditLine>>(sql`
    select ${LINE} from steps s ${PEOPLE}
    where ${whereOf(filter)} and ${before(page.cursor)}
    order by s.xid desc, s.seq desc limit ${page.limit}`)
  return found.rows
}

/** How many lines match, of those older than the cursor. */
export async function countLines(db: Db, filter: AuditFilter, cursor: Cursor | null = null): Promise<number> {
  const found = await db.execute<{ count: number }>(
    sql`select count(*) as count from steps s where ${whereOf(filter)} and ${before(cursor)}`,
  )
  return found.rows[0]?.count ?? 0
}

/** A cursor that leaves out what may still change its number of lines: transactions that run. */
export async function readSettled(db: Db): Promise<Cursor> {
  const found = await db.execute<{ xid: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
  )
  return `${found.rows[0]?.xid ?? 0}-0`
}

/** Whether the actor's own reading has been noted since. */
export async function hasRead(db: Db, actor: string, since: Date): Promise<boolean> {
  const found = await db.execute(sql`
    select 1 from steps
    where at > ${since.toISOString()}::timestamptz and actor = ${actor} and step = 'audit.read' limit 1`)
  return found.rows.length > 0
}

/** The largest that the columns hold; a cursor may be made up. */
const [MAX_XID, MAX_SEQ] = [2n ** 64n - 1n, 2n ** 63n - 1n]

function before(cursor: Cursor | null): SQL {
  if (cursor === null) return sql`true`
  const [xid = '0', seq = '0'] = cursor.split('-')
  return sql`(s.xid, s.seq) < (${atMost(xid, MAX_XID)}::xid8, ${atMost(seq, MAX_SEQ)}::bigint)`
}

function atMost(digits: string, max: bigint): string {
  return BigInt(digits) < max ? digits : String(max)
}

function whereOf({ from, to, account, step, subject, role }: AuditFilter): SQL {
  return (
    and(
      from !== undefined ? sql`s.at >= ${from}::timestamptz` : undefined,
      to !== undefined ? sql`s.at < ${to}::timestamptz` : undefined,
      account !== undefined ? sql`s.actor = ${`account/${account}`}` : undefined,
      step !== undefined ? sql`starts_with(s.step, ${step})` : undefined,
      subject !== undefined ? sql`s.subject = ${subject}` : undefined,
      role !== undefined ? sql`s.role = ${role}` : undefined,
    ) ?? sql`true`
  )
}
