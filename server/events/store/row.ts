import { sql, type SQL } from 'drizzle-orm'

/** A row as drizzle types it. */
export type Row<T> = T & Record<string, unknown>

export const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`
export const ms = (column: SQL) => sql`(extract(epoch from ${column}) * 1000)::float8`

/** `EventFacts` of `events e`. */
export const ROW = sql`e.id, e.category, e.status, e.source, array[st_x(e.geom), st_y(e.geom)] as position, e.address,
  e.grid_id as "gridId", e.keeper_id as "keeperId", e.rule, ${ms(sql`e.occurred_at`)} as "occurredAt", ${ms(sql`e.reported_at`)} as "reportedAt",
  ${ms(sql`e.due_at`)} as "dueAt", ${ms(sql`e.amber_at`)} as "amberAt", ${ms(sql`e.closed_at`)} as "closedAt",
  ${ms(sql`e.stage_due_at`)} as "stageDueAt", e.units, e.asks, e.supervision, e.important, e.reporter_id as reporter,
  e.version`
