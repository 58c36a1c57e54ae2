import { expect, test } from 'vitest'
import { CHINA } from '#rules/deadlines'
import { clockOf, hoursOf, monthsOf, toggled, workdays } from './calendar.ts'

const year = CHINA.years.find((each) => each.year === 2026) ?? { year: 2026, off: [], work: [] }

test('2026 has 248 working days by its notice', () => {
  expect(workdays(year)).toBe(248)
})

test.each([
  // month  blanks  days
  [1, 3, 31], // Thursday
  [2, 6, 28], // Sunday
  [6, 0, 30], // Monday
])('month %d begins after %d empty places and has %d days', (n, blanks, count) => {
  const month = monthsOf(year)[n - 1]
  expect([month?.blanks, month?.days.length]).toEqual([blanks, count])
})

test.each([
  ['2026-02-13', 'normal'],
  ['2026-02-14', 'work'], // a Saturday that is worked
  ['2026-02-15', 'weekend'], // in the holiday, and a Sunday anyway
  ['2026-02-16', 'off'],
] as const)('%s is %s', (text, kind) => {
  const days = monthsOf(year).flatMap((month) => month.days)
  expect(days.find((day) => day.text === text)?.kind).toBe(kind)
})

test.each([
  // pressed      weekdays off    weekend days worked
  ['2026-03-02', ['2026-03-02'], []],
  ['2026-03-07', [], ['2026-03-07']],
])('pressing %s turns it against its week, and again back', (day, off, work) => {
  const once = toggled({ off: [], work: [] }, day)
  expect(once).toEqual({ off, work })
  expect(toggled(once, day)).toEqual({ off: [], work: [] })
})

test.each([
  [8, '08:00', 'from'],
  [14.5, '14:30', 'to'],
  [24, '00:00', 'to'],
  [0, '00:00', 'from'],
] as const)('%d hours are %s on a clock, and back', (hours, clock, end) => {
  expect([clockOf(hours), hoursOf(clock, end)]).toEqual([clock, hours])
})
