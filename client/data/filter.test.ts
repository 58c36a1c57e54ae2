import { expect, test } from 'vitest'
import type { EventFilter } from '#contract/events'
import { conditions, matches } from './filter.ts'
import { rowFor } from './testing.ts'

const NOW = Date.parse('2026-03-06T10:00:00Z')
const row = rowFor({
  gridId: 3,
  dueAt: '2026-03-06T09:00:00Z',
  units: ['CG', 'SZ'],
  asks: ['hold'],
  important: true,
  reporter: 12,
})
const around = {
  now: NOW,
  communityOf: (id: number) => (id === 3 ? '0103' : undefined),
  found: null,
  account: 12,
}

test.each<[EventFilter, boolean]>([
  [{}, true],
  [{ state: 'open' }, true],
  [{ state: 'ended' }, false],
  [{ status: ['held', 'filed'] }, true],
  [{ status: ['held'] }, false],
  [{ light: ['red'] }, true],
  [{ light: ['amber', 'green'] }, false],
  [{ category: ['01-10'] }, true],
  [{ category: ['01'] }, false],
  [{ grid: [3] }, true],
  [{ grid: [0] }, false],
  [{ community: ['0103'] }, true],
  [{ community: ['0104'] }, false],
  [{ source: ['patrol'] }, true],
  [{ from: '2026-03-06T08:00:00Z' }, true],
  [{ to: '2026-03-06T08:00:00Z' }, false],
  [{ unit: ['HW', 'CG'] }, true],
  [{ unit: ['HW'] }, false],
  [{ asks: ['extend', 'hold'] }, true],
  [{ asks: ['appeal'] }, false],
  [{ watched: 'yes' }, true],
  [{ mine: 'yes' }, true],
  [{ bbox: '119.8,32.3,120,32.5' }, true],
  [{ bbox: '119.95,32.3,120,32.5' }, false],
  [{ state: 'open', light: ['red'], grid: [3], source: ['video'] }, false],
])('%j: %s', (filter, wanted) => {
  expect(matches(row, filter, around)).toBe(wanted)
})

test('an event without a grid is found as grid 0 and in no community', () => {
  const stray = { ...row, gridId: null }
  expect(matches(stray, { grid: [0] }, around)).toBe(true)
  expect(matches(stray, { community: ['0103'] }, around)).toBe(false)
})

test('what nobody watches, and what others reported, is not found as watched or mine', () => {
  const plain = { ...row, important: false, reporter: null }
  expect(matches(plain, { watched: 'yes' }, around)).toBe(false)
  expect(matches({ ...plain, supervision: 1 }, { watched: 'yes' }, around)).toBe(true)
  expect(matches(plain, { mine: 'yes' }, { ...around, account: null })).toBe(false)
})

test('a text is the server’s to answer: all rows until it has, then those it found', () => {
  expect(matches(row, { text: 'x' }, around)).toBe(true)
  expect(matches(row, { text: 'x' }, { ...around, found: new Set([7]) })).toBe(true)
  expect(matches(row, { text: 'x' }, { ...around, found: new Set([8]) })).toBe(false)
})

test('conditions are counted, empty ones are none', () => {
  expect(conditions({})).toBe(0)
  expect(conditions({ state: 'open', light: ['red'], grid: [] })).toBe(2)
})
