import { expect, test } from 'vitest'
import { CHINA, dueAfterDays, dueAt, isWorkday, light } from './rules.ts'
import type { EventStatus, LimitUnit } from '../events/contract.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)

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
  ['2027-01-01T09:00', 1, 'wh', '2027-01-01T10:00'], // a year without a notice runs Monday to Friday
] as const satisfies [string, number, LimitUnit, string][])('%s + %d%s → %s', (start, amount, unit, due) => {
  expect(local(dueAt(at(start), { amount, unit }, CHINA))).toBe(due)
})

test('a legal period counts from the next day and ends with its last working day', () => {
  expect(local(dueAfterDays(at('2026-04-30T10:00'), 3, CHINA))).toBe('2026-05-09T00:00')
})

test('2026 has 248 working days', () => {
  const days = Array.from({ length: 365 }, (_, n) => at('2026-01-01T00:00') + n * 86_400_000)
  expect(days.filter((day) => isWorkday(day, CHINA))).toHaveLength(248)
})

test('a calendar without working days is refused rather than searched for ever', () => {
  const none = { off: { has: () => true } as unknown as Set<string>, work: new Set<string>() }
  expect(() => dueAt(0, { amount: 1, unit: 'wh' }, none)).toThrow(RangeError)
  expect(() => dueAfterDays(0, 1, none)).toThrow(RangeError)
})

test.each([
  ['dispatched', '2026-03-06T08:00', 'green'],
  ['dispatched', '2026-03-06T09:59', 'green'],
  ['dispatched', '2026-03-06T10:00', 'amber'], // exactly half is left
  ['dispatched', '2026-03-06T12:00', 'amber'], // still in time at the deadline itself
  ['dispatched', '2026-03-06T12:01', 'red'],
  ['held', '2026-03-07T12:01', 'hold'],
  ['closed', '2026-03-07T12:01', 'done'],
  ['rejected', '2026-03-06T08:00', 'done'],
] as const satisfies [EventStatus, string, string][])(
  '%s, limit 08:00–12:00, at %s: %s',
  (status, now, expected) => {
    const event = { status, reportedAt: '2026-03-06T08:00:00+08:00', dueAt: '2026-03-06T12:00:00+08:00' }
    expect(light(event, at(now))).toBe(expected)
  },
)
