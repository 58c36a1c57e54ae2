import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Candidate } from './contract.ts'
import { DESK_M, place, reachM } from './rules.ts'

const grid = (code: string, distanceM: number): Candidate => ({
  id: Number(code),
  code,
  name: `网格${code}`,
  distanceM,
})

//   ┌────┬────┐
//   │ 1  │ 2  │     A point is given by its distances to the grids around it.
//   ├────┼────┤
//   │ 3  │ 4  │
//   └────┴────┘
describe('place', () => {
  test.each([
    // candidates                         accuracy  grid  rule             candidates   tie
    ['inside one', [['1', 0]], 0, '1', 'inside', ['1'], false],
    [
      'inside, the error reaches two',
      [
        ['4', 8],
        ['1', 0],
        ['2', 5],
      ],
      10,
      '1',
      'inside',
      ['1', '2', '4'],
      false,
    ],
    [
      'inside, the error does not reach',
      [
        ['1', 0],
        ['2', 5],
      ],
      4,
      '1',
      'inside',
      ['1'],
      false,
    ],
    [
      'on an edge',
      [
        ['2', 0],
        ['1', 0],
      ],
      0,
      '1',
      'shared-border',
      ['1', '2'],
      true,
    ],
    [
      'on the corner of four',
      [
        ['4', 0],
        ['3', 0],
        ['2', 0],
        ['1', 0],
      ],
      0,
      '1',
      'shared-border',
      ['1', '2', '3', '4'],
      true,
    ],
    [
      'on an edge, a third is near',
      [
        ['2', 0],
        ['1', 0],
        ['3', 9],
      ],
      10,
      '1',
      'shared-border',
      ['1', '2', '3'],
      true,
    ],
    ['outside by 12 m', [['2', 12]], 0, '2', 'near', ['2'], false],
    ['outside, exactly 30 m', [['2', 30]], 0, '2', 'near', ['2'], false],
    [
      'outside, the nearer of two',
      [
        ['1', 20.01],
        ['2', 20],
      ],
      0,
      '2',
      'near',
      ['2', '1'],
      false,
    ],
    [
      'outside, equally near',
      [
        ['2', 20],
        ['1', 20],
      ],
      0,
      '1',
      'near',
      ['1', '2'],
      true,
    ],
    ['outside by 30.01 m', [['2', 30.01]], 0, null, 'outside', ['2'], false],
    [
      'outside, for the desk the nearest three',
      [
        ['4', 90],
        ['3', 80],
        ['2', 70],
        ['1', 60],
      ],
      0,
      null,
      'outside',
      ['1', '2', '3'],
      false,
    ],
    ['outside, however large the error', [['2', 40]], 500, null, 'outside', ['2'], false],
    ['far from everything', [], 0, null, 'outside', [], false],
  ] as const)('%s', (_what, near, accuracyM, code, rule, candidates, tie) => {
    const placed = place(
      near.map(([c, d]) => grid(c, d)),
      accuracyM,
    )
    expect(placed.grid?.code ?? null).toBe(code)
    expect(placed.placement.rule).toBe(rule)
    expect(placed.placement.candidates.map((c) => c.code)).toEqual(candidates)
    expect(placed.placement.tieBreak).toBe(tie ? 'lowest-code' : undefined)
  })

  const around = fc.uniqueArray(
    fc.record({
      code: fc.integer({ min: 1, max: 99 }).map(String),
      d: fc.oneof(
        fc.constant(0),
        fc.integer({ min: 1, max: 200_000 }).map((cm) => cm / 100),
      ),
    }),
    { selector: ({ code }) => code, maxLength: 8 },
  )

  test('the order in which grids are found never matters, nor does the accuracy', () => {
    fc.assert(
      fc.property(around, fc.integer({ min: 0, max: 1000 }), (found, accuracyM) => {
        const candidates = found.map(({ code, d }) => grid(code, d))
        const placed = place(candidates, accuracyM)
        expect(place(candidates.toReversed(), accuracyM)).toEqual(placed)
        expect(place(candidates).grid).toEqual(placed.grid)
        expect(place(candidates).placement.rule).toEqual(placed.placement.rule)
      }),
    )
  })

  test('the chosen grid is always the first candidate', () => {
    fc.assert(
      fc.property(around, (found) => {
        const { grid: chosen, placement } = place(found.map(({ code, d }) => grid(code, d)))
        if (chosen) expect(placement.candidates[0]).toMatchObject(chosen)
      }),
    )
  })
})

test('a covered point needs no neighbours unless its error is known; one outside needs those for the desk', () => {
  expect(reachM(true)).toBe(0)
  expect(reachM(true, 12)).toBe(12)
  expect(reachM(false, 12)).toBe(DESK_M)
  expect(reachM(false, 2000)).toBe(2000)
})
