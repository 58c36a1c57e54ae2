import { describe, expect, test } from 'vitest'
import { at, collection, multi, polygon, square } from './drawing-testing.ts'
import { blocks } from './gate-faults.ts'
import { repairBoundaries, tilingOf } from './gate-repair.ts'
import { checkBoundaries } from './gate.ts'

const options = { codeProperty: 'code' } as const

function repaired(json: unknown) {
  const result = repairBoundaries(json, options)
  const tiled = result.after && tilingOf(result.after)
  return { ...result, areas: tiled?.map(({ code, areaM2 }) => [code, Math.round(areaM2 / 10) * 10]) }
}

describe('the rules of a repair', () => {
  test.each<[string, unknown, readonly (readonly [string, number])[]]>([
    [
      'an overlap goes to the lower code',
      collection(polygon(square(0, 0)), polygon(square(97, 0))),
      [
        ['A', 10_000],
        ['B', 9_700],
      ],
    ],
    // The court of 20 m by 20 m has 40 m of border with A.
    [
      'a small gap goes to the longest border',
      collection(
        polygon([
          [0, 0],
          [60, 0],
          [60, 40],
          [40, 40],
          [40, 60],
          [0, 60],
        ]),
        polygon([
          [60, 0],
          [100, 0],
          [100, 60],
          [60, 60],
          [60, 40],
        ]),
        polygon([
          [0, 60],
          [40, 60],
          [60, 60],
          [100, 60],
          [100, 100],
          [0, 100],
        ]),
      ),
      [
        ['A', 3_600],
        ['B', 2_400],
        ['C', 4_000],
      ],
    ],
    [
      'a slit is closed',
      collection(polygon(square(0, 0)), polygon(square(100.5, 0))),
      [
        ['A', 10_000],
        ['B', 10_050],
      ],
    ],
    [
      'a loose sliver goes to its neighbour',
      collection(
        multi(
          [square(0, 0)],
          [
            [
              [200, 0],
              [200.4, 0],
              [200.4, 100],
              [200, 100],
            ],
          ],
        ),
        polygon(square(100, 0)),
      ),
      [
        ['A', 10_000],
        ['B', 10_040],
      ],
    ],
    [
      'both wings of a bow-tie stay',
      collection(
        polygon([
          [0, 0],
          [100, 100],
          [100, 0],
          [0, 100],
        ]),
      ),
      [['A', 5_000]],
    ],
    ['a hole outside is dropped', collection(polygon(square(0, 0), square(200, 0))), [['A', 10_000]]],
    ['overlapping parts are joined', collection(multi([square(0, 0)], [square(50, 0)])), [['A', 15_000]]],
    [
      'an open ring is closed',
      collection({ type: 'Polygon', coordinates: [square(0, 0).map(at)] }),
      [['A', 10_000]],
    ],
  ])('%s', (_, json, areas) => {
    expect(checkBoundaries(json, options).faults.some(blocks)).toBe(true)
    expect(repaired(json).areas).toEqual(areas)
  })

  test('every square metre that changes hands is listed', () => {
    const { moves, changes } = repaired(collection(polygon(square(0, 0)), polygon(square(97, 0))))
    expect(moves).toMatchObject([{ why: 'overlap', from: 'B', to: 'A' }])
    expect(moves[0]?.areaM2).toBeCloseTo(300, -1)
    expect(changes.map((c) => [c.code, Math.round(c.afterM2 - c.beforeM2) + 0])).toEqual([['B', -300]])
  })

  test.each<[string, unknown, string]>([
    ['a grid that others cover', collection(polygon(square(0, 0)), polygon(square(0, 0))), 'vanished'],
    ['a large gap', collection(polygon(square(0, 0), square(20, 20, 60).toReversed())), 'hole'],
  ])('%s is left to a person', (_, json, code) => {
    const { after } = repaired(json)
    expect(after?.faults.filter(({ severity }) => severity === 'error').map((fault) => fault.code)).toEqual([
      code,
    ])
    expect(after && tilingOf(after)).toBeNull()
  })

  test('what cannot be read is not repaired', () => {
    expect(
      repairBoundaries(collection({ type: 'Point', coordinates: [119.9, 32.4] }), options).after,
    ).toBeNull()
  })
})
