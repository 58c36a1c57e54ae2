import { expect, test } from 'vitest'
import {
  bars,
  chipOf,
  DAY,
  drag,
  filterOf,
  HOUR,
  lowerBound,
  played,
  playStart,
  stageOf,
  ticks,
  wholeOf,
  windowOf,
} from './timeline.ts'

const at = (text: string) => Date.parse(`${text}+08:00`) / 1000
const text = (t: number) => new Date((t + 8 * HOUR) * 1000).toISOString().slice(0, 16)
const whole = { from: at('2025-11-23T00:00'), to: at('2026-11-23T16:00') }
const words = ({ from, to }: { from: number; to: number }) => [text(from), text(to)]

test('the strip reaches a year back in whole days of China, further where older events are', () => {
  const now = at('2026-11-23T15:12:30')
  expect(words(wholeOf(undefined, now))).toEqual(['2025-11-23T00:00', '2026-11-23T15:13'])
  expect(words(wholeOf(at('2025-03-04T09:00'), now))).toEqual(['2025-03-04T00:00', '2026-11-23T15:13'])
})

test.each([
  // from                   to                      window
  [undefined, undefined, ['2025-11-23T00:00', '2026-11-23T16:00']],
  ['2026-11-22T08:00:00Z', undefined, ['2026-11-22T16:00', '2026-11-23T16:00']],
  ['2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', ['2026-03-01T08:00', '2026-03-02T08:00']],
])('filter %s – %s is a window and back', (from, to, expected) => {
  const filter = { ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const window = windowOf(filter, whole)
  expect(words(window)).toEqual(expected)
  expect(windowOf(filterOf(window, whole), whole)).toEqual(window)
  expect('to' in filterOf(window, whole)).toBe(to !== undefined)
})

test.each([
  // window                                       bars by      stage
  ['2025-11-23T00:00', '2026-11-23T16:00', DAY, ['2025-11-23T00:00', '2026-11-23T16:00']],
  ['2026-10-01T00:00', '2026-10-31T00:00', DAY, ['2025-11-23T00:00', '2026-11-23T16:00']],
  ['2026-11-22T16:00', '2026-11-23T16:00', HOUR, ['2026-11-10T00:00', '2026-11-24T00:00']],
  ['2026-03-10T06:00', '2026-03-12T00:00', HOUR, ['2026-03-06T00:00', '2026-03-20T00:00']],
])('a window of %s – %s is shown by bars of %i s', (from, to, step, expected) => {
  const stage = stageOf({ from: at(from), to: at(to) }, whole, null)
  expect(stage.step).toBe(step)
  expect(words(stage)).toEqual(expected)
})

test('the stage stays while the window stays within it', () => {
  const first = stageOf({ from: at('2026-03-10T06:00'), to: at('2026-03-12T00:00') }, whole, null)
  expect(stageOf({ from: at('2026-03-17T06:00'), to: at('2026-03-19T00:00') }, whole, first)).toBe(first)
  expect(stageOf({ from: at('2026-03-19T06:00'), to: at('2026-03-21T00:00') }, whole, first)).not.toBe(first)
})

test('bars count every event once', () => {
  const times = Float64Array.from([at('2026-03-06T00:00'), at('2026-03-06T23:59'), at('2026-03-07T00:00')])
  const stage = { from: at('2026-03-05T00:00'), to: at('2026-03-09T00:00'), step: DAY }
  expect(bars(times, stage)).toEqual([0, 2, 1, 0])
  expect(lowerBound(times, at('2026-03-06T23:59'))).toBe(1)
})

test.each([
  // grip    to                   window
  ['from', '2026-03-10T11:40', ['2026-03-10T12:00', '2026-03-12T00:00']],
  ['from', '2026-03-13T00:00', ['2026-03-11T23:00', '2026-03-12T00:00']],
  ['to', '2026-03-12T02:20', ['2026-03-10T06:00', '2026-03-12T02:00']],
  ['to', '2026-03-01T00:00', ['2026-03-10T06:00', '2026-03-10T07:00']],
  ['both', '2026-03-11T00:00', ['2026-03-11T00:00', '2026-03-12T18:00']],
  ['both', '2026-12-01T00:00', ['2026-11-21T22:00', '2026-11-23T16:00']],
] as const)('taking %s to %s', (grip, to, expected) => {
  const span = { from: at('2026-03-10T06:00'), to: at('2026-03-12T00:00') }
  const stage = { from: at('2026-03-06T00:00'), to: at('2026-03-20T00:00'), step: HOUR }
  expect(words(drag(span, grip, at(to), stage, whole))).toEqual(expected)
})

test('play slides or grows, and ends at the end', () => {
  const day = { from: at('2026-11-22T00:00'), to: at('2026-11-23T00:00') }
  expect(words(played(day, 'window', 6, 1, whole) ?? day)).toEqual(['2026-11-22T06:00', '2026-11-23T06:00'])
  expect(words(played(day, 'cumulative', 6, 1, whole) ?? day)).toEqual([
    '2025-11-23T00:00',
    '2026-11-23T06:00',
  ])
  expect(words(played(day, 'window', 60, 60, whole) ?? day)).toEqual(['2026-11-22T16:00', '2026-11-23T16:00'])
  expect(played({ from: day.from, to: whole.to }, 'window', 6, 1, whole)).toBeNull()
})

test('play of a window that is at the end starts over', () => {
  expect(words(playStart(whole, 'window', whole))[0]).toBe('2025-11-23T00:00')
  const day = { from: at('2026-11-22T16:00'), to: whole.to }
  expect(words(playStart(day, 'window', whole))).toEqual(['2025-11-23T00:00', '2025-11-24T00:00'])
  const free = { from: at('2026-03-10T06:00'), to: at('2026-03-12T00:00') }
  expect(playStart(free, 'window', whole)).toBe(free)
  expect(words(playStart(whole, 'cumulative', whole))).toEqual(['2025-11-23T00:00', '2025-11-24T00:00'])
})

test.each([
  ['2026-11-22T16:00', '2026-11-23T16:00', '24h'],
  ['2025-11-23T00:00', '2026-11-23T16:00', 'year'],
  ['2026-11-22T12:00', '2026-11-23T16:00', null],
  ['2026-11-21T16:00', '2026-11-22T16:00', null],
])('%s – %s is the chip %s', (from, to, chip) =>
  expect(chipOf({ from: at(from), to: at(to) }, whole)).toBe(chip),
)

test('the axis is named by months or by days', () => {
  expect(ticks({ ...whole, step: DAY }).map(text)[0]).toBe('2025-12-01T00:00')
  expect(ticks({ ...whole, step: DAY })).toHaveLength(12)
  expect(ticks({ from: at('2026-03-06T00:00'), to: at('2026-03-20T00:00'), step: HOUR })).toHaveLength(14)
})
