import { describe, expect, test } from 'vitest'
import { check, checkPlan } from '../check.ts'
import type { Lattice } from '../fabric.ts'
import { area2 } from '../topology.ts'
import { copyOf, type Draft } from './draft.ts'
import { drawingOf, fabricOf } from './drawing.ts'
import { path } from './line-testing.ts'
import type { Op } from './op.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { squares } from './plan-testing.ts'
import { polygonsOfGrid } from './shapes.ts'

const textOf = (draft: Draft): string => JSON.stringify(drawingOf(draft))
const split = (grid: number, line: readonly Lattice[]): Op => ({
  kind: 'split',
  grid,
  line,
  name: '新',
  nameEn: 'New',
})
const ground = (draft: Draft, grid: number): number => Number(area2(polygonsOfGrid(draft, grid))) / 2

/** The ground of the old grid and of the new one, or why not and where. */
function outcome(draft: Draft, op: Op): unknown {
  const before = textOf(draft)
  const result = perform(draft, op)
  if (!result.ok) {
    expect(textOf(draft)).toBe(before)
    return [result.rule, ...(result.at ?? [])].join(' ')
  }
  const fabric = fabricOf(draft)
  expect(check(fabric)).toEqual([])
  expect(checkPlan(fabric, draft.labels, [...draft.grids.keys()])).toEqual([])
  const found = op.kind === 'split' ? [ground(draft, op.grid), ground(draft, -1)] : result.patch.atoms.length
  const after = textOf(draft)
  const again = copyOf(draft)
  apply(draft, inverseOf(result.patch))
  expect(textOf(draft)).toBe(before)
  expect(perform(draft, op)).toMatchObject({ ok: true })
  expect(textOf(draft)).toBe(after)
  expect(textOf(again)).toBe(after)
  return found
}

describe('a line from border to border makes a grid of what lies on its right', () => {
  // Grid a: the two squares on the left of the upper row and the one below the first; b around it.
  const drawn = (): Draft => squares(['aab', 'abb'])
  test.each([
    // the line                            its points                                  left, right
    ['southward through the first square', '50,210 50,-10', [20000, 10000]],
    ['northward through the first square', '50,-10 50,210', [10000, 20000]],
    ['along an arc between two atoms', '0,100 100,100', [20000, 10000]],
    ['through a node of the border', '-10,210 110,90 210,90', [15000, 15000]],
    ['into the corner of the grid', '-10,210 100,100', [15000, 15000]],
    ['with a knee on a street', '150,210 150,150 100,150 100,90', [7500, 22500]],
    ['that starts on the border itself', '50,200 50,0', [20000, 10000]],
    [
      'that overshoots through the neighbour and comes to nothing there',
      '50,210 50,-10 250,-10 250,150',
      [20000, 10000],
    ],
    ['that ends inside', '50,210 50,50', 'line 50 50'],
    ['into the inner corner, past a street', '-10,150 50,150 100,100', [16250, 13750]],
    ['inside altogether', '20,120 80,180', 'line 80 180'],
    ['elsewhere', '250,-10 250,210', 'line 250 -10'],
    ['that cuts off two corners', '150,210 210,150 210,-10 50,-10 50,210', 'parts 180 180'],
    ['that comes back through the same side', '20,210 20,150 80,150 80,210', [3000, 27000]],
    ['that leaves a part on either side', '30,210 30,150 -10,150 -10,50 110,50', 'parts'],
    ['that crosses itself', '50,210 50,120 80,150 -10,150', 'crossing 50 150'],
  ] as const)('%s', (_, line, expected) => {
    const found = outcome(drawn(), split(1, path(line)))
    if (typeof expected === 'string' && !expected.includes(' '))
      expect(String(found).split(' ')[0]).toBe(expected)
    else expect(found).toEqual(expected)
  })

  test.each([
    ['150,310 150,250', 'line 150 250'],
    ['-10,150 150,150', 'line 100 150'],
    ['150,310 150,-10', [40000, 40000]],
  ] as const)('a grid around an island is cut on both sides of it: %s', (line, expected) =>
    expect(outcome(squares(['aaa', 'aba', 'aaa']), split(1, path(line)))).toEqual(expected),
  )

  test('a line through grids of two communities cuts only the one', () => {
    const draft = squares(['aab', 'aab'], ['CCD', 'CCD'])
    expect(outcome(draft, split(1, path('-10,50 310,50')))).toEqual([30000, 10000])
  })

  test('the old grid keeps who and where it is, the new one takes after it', () => {
    const draft = squares(['ab'])
    perform(draft, { kind: 'station', grid: 1, at: [10, 50] })
    const old = draft.grids.get(1)
    perform(draft, split(1, path('50,-10 50,110')))
    expect(draft.grids.get(1)).toBe(old)
    expect(draft.grids.get(-1)).toEqual({
      ...old,
      key: -1,
      code: null,
      name: '新',
      nameEn: 'New',
      worker: null,
      station: null,
    })
    expect(draft.next.grid).toBe(-2)
  })

  test.each([
    ['locked', 'locked 50 210'],
    ['not there', 'unknown'],
  ] as const)('not where it is %s', (_, expected) => {
    const draft = squares(['ab'])
    perform(draft, { kind: 'lock', grid: 1 })
    expect(outcome(draft, split(expected === 'unknown' ? 9 : 1, path('50,210 50,-10')))).toBe(expected)
  })
})

describe('an atom is cut in pieces of the same grid', () => {
  test.each([
    ['across', 1, '50,110 50,-10', 1],
    ['twice', 1, '30,110 30,-10 60,-10 60,110', 2],
    ['not at all', 1, '150,110 150,-10', 'line 150 -10'],
    ['one that is not there', 7, '50,110 50,-10', 'unknown'],
  ] as const)('%s', (_, atom, line, expected) => {
    const draft = squares(['ab'])
    expect(outcome(draft, { kind: 'split-atom', atom, line: path(line) })).toBe(expected)
  })

  test('not while its grid is locked', () => {
    const draft = squares(['ab'])
    perform(draft, { kind: 'lock', grid: 1 })
    expect(outcome(draft, { kind: 'split-atom', atom: 1, line: path('50,110 50,-10') })).toBe('locked 50 50')
  })
})
