import { Client, Pool, type ClientBase } from 'pg'
import type { Connected, Log } from './open.ts'
import { DatabaseRefusal } from './refusal.ts'
import { listen, makeWakes } from './wake.ts'

const CONNECT_MS = 10_000
const CLOSE_MS = 10_000

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
        await settle(client, 0)
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

/** 0 is no limit. */
async function settle(client: ClientBase, patienceMs: number): Promise<void> {
  const limits = `set statement_timeout = ${patienceMs}; set idle_in_transaction_session_timeout = ${patienceMs}`
  await client.query(`set time zone 'UTC'; ${limits}`)
  // The server notices a client that died in the middle of a long statement, so that its locks do not outlive it.
  // Servers on Windows do not know how, which is no reason to do without them.
  await client.query(`set client_connection_check_interval = '2s'`).catch(() => {})
}

/** An 'error' event that nobody hears ends the process. The pool passes on those of idle clients only. */
export function surviveLostConnections(pool: Pool, log: Log): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', (error) => log(`database connection: ${error.message}`)))
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
