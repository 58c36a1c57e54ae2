import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { ensureExtensions } from './extensions.ts'
import { migrate, readMigrations } from './migrate.ts'
import { openDatabase, type Database, type DatabaseOptions } from './open.ts'

const KINDS = ['embedded', 'postgres'] as const

/** A migrated, otherwise empty database. `address` opens it from another process, once this one has closed it. */
export type TestDatabase = Database & { readonly address: Pick<DatabaseOptions, 'url' | 'dataDir'> }

const OPENING_MS = 120_000

/**
 * Runs a suite on the embedded database and on PostgreSQL. Each suite has a database of its own, which its tests share.
 * The embedded one is several times slower: what is many cases of the same statements may be fewer by `kind`.
 */
export function onBothDatabases(
  name: string,
  suite: (database: () => TestDatabase, kind: Database['kind']) => void,
): void {
  describe.each(KINDS)(`${name} (%s)`, (kind) => {
    let opened: TestDatabase | undefined
    beforeAll(async () => {
      opened = await openTestDatabase(kind)
    }, OPENING_MS)
    afterAll(async () => {
      await opened?.close()
    }, OPENING_MS)
    suite(() => {
      if (opened === undefined) throw new Error('the database is open inside tests and hooks only')
      return opened
    }, kind)
  })
}

/** Whoever opens it closes it, which also deletes it. */
export function openTestDatabase(
  kind: Database['kind'],
  options: Partial<DatabaseOptions> = {},
): Promise<TestDatabase> {
  return kind === 'embedded' ? openOnDisk(options) : openOnServer(options)
}

async function openOnDisk(options: Partial<DatabaseOptions>): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wangge-test-'))
  await cp(given('WANGGE_TEST_FOLDER'), join(dataDir, 'embedded'), { recursive: true })
  const database = await openDatabase({ ...options, dataDir })
  return {
    ...database,
    address: { dataDir },
    close: async () => {
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function openOnServer(options: Partial<DatabaseOptions>): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now()}_${Math.trunc(Math.random() * 1e9)}`
  await asAdministrator(async (client) => {
    const template = await makeTemplate(client)
    await client.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(template)}`)
  })
  const address = { url: urlOf(name), dataDir: tmpdir() }
  const database = await openDatabase({ ...options, ...address })
  return {
    ...database,
    address,
    close: async () => {
      await database.close()
      await asAdministrator((client) => client.query(`drop database ${escapeIdentifier(name)} with (force)`))
    },
  }
}

/** A database with all migrations, made once in the cluster for each state of the migrations. */
async function makeTemplate(administrator: Client): Promise<string> {
  const migrations = await readMigrations()
  const name = `template_${migrations.map(({ checksum }) => checksum.slice(0, 4)).join('_')}`.slice(0, 63)
  await administrator.query(`select pg_advisory_lock(hashtext('template'))`)
  const { rowCount } = await administrator.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) {
    const unfinished = `${name.slice(0, 50)}_unfinished`
    await administrator.query(`drop database if exists ${escapeIdentifier(unfinished)}`)
    await administrator.query(`create database ${escapeIdentifier(unfinished)}`)
    await withClient(urlOf(unfinished), async (client) => {
      await ensureExtensions(client)
      await migrate({ dedicated: (work) => work(client) }, migrations)
    })
    await administrator.query(
      `alter database ${escapeIdentifier(unfinished)} rename to ${escapeIdentifier(name)}`,
    )
  }
  await administrator.query(`select pg_advisory_unlock(hashtext('template'))`)
  return name
}

/** What scripts/ground.ts has laid for all tests of a run. */
function given(name: 'WANGGE_TEST_PG' | 'WANGGE_TEST_FOLDER'): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run the test with vitest --project db`)
  return value
}

function urlOf(name: string): string {
  const url = new URL(given('WANGGE_TEST_PG'))
  url.pathname = `/${name}`
  return url.href
}

const asAdministrator = <T>(work: (client: Client) => Promise<T>) => withClient(given('WANGGE_TEST_PG'), work)

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
