import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HEX_RADIUS_M, hexbin, hexColors, hexDensity } from './hexbin.ts'

const ORIGIN = [119.93, 32.45] as const
const PER_DEGREE = (6_378_137 * Math.PI) / 180
const KX = PER_DEGREE * Math.cos((ORIGIN[1] * Math.PI) / 180)

const lng = fc.double({ min: 119.8, max: 120.1, noNaN: true })
const lat = fc.double({ min: 32.4, max: 32.5, noNaN: true })

test('every event lies within one radius of its hexagon, and within half a width of it when due east', () => {
  fc.assert(
    fc.property(lng, lat, (x, y) => {
      const { centers, counts } = hexbin(Float64Array.of(x, y), 0, 1, ORIGIN)
      const dx = (x - (centers[0] ?? 0)) * KX
      const dy = (y - (centers[1] ?? 0)) * PER_DEGREE
      expect([...counts]).toEqual([1])
      expect(Math.hypot(dx, dy)).toBeLessThan(HEX_RADIUS_M + 1e-6)
      expect(Math.abs(dx)).toBeLessThan((HEX_RADIUS_M * Math.sqrt(3)) / 2 + 1e-6)
    }),
  )
})

test('no event is lost or counted twice', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(lng, lat), { maxLength: 200 }), (found) => {
      const { counts } = hexbin(Float64Array.from(found.flat()), 0, found.length, ORIGIN)
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(found.length)
    }),
  )
})

test('hexagons stay where they are when the window moves', () => {
  const all = Float64Array.from({ length: 400 }, (_, i) =>
    i % 2 === 0 ? 119.9 + ((i * 37) % 90) / 1000 : 32.42 + ((i * 53) % 70) / 1000,
  )
  const keys = (lo: number, hi: number) => {
    const { centers } = hexbin(all, lo, hi, ORIGIN)
    return new Set(
      Array.from({ length: centers.length / 2 }, (_, i) => `${centers[2 * i]} ${centers[2 * i + 1]}`),
    )
  }
  expect([...keys(50, 120)].filter((key) => !keys(0, 200).has(key))).toEqual([])
})

test('the colour of a hexagon is the colour of its density', () => {
  const colors = ['#010000', '#020000', '#030000', '#040000', '#050000', '#060000', '#070000', '#080000']
  const day = 86_400
  expect(hexDensity(1, day)).toBeCloseTo(17.1, 1)
  expect(hexColors(Uint32Array.of(1), day, colors)[0]).toBe(7)
  expect(hexColors(Uint32Array.of(1), 100 * day, colors)[0]).toBe(1)
})
