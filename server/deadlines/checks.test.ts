import { expect, test } from 'vitest'
import type { CalendarYear, Counting, LimitUnit } from './contract.ts'
import { alarmYears, checkDraft, checkYear, CHINA } from './rules.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const limit = (amount: number, unit: LimitUnit, counting: Counting = 'elapsed') => ({
  amount,
  unit,
  counting,
})

test.each([
  [[[2026, 'notice']], '2026-10-31T23:59', []],
  [[[2026, 'notice']], '2026-11-01T00:00', [2027]],
  [
    [
      [2026, 'notice'],
      [2027, 'provisional'],
    ],
    '2026-11-23T10:00',
    [2027],
  ],
  [
    [
      [2026, 'notice'],
      [2027, 'notice'],
    ],
    '2026-12-31T23:59',
    [],
  ],
  [
    [
      [2026, 'notice'],
      [2027, 'provisional'],
    ],
    '2027-01-01T00:00',
    [2027],
  ],
  [[], '2026-12-01T00:00', [2026, 2027]],
] as [[number, 'notice' | 'provisional'][], string, number[]][])(
  'with %j at %s the alarm stands for %j',
  (known, now, years) => {
    expect(
      alarmYears(
        known.map(([year, kind]) => ({ year, kind })),
        at(now),
      ),
    ).toEqual(years)
  },
)

test.each([
  ['as it should be', {}, null],
  ['a day of another year', { off: ['2025-01-01'] }, '/off/0'],
  ['no such day', { off: ['2026-02-30'] }, '/off/0'],
  ['twice', { off: ['2026-01-01', '2026-01-01'] }, '/off/1'],
  ['off and worked', { off: ['2026-01-04'], work: ['2026-01-04'] }, '/off/0'],
  ['off at a week-end', { off: ['2026-01-03'] }, '/off/0'],
  ['worked on a weekday', { work: ['2026-01-05'] }, '/work/0'],
  [
    'overlapping hours',
    {
      hours: [
        [8, 12],
        [11, 18],
      ],
    },
    '/hours/1',
  ],
  [
    'hours backwards',
    {
      hours: [
        [14, 18],
        [8, 12],
      ],
    },
    '/hours/1',
  ],
  ['hours that come to nothing', { hours: [[8, 8]] }, '/hours/0'],
  ['seconds', { hours: [[8, 12.001]] }, '/hours/0'],
  [
    'half hours',
    {
      hours: [
        [8.5, 12],
        [13.5, 17.75],
      ],
    },
    null,
  ],
] as [string, Partial<CalendarYear>, string | null][])('a year %s', (_, part, field) => {
  const year = { year: 2026, off: [], work: [], hours: [[8, 12]], ...part }
  expect(checkYear(year)?.field ?? null).toBe(field)
})

test('a year needs a day to work on', () => {
  const off = Array.from({ length: 365 }, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)))
    .filter((day) => day.getUTCDay() % 6 !== 0)
    .map((day) => day.toISOString().slice(0, 10))
  expect(checkYear({ year: 2026, off, work: [], hours: [[8, 12]] })?.field).toBe('/off')
  expect(checkYear({ year: 2026, off, work: ['2026-01-03'], hours: [[8, 12]] })).toBeNull()
})

test('whole days are given in days', () => {
  expect(checkDraft({ limit: limit(4, 'wh', 'next_day') })?.field).toBe('/limit/unit')
  expect(checkDraft({ limit: limit(4, 'wd', 'next_day') })).toBeNull()
})

test('every year that comes with the program can be counted by, the provisional ones with the days of the law', () => {
  for (const year of CHINA.years) expect(checkYear(year)).toBeNull()
  const guessed = CHINA.years.filter(({ kind }) => kind === 'provisional')
  expect(guessed.map(({ year, off }) => [year, off.length])).toEqual(
    [2027, 2028, 2029, 2030].map((year) => [year, 13]),
  )
  expect(guessed[0]?.off).toEqual([
    '2027-01-01',
    '2027-02-05',
    '2027-02-08', // the 6th, first day of the year, is a Saturday
    '2027-02-09',
    '2027-02-10',
    '2027-04-05',
    '2027-05-03',
    '2027-05-04',
    '2027-06-09',
    '2027-09-15',
    '2027-10-01',
    '2027-10-04',
    '2027-10-05',
  ])
})
