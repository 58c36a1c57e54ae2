import { escapeIdentifier, type ClientBase } from 'pg'
import { DatabaseRefusal } from './refusal.ts'

const EXTENSIONS = ['postgis', 'btree_gist', 'pg_trgm']

const OLDEST_SERVER = 150_000

/** Several processes may start at once, and CREATE EXTENSION IF NOT EXISTS fails when two do it together. */
const LOCK_KEY = 'wangge.extensions'

/** Makes sure that the server is new enough and has the extensions that the schema stands on. */
export async function ensureExtensions(client: ClientBase): Promise<void> {
  await refuseOldServer(client)
  if ((await missing(client)).length === 0) return
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [LOCK_KEY])
    for (const name of await missing(client)) {
      await client.query(`create extension if not exists ${escapeIdentifier(name)}`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw refusal(error)
  }
}

async function missing(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ extname: string }>('select extname from pg_extension')
  const present = new Set(rows.map(({ extname }) => extname))
  return EXTENSIONS.filter((name) => !present.has(name))
}

async function refuseOldServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    `select current_setting('server_version_num') as number`,
  )
  if (Number(rows[0]?.number) >= OLDEST_SERVER) return
  throw new DatabaseRefusal('too-old', '需要 PostgreSQL 15 或更高版本。', 'PostgreSQL 15 or newer is needed.')
}

function refusal(cause: unknown): DatabaseRefusal {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const statements = EXTENSIONS.map((name) => `CREATE EXTENSION ${name};`).join(' ')
  return new DatabaseRefusal(
    'cannot-open',
    `无法启用数据库扩展（${reason}）。请安装 PostGIS 并由管理员执行：${statements}`,
    `The database extensions cannot be enabled (${reason}). Install PostGIS and let an administrator run: ${statements}`,
    { cause },
  )
}
