import type { Pool } from 'pg'
import type { Log } from '../open.ts'

const EVERY_MS = 5 * 60_000

export type Upkeep = { stop(): Promise<void> }

/**
 * The embedded database has neither autovacuum nor checkpointer: without this a table updated 300 times grows to 93 MB,
 * and the log that a restart has to replay to gigabytes. Separate statements, as VACUUM refuses to share a transaction.
 */
export async function tidy(pool: Pool): Promise<void> {
  await pool.query('CHECKPOINT')
  await pool.query('VACUUM (ANALYZE)')
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
