import { describe, expect, test } from 'vitest'
import type { EventStatus } from '../events/contract.ts'
import type { Counting, LimitUnit } from './contract.ts'
import { calendarOf, CHINA, extend, light, promise, resume } from './rules.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)
const HOUR = 3_600_000

const NOTICES = calendarOf(CHINA.years.filter(({ kind }) => kind === 'notice'))
const rule = (amount: number, unit: LimitUnit, counting: Counting = 'elapsed') => ({
  limit: { amount, unit, counting },
  amberShare: 0.5,
  name: '01-10-1.1',
})

const told = (spans: readonly { from: string; to: string; kind: string; counted: number }[], length = HOUR) =>
  spans.map(
    ({ from, to, kind, counted }) =>
      `${local(Date.parse(from))} ${local(Date.parse(to))} ${kind} ${counted / length}`,
  )

describe('a promise', () => {
  test('says why it falls due when it does', () => {
    const { dueAt: due, amberAt, why } = promise(at('2026-09-30T10:00'), rule(5, 'wd'), NOTICES)
    expect([local(due), local(amberAt)]).toEqual(['2026-10-13T10:00', '2026-10-09T16:00'])
    expect(why).toMatchObject({ rule: '01-10-1.1', calendars: ['2026.1'], extensions: [], amberShare: 0.5 })
    expect(told(why.spans)).toEqual([
      '2026-09-30T10:00 2026-09-30T18:00 working 6',
      '2026-10-01T00:00 2026-10-08T00:00 off 0',
      '2026-10-08T08:00 2026-10-08T18:00 working 8',
      '2026-10-09T08:00 2026-10-09T18:00 working 8',
      '2026-10-10T08:00 2026-10-10T18:00 working 8',
      '2026-10-11T00:00 2026-10-12T00:00 off 0',
      '2026-10-12T08:00 2026-10-12T18:00 working 8',
      '2026-10-13T08:00 2026-10-13T10:00 working 2',
    ])
  })

  test('made after hours begins to count the next working day', () => {
    const { why } = promise(at('2026-03-06T19:00'), rule(4, 'wh'), NOTICES)
    expect(told(why.spans)).toEqual([
      '2026-03-06T19:00 2026-03-09T00:00 off 0',
      '2026-03-09T08:00 2026-03-09T12:00 working 4',
    ])
  })

  test('in whole days counts in days', () => {
    const { why } = promise(at('2026-04-30T10:00'), rule(3, 'wd', 'next_day'), NOTICES)
    expect(told(why.spans, 1)).toEqual([
      '2026-04-30T10:00 2026-05-06T00:00 off 0',
      '2026-05-06T00:00 2026-05-09T00:00 working 3',
    ])
  })

  test('of urgent hours names no calendar', () => {
    const { why, amberAt } = promise(at('2029-04-30T10:00'), { ...rule(2, 'uh'), amberShare: 0.25 }, NOTICES)
    expect(told(why.spans)).toEqual(['2029-04-30T10:00 2029-04-30T12:00 running 2'])
    expect(why.calendars).toEqual([])
    expect(local(amberAt)).toBe('2029-04-30T11:30')
  })

  test('by a provisional year says so', () => {
    const { why } = promise(at('2026-12-31T10:00'), rule(1, 'wd'), CHINA)
    expect(why.calendars).toEqual(['2026.1', '2027.1?'])
  })

  test('of many days lists weeks', () => {
    const { why } = promise(at('2026-03-02T08:00'), rule(60, 'wd'), NOTICES)
    expect(why.spans.length).toBeLessThan(30)
    expect(told(why.spans.slice(0, 2))).toEqual([
      '2026-03-02T08:00 2026-03-06T18:00 working 40',
      '2026-03-07T00:00 2026-03-09T00:00 off 0',
    ])
  })

  test('that was paused and resumed at once is the same', () => {
    const first = promise(at('2026-03-05T10:00'), rule(3, 'wd'), NOTICES)
    const moment = at('2026-03-06T10:30')
    expect(resume(first.why, NOTICES, [{ from: moment, to: moment }])).toEqual(first)
  })

  test('is extended by its limit from the present deadline, pauses or not', () => {
    const first = promise(at('2026-03-05T10:00'), rule(1, 'wd'), NOTICES)
    const second = extend(first.why, NOTICES)
    expect(local(second.dueAt)).toBe('2026-03-09T10:00')
    expect(local(second.amberAt)).toBe('2026-03-06T16:00') // half of the new limit is left
    expect(
      second.why.extensions.map(({ from, to }) => [local(Date.parse(from)), local(Date.parse(to))]),
    ).toEqual([['2026-03-06T10:00', '2026-03-09T10:00']])
    const pause = { from: at('2026-03-06T11:00'), to: at('2026-03-06T12:00') }
    const third = extend(resume(second.why, NOTICES, [pause]).why, NOTICES, [pause])
    expect(local(third.dueAt)).toBe('2026-03-10T11:00')
    expect(third.why.extensions).toHaveLength(2)
    expect(told(third.why.spans)).toContain('2026-03-06T11:00 2026-03-06T12:00 paused 0')
  })

  test('in whole days is extended by whole days', () => {
    const first = promise(at('2026-03-05T10:00'), rule(1, 'wd', 'next_day'), NOTICES)
    expect(local(first.dueAt)).toBe('2026-03-07T00:00')
    expect(local(extend(first.why, NOTICES).dueAt)).toBe('2026-03-10T00:00') // Monday, the next working day
  })
})

test.each([
  ['dispatched', '2026-03-06T08:00', 'green'],
  ['dispatched', '2026-03-06T09:59', 'green'],
  ['dispatched', '2026-03-06T10:00', 'amber'],
  ['dispatched', '2026-03-06T12:00', 'amber'], // still in time at the deadline itself
  ['dispatched', '2026-03-06T12:01', 'red'],
  ['held', '2026-03-07T12:01', 'hold'],
  ['closed', '2026-03-07T12:01', 'done'],
  ['rejected', '2026-03-06T08:00', 'done'],
] as const satisfies [EventStatus, string, string][])(
  '%s, amber from 10:00, due 12:00, at %s: %s',
  (status, now, expected) => {
    const event = { status, amberAt: '2026-03-06T10:00:00+08:00', dueAt: '2026-03-06T12:00:00+08:00' }
    expect(light(event, at(now))).toBe(expected)
  },
)
