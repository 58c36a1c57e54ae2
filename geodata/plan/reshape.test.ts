import { assert, array, integer, nat, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, checkPlan } from '../check.ts'
import type { Lattice } from '../fabric.ts'
import { area2 } from '../topology.ts'
import { sidesOf, type Draft } from './draft.ts'
import { drawingOf, fabricOf } from './drawing.ts'
import { areasOf, faultsOf, remeasure } from './faults-testing.ts'
import { path } from './line-testing.ts'
import type { Op } from './op.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { demoDraft, squares } from './plan-testing.ts'
import { polygonsOfGrid } from './shapes.ts'

type Reshape = Extract<Op, { kind: 'reshape' }>

const textOf = (draft: Draft): string => JSON.stringify(drawingOf(draft))
const ground = (draft: Draft, grid: number): number => Number(area2(polygonsOfGrid(draft, grid))) / 2
const reshape = (line: string, grids: readonly [number, number] = [1, 2]): Reshape => ({
  kind: 'reshape',
  grids,
  line: path(line),
})

/** The ground of the first grid and of the second, or why not and where. */
function outcome(draft: Draft, op: Reshape): unknown {
  const before = textOf(draft)
  const result = perform(draft, op)
  if (!result.ok) {
    expect(textOf(draft)).toBe(before)
    return [result.rule, ...(result.at ?? [])].join(' ')
  }
  const fabric = fabricOf(draft)
  expect(check(fabric)).toEqual([])
  expect(checkPlan(fabric, draft.labels, [...draft.grids.keys()])).toEqual([])
  const found = op.grids.map((key) => ground(draft, key))
  const after = textOf(draft)
  apply(draft, inverseOf(result.patch))
  expect(textOf(draft)).toBe(before)
  apply(draft, result.patch)
  expect(textOf(draft)).toBe(after)
  return found
}

describe('the border takes the way of the line', () => {
  // a on the left of x = 100, b on its right; two squares each, one above the other.
  test.each([
    // the line                           its points                                    a, b
    ['a bay into a', '100,150 50,100 100,50', [17500, 22500]],
    ['the same, drawn the other way', '100,50 50,100 100,150', [17500, 22500]],
    ['a bay into b', '100,150 150,150 150,50 100,50', [25000, 15000]],
    ['that overshoots at both ends', '180,150 50,150 50,50 180,50', [15000, 25000]],
    ['whose ends fall short', '99,150 50,150 50,50 99,50', [15000, 25000]],
    ['one end on the border, the other short of it', '100,150 50,150 50,50 90,50', [15000, 25000]],
    ['that weaves over the border', '100,160 60,160 60,100 140,100 140,40 100,40', [20000, 20000]],
    ['from end to end', '100,200 150,100 100,0', [25000, 15000]],
    ['from end to end, the other way', '100,0 150,100 100,200', [25000, 15000]],
    ['along the border and then away', '100,190 100,150 50,150 50,50 100,50', [15000, 25000]],
    ['along a street of a', '100,100 0,100', 'line 100 100'],
    ['along the border', '100,150 100,50', 'nothing'],
    ['that meets the border once', '50,150 160,150', 'line 50 150'],
    ['both ends short of it', '50,50 60,60', [19550, 20450]],
    ['that never comes near', '-9000,50 -9000,60', 'line -9000 50'],
    ['beyond the outline', '100,150 -10,150 -10,50 100,50', 'outline 0 150'],
    ['along the outline', '100,150 0,150 0,50 100,50', 'outline 0 150'],
    ['that winds up', '100,180 20,180 20,20 150,20 150,100 60,100 60,60 100,60', 'line 100 180'],
    ['that crosses itself', '100,150 50,50 80,50 30,150 30,40 100,40', 'crossing 65 80'],
  ] as const)('%s', (_, line, expected) => {
    const found = outcome(squares(['ab', 'ab']), reshape(line))
    expect(found).toEqual(expected)
  })
})

