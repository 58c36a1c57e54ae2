import { expect, test } from 'vitest'
import type { LogLine } from '#contract/planning'
import { standingsOf } from './standings.ts'

/**
 *  1 ─ 2 ─ 3 ─ 6
 *      ├── 4
 *      └── 5 ─ 7
 */
const LOG: readonly LogLine[] = [
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 2],
  [5, 2],
  [6, 3],
  [7, 5],
].map(([seq = 0, parent = 0]) => ({
  seq,
  parent,
  gesture: seq,
  op: { kind: 'lock', grid: seq },
  by: null,
  at: '2026-03-06T00:00:00Z',
}))

test.each([
  [7, 'past past side side past side here'],
  // Redo always takes the newest branch.
  [2, 'past here side side next side next'],
  [6, 'past past past side side here side'],
  [0, 'next next side side next side next'],
])('where the draft stands at %d', (head, wanted) => {
  const standings = standingsOf(LOG, head)
  expect(LOG.map(({ seq }) => standings.get(seq)).join(' ')).toBe(wanted)
})
