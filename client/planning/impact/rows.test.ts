import { describe, expect, test } from 'vitest'
import { copyOf } from '#geo/plan/draft'
import { impactOf, type Side } from '#geo/plan/impact'
import { openMeter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import { perform } from '#geo/plan/perform'
import { board, scatter } from '../../../geodata/plan/meter-testing.ts'
import { differencesOf, isSeen, OPENING, passedBy, shownRows, turned, type Order } from './rows.ts'

function changed(...ops: readonly Op[]) {
  const draft = board(6, 2, 1000)
  const base = copyOf(draft)
  const sites = scatter(draft, 300, 3)
  const before: Side = { draft: base, meter: openMeter(base, sites) }
  const meter = openMeter(draft, sites, before.meter)
  for (const op of ops) {
    const result = perform(draft, op)
    if (result.ok) meter.update(result.patch)
  }
  return impactOf(before, { draft, meter })
}

const impact = changed(
  { kind: 'paint', atoms: [2], grid: 2 },
  { kind: 'make', atoms: [5], name: '新网格', nameEn: 'New' },
)
const nameOf = (key: number): string => `网格${key}`

describe('rows of the table', () => {
  test.each([
    // which     order                             first keys
    ['changed', { by: 'name', down: false }, [-1, 1, 2, 3]],
    ['changed', { by: 'name', down: true }, [3, 2, 1, -1]],
    ['all', { by: 'name', down: false }, [-1, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ] as const)('%s by %o', (which, order, keys) => {
    expect(shownRows(impact, which, order, nameOf).map(({ key }) => key)).toEqual(keys)
  })

  test.each(['households', 'hours', 'deviation', 'broken', 'change'] as const)('by %s both ways', (by) => {
    const down = shownRows(impact, 'all', { by, down: true }, nameOf)
    const up = shownRows(impact, 'all', { by, down: false }, nameOf)
    expect(down).toHaveLength(10)
    expect(new Set(up)).toEqual(new Set(down))
    if (by === 'households')
      expect(down.map(({ after }) => after?.measures.households ?? 0)).toEqual(
        up.map(({ after }) => after?.measures.households ?? 0).toReversed(),
      )
  })

  test.each([
    [OPENING, 'hours', { by: 'hours', down: true }],
    [{ by: 'hours', down: true }, 'hours', { by: 'hours', down: false }],
    [OPENING, 'name', { by: 'name', down: false }],
  ] as const satisfies readonly (readonly [Order, string, Order])[])('%o, then %s', (order, by, expected) => {
    expect(turned(order, by)).toEqual(expected)
  })
})

test('a grid passes on what the flows say', () => {
  const flow = impact.flows.find(({ from, to }) => from === 1 && to === 2)
  expect(flow?.buildings.length).toBeGreaterThan(0)
  expect(passedBy(impact, 1).buildings).toEqual(flow?.buildings)
  expect(passedBy(impact, 9)).toEqual({ buildings: [], open: [] })
})

test('differences side by side add up to nothing where nothing is lost', () => {
  const rows = differencesOf(impact, 'households')
  expect(rows.find(({ key }) => key === -1)?.left).toBeNull()
  expect(rows.reduce((sum, { by }) => sum + by, 0)).toBe(0)
  expect(differencesOf(impact, 'area').reduce((sum, { by }) => sum + by, 0)).toBeCloseTo(0, 6)
})

test.each([
  [0.4, 0, false],
  [0.5, 0, true],
  [-0.04, 1, false],
  [-0.06, 1, true],
] as const)('%d with %d places is seen: %s', (by, digits, seen) => expect(isSeen(by, digits)).toBe(seen))
