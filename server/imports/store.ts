import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Placement } from '../grids/contract.ts'
import type { Why } from '../deadlines/contract.ts'
import type { Channel, EventSource, EventStatus } from '../events/contract.ts'
import type { Position } from '#geo/geojson'

/** An event that comes with its past; instants in milliseconds. */
export interface PastEvent {
  /** The sender's own number, or what stands for it: no second event is ever stored under it. */
  readonly ref: string
  readonly category: string
  readonly status: EventStatus
  readonly source: EventSource
  readonly position: Position
  readonly address: string | null
  readonly description: string | null
  readonly accuracyM: number | null
  readonly gridId: number | null
  readonly rule: Placement['rule']
  readonly placement: Placement
  readonly occurredAt: number
  readonly reportedAt: number
  readonly dueAt: number
  readonly amberAt: number
  readonly why: Why
  readonly conditionId: number
  readonly channel: Channel
  readonly closedAt: number | null
}

/** Those of the numbers under which an event is stored. */
export async function findRefs(db: Db, refs: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await db.execute<{ ref: string }>(sql`
    select external_ref as ref from events
    where external_ref in (select jsonb_array_elements_text(${JSON.stringify(refs)}::jsonb))`)
  return new Set(found.rows.map(({ ref }) => ref))
}

/** Number → id of the events that were not there before. Lights that turned before they came here count as told. */
export async function insertPast(
  db: Db,
  events: readonly PastEvent[],
  now: Date,
): Promise<ReadonlyMap<string, number>> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = events.map(({ position: [lng, lat], ...event }) => ({ ...event, lng, lat }))
  const made = await db.execute<{ id: number; ref: string }>(sql`
    with made as (
      insert into events (external_ref, category, status, source, occurred_at, reported_at, due_at, amber_at, closed_at,
        description, address, geom, accuracy_m, grid_id, rule, placement, condition_id, why, channel, told)
      select ref, category, status, source, to_timestamp("occurredAt" / 1000.0), to_timestamp("reportedAt" / 1000.0),
        to_timestamp("dueAt" / 1000.0), to_timestamp("amberAt" / 1000.0), to_timestamp("closedAt" / 1000.0), description,
        address, st_setsrid(st_makepoint(lng, lat), 4326), "accuracyM", "gridId", rule, placement, "conditionId", why,
        channel, case when ${at} > to_timestamp("dueAt" / 1000.0) then 'red' when ${at} >= to_timestamp("amberAt" / 1000.0)
          then 'amber' else 'green' end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (ref text, category text, status text, source text,
        "occurredAt" float8, "reportedAt" float8, "dueAt" float8, "amberAt" float8, "closedAt" float8, description text,
        address text, lng float8, lat float8, "accuracyM" real, "gridId" integer, rule text, placement jsonb,
        "conditionId" integer, why jsonb, channel text)
      order by "reportedAt"
      on conflict (external_ref) do nothing
      returning id, external_ref, channel, due_at, closed_at
    ), promised as (
      insert into obligations (event_id, carrier_id, channel, due_at, replied_at)
      select id, id, channel, due_at, closed_at from made
    )
    select id, external_ref as ref from made`)
  return new Map(made.rows.map(({ id, ref }) => [ref, id]))
}
