import { sql, type SQL } from 'drizzle-orm'

/** A row as drizzle types it. */
export type Row<T> = T & Record<string, unknown>
export const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`
/** As `Date.toISOString` writes it. */
export const iso = (column: SQL) =>
  sql`to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
