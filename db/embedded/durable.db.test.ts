import { fsyncSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { DurableNodeFS, startParams } from './durable.ts'

test('every commit reaches the disk before it is acknowledged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wangge-durable-'))
  let syncs = 0
  const sync = (fd: number) => {
    syncs++
    fsyncSync(fd)
  }
  const lite = await PGlite.create({ fs: new DurableNodeFS(folder, sync), startParams: [...startParams] })
  await lite.exec('create table rows (id int)')
  const perCommit: number[] = []
  for (let id = 0; id < 20; id++) {
    const before = syncs
    await lite.query('insert into rows values ($1)', [id])
    perCommit.push(syncs - before)
  }
  const beforeReading = syncs
  await lite.query('select count(*) from rows')
  expect(syncs).toBe(beforeReading)
  expect(Math.min(...perCommit)).toBeGreaterThanOrEqual(1)
  expect((await lite.query('show fsync')).rows).toEqual([{ fsync: 'on' }])
  await lite.close()
  await rm(folder, { recursive: true, force: true })
})
