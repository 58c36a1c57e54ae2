import { expect, test } from 'vitest'
import { squares } from '#geo/plan/plan-testing'
import { readAssignments, writeAssignments } from '../formats/assignments.ts'
import { assign } from './assign.ts'

const base = squares(['AAB', 'AAB', 'CCC'], ['xxx', 'xxx', 'yyy'])
const [a, b, c] = [...base.grids.values()].map(({ code, name }) => code ?? name)
const atomsOf = (key: number): readonly number[] =>
  [...(base.atomsOfGrid.get(key) ?? [])].toSorted((x, y) => x - y)
const [inA, inB, inC] = [...base.grids.keys()].map(atomsOf)

test('the table of a plan, read again, changes nothing', () => {
  const { draft, moved, faults } = assign(base, readAssignments(writeAssignments(base)))
  expect(faults).toEqual([])
  expect(moved).toBe(0)
  expect(draft?.labels).toEqual(base.labels)
})

test.each<[string, readonly { atom: number; grid: string | undefined }[], string[], number]>([
  // what                       lines                                                 faults           atoms that move
  ['an atom changes its grid', [{ atom: inA?.[1] ?? 0, grid: b }], [], 1],
  ['an atom that is not there', [{ atom: 999, grid: b }], ['unknown-atom'], 0],
  ['a grid that is not there', [{ atom: 1, grid: 'Z' }], ['unknown-grid'], 0],
  [
    'an atom twice',
    [
      { atom: 1, grid: a },
      { atom: 1, grid: b },
    ],
    ['atom-twice'],
    0,
  ],
  ['across a community', [{ atom: inC?.[0] ?? 0, grid: a }], ['community'], 1],
  ['a grid without ground', (inB ?? []).map((atom) => ({ atom, grid: a })), ['parts'], 2],
  ['two grids in two parts', [{ atom: inC?.[1] ?? 0, grid: b }], ['community', 'parts', 'parts'], 1],
])('%s', (_, rows, faults, moved) => {
  const made = assign(
    base,
    rows.map(({ atom, grid = '' }) => ({ atom, grid })),
  )
  expect(made.faults.map(({ code }) => code)).toEqual(faults)
  expect(made.draft === null).toBe(faults.length > 0)
  expect(made.moved).toBe(moved)
  expect(c).toBeDefined()
})
