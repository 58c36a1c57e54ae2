import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pendingOf, readMigrations } from './migrate.ts'

const file = (id: number, checksum = `c${id}`) => ({ id, name: `m${id}`, sql: '', checksum })

test.each([
  // known                     applied                   pending
  [[file(1), file(2)], [], [1, 2]],
  [[file(1), file(2)], [file(1)], [2]],
  [[file(1), file(2)], [file(1), file(2)], []],
])('of %o after %o are pending: %o', (known, applied, pending) => {
  expect(pendingOf(known, applied).map(({ id }) => id)).toEqual(pending)
})

test('a database of a newer program is refused', () => {
  expect(() => pendingOf([file(1)], [file(1), file(2)])).toThrow(
    expect.objectContaining({ code: 'newer-than-program' }),
  )
})

test('a file that was edited after it had been applied is refused', () => {
  const applied = [file(1), file(2, 'another')]
  expect(() => pendingOf([file(1), file(2), file(3)], applied)).toThrow(
    expect.objectContaining({ code: 'migration-changed' }),
  )
})

test.each([
  [['0001_one.sql', '0003_three.sql'], '0003_three.sql'],
  [['0001_one.sql', '0001_other.sql'], '0001_other.sql'],
  [['1_one.sql'], '1_one.sql'],
])('the names %o are refused', async (names, culprit) => {
  const folder = await mkdtemp(join(tmpdir(), 'wangge-migrations-'))
  await Promise.all(names.map((name) => writeFile(join(folder, name), 'select 1')))
  await expect(readMigrations(folder)).rejects.toThrow(culprit)
  await rm(folder, { recursive: true })
})

test('our own are read in order', async () => {
  const migrations = await readMigrations()
  expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1))
})
