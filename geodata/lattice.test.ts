import { assert, constantFrom, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lattice } from './fabric.ts'
import {
  crosses,
  crossing,
  onSegment,
  orient,
  passes,
  pointInRing,
  ringArea2,
  toLattice,
  toPosition,
  type Ring,
} from './lattice.ts'
import { areaM2, distanceM, metresPerDegree } from './metres.ts'

const INT32 = 2 ** 31 - 1
const near = integer({ min: -50, max: 50 })
const far = integer({ min: -INT32, max: INT32 })
const point = tuple(near, near)
const anywhere = tuple(far, far)

const wide = (u: Lattice, v: Lattice): readonly [bigint, bigint] => [BigInt(v[0] - u[0]), BigInt(v[1] - u[1])]

const box: Ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
  [0, 0],
]

describe('the lattice', () => {
  test('survives degrees and JSON', () => {
    assert(
      property(anywhere, ([x, y]) => {
        const back = JSON.parse(JSON.stringify(toPosition([x, y])))
        expect(toLattice(back).map((n) => n + 0)).toEqual([x, y])
      }),
    )
  })

  test('orientation is exact where doubles are not', () => {
    // Products of these differences need 65 bits; a double loses the last one.
    const a: Lattice = [-INT32, -INT32]
    const b: Lattice = [INT32, INT32 - 1]
    expect(orient(a, b, [INT32 - 1, INT32 - 2])).toBe(-1)
    expect(orient(a, b, [0, 0])).toBe(1)
    assert(
      property(anywhere, anywhere, anywhere, (p, q, r) => {
        const [[ax, ay], [bx, by]] = [wide(p, q), wide(p, r)]
        const exact = ax * by - ay * bx
        expect(orient(p, q, r)).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0)
      }),
    )
  })

  test('a crossing is rounded to a pixel that both segments pass', () => {
    assert(
      property(constantFrom('near', 'far'), anywhere, anywhere, anywhere, anywhere, (scale, ...points) => {
        const shrunk = points.map(([x, y]): Lattice => (scale === 'far' ? [x, y] : [x % 90, y % 90]))
        const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = shrunk
        if (!crosses(a, b, c, d)) return
        const p = crossing(a, b, c, d)
        expect(passes(a, b, p) && passes(c, d, p)).toBe(true)
      }),
    )
  })

  test('a point on a segment passes its own pixel', () => {
    assert(
      property(point, point, point, (a, b, p) => {
        if (onSegment(p, a, b)) expect(passes(a, b, p)).toBe(true)
      }),
    )
  })
})

test.each([
  // point      where
  [[5, 5], 'inside'],
  [[0, 5], 'boundary'],
  [[10, 10], 'boundary'],
  [[5, 10], 'boundary'],
  [[11, 10], 'outside'],
  [[-1, 0], 'outside'],
  [[5, -1], 'outside'],
] as const)('%j is %s of the box', (p, where) => {
  expect(pointInRing(p, box)).toBe(where)
  expect(pointInRing(p, box.toReversed())).toBe(where)
})

test('twice the area has a sign and any size', () => {
  expect(ringArea2(box)).toBe(200n)
  expect(ringArea2(box.toReversed())).toBe(-200n)
  const world = box.map(([x, y]): Lattice => [x * 180_000_000, y * 90_000_000])
  expect(ringArea2(world)).toBe(200n * 180_000_000n * 90_000_000n)
})

const strip = (x0: number, x1: number): Ring => [
  [x0, 324_000_000],
  [x1, 324_000_000],
  [x1, 325_000_000],
  [x0, 325_000_000],
  [x0, 324_000_000],
]

describe('metres', () => {
  test.each([
    // latitude  east     north      (published tables of the WGS 84 ellipsoid, whole metres)
    [0, 111_319, 110_574],
    [30, 96_486, 110_852],
    [45, 78_847, 111_132],
    [60, 55_800, 111_412],
  ])('at %d°', (lat, east, north) => {
    const [x, y] = metresPerDegree(lat)
    expect(Math.round(x)).toBe(east)
    expect(Math.round(y)).toBe(north)
  })

  test('distance to a segment is to its nearest point', () => {
    expect(distanceM([119.93, 32.46], [119.94, 32.4], [119.94, 32.5])).toBeCloseTo(940.2, 0)
    expect(distanceM([119.93, 32.46], [119.93, 32.47], [119.93, 32.5])).toBeCloseTo(1109, 0)
    expect(distanceM([119.93, 32.46], [119.93, 32.46], [119.93, 32.46])).toBe(0)
  })

  test('parts of an area add up', () => {
    const whole = areaM2([strip(1_199_000_000, 1_200_000_000)])
    const parts =
      areaM2([strip(1_199_000_000, 1_199_300_000)]) + areaM2([strip(1_199_300_000, 1_200_000_000)])
    expect(whole / 1e6).toBeCloseTo(104.27, 1)
    expect(Math.abs(whole - parts)).toBeLessThan(1)
  })
})
