import { expect, test } from 'vitest'
import { dayEnd, dayStart, dayText, lastDayText, periodOf, startOf, withWindow } from './period.ts'

const NOW = Date.parse('2026-03-06T15:30:00+08:00')

test.each([
  ['today', '2026-03-05T16:00:00.000Z'],
  ['week', '2026-02-27T16:00:00.000Z'],
  ['month', '2026-02-04T16:00:00.000Z'],
] as const)('%s begins at a midnight in China: %s', (period, from) => {
  expect(startOf(period, NOW)).toBe(from)
  expect(periodOf({ from }, NOW)).toBe(period)
})

test('a window that nobody named is no period', () => {
  expect(periodOf({}, NOW)).toBeNull()
  expect(periodOf({ from: '2026-03-01T00:00:00.000Z' }, NOW)).toBeNull()
  expect(periodOf({ from: startOf('today', NOW), to: '2026-03-06T00:00:00.000Z' }, NOW)).toBeNull()
})

test('days of the date inputs are whole days in China, the last one included', () => {
  const from = dayStart('2026-03-01')
  const to = dayEnd('2026-03-05')
  expect([from, to]).toEqual(['2026-02-28T16:00:00.000Z', '2026-03-05T16:00:00.000Z'])
  expect([dayText(from), lastDayText(to)]).toEqual(['2026-03-01', '2026-03-05'])
  expect(dayStart('')).toBeUndefined()
})

test('a window replaces the one before and leaves the rest', () => {
  expect(withWindow({ state: 'open', from: 'a', to: 'b' }, undefined, 'c')).toEqual({
    state: 'open',
    to: 'c',
  })
})
