import { drizzle } from 'drizzle-orm/node-postgres'
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import type { ClientBase, Pool } from 'pg'
import { openEmbedded } from './embedded/open.ts'
import { ensureExtensions } from './extensions.ts'
import { openPostgres } from './postgres.ts'
import { readBigintAsNumber } from './numbers.ts'
import type { Wakes } from './wake.ts'

/** What queries run on: the database itself, or a transaction. Inside a transaction use nothing but that transaction. */
export type Db = PgDatabase<NodePgQueryResultHKT>

export type Log = (line: string) => void

export type DatabaseOptions = {
  /** A PostgreSQL URL. Without it the embedded database in `dataDir` is opened. */
  readonly url?: string | undefined
  /** The same server past a pooler like pgbouncer, for LISTEN and migrations. */
  readonly directUrl?: string | undefined
  readonly dataDir: string
  readonly maxConnections?: number | undefined
  /** The longest that one statement may take. */
  readonly patienceMs?: number | undefined
  readonly log?: Log | undefined
}

export type Database = {
  readonly kind: 'embedded' | 'postgres'
  readonly pool: Pool
  readonly db: Db
  /** Of the server, like '15.20', and of PostGIS, like '3.3.2'. */
  readonly version: string
  readonly postgis: string
  /** See wake.ts: `wake(tx, topic)` in the transaction, `onWake(topic, callback)` in whichever process. */
  readonly onWake: Wakes['on']
  /** One connection with no statement limit and outside a pooler, for what needs a session: migrations. */
  readonly dedicated: <T>(work: (client: ClientBase) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** What each of the two databases provides; the rest is common. */
export type Connected = Pick<Database, 'kind' | 'pool' | 'onWake' | 'dedicated' | 'close'>

const PATIENCE_MS = 60_000
const MAX_CONNECTIONS = 10

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  readBigintAsNumber()
  const { url, directUrl = url, dataDir, log = () => {} } = options
  const patienceMs = options.patienceMs ?? PATIENCE_MS
  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS
  const connected =
    url === undefined || directUrl === undefined
      ? await openEmbedded({ dataDir, patienceMs, log })
      : await openPostgres({ url, directUrl, maxConnections, patienceMs, log })
  try {
    await connected.dedicated(ensureExtensions)
    const versions = await readVersions(connected.pool)
    return { ...connected, ...versions, db: drizzle(connected.pool) }
  } catch (error) {
    await connected.close()
    throw error
  }
}

async function readVersions(pool: Pool): Promise<Pick<Database, 'version' | 'postgis'>> {
  const { rows } = await pool.query<{ version: string; postgis: string }>(
    `select split_part(current_setting('server_version'), ' ', 1) as version, postgis_lib_version() as postgis`,
  )
  const [versions] = rows
  if (versions === undefined) throw new Error('the database does not say its version')
  return versions
}
