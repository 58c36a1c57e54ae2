import type { Pool } from 'pg'
import type { Log } from '../open.ts'

const EVERY_MS = 5 * 60_000

export type Upkeep = { stop(): Promise<void> }

/** The tables that autovacuum would take, by its own formula. */
const DUE = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_all_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup`

/**
 * The embedded database has neither autovacuum nor checkpointer: without this a table updated 300 times grows to 93 MB,
 * and the log that a restart has to replay to gigabytes. Table by table, so that those who wait get in between.
 */
export async function tidy(pool: Pool): Promise<void> {
  await pool.query('checkpoint')
  const { rows } = await pool.query<{ name: string }>(DUE)
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`)
}

export function startUpkeep(pool: Pool, log: Log, everyMs = EVERY_MS): Upkeep {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = tidy(pool).catch((error: unknown) => log(`upkeep of the embedded database: ${String(error)}`))
  }, everyMs)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return running
    },
  }
}
