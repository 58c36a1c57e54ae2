import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { migrate, readMigrations, type Migration } from './migrate.ts'
import { openDatabase } from './open.ts'
import { onBothDatabases, openTestDatabase } from './testing.ts'

/** Files after the real ones, which the test database has already. */
async function withFiles(...sql: string[]): Promise<Migration[]> {
  const real = await readMigrations()
  const added = sql.map((text, index) => ({
    id: real.length + index + 1,
    name: `added_${index}`,
    sql: text,
    checksum: `sum of ${text}`,
  }))
  return [...real, ...added]
}

onBothDatabases('migrations', (database) => {
  const applied = async () => {
    const { rows } = await database().pool.query<{ id: number; name: string }>(
      'select id, name from migrations order by id',
    )
    return rows
  }
  const exists = async (table: string) => {
    const { rows } = await database().pool.query('select to_regclass($1) as found', [table])
    return rows[0]?.found !== null
  }

  test('run once, in order, and are recorded', async () => {
    const real = await readMigrations()
    expect((await applied()).map(({ id }) => id)).toEqual(real.map(({ id }) => id))
    expect(await migrate(database())).toEqual({ at: real.length, applied: [] })
  })

  test('that fail leave nothing behind, name themselves, and can be run again', async () => {
    const before = await applied()
    const files = await withFiles('create table half (id int); select 1 / 0')
    await expect(migrate(database(), files)).rejects.toMatchObject({
      code: 'migration-failed',
      zh: expect.stringContaining('added_0'),
      en: expect.stringContaining('division by zero'),
    })
    expect(await applied()).toEqual(before)
    expect(await exists('half')).toBe(false)
  })

  test('of two programs at once are applied by one of them', async () => {
    const files = await withFiles(
      'create table once (id int); insert into once values (1)',
      'insert into once values (2)',
    )
    const runs = await Promise.all([
      migrate(database(), files),
      migrate(database(), files),
      migrate(database(), files),
    ])
    expect(runs.flatMap((run) => run.applied)).toEqual(['added_0', 'added_1'])
    expect((await database().pool.query('select id from once order by id')).rows).toEqual([
      { id: 1 },
      { id: 2 },
    ])
  })

  test('of a newer program make the database refuse this one, which changes nothing', async () => {
    const before = await applied()
    await expect(migrate(database())).rejects.toMatchObject({
      code: 'newer-than-program',
      zh: expect.stringContaining('新'),
      en: expect.stringContaining('newer'),
    })
    expect(await applied()).toEqual(before)
  })
})

const VICTIM = fileURLToPath(new URL('./migrate-victim.ts', import.meta.url))

/** A database that nobody has open, since the embedded one lets the other process in only then. */
async function leave(kind: 'embedded' | 'postgres') {
  if (kind === 'postgres') {
    const { address, close } = await openTestDatabase('postgres')
    return { address, remove: close }
  }
  const address = { dataDir: await mkdtemp(join(tmpdir(), 'wangge-migrate-')) }
  const database = await openDatabase(address)
  await migrate(database)
  await database.close()
  return { address, remove: () => rm(address.dataDir, { recursive: true, force: true }) }
}

test.each(['embedded', 'postgres'] as const)(
  'killed in the middle, the %s database is as before',
  async (kind) => {
    const { address, remove } = await leave(kind)
    const child = spawn(process.execPath, [VICTIM, JSON.stringify(address)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await ended
    const database = await openDatabase(address)
    // Waits for the lock until the server has noticed that the other is gone.
    expect((await migrate(database)).applied).toEqual([])
    const { rows } = await database.pool.query(
      `select to_regclass('half') as half, count(*) as files from migrations`,
    )
    expect(rows).toEqual([{ half: null, files: (await readMigrations()).length }])
    await database.close()
    await remove()
  },
)
