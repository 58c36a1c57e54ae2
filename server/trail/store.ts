import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { Step } from './contract.ts'

export interface NewStep {
  /** `capability.verb`, such as `event.reported`. */
  readonly step: string
  /** `kind/id`, such as `event/12`. */
  readonly subject: string
  readonly actor: string
  /** The duty in which the actor did it; absent for machines. */
  readonly role?: string
  readonly at: Date
  readonly data: unknown
  /** Who hears of it in the live feed: `events`, `grid/3`, `unit/CG`, `account/12`. Nobody if absent. */
  readonly audience?: readonly string[]
}

/** A step with those who may hear it; the audience itself never leaves the server. */
export interface Line extends Omit<Step, 'prev'> {
  readonly audience: readonly string[]
}

/** Where a reader of the trail stands: the id of the last step that it has, `0-0` before the first. */
export type Cursor = string
export const BEGINNING: Cursor = '0-0'

/** Appends to the trail, in the order given, inside the caller's transaction. */
export async function append(db: Db, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return
  // One JSON parameter for any number of rows: the same statement text for one step and for a thousand.
  const rows = JSON.stringify(steps)
  await db.execute(sql`
    insert into steps (at, actor, role, subject, step, data, audience)
    select at, actor, role, subject, step, data, coalesce(audience, '{}')
    from jsonb_to_recordset(${rows}::jsonb)
      as s(at timestamptz, actor text, role text, subject text, step text, data jsonb, audience text[])`)
}

const since = statement<Line & Record<string, unknown>>(
  'trail_since',
  sql`
  select xid::text || '-' || seq as id, to_json(at at time zone 'utc') #>> '{}' || 'Z' as at, actor, subject, step,
    data, audience
  from steps
  where (xid, seq) > (${sql.placeholder('xid')}::xid8, ${sql.placeholder('seq')}::bigint)
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, seq
  limit ${sql.placeholder('limit')}`,
)

/**
 * The steps after `cursor` that every process sees in this order for ever, oldest first, whole. Steps of transactions that
 * may still commit with a lower number are left for the next call: that is what makes the order gapless.
 */
export function readSince(db: Db, cursor: Cursor, limit: number): Promise<Line[]> {
  const [xid, seq] = cursor.split('-')
  return since(db, { xid, seq, limit })
}

/** The last step that `readSince` can see now. */
export async function readHead(db: Db): Promise<Cursor> {
  const found = await db.execute<{ id: Cursor }>(sql`
    select xid::text || '-' || seq as id from steps
    where xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid desc, seq desc limit 1`)
  return found.rows[0]?.id ?? BEGINNING
}

/** Whether the trail still holds the step that a reader names as its last; a reader of another database's trail has none here. */
export async function isKnown(db: Db, cursor: Cursor): Promise<boolean> {
  if (cursor === BEGINNING) return true
  const [xid, seq] = cursor.split('-')
  const found = await db.execute(sql`select 1 from steps where xid = ${xid}::xid8 and seq = ${seq}::bigint`)
  return found.rows.length > 0
}
