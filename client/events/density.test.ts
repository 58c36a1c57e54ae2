import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cornersOf, DAY_S, density, frameOf, HEAT_STOPS, heatPlace, picture, type Field } from './density.ts'

const BOX = [119.88, 32.41, 119.98, 32.5] as const
const frame = frameOf(BOX)
const cellKm2 = ((frame.cell * frame.scale) / 1000) ** 2
const massOf = (field: Field) => field.values.reduce((sum, value) => sum + value, 0) * cellKm2

const places = fc.array(
  fc.tuple(
    fc.double({ min: BOX[0], max: BOX[2], noNaN: true }),
    fc.double({ min: BOX[1], max: BOX[3], noNaN: true }),
  ),
  {
    minLength: 1,
    maxLength: 300,
  },
)

test('the density of n events over d days integrates to n / d', () => {
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 365 }), (found, days) => {
      const positions = Float64Array.from(found.flat())
      const field = density(positions, 0, found.length, days * DAY_S, frame)
      expect(field.count).toBe(found.length)
      expect(massOf(field) * days).toBeGreaterThan(found.length * 0.99)
      expect(massOf(field) * days).toBeLessThan(found.length * 1.01)
    }),
    { numRuns: 30 },
  )
})

test('one event has the height of the formula, 1 / (2π h²) a day, and falls as the bell does', () => {
  const [lng, lat] = [119.93, 32.45]
  const field = density(Float64Array.of(lng, lat), 0, 1, DAY_S, frame)
  const peak = Math.max(...field.values)
  expect(peak).toBeCloseTo(1 / (2 * Math.PI * 0.25 ** 2), 1)
  const at = field.values.indexOf(peak)
  // 5 cells of 50 m are one bandwidth.
  expect((field.values[at + 5] ?? 0) / peak).toBeCloseTo(Math.exp(-0.5), 2)
  expect((field.values[at + 5 * frame.columns] ?? 0) / peak).toBeCloseTo(Math.exp(-0.5), 2)
})

test('rows outside the window and places outside the frame do not count', () => {
  const positions = Float64Array.of(119.93, 32.45, 119.93, 32.45, 10, 10)
  expect(density(positions, 1, 3, DAY_S, frame).count).toBe(1)
})

test('an hour is not blown up into a day', () => {
  const one = Float64Array.of(119.93, 32.45)
  expect(massOf(density(one, 0, 1, 3600, frame))).toBeCloseTo(massOf(density(one, 0, 1, DAY_S, frame)), 6)
})

test('a wide district gets larger cells, not a larger picture, and keeps its mass', () => {
  const wide = frameOf([118, 31, 121, 34])
  expect(wide.columns).toBeLessThanOrEqual(641)
  const field = density(Float64Array.of(119.5, 32.5), 0, 1, DAY_S, wide)
  const mass = field.values.reduce((sum, value) => sum + value, 0) * ((wide.cell * wide.scale) / 1000) ** 2
  expect(mass).toBeCloseTo(1, 2)
})

test('the frame holds the box with room for the bells at its edge', () => {
  const [[west, north], , [east, south]] = cornersOf(frame)
  expect([west < BOX[0], north > BOX[3], east > BOX[2], south < BOX[1]]).toEqual([true, true, true, true])
})

test.each([
  // density  stop
  [0.25, 0],
  [0.5, 1],
  [1, 2],
  [16, 6],
  [32, 7],
  [1000, 7],
])('%s events per km² per day is always at stop %s', (value, stop) => expect(heatPlace(value)).toBe(stop))

test('a colour depends on the density alone', () => {
  const colors = ['#000000', '#110000', '#220000', '#330000', '#440000', '#550000', '#660000', '#770000']
  const values = Float32Array.from([0, 0.1, ...HEAT_STOPS])
  const pixels = picture({ frame: { ...frame, columns: values.length, rows: 1 }, values, count: 0 }, colors)
  const at = (i: number) => [...pixels.data.subarray(4 * i, 4 * i + 4)]
  expect(at(0)).toEqual([0, 0, 0, 0])
  expect(at(1)).toEqual([0, 0, 0, 0])
  expect(HEAT_STOPS.map((_, i) => at(i + 2)[0])).toEqual([0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77])
  expect(at(2)[3]).toBe(209)
})
