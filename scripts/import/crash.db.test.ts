import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { openTestDatabase, type TestDatabase } from '../../db/testing.ts'
import { command, LIUXI, SAMPLES } from './importing-testing.ts'

const ROWS = 12_000
const GRIDS = join(SAMPLES, 'liuxi-grids.geojson')
const folder = mkdtempSync(join(tmpdir(), 'wangge-crash-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Half of the rows have no number of their own, and many of those are equal to the letter. */
function table(): string {
  const lines = ['编号,事件类别,上报时间,经度,纬度']
  for (let n = 0; n < ROWS; n++) {
    const number = n % 2 === 0 ? `N${n}` : ''
    const [lng, lat] = [119.9005 + (n % 70) / 1e4, 32.4005 + (n % 50) / 1e4]
    lines.push(`${number},暴露垃圾,2026-03-06 16:05,${lng.toFixed(4)},${lat.toFixed(4)}`)
  }
  const file = join(folder, 'events.csv')
  writeFileSync(file, lines.join('\n'))
  return file
}

interface Left {
  readonly events: number
  readonly refs: number
  readonly steps: number
}

async function left(address: TestDatabase['address']): Promise<Left | undefined> {
  const database = await openDatabase(address)
  try {
    const found = await database.db.execute<Left & Record<string, unknown>>(sql`
      select count(*)::int as events, count(distinct external_ref)::int as refs,
        (select count(*)::int from steps where step = 'event.imported') as steps from events`)
    return found.rows[0]
  } finally {
    await database.close()
  }
}

/** Ends the command without warning when it has said that it is under way. */
async function killed(run: ReturnType<typeof command>): Promise<void> {
  while (!run.said.join('').includes('… ') && run.child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20))
  run.child.kill('SIGKILL')
  await run.code
}

describe.each(['embedded', 'postgres'] as const)('kill -9 in the middle of an import (%s)', (kind) => {
  test('run again until it is done: every row is there once, with its step', async () => {
    const file = table()
    const own = kind === 'postgres' ? await openTestDatabase('postgres') : null
    const address = own?.address ?? { dataDir: join(folder, 'data') }
    try {
      expect(await command('import-grids', address, GRIDS, '--apply', ...LIUXI).code).toBe(0)
      await killed(command('import-events', address, file, '--apply'))
      const first = await left(address)
      expect(first?.events).toBeGreaterThan(0)
      expect(first?.events).toBeLessThan(ROWS)
      await killed(command('import-events', address, file, '--apply'))
      const last = command('import-events', address, file, '--apply')
      expect(await last.code).toBe(0)
      expect(last.said.join('')).toMatch(/\d+ stored, [1-9]\d* there before, 0 refused/)
      expect(await left(address)).toEqual({ events: ROWS, refs: ROWS, steps: ROWS })
    } finally {
      await own?.close()
    }
  }, 240_000)
})
