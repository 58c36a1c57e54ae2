import { Client, Pool, type ClientBase } from 'pg'
import type { Connected, Log } from './open.ts'
import { DatabaseRefusal } from './refusal.ts'
import { listen, makeWakes } from './wake.ts'

const CONNECT_MS = 10_000
const CLOSE_MS = 10_000

/** The server looks after clients that died in the middle of a long statement, so that their locks do not outlive them. */
const SESSION = `set time zone 'UTC'; set client_connection_check_interval = '2s'`

type Options = {
  readonly url: string
  readonly directUrl: string
  readonly maxConnections: number
  readonly patienceMs: number
  readonly log: Log
}

export async function openPostgres(options: Options): Promise<Connected> {
  const { url, directUrl, maxConnections, patienceMs, log } = options
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    // Not start-up parameters, since pgbouncer refuses those it does not know. Behind it the settings
    // reach other sessions too, which is harmless as all set the same.
    onConnect: (client) => settle(client, patienceMs),
  })
  surviveLostConnections(pool, log)
  await refuseUnreachable(pool)

  const direct = () =>
    new Client({ connectionString: directUrl, connectionTimeoutMillis: CONNECT_MS, keepAlive: true })
  const wakes = makeWakes()
  const listener = listen(direct, wakes, log)

  return {
    kind: 'postgres',
    pool,
    onWake: wakes.on,
    dedicated: async (work) => {
      const client = direct()
      client.on('error', (error) => log(`database connection: ${error.message}`))
      await client.connect()
      try {
        await client.query(SESSION)
        return await work(client)
      } finally {
        await client.end()
      }
    },
    close: async () => {
      await listener.close()
      await endPool(pool, log)
    },
  }
}

async function settle(client: ClientBase, patienceMs: number): Promise<void> {
  await client.query(
    `${SESSION}; set statement_timeout = ${patienceMs}; set idle_in_transaction_session_timeout = ${patienceMs}`,
  )
}

/** An 'error' event that nobody hears ends the process. The pool hears those of idle clients, not of those at work. */
export function surviveLostConnections(pool: Pool, log: Log): void {
  const hear = (error: Error) => log(`database connection: ${error.message}`)
  pool.on('error', hear)
  pool.on('connect', (client) => client.on('error', hear))
}

/** Waits for those who still work with a connection, but not for one who never gives it back. */
export async function endPool(pool: Pool, log: Log): Promise<void> {
  const late = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    log('a database connection was not given back; closing all the same')
    late.resolve()
  }, CLOSE_MS)
  await Promise.race([pool.end(), late.promise])
  clearTimeout(timer)
}

async function refuseUnreachable(pool: Pool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseRefusal(
      'unreachable',
      `无法连接 DATABASE_URL 指定的数据库：${reason}`,
      `The database of DATABASE_URL cannot be reached: ${reason}`,
      { cause },
    )
  }
}
