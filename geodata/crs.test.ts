import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guessCrs } from './crs-guess.ts'
import { fromLngLat, keepsLines, readCrs, toLngLat, type Crs } from './crs.ts'
import type { Position } from './geojson.ts'
import { distanceM } from './metres.ts'

const taizhou: Position = [119.9, 32.45]

/** Golden values: Gauss-Krüger from PROJ 9 (ST_Transform of PostGIS 3.3), GCJ-02 from the test points of eviltransform. */
test.each([
  // crs      lng, lat                  in the file                              within m
  ['4326', taizhou, [119.9, 32.45], 0],
  ['4490', taizhou, [119.9, 32.45], 0],
  ['4549', taizhou, [490597.1258175028, 3591757.6776225665], 1e-6],
  ['4528', taizhou, [40490597.1258175, 3591757.6776225665], 1e-6],
  ['4548', [117, 36], [500000, 3985542.6702962522], 1e-6],
  ['4527', [117, 36], [39500000, 3985542.6702962522], 1e-6],
  ['4548', [116.39127, 39.90744], [447947.9040356757, 4419429.14516915], 1e-6],
  ['4547', [114, 30.5], [500000, 3375541.732853519], 1e-6],
  ['4547', [113.264385, 23.129112], [424653.3632131318, 2559026.076079207], 1e-6],
  ['4526', [113.264385, 23.129112], [38424653.36321313, 2559026.076079207], 1e-6],
  ['gcj02', [121.5272106, 31.1774276], [121.531541859215, 31.17530398364597], 1e-3],
  ['gcj02', [113.912316, 22.543847], [113.9171764808363, 22.540796131694766], 1e-3],
  ['gcj02', [116.377817, 39.911954], [116.38404722455657, 39.91334545536069], 1e-3],
  ['gcj02', [2.35, 48.85], [2.35, 48.85], 0], // no shift outside China
] as const)('%s: %j is written %j', (crs, position, written, withinM) => {
  const [lng, lat] = toLngLat(crs)([...written]) ?? [NaN, NaN]
  expect(metres([lng, lat], [...position])).toBeLessThanOrEqual(withinM)
  const [x, y] = fromLngLat(crs)([...position])
  expect(x).toBeCloseTo(written[0], 5)
  expect(y).toBeCloseTo(written[1], 5)
})

const withinChina = fc.tuple(
  fc.double({ min: 74, max: 134, noNaN: true }),
  fc.double({ min: 18, max: 53, noNaN: true }),
)
const nearMeridian = (lng: number) =>
  fc.tuple(
    fc.double({ min: lng - 3, max: lng + 3, noNaN: true }),
    fc.double({ min: 18, max: 53, noNaN: true }),
  )

test.each([
  ['4490', withinChina, 0],
  ['gcj02', withinChina, 0.01],
  ['bd09', withinChina, 0.01],
  ['4547', nearMeridian(114), 1e-6],
  ['4548', nearMeridian(117), 1e-6],
  ['4549', nearMeridian(120), 1e-6],
  ['4528', nearMeridian(120), 1e-6],
] as const)('%s there and back', (crs, places, withinM) => {
  const [there, back] = [fromLngLat(crs), toLngLat(crs)]
  fc.assert(
    fc.property(places, (position) => {
      expect(metres(back(there(position)) ?? [NaN, NaN], position)).toBeLessThanOrEqual(withinM)
    }),
    { numRuns: 2000 },
  )
})

test('the shifts of the commercial maps are named, not noticed: numbers lie some 500 m and 1 km off', () => {
  expect(metres(fromLngLat('gcj02')(taizhou), taizhou)).toBeGreaterThan(300)
  expect(metres(fromLngLat('bd09')(taizhou), taizhou)).toBeGreaterThan(700)
})

test.each([
  ['4549', [119.9, 32.45]], // degrees as metres
  ['4549', [3591757, 490597]], // northing first
  ['4549', [40490597, 3591757]], // with zone number
  ['4528', [490597, 3591757]], // without
  ['4326', [490597, 3591757]], // metres as degrees
  ['4326', [32.45, 119.9]], // latitude first
  ['gcj02', [181, 30]],
  ['4326', [NaN, 30]],
  ['4326', [120, Infinity]],
] as const)('%s refuses %j', (crs, pair) => {
  expect(toLngLat(crs)([...pair])).toBeNull()
})

test('axes may be named', () => {
  expect(toLngLat('4490', 'north-first')([32.45, 119.9])).toEqual([119.9, 32.45])
  const [lng, lat] = toLngLat('4549', 'north-first')([3591757.6776225665, 490597.1258175028]) ?? [NaN, NaN]
  expect(metres([lng, lat], taizhou)).toBeLessThan(1e-6)
})

test.each([
  ['4490', '4490'],
  ['EPSG:4549', '4549'],
  ['urn:ogc:def:crs:EPSG::4490', '4490'],
  ['urn:ogc:def:crs:OGC:1.3:CRS84', '4326'],
  ['http://www.opengis.net/def/crs/EPSG/0/4547', '4547'],
  ['GCJ-02', 'gcj02'],
  ['BD09', 'bd09'],
  ['WGS 84', '4326'],
  ['EPSG:3857', null],
  ['北京54', null],
] as const)('%s is %s', (name, crs) => expect(readCrs(name)).toBe(crs))

describe('a guess is a hint', () => {
  test.each([
    // numbers                         systems                              axes
    [[119.9, 32.45], ['4326', '4490', 'gcj02', 'bd09'], 'east-first'],
    [[32.45, 119.9], ['4326', '4490', 'gcj02', 'bd09'], 'north-first'],
    [[490597, 3591757], ['4547', '4548', '4549'], 'east-first'],
    [[3591757, 490597], ['4547', '4548', '4549'], 'north-first'],
    [[40490597, 3591757], ['4528'], 'east-first'],
    [[3591757, 39490597], ['4527'], 'north-first'],
    [[35490597, 3591757], [], 'east-first'],
    [[13347206, 3822526], [], 'east-first'],
  ] as const)('%j', (pair, crs, axes) => {
    const guess = guessCrs([[...pair]])
    expect(guess).toMatchObject({ crs, axes })
  })

  test('all pairs must fit', () => {
    expect(
      guessCrs([
        [119.9, 32.45],
        [490597, 3591757],
      ]),
    ).toBeNull()
    expect(guessCrs([])).toBeNull()
  })
})

test('only degrees keep lines straight', () => {
  const straight: readonly Crs[] = ['4326', '4490']
  expect(straight.every(keepsLines)).toBe(true)
  expect(keepsLines('gcj02')).toBe(false)
  expect(keepsLines('4549')).toBe(false)
})

function metres(a: Position, b: Position): number {
  return distanceM(a, b, b)
}
