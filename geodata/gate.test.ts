import { describe, expect, test } from 'vitest'
import { at, collection, polygon, square, type Point } from './drawing-testing.ts'
import type { FaultCode } from './gate-faults.ts'
import { codeOf, partition } from './gate-testing.ts'
import { checkBoundaries, type GateOptions } from './gate.ts'
import { distanceM } from './metres.ts'

const check = (json: unknown, options: Partial<GateOptions> = {}) =>
  checkBoundaries(json, { codeProperty: 'code', ...options }).faults
const beside = (x: number): Point[] => square(x, 0)
const codes = (json: unknown, options: Partial<GateOptions> = {}): string[] =>
  check(json, options)
    .map(({ code, grids }) => `${code} ${grids.join(' ')}`.trim())
    .toSorted()

describe('between grids', () => {
  //  +---+---+   A left, B right, 100 m each
  //  | A | B |
  //  +---+---+
  const left = square(0, 0)
  interface Expected {
    readonly code: FaultCode
    readonly grids: string
    readonly areaM2?: number
    readonly at?: Point
  }
  test.each<[string, unknown[], Expected[]]>([
    ['side by side', [polygon(left), polygon(beside(100))], []],
    ['apart', [polygon(left), polygon(beside(130))], [{ code: 'pieces', grids: '' }]],
    [
      'half a metre apart',
      [polygon(left), polygon(beside(100.5))],
      [
        { code: 'near-miss', grids: 'A B' },
        { code: 'pieces', grids: '' },
      ],
    ],
    [
      'a centimetre apart',
      [polygon(left), polygon(beside(100.01))],
      [{ code: 'missing-vertex', grids: 'B' }],
    ],
    [
      'overlapping by 3 m',
      [polygon(left), polygon(beside(97))],
      [
        { code: 'overlap', grids: 'A B', areaM2: 300, at: [100, 50] },
        { code: 'missing-vertex', grids: 'A B' },
      ],
    ],
    [
      'one in the other',
      [polygon(left), polygon(square(20, 20, 30))],
      [{ code: 'overlap', grids: 'A B', areaM2: 900 }],
    ],
    ['the same twice', [polygon(left), polygon(left)], [{ code: 'overlap', grids: 'A B', areaM2: 10_000 }]],
    // B's side has a corner that A's straight side lacks, 2 m inside A.
    [
      'a vertex that only one side has',
      [
        polygon(left),
        polygon([
          [100, 0],
          [200, 0],
          [200, 100],
          [100, 100],
          [98, 50],
        ]),
      ],
      [{ code: 'overlap', grids: 'A B', areaM2: 100, at: [100, 50] }],
    ],
    [
      'a vertex on the neighbour’s edge',
      [
        polygon(left),
        polygon(square(100, 0, 50)),
        polygon([
          [100, 50],
          [150, 50],
          [150, 100],
          [100, 100],
        ]),
      ],
      [{ code: 'missing-vertex', grids: 'A', at: [100, 50] }],
    ],
    // A ring of four grids around a court of 20 m by 20 m.
    [
      'a court in the middle',
      [
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
      ],
      [{ code: 'gap', grids: 'A B C', areaM2: 400 }],
    ],
    [
      'a hole in a grid',
      [polygon(left, square(40, 40, 10).toReversed())],
      [{ code: 'hole', grids: 'A', areaM2: 100 }],
    ],
    [
      'a slit that opens outwards',
      [
        polygon(left),
        polygon([
          [100.6, 0],
          [200, 0],
          [200, 100],
          [100, 100],
        ]),
      ],
      [{ code: 'near-miss', grids: 'A B', at: [100.6, 0] }],
    ],
  ])('%s', (_, geometries, expected) => {
    const faults = check(collection(...geometries))
    expect(faults.map(({ code, grids }) => ({ code, grids: grids.join(' ') }))).toEqual(
      expect.arrayContaining(expected.map(({ code, grids }) => ({ code, grids }))),
    )
    expect(faults).toHaveLength(expected.length)
    for (const { code, areaM2, at: place } of expected) {
      const found = faults.find((fault) => fault.code === code)
      if (areaM2 !== undefined) expect((found?.areaM2 ?? 0) / areaM2).toBeCloseTo(1, 2)
      if (place && found?.at) expect(distanceM(found.at, at(place), at(place))).toBeLessThan(1.5)
    }
  })

  test('a large gap needs a person, or --keep-gaps', () => {
    const court = polygon(left, square(20, 20, 60).toReversed())
    expect(check(collection(court)).map(({ code, severity }) => [code, severity])).toEqual([
      ['hole', 'error'],
    ])
    expect(codes(collection(court), { keepGaps: true })).toEqual(['kept-gap A'])
  })

  test('gaps say nothing while a grid cannot be read', () => {
    const json = collection(polygon(left, square(40, 40, 10).toReversed()), {
      type: 'Point',
      coordinates: [119.9, 32.4],
    })
    expect(codes(json)).toEqual(['geometry-type B'])
  })

  test('a code twice', () => {
    const json = collection(polygon(left), polygon(beside(100)))
    for (const feature of json.features) feature.properties = { code: 'A' }
    expect(codes(json)).toContain('duplicate-code A')
    expect(check(json)[0]?.en).toMatch(/items 1, 2/)
  })

  test('nothing counts on the order of the file', () => {
    const json = partition({ columns: 4, rows: 3, bends: 3, seed: 5 })
    const [first] = json.features
    if (first) first.geometry.coordinates[0]?.splice(1, 1)
    const shuffled = { ...json, features: json.features.toReversed() }
    expect(check(shuffled)).toEqual(check(json))
  })
})

test('81 grids of 100 vertices, and 2,500 grids, are checked in good time', () => {
  time(9, 25) // the first run pays for the compiler
  expect(time(9, 25)).toBeLessThan(1000)
  expect(time(50, 4)).toBeLessThan(10_000)
}, 60_000)

test('codes are given in order', () => {
  const { grids } = checkBoundaries(partition({ columns: 3, rows: 1, bends: 1, seed: 1 }), {
    codeProperty: 'code',
  })
  expect(grids.map(({ code }) => code)).toEqual([codeOf(0), codeOf(1), codeOf(2)])
})

/** Processor milliseconds: other work on the machine does not count. */
function time(columns: number, bends: number): number {
  const json = partition({ columns, rows: columns, bends, seed: 1 })
  const start = process.cpuUsage()
  expect(check(json)).toEqual([])
  return process.cpuUsage(start).user / 1000
}
