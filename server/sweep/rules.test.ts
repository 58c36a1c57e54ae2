import { expect, test } from 'vitest'
import { CHINA } from '#rules/deadlines'
import { progress, type Watched } from './rules.ts'

const at = (local: string) => Date.parse(`${local}:00+08:00`)
/** Friday, due at noon; one working day on is Monday noon. */
const FRESH: Watched = {
  amberAt: at('2026-03-06T10:00'),
  dueAt: at('2026-03-06T12:00'),
  told: 'green',
  escalated: 0,
  supervision: 0,
}
const words = (watched: Watched, now: string) =>
  progress(watched, at(now), CHINA)
    .tells.map((tell) => (tell.step === 'event.supervised' ? `level ${tell.level}` : tell.step.slice(6)))
    .join(' ')

test.each([
  // now               told so far                                        is told
  ['2026-03-06T09:59', {}, ''],
  ['2026-03-06T10:00', {}, 'amber'],
  ['2026-03-06T12:00', { told: 'amber' }, ''], // still in time at the deadline itself
  ['2026-03-06T12:01', { told: 'amber' }, 'red level 1'],
  ['2026-03-06T12:01', {}, 'amber red level 1'], // nobody looked before
  ['2026-03-09T11:59', { told: 'red', escalated: 1, supervision: 1 }, ''],
  ['2026-03-09T12:00', { told: 'red', escalated: 1, supervision: 1 }, 'level 2'],
  ['2026-03-10T12:00', { told: 'red', escalated: 2, supervision: 2 }, 'level 3'],
  ['2026-03-10T12:00', { told: 'red', escalated: 1, supervision: 1 }, 'level 2 level 3'],
  ['2026-03-20T12:00', { told: 'red', escalated: 3, supervision: 3 }, ''],
  ['2026-03-09T12:00', { told: 'red', escalated: 1, supervision: 0 }, 'level 2'], // ended by a person, comes back at the next rung
  ['2026-03-06T12:01', { told: 'amber', supervision: 3 }, 'red'], // a person was there before
  ['2026-03-06T09:00', { told: 'red', escalated: 1, supervision: 1 }, ''], // the clock was set back
] as const satisfies [string, Partial<Watched>, string][])('%s after %o: %s', (now, so, told) => {
  expect(words({ ...FRESH, ...so }, now)).toBe(told)
})

test('everything that is told at once says when it came true', () => {
  const { tells, escalateAt, supervision } = progress(FRESH, at('2026-03-09T13:00'), CHINA)
  expect(tells.map(({ since }) => since)).toEqual(
    ['2026-03-06T10:00', '2026-03-06T12:00', '2026-03-06T12:00', '2026-03-09T12:00'].map(at),
  )
  expect([escalateAt, supervision]).toEqual([at('2026-03-10T12:00'), 2])
})

test('supervision never goes down by itself', () => {
  const now = at('2026-03-30T12:00')
  for (const supervision of [0, 1, 2, 3])
    for (const escalated of [0, 1, 2, 3])
      expect(progress({ ...FRESH, supervision, escalated }, now, CHINA).supervision).toBeGreaterThanOrEqual(
        supervision,
      )
})
