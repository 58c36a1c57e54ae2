import { describe, expect, test } from 'vitest'
import type { CalendarYear, Counting, LimitUnit } from './contract.ts'
import { calendarOf, CalendarGap, CHINA, dueAt, isWorkday, mondayOf } from './rules.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)
const HOUR = 3_600_000

const NOTICES = calendarOf(CHINA.years.filter(({ kind }) => kind === 'notice'))
const limit = (amount: number, unit: LimitUnit, counting: Counting = 'elapsed') => ({
  amount,
  unit,
  counting,
})

/** The year that a count lacks. */
const gap = (count: () => unknown) => {
  try {
    count()
  } catch (error) {
    if (error instanceof CalendarGap) return error.year
    throw error
  }
  return null
}

test.each([
  // promised          limit     due                     why
  ['2026-02-13T17:00', 4, 'wh', '2026-02-14T11:00'], // Friday evening; the Saturday is a make-up workday
  ['2026-02-14T16:00', 1, 'wd', '2026-02-24T16:00'], // nine days of Spring Festival in between
  ['2026-09-30T10:00', 5, 'wd', '2026-10-13T10:00'], // National Day week, then a working Saturday 10 October
  ['2026-01-04T12:30', 2, 'wh', '2026-01-04T16:00'], // reported in the noon break of a working Sunday
  ['2026-05-08T17:30', 2, 'wd', '2026-05-11T17:30'], // Saturday 9 May works
  ['2026-02-16T23:30', 2, 'uh', '2026-02-17T01:30'], // urgent hours never stop
  ['2026-02-16T23:30', 2, 'ud', '2026-02-18T23:30'],
  ['2026-03-06T16:00', 4, 'wh', '2026-03-09T10:00'], // week-end in between
  ['2026-03-06T10:00', 2, 'wh', '2026-03-06T12:00'], // ends with the span itself, not after the break
  ['2026-03-06T05:00', 1, 'wd', '2026-03-06T18:00'], // before opening
  ['2025-10-11T17:00', 2, 'wh', '2025-10-13T09:00'], // a working Saturday of 2025
  ['2025-12-31T17:00', 2, 'wh', '2026-01-04T09:00'], // New Year, and a working Sunday
] as const satisfies [string, number, LimitUnit, string][])('%s + %d%s → %s', (start, amount, unit, due) => {
  expect(local(dueAt(at(start), { amount, unit }, NOTICES))).toBe(due)
})

test.each([
  ['2026-04-30T10:00', 3, 'wd', '2026-05-09T00:00'], // Labour Day; 6, 7 and 8 May
  ['2026-04-30T00:00', 1, 'wd', '2026-05-07T00:00'], // the day that has just begun is the day of the promise
  ['2026-02-13T23:59', 1, 'wd', '2026-02-15T00:00'], // the make-up Saturday
  ['2026-04-30T10:00', 3, 'ud', '2026-05-04T00:00'], // every day counts
  ['2026-04-30T10:00', 9, 'wh', '2026-05-08T00:00'], // nine hours take two days
  ['2026-12-30T10:00', 1, 'wd', '2027-01-01T00:00'], // ends with the year, needs nothing of the next
] as const satisfies [string, number, LimitUnit, string][])(
  'whole days from the day after %s: %d%s → %s',
  (start, amount, unit, due) => {
    expect(local(dueAt(at(start), limit(amount, unit, 'next_day'), NOTICES))).toBe(due)
  },
)

test.each([
  [2025, 248],
  [2026, 248],
])('%d has %d working days', (year, count) => {
  const first = at(`${year}-01-01T00:00`)
  const days = Array.from({ length: 365 }, (_, n) => first + n * 24 * HOUR)
  expect(days.filter((day) => isWorkday(day, NOTICES))).toHaveLength(count)
})

test('a week begins on Monday, in China', () => {
  expect(local(mondayOf(at('2026-11-22T23:59')))).toBe('2026-11-16T00:00')
  expect(local(mondayOf(at('2026-11-23T00:00')))).toBe('2026-11-23T00:00')
})

