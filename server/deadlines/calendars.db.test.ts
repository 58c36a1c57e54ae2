import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { beforeAll, expect, test } from 'vitest'
import { seedCalendars } from '#db/seed-calendars'
import { onBothDatabases } from '#db/testing'
import { counted, readCalendar } from './actions.ts'
import { CHINA, dueAt, promise, PROVISIONAL } from './rules.ts'
import { NOW, rulesApi } from './testing.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const WEEK_ONE = { amount: 2, unit: 'wh' } as const
const guessed = {
  year: 2027,
  kind: 'provisional',
  off: ['2027-01-01'],
  work: [],
  hours: [
    [8, 12],
    [14, 18],
  ],
  reason: '暂定',
}

onBothDatabases('calendars', (database) => {
  let admin: FastifyInstance
  beforeAll(async () => {
    admin = await rulesApi(database(), 'administrator')
  })
  const save = (year: unknown) =>
    admin.inject({ method: 'POST', url: '/api/calendars', payload: year as object })
  const state = async () => (await admin.inject('/api/calendars')).json()

  test('come with the notices that the program knows', async () => {
    const { years, alarm } = await state()
    expect(years).toEqual(CHINA.years.filter(({ kind }) => kind === 'notice'))
    expect(alarm).toEqual([2027])
    const calendar = await readCalendar(database().db)
    expect(await readCalendar(database().db)).toBe(calendar)
  })

  test('a missing year refuses, and says whose work it is', async () => {
    const calendar = await readCalendar(database().db)
    const count = () => counted(() => dueAt(at('2026-12-31T17:00'), WEEK_ONE, calendar))
    expect(count).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          status: 422,
          detail: expect.stringContaining('2027'),
          type: 'urn:wangge:no-calendar',
        }),
      }),
    )
  })

  test('a provisional year counts and keeps the alarm; its notice ends it, and old promises keep the first', async () => {
    const first = await save(guessed)
    expect([first.statusCode, first.json().version]).toEqual([200, 1])
    expect((await state()).alarm).toEqual([2027])
    const calendar = await readCalendar(database().db)
    const rule = { limit: { ...WEEK_ONE, counting: 'elapsed' }, amberShare: 0.5, name: null } as const
    const { dueAt: due, why } = promise(at('2026-12-31T17:00'), rule, calendar)
    expect([due, why.calendars]).toEqual([at('2027-01-04T09:00'), ['2026.1', '2027.1?']])

    const notice = {
      ...guessed,
      kind: 'notice',
      off: ['2027-01-04', '2027-01-01'],
      work: ['2027-01-02'],
      reason: '通知',
    }
    expect((await save(notice)).json()).toMatchObject({ version: 2, off: ['2027-01-01', '2027-01-04'] })
    expect((await state()).alarm).toEqual([])
    expect(dueAt(at('2026-12-31T17:00'), WEEK_ONE, await readCalendar(database().db))).toBe(
      at('2027-01-02T09:00'),
    )
    const pinned = await readCalendar(database().db, why.calendars)
    expect(dueAt(at('2026-12-31T17:00'), WEEK_ONE, pinned)).toBe(due)

    const { rows } = await database().db.execute(sql`
      select s.step, s.role, s.data ->> 'version' as version, a.login from steps s
      join calendars c on c.year = 2027 and c.version = (s.data ->> 'version')::integer
      join accounts a on a.id = c.saved_by and s.actor = 'account/' || a.id
      where s.subject = 'calendar/2027' order by s.xid, s.seq`)
    const line = { step: 'calendar.changed', role: 'administrator', login: 'administrator' }
    expect(rows).toEqual([
      { ...line, version: '1' },
      { ...line, version: '2' },
    ])
  })

  test('a demo has the years that it reaches, and none twice', async () => {
    let years: unknown
    const trial = database().db.transaction(async (tx) => {
      await tx.execute(sql`delete from calendars where year = 2027`)
      await seedCalendars(tx, NOW, PROVISIONAL)
      await seedCalendars(tx, NOW, PROVISIONAL)
      years = (await readCalendar(tx)).years
      tx.rollback()
    })
    await expect(trial).rejects.toThrow()
    expect(years).toEqual(CHINA.years.filter(({ year }) => year <= 2027))
  })

  test('an uncommitted year is seen by nobody else', async () => {
    const { db } = database()
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(sql`
          insert into calendars (year, version, kind, off, work, hours, reason)
          values (2028, 1, 'provisional', '{}', '{}', '[[9, 17]]', 'x')`)
        expect((await readCalendar(tx)).years.at(-1)?.year).toBe(2028)
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    expect((await readCalendar(db)).years.at(-1)?.year).toBe(2027)
  })

  test.each([
    ['a day of another year', { off: ['2026-01-01'] }, '/off/0'],
    ['a week-end off', { off: ['2027-01-02'] }, '/off/0'],
    ['a weekday worked', { work: ['2027-01-04'] }, '/work/0'],
    ['both', { off: ['2027-01-01'], work: ['2027-01-01'] }, '/off/0'],
    [
      'hours that overlap',
      {
        hours: [
          [8, 12],
          [11, 18],
        ],
      },
      '/hours/1',
    ],
    ['no hours', { hours: [[8, 8]] }, '/hours/0'],
    ['hours beyond the day', { hours: [[8, 25]] }, '/hours/0/1'],
    ['no date', { off: ['1 January'] }, '/off/0'],
    ['no reason', { reason: '  ' }, '/reason'],
  ])('%s is refused', async (_, part, field) => {
    const answer = await save({ ...guessed, off: [], ...part })
    expect([answer.statusCode, answer.json().field]).toEqual([400, field])
  })
})
