import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { EventFacts } from '../events/contract.ts'
import { at, ms, ROW, type Row } from '../events/store/row.ts'

/** An open event at which something has come true that was not told. */
export type Due = EventFacts & {
  readonly told: 'green' | 'amber' | 'red'
  readonly escalated: number
}

const NOW = sql`${sql.placeholder('now')}::timestamptz`

/**
 * What has to be told by `now`, each part by an index of its own. Rows that somebody else works on are left to them, or to the
 * next run; those taken are kept until the transaction ends, so that of several processes one tells.
 */
const due = statement<Due & Record<string, unknown>>(
  'sweep_due',
  sql`
  select ${ROW}, e.told, e.escalated from events e
  where e.id = any(array(
    (select id from events where closed_at is null and told = 'green' and amber_at <= ${NOW} and status <> 'held'
      order by amber_at limit ${sql.placeholder('limit')})
    union
    (select id from events where closed_at is null and told <> 'red' and due_at < ${NOW} and status <> 'held'
      order by due_at limit ${sql.placeholder('limit')})
    union
    (select id from events where closed_at is null and escalate_at is not null and escalate_at <= ${NOW}
      and status <> 'held' order by escalate_at limit ${sql.placeholder('limit')})))
    and e.closed_at is null and e.status <> 'held'
    and (e.told = 'green' and e.amber_at <= ${NOW} or e.told <> 'red' and e.due_at < ${NOW} or e.escalate_at <= ${NOW})
  order by e.due_at, e.id
  limit ${sql.placeholder('limit')}
  for update of e skip locked`,
)

export function takeDue(tx: Db, now: Date, limit: number): Promise<Due[]> {
  return due(tx, { now: now.toISOString(), limit })
}

/** What was told of an event. */
export interface Progressed {
  readonly id: number
  readonly told: string
  readonly escalated: number
  readonly supervision: number
  readonly escalateAt: string | null
}

const progressed = statement<EventFacts & Record<string, unknown>>(
  'sweep_progress',
  sql`
  update events e set told = p.told, escalated = p.escalated, supervision = p.supervision, escalate_at = p."escalateAt",
    version = e.version + case when p.supervision > e.supervision then 1 else 0 end
  from json_to_recordset(${sql.placeholder('rows')}) as p (id bigint, told text, escalated smallint, supervision smallint,
    "escalateAt" timestamptz)
  where e.id = p.id
  returning ${ROW}`,
)

/** Writes it down. Only what people see makes a new version: nobody's order is refused for a light. */
export function saveProgress(tx: Db, rows: readonly Progressed[]): Promise<EventFacts[]> {
  return progressed(tx, { rows: JSON.stringify(rows) })
}

/** Ids of events whose hold has ended. */
export async function listEnded(db: Db, now: Date, limit: number): Promise<number[]> {
  const found = await db.execute<{ id: number }>(sql`
    select id from events where status = 'held' and held_until <= ${at(now)} order by held_until, id limit ${limit}`)
  return found.rows.map(({ id }) => id)
}

/** Keeps one of them from others; false if it has no hold any more, or somebody is at work on it. */
export async function takeEnded(tx: Db, id: number, now: Date): Promise<boolean> {
  const found = await tx.execute(sql`
    select id from events where id = ${id}::bigint and status = 'held' and held_until <= ${at(now)}
    for update skip locked`)
  return found.rows.length > 0
}

/** The next instant at which something comes true, in milliseconds; null if there is none. Each part is the head of an index. */
export async function findNext(db: Db): Promise<number | null> {
  const found = await db.execute<Row<{ next: number | null }>>(sql`
    select least(
      (select ${ms(sql`amber_at`)} from events where closed_at is null and told = 'green' and status <> 'held'
        order by amber_at limit 1),
      (select ${ms(sql`due_at`)} from events where closed_at is null and told <> 'red' and status <> 'held'
        order by due_at limit 1),
      (select ${ms(sql`escalate_at`)} from events where closed_at is null and escalate_at is not null and status <> 'held'
        order by escalate_at limit 1),
      (select ${ms(sql`held_until`)} from events where status = 'held' order by held_until limit 1)) as next`)
  return found.rows[0]?.next ?? null
}
