import { expect, test } from 'vitest'
import type { EventRow } from '#contract/events'
import { rowFor } from '../data/testing.ts'
import { countClass, deadlineClass, loads } from './measure.ts'

const NOW = Date.parse('2026-11-23T10:00:00+08:00')
const row = (
  id: number,
  gridId: number | null,
  dueInMinutes: number,
  status: EventRow['status'] = 'handling',
): EventRow =>
  rowFor({
    id,
    status,
    gridId,
    reportedAt: '2026-11-23T00:00:00Z',
    dueAt: new Date(NOW + dueInMinutes * 60_000).toISOString(),
    closedAt: status === 'closed' ? '2026-11-23T01:00:00Z' : null,
  })

test('the load of a grid is what is open in it, and its first deadline', () => {
  const found = loads(
    [
      row(1, 7, 90),
      row(2, 7, -30),
      row(3, 7, 10, 'held'),
      row(4, 7, 5, 'closed'),
      row(5, 8, 0, 'held'),
      row(6, null, 1),
    ],
    NOW,
  )
  expect(Object.fromEntries(found)).toEqual({
    7: { open: 3, overdue: 1, minutes: -30 },
    8: { open: 1, overdue: 0, minutes: null },
  })
})

test.each([
  // minutes left  class
  [10_000, 0],
  [4320, 0],
  [4319, 1],
  [1439, 2],
  [239, 3],
  [59, 4],
  [0, 4],
  [-1, 5],
])('%i minutes to the first deadline is class %i', (minutes, expected) =>
  expect(deadlineClass(minutes)).toBe(expected),
)

test.each([
  [0, -1],
  [1, 0],
  [2, 1],
  [4, 2],
  [12, 4],
  [500, 5],
])('%i open events are class %i', (count, expected) => expect(countClass(count)).toBe(expected))
