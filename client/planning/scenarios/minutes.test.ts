import { expect, test } from 'vitest'
import { firstOfNextMonth, fromInput, minutesAhead, nextMidnight, toInput } from './minutes.ts'

test.each([
  // now                          first of next month          next midnight                in two minutes
  [
    '2026-03-06T15:30:00+08:00',
    '2026-04-01T00:00:00+08:00',
    '2026-03-07T00:00:00+08:00',
    '2026-03-06T15:32:00+08:00',
  ],
  [
    '2026-03-06T15:30:01+08:00',
    '2026-04-01T00:00:00+08:00',
    '2026-03-07T00:00:00+08:00',
    '2026-03-06T15:32:00+08:00',
  ],
  // In UTC it is still February, and last year.
  [
    '2026-03-01T00:30:00+08:00',
    '2026-04-01T00:00:00+08:00',
    '2026-03-02T00:00:00+08:00',
    '2026-03-01T00:32:00+08:00',
  ],
  [
    '2025-12-31T23:59:30+08:00',
    '2026-01-01T00:00:00+08:00',
    '2026-01-01T00:00:00+08:00',
    '2026-01-01T00:01:00+08:00',
  ],
])('from %s the choices are minutes of China', (now, month, midnight, soon) => {
  const at = Date.parse(now)
  const wanted = [month, midnight, soon].map((instant) => new Date(instant).toISOString())
  expect([firstOfNextMonth(at), nextMidnight(at), minutesAhead(at, 2)]).toEqual(wanted)
})

test('a field gives back the instant that it shows, wherever the screen stands', () => {
  expect(toInput('2026-03-06T16:30:00.000Z')).toBe('2026-03-07T00:30')
  expect(fromInput('2026-03-07T00:30')).toBe('2026-03-06T16:30:00.000Z')
})