describe('a year without a calendar', () => {
  test.each([
    ['2026-12-31T17:00', limit(2, 'wh'), 2027], // one hour is left when the year ends
    ['2026-12-31T17:00', limit(1, 'wh'), null],
    ['2026-12-31T10:00', limit(1, 'wd', 'next_day'), 2027],
    ['2024-06-01T10:00', limit(1, 'wh'), 2024],
    ['2029-06-01T10:00', limit(1, 'wd', 'next_day'), 2029],
    ['2029-06-01T10:00', limit(3, 'ud'), null], // what runs through needs none
    ['2029-06-01T10:00', limit(3, 'ud', 'next_day'), null],
  ] as const)('%s + %j needs %s', (start, asked, year) => {
    expect(gap(() => dueAt(at(start), asked, NOTICES))).toBe(year)
  })

  test('in the middle stops a count, unless the clock stood all through it', () => {
    const holed = calendarOf(CHINA.years.filter(({ year }) => year !== 2026 && year < 2028))
    const start = at('2025-12-31T17:00')
    expect(gap(() => dueAt(start, limit(2, 'wh'), holed))).toBe(2026)
    const hold = { from: at('2025-12-31T17:30'), to: at('2027-01-04T08:00') }
    expect(local(dueAt(start, limit(2, 'wh'), holed, [hold]))).toBe('2027-01-04T09:30')
    expect(gap(() => dueAt(start, limit(2, 'wh'), NOTICES, [hold]))).toBe(2027)
  })

  test('is not needed after the deadline', () => {
    const later = { from: at('2028-01-01T00:00'), to: at('2028-02-01T00:00') }
    expect(local(dueAt(at('2026-12-31T16:00'), limit(1, 'wh'), NOTICES, [later]))).toBe('2026-12-31T17:00')
  })

  test('is not needed where there are none at all', () => {
    expect(local(dueAt(at('2026-02-16T23:30'), limit(2, 'uh'), calendarOf([])))).toBe('2026-02-17T01:30')
    expect(gap(() => dueAt(at('2026-02-16T23:30'), limit(2, 'wh'), calendarOf([])))).toBe(2026)
  })
})

test('a year may have other hours; a limit in days is worth the days of the year in which it begins', () => {
  const shorter: CalendarYear = {
    year: 2027,
    version: 1,
    kind: 'notice',
    off: ['2027-01-01'],
    work: [],
    hours: [[9, 13.5]],
    reason: 'x',
  }
  const both = calendarOf([...NOTICES.years, shorter])
  expect(local(dueAt(at('2026-12-31T10:00'), limit(1, 'wd'), both))).toBe('2027-01-04T11:00')
  expect(local(dueAt(at('2027-01-04T10:00'), limit(1, 'wd'), both))).toBe('2027-01-05T10:00')
})

describe('pauses', () => {
  const start = at('2026-03-05T10:00') // Thursday
  const due = (pauses: [string, string][], asked = limit(1, 'wd')) =>
    local(
      dueAt(
        start,
        asked,
        NOTICES,
        pauses.map(([from, to]) => ({ from: at(from), to: at(to) })),
      ),
    )

  test.each([
    ['none', [], '2026-03-06T10:00'],
    ['paused and resumed at once', [['2026-03-05T11:00', '2026-03-05T11:00']], '2026-03-06T10:00'],
    ['over the noon break', [['2026-03-05T12:00', '2026-03-05T14:00']], '2026-03-06T10:00'],
    ['for an hour of work', [['2026-03-05T11:00', '2026-03-05T12:00']], '2026-03-06T11:00'],
    ['over the week-end', [['2026-03-05T17:00', '2026-03-09T08:00']], '2026-03-09T11:00'],
    ['before it began', [['2026-03-01T00:00', '2026-03-05T10:00']], '2026-03-06T10:00'],
    ['at the deadline', [['2026-03-06T10:00', '2026-03-08T10:00']], '2026-03-06T10:00'],
    [
      'overlapping, in any order',
      [
        ['2026-03-05T14:30', '2026-03-05T16:00'],
        ['2026-03-05T14:00', '2026-03-05T15:00'],
      ],
      '2026-03-06T12:00',
    ],
  ] as [string, [string, string][], string][])('%s', (_, pauses, expected) => {
    expect(due(pauses)).toBe(expected)
  })

  test('a day that one touches is not counted whole', () => {
    const asked = limit(2, 'wd', 'next_day')
    expect(due([], asked)).toBe('2026-03-10T00:00')
    expect(due([['2026-03-06T15:00', '2026-03-06T15:01']], asked)).toBe('2026-03-11T00:00')
    expect(due([['2026-03-05T15:00', '2026-03-06T00:00']], asked)).toBe('2026-03-10T00:00') // only the day of the promise
  })
})
