import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { onBothDatabases } from './testing.ts'
import { wake } from './wake.ts'

onBothDatabases('an open database', (database) => {
  test('says what it is', () => {
    const { version, postgis } = database()
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(15)
    expect(postgis).toMatch(/^3\.\d+\.\d+/)
  })

  test('reads bigint as a number and refuses one that does not fit', async () => {
    const { pool, db } = database()
    const { rows } = await pool.query(
      'select 9007199254740991::int8 as large, count(*) from generate_series(1, 3)',
    )
    expect(rows).toEqual([{ large: Number.MAX_SAFE_INTEGER, count: 3 }])
    expect((await db.execute(sql`select count(*) from generate_series(1, 3)`)).rows).toEqual([{ count: 3 }])
    await expect(pool.query('select 9007199254740993::int8')).rejects.toThrow('9007199254740993')
  })

  test('reads instants as Date, whatever the time zone of the machine', async () => {
    const { rows } = await database().pool.query(`select timestamptz '2026-03-06 16:00+08' as at`)
    expect(rows).toEqual([{ at: new Date('2026-03-06T08:00:00Z') }])
  })

  test('wakes the listeners of a topic when the transaction commits, and not before', async () => {
    const { db, onWake } = database()
    const heard: string[] = []
    // A listener may also be woken once by the line that has just been opened.
    const forget = onWake('steps', () => heard.push('woken'))
    await db.transaction(async (tx) => {
      await wake(tx, 'steps')
      await tx.execute(sql`select 1`)
      heard.push('committing')
    })
    await expect.poll(() => heard.at(-1)).toBe('woken')
    forget()
    expect(heard.slice(-2)).toEqual(['committing', 'woken'])
  })

  test('does not wake anyone after a rollback', async () => {
    const { db, onWake } = database()
    const heard: string[] = []
    const last = Promise.withResolvers<void>()
    onWake('undone', () => heard.push('undone'))
    onWake('done', last.resolve)
    await expect(
      db.transaction(async (tx) => {
        await wake(tx, 'undone')
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await db.transaction((tx) => wake(tx, 'done'))
    await last.promise
    expect(heard).toEqual([])
  })
})
