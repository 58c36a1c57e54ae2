import { describe, expect, test } from 'vitest'
import { at, closed, collection, multi, polygon, square, type Point } from './drawing-testing.ts'
import { checkBoundaries, type GateOptions } from './gate.ts'
import type { Position } from './geojson.ts'
import { distanceM } from './metres.ts'

const good = closed(square(0, 0))
const VERTICES = 19_990

const check = (json: unknown, options: Partial<GateOptions> = {}) =>
  checkBoundaries(json, { codeProperty: 'code', ...options }).faults
const codes = (json: unknown, options: Partial<GateOptions> = {}): string[] =>
  check(json, options)
    .map(({ code, grids }) => `${code} ${grids.join(' ')}`.trim())
    .toSorted()

describe('one ring', () => {
  // The place is where the fault must be shown, within a metre.
  test.each<[string, unknown, string[], Point | null]>([
    ['a good square', polygon(square(0, 0)), [], null],
    [
      'with a hole',
      polygon(square(0, 0), [
        [40, 40],
        [40, 60],
        [60, 60],
        [60, 40],
      ]),
      ['hole A'],
      null,
    ],
    ['clockwise', polygon(square(0, 0).toReversed()), ['orientation A'], null],
    ['unclosed', { type: 'Polygon', coordinates: [square(0, 0).map(at)] }, ['unclosed A'], [0, 100]],
    [
      'repeated points',
      polygon([
        [0, 0],
        [0, 0],
        [100, 0],
        [100, 100],
        [100, 100],
        [0, 100],
      ]),
      ['duplicate-point A'],
      [0, 0],
    ],
    // The tip at (160, 50) is reached and left on one line.
    [
      'a spike',
      polygon([
        [0, 0],
        [100, 0],
        [100, 50],
        [160, 50],
        [100, 50],
        [100, 100],
        [0, 100],
      ]),
      ['spike A'],
      [160, 50],
    ],
    [
      'a thin spike',
      polygon([
        [0, 0],
        [100, 0],
        [100, 50],
        [160, 50.3],
        [100, 50.6],
        [100, 100],
        [0, 100],
      ]),
      ['spike A'],
      [160, 50],
    ],
    [
      'a corner is no spike',
      polygon([
        [0, 0],
        [100, 0],
        [160, 50],
        [100, 50.6],
        [100, 100],
        [0, 100],
      ]),
      [],
      null,
    ],
    // Two lobes that meet in the middle.
    [
      'a bow-tie',
      polygon([
        [0, 0],
        [100, 100],
        [100, 0],
        [0, 80],
      ]),
      ['self-crossing A'],
      [44.4, 44.4],
    ],
    [
      'a loop',
      polygon([
        [0, 0],
        [100, 0],
        [100, 60],
        [40, 60],
        [40, 40],
        [120, 40],
        [120, 100],
        [0, 100],
      ]),
      ['self-crossing A'],
      [100, 40],
    ],
    [
      'a ring that touches itself',
      polygon([
        [0, 0],
        [50, 50],
        [100, 0],
        [100, 100],
        [50, 50],
        [0, 100],
      ]),
      ['self-touching A'],
      [50, 50],
    ],
    [
      'no area',
      polygon([
        [0, 0],
        [100, 0],
        [50, 0],
      ]),
      ['collapsed A', 'spike A'],
      [0, 0],
    ],
    ['a hole outside', polygon(square(0, 0), square(200, 0, 10).toReversed()), ['hole-outside A'], null],
    [
      'a hole across the shell',
      polygon(square(0, 0), square(90, 10, 20).toReversed()),
      ['hole-outside A'],
      null,
    ],
    [
      'two holes over each other',
      polygon(square(0, 0), square(10, 10, 30).toReversed(), square(20, 20, 30).toReversed()),
      ['hole A', 'rings-overlap A'],
      null,
    ],
    ['two parts over each other', multi([square(0, 0)], [square(50, 50)]), ['rings-overlap A'], null],
    [
      'a part in a hole of another',
      multi([square(0, 0), square(20, 20, 60).toReversed()], [square(20, 20, 60)]),
      [],
      null,
    ],
    [
      'three coordinates',
      { type: 'Polygon', coordinates: [good.map((p) => [...p, 4.2])] },
      ['three-d A'],
      null,
    ],
    [
      'a sliver beside the grid',
      multi(
        [square(0, 0)],
        [
          [
            [200, 0],
            [260, 0],
            [260, 0.4],
            [200, 0.4],
          ],
        ],
      ),
      ['pieces', 'sliver A'],
      [200, 0],
    ],
    [
      'nothing but a sliver',
      polygon([
        [200, 0],
        [260, 0],
        [260, 0.4],
        [200, 0.4],
      ]),
      ['sliver A'],
      [200, 0],
    ],
  ])('%s', (_, geometry, expected, place) => {
    const faults = check(collection(geometry), { gapM2: 1e5 })
    const found = faults.map(({ code, grids }) => `${code} ${grids.join(' ')}`.trim()).toSorted()
    expect(found).toEqual(expected)
    const [first] = faults
    if (!place || !first?.at) return
    expect(distanceM(first.at, at(place), at(place))).toBeLessThan(1)
  })

  test.each<[string, Position[][], string]>([
    ['a scribble', [loop((i) => [Math.sin(i * 2.4) * 500, Math.cos(i * 1.7) * 500])], 'tangled A'],
    // Up and down side by side, never crossing.
    ['a long zigzag', [loop((i) => [(i % 2) * 90_000 + i, (i % 2) * 90_000 - i])], 'tangled A'],
    [
      'twenty thousand spikes',
      [loop((i) => [(i % 2) * 9000 + i / 50, (i % 2) * 9000 - i / 50])],
      'tangled A',
    ],
    // One comb over the other: a hundred million crossings.
    ['two combs', [loop((i) => [tooth(i), i]), loop((i) => [i, tooth(i)])], 'tangled-grids'],
  ])('%s is refused in good time', (_, rings, expected) => {
    const start = process.cpuUsage()
    const json = collection(...rings.map((ring) => ({ type: 'Polygon', coordinates: [ring] })))
    expect(codes(json)).toContain(expected)
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(3000)
  })
})

/** Teeth of a comb; its back runs clear of them. */
function tooth(i: number): number {
  if (i === 0 || i === VERTICES - 1) return -100
  return (i % 2) * 19_000
}

/** A ring of nearly as many vertices as are taken. */
function loop(draw: (i: number) => Point): Position[] {
  return closed(Array.from({ length: VERTICES }, (_, i) => draw(i)))
}