describe('nothing else moves', () => {
  test.each([
    // the line                        grids                 communities      its points                        a, b
    [
      'into a third grid',
      ['acb', 'aab'],
      ['CCC', 'CCC'],
      '200,80 150,80 150,150 50,150 50,50 200,50',
      'line 150 100',
    ],
    [
      'along its border',
      ['acb', 'aab'],
      ['CCC', 'CCC'],
      '200,80 200,100 120,100 120,50 200,50',
      'line 200 100',
    ],
    [
      'another community',
      ['acb', 'aab'],
      ['CDC', 'CCC'],
      '200,80 150,80 150,150 50,150 50,50 200,50',
      'community 150 100',
    ],
    ['from where three meet', ['acb', 'aab'], ['CCC', 'CCC'], '200,100 150,50 200,0', [27500, 22500]],
    ['between two communities', ['ab'], ['CD'], '100,80 50,80 50,20 100,20', 'community 100 80'],
    ['across a, and out of the place', ['ab'], ['CC'], '100,80 50,120 50,-20 100,20', 'outline 75 100'],
    ['of one point', ['ab', 'bb'], ['CC', 'CC'], '100,200 100,200', 'line 100 200'],
  ] as const)('%s', (_, grids, communities, line, expected) =>
    expect(outcome(squares(grids, communities), reshape(line))).toEqual(expected),
  )

  test.each([
    [1, '200,80 180,80 180,50 200,50', 'locked 200 80'],
    [2, '200,80 180,80 180,50 200,50', 'locked 200 80'],
    [3, '200,80 150,80 150,150 50,150 50,50 200,50', 'locked 150 100'],
    [3, '200,80 180,80 180,50 200,50', [29400, 20600]],
  ] as const)('while grid %i is locked', (grid, line, expected) => {
    const draft = squares(['acb', 'aab'])
    perform(draft, { kind: 'lock', grid })
    expect(outcome(draft, reshape(line))).toEqual(expected)
  })

  test.each([
    [[1, 1], 'unknown'],
    [[1, 9], 'unknown'],
    [[1, 4], 'line 0 0'],
  ] as const)('grids %j', (grids, expected) =>
    expect(outcome(squares(['ab', 'cd']), reshape('0,0 300,300', [...grids]))).toBe(expected),
  )

  test('an island gives and takes on the side that the line is nearer to', () => {
    const island = (): Draft => squares(['bbb', 'bab', 'bbb'])
    expect(outcome(island(), reshape('120,200 120,260 180,260 180,200'))).toEqual([13600, 76400])
    expect(outcome(island(), reshape('180,200 180,260 120,260 120,200'))).toEqual([13600, 76400])
    expect(outcome(island(), reshape('120,200 120,180 180,180 180,200'))).toEqual([8800, 81200])
  })
})

test('in the sub-district a new border changes the ground of its two grids, by as much, and of no other', () => {
  const draft = demoDraft()
  const [areas, start] = [areasOf(draft), textOf(draft)]
  const borders = [...draft.arcs.values()].filter((arc) => {
    const [a, b] = sidesOf(draft, arc).map((key) => draft.grids.get(key))
    return a && b && a !== b && a.community === b.community
  })
  let done = 0
  const offset = integer({ min: -9000, max: 9000 })
  assert(
    property(nat(), array(tuple(offset, offset), { minLength: 1, maxLength: 4 }), (pick, knees) => {
      const arc = borders[pick % borders.length]
      const [first, last] = [arc?.points[0], arc?.points.at(-1)]
      if (!arc || !first || !last) return
      const grids = sidesOf(draft, arc)
      const between = knees.map(([dx, dy], i): Lattice => {
        const share = (i + 1) / (knees.length + 1)
        return [
          Math.round(first[0] + share * (last[0] - first[0])) + dx,
          Math.round(first[1] + share * (last[1] - first[1])) + dy,
        ]
      })
      const result = perform(draft, { kind: 'reshape', grids, line: [first, ...between, last] })
      if (!result.ok) return
      done++
      const before = new Map(areas)
      const faults = faultsOf(draft, result.patch, areas)
      const others = [...draft.labels].filter(([, key]) => !grids.includes(key))
      const moved = others.filter(([atom]) => areas.get(atom) !== before.get(atom))
      apply(draft, inverseOf(result.patch))
      remeasure(draft, result.patch, areas)
      expect([faults, moved]).toEqual([[], []])
    }),
    { numRuns: 150 },
  )
  expect(textOf(draft)).toBe(start)
  expect(done).toBeGreaterThan(50)
})
