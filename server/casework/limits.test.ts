import { expect, test } from 'vitest'
import { CHINA } from '#rules/deadlines'
import type { EventStatus } from '../events/contract.ts'
import type { Limit } from '../deadlines/contract.ts'
import { movesFor, refuseUntil, stageDueAt, type Subject } from './rules.ts'
import { AT, requestOf, somebody, subjectAt } from './subject-testing.ts'

const HOUR = 3_600_000

test.each([
  // limit        dispatched         may be returned until
  [2, 'uh', '2026-03-06T16:00', '2026-03-06T18:00'], // as long as the limit itself
  [24, 'uh', '2026-03-06T16:00', '2026-03-07T16:00'],
  [25, 'uh', '2026-03-06T16:00', '2026-03-09T16:00'], // longer than a day: one working day
  [8, 'wh', '2026-03-06T16:00', '2026-03-09T16:00'],
  [1, 'wd', '2026-03-06T16:00', '2026-03-09T16:00'],
  [15, 'wd', '2026-03-06T16:00', '2026-03-09T16:00'],
  [2, 'ud', '2026-03-06T16:00', '2026-03-09T16:00'],
] as const satisfies [number, Limit['unit'], string, string][])(
  '%s%s given at %s',
  (amount, unit, given, until) => {
    const [start, end] = [given, until].map((local) => Date.parse(`${local}:00+08:00`))
    const due = start ? start + amount * HOUR : 0
    const found = refuseUntil(
      start ?? 0,
      { amount, unit, counting: 'elapsed' },
      unit === 'uh' ? due : (end ?? 0),
      CHINA,
    )
    expect(new Date(found)).toEqual(new Date(end ?? 0))
  },
)

test.each([
  ['reported', 15],
  ['verifying', 30],
  ['filed', 15],
  ['returned', 15],
  ['checking', 30],
  ['dispatched', 480], // until the lead may no longer return it
  ['signed', null],
  ['handling', null],
  ['held', null],
  ['closed', null],
] as const satisfies [EventStatus, number | null][])('the node %s has %s minutes', (status, minutes) => {
  expect(stageDueAt(status, AT, AT + 8 * HOUR)).toBe(minutes === null ? null : AT + minutes * 60_000)
})

test('the buttons of a dispatcher over a handled event, and over one with a request', () => {
  const shown = (subject: Subject) =>
    movesFor(subject, somebody('dispatcher'), AT).map(
      ({ move, ask, verdict }) => `${verdict.ok ? '' : '!'}${move}${ask ? ` ${ask}` : ''}`,
    )
  expect(shown(subjectAt('handled'))).toEqual(['sendBack', 'askCheck', 'note'])
  expect(shown(subjectAt('signed', { requests: [requestOf('extend')] }))).toEqual([
    'askHold',
    '!grant extend',
    'note',
  ])
  expect(shown(subjectAt('signed', { requests: [requestOf('extend', { stage: 'endorsed' })] }))).toEqual([
    'askHold',
    'grant extend',
    'refuse extend',
    'note',
  ])
})
