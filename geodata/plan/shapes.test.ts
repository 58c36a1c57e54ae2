import { describe, expect, test } from 'vitest'
import { atomLabels, dissolve } from '../topology.ts'
import type { Draft } from './draft.ts'
import { fabricOf } from './drawing.ts'
import { demoDraft, squares, wovenDraft } from './plan-testing.ts'
import { borderLines, borderLinesOf, polygonsOfAtom, polygonsOfGrid } from './shapes.ts'

function expectDissolved(draft: Draft): void {
  const fabric = fabricOf(draft)
  for (const [grid, polygons] of dissolve(fabric, draft.labels))
    expect(polygonsOfGrid(draft, grid)).toEqual(polygons)
  for (const [atom, polygons] of dissolve(fabric, atomLabels(fabric)))
    expect(polygonsOfAtom(draft, atom)).toEqual(polygons)
}

describe('polygons by a walk along the arcs of one grid are those of the whole', () => {
  test.each([
    ['a square', ['a']],
    ['an island', ['aaa', 'aba', 'aaa']],
    ['islands that touch in a corner', ['aaaa', 'abaa', 'aaba', 'aaaa']],
    ['a hole that touches the border', ['aaa', 'ba ', 'aaa']],
    ['parts', ['ab', 'ba']],
    ['an island in an island', ['aaaaa', 'abbba', 'abcba', 'abbba', 'aaaaa']],
    ['a ring that touches itself', ['aaa', 'abb', 'aba', ' aa']],
  ])('%s', (_, drawing) => expectDissolved(squares(drawing)))

  test('the sub-district', () => expectDissolved(demoDraft()))

  test('a woven one', () => expectDissolved(wovenDraft({ columns: 12, rows: 9, block: 3, seed: 5 })))
})

describe('borders', () => {
  test('each line stands once, with the grids on its sides', () => {
    const draft = squares(['ab'])
    const lines = borderLines(draft)
    expect(lines.length).toBe(7)
    expect(lines.filter(({ left, right }) => left !== 0 && right !== 0)).toEqual([
      {
        arc: expect.any(Number),
        points: [
          [100, 100],
          [100, 0],
        ],
        left: 2,
        right: 1,
      },
    ])
  })

  test('those of a grid leave out what lies within it', () => {
    const draft = squares(['aab'])
    expect(borderLinesOf(draft, 1).length).toBe(6)
    expect(borderLinesOf(draft, 9)).toEqual([])
  })
})
