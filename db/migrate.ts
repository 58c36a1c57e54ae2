import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientBase } from 'pg'
import type { Database } from './open.ts'
import { DatabaseRefusal } from './refusal.ts'

export type Migration = {
  readonly id: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** What the last migration is, and which of them this run has applied. */
export type Migrated = { readonly at: number; readonly applied: readonly string[] }

type Applied = Pick<Migration, 'id' | 'name' | 'checksum'>

const MIGRATIONS_FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

const FILE = /^(\d{4})_([a-z0-9_-]+)\.sql$/

const LOCK = `hashtext('wangge.migrations')`

/**
 * Brings the schema up to this program: each file once, in order, in a transaction of its own. The lock makes a second
 * process wait and then find nothing to do; it belongs to the connection, so it ends with a process that dies.
 */
export async function migrate(
  database: Pick<Database, 'dedicated'>,
  migrations: readonly Migration[] | Promise<readonly Migration[]> = readMigrations(),
): Promise<Migrated> {
  const known = await migrations
  return database.dedicated(async (client) => {
    await client.query(`select pg_advisory_lock(${LOCK})`)
    try {
      return await bringUp(client, known)
    } finally {
      // A connection that is gone has let go of the lock; its error must not hide the first one.
      await client.query(`select pg_advisory_unlock(${LOCK})`).catch(() => {})
    }
  })
}

export async function readMigrations(folder = MIGRATIONS_FOLDER): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  return Promise.all(
    files.map(async (file, index) => {
      const [, number, name] = FILE.exec(file) ?? []
      if (name === undefined || Number(number) !== index + 1) {
        throw new Error(
          `${file}: migrations are numbered without a gap, like ${String(index + 1).padStart(4, '0')}_name.sql`,
        )
      }
      const sql = await readFile(join(folder, file), 'utf8')
      return { id: index + 1, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function bringUp(client: ClientBase, known: readonly Migration[]): Promise<Migrated> {
  await client.query(
    `create table if not exists migrations (
       id integer primary key,
       name text not null,
       checksum text not null,
       applied_at timestamptz not null default now()
     )`,
  )
  const { rows: applied } = await client.query<Applied>(
    'select id, name, checksum from migrations order by id',
  )
  const pending = pendingOf(known, applied)
  for (const migration of pending) await apply(client, migration)
  return { at: known.length, applied: pending.map(({ name }) => name) }
}

/** Those still to apply. Refuses a database of a newer program, and one that an edited file has once shaped. */
export function pendingOf(known: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  for (const done of applied) {
    const ours = known.find(({ id }) => id === done.id)
    if (ours === undefined) throw newer(done, known.length)
    if (ours.checksum !== done.checksum) throw changed(done)
  }
  const done = new Set(applied.map(({ id }) => id))
  return known.filter(({ id }) => !done.has(id))
}

async function apply(client: ClientBase, { id, name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into migrations (id, name, checksum) values ($1, $2, $3)', [
      id,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseRefusal(
      'migration-failed',
      `数据库升级 ${label({ id, name })} 失败，已回退：${reason}`,
      `Migration ${label({ id, name })} failed and was rolled back: ${reason}`,
      { cause },
    )
  }
}

const label = ({ id, name }: Pick<Migration, 'id' | 'name'>) => `${String(id).padStart(4, '0')}_${name}`

const newer = (done: Applied, last: number) =>
  new DatabaseRefusal(
    'newer-than-program',
    `数据库版本（${label(done)}）比本程序（${String(last).padStart(4, '0')}）新；请使用较新版本的程序，数据未作改动。`,
    `The database (${label(done)}) is newer than this program (${String(last).padStart(4, '0')}); use a newer program. Nothing was changed.`,
  )

const changed = (done: Applied) =>
  new DatabaseRefusal(
    'migration-changed',
    `升级文件 ${label(done)}.sql 在执行之后被修改；请恢复原文件，改动请写入新的升级文件。`,
    `The file ${label(done)}.sql was edited after it had been applied; restore it and put the change into a new migration.`,
  )
