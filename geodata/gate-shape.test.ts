import { describe, expect, test } from 'vitest'
import { closed, collection, polygon, raw, square } from './drawing-testing.ts'
import { checkBoundaries, type GateOptions } from './gate.ts'

const check = (json: unknown, options: Partial<GateOptions> = {}) =>
  checkBoundaries(json, { codeProperty: 'code', ...options }).faults
const codes = (json: unknown, options: Partial<GateOptions> = {}): string[] =>
  check(json, options)
    .map(({ code, grids }) => `${code} ${grids.join(' ')}`.trim())
    .toSorted()

const good = closed(square(0, 0))
const million = Array.from({ length: 1_000_000 }, (_, i) => [119.9 + Math.sin(i) / 1e3, 32.4 + i / 1e9])
const deep = (depth: number): unknown => Array.from({ length: depth }).reduce((inner) => [inner], 1)

describe('what is not a collection of polygons is refused', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'not-a-collection'],
    ['a list', [], 'not-a-collection'],
    ['a text', 'x', 'not-a-collection'],
    ['a feature', { type: 'Feature', geometry: null }, 'not-a-collection'],
    ['features that are no list', { type: 'FeatureCollection', features: {} }, 'not-a-collection'],
    ['no features', collection(), 'no-features'],
    ['a feature that is a number', { type: 'FeatureCollection', features: [1] }, 'not-a-feature #1'],
    ['a bare geometry', { type: 'FeatureCollection', features: [polygon(square(0, 0))] }, 'not-a-feature #1'],
    ['no geometry', collection(null), 'geometry-type A'],
    ['a point', collection({ type: 'Point', coordinates: [119.9, 32.4] }), 'geometry-type A'],
    ['a line', collection({ type: 'LineString', coordinates: good }), 'geometry-type A'],
    [
      'a collection in a collection, a thousand deep',
      collection(
        Array.from({ length: 1000 }).reduce(
          (inner) => ({ type: 'GeometryCollection', geometries: [inner] }),
          null,
        ),
      ),
      'geometry-type A',
    ],
    ['a wrong type name', collection({ type: 'polygon', coordinates: [good] }), 'geometry-type A'],
    ['no coordinates', collection({ type: 'Polygon' }), 'nesting A'],
    ['a ring too few', collection({ type: 'Polygon', coordinates: good }), 'nesting A'],
    ['a ring too many', collection({ type: 'Polygon', coordinates: [[good]] }), 'nesting A'],
    ['coordinates a thousand deep', collection({ type: 'Polygon', coordinates: deep(1000) }), 'nesting A'],
    ['null for a ring', raw(null), 'nesting A'],
    ['null for a point', raw([null, ...good]), 'nesting A'],
    ['no ring', raw(), 'empty A'],
    ['an empty ring', raw([]), 'empty A'],
    ['no part', collection({ type: 'MultiPolygon', coordinates: [] }), 'empty A'],
    ['an empty part', collection({ type: 'MultiPolygon', coordinates: [[good], []] }), 'empty A'],
    ['two points', raw([good[0], good[1], good[0]]), 'too-few-points A'],
    ['four times the same point', raw([good[0], good[0], good[0], good[0]]), 'too-few-points A'],
    ['NaN', raw([[NaN, 32.4], ...good.slice(1)]), 'not-a-number A'],
    ['1e400', raw([JSON.parse('[1e400, 32.4]'), ...good.slice(1)]), 'not-a-number A'],
    ['texts', raw([['119.9', '32.4'], ...good.slice(1)]), 'not-a-number A'],
    ['null coordinates', raw([[null, null], ...good.slice(1)]), 'not-a-number A'],
    ['one coordinate', raw([[119.9], ...good.slice(1)]), 'not-a-number A'],
    ['a longitude of 181', raw([[181, 32.4], ...good.slice(1)]), 'out-of-range A'],
    ['a latitude of −91', raw([[119.9, -91], ...good.slice(1)]), 'out-of-range A'],
    ['a million vertices', raw(million), 'too-many-vertices A'],
    [
      'three million vertices in small rings',
      collection(
        ...Array.from({ length: 6 }, () => ({
          type: 'MultiPolygon',
          coordinates: [[million.slice(0, 500_000)]],
        })),
      ),
      'too-many-vertices',
    ],
  ])('%s', (_, json, expected) => {
    const start = performance.now()
    expect(codes(json)).toEqual([expected])
    expect(performance.now() - start).toBeLessThan(1000)
    for (const fault of check(json)) {
      expect(fault.severity).toBe('error')
      expect(fault.zh).toMatch(/[一-鿿]/)
      expect(fault.en).toMatch(/^[A-Z]/)
      expect(fault.zh + fault.en).not.toMatch(/[{}]\w|undefined/)
    }
  })

  test.each<[string, unknown, string[]]>([
    ['no code', { name: 'x' }, ['no-code #1']],
    ['a code of 33 characters', { code: 'x'.repeat(33) }, ['bad-code #1']],
    ['a code with a space', { code: ' A' }, ['bad-code #1']],
    ['a code that is a list', { code: ['A'] }, ['bad-code #1']],
    ['no properties', null, ['no-code #1']],
    ['a number', { code: 321299001001001 }, []],
  ])('%s', (_, properties, expected) => {
    const feature = { type: 'Feature', properties, geometry: polygon(square(0, 0)) }
    expect(codes({ type: 'FeatureCollection', features: [feature] })).toEqual(expected)
  })
})

describe('coordinate systems', () => {
  const swapped = raw(good.map(([lng, lat]) => [lat, lng]))
  test('latitude first is named', () => {
    expect(codes(swapped)).toContain('crs-doubt')
    expect(check(swapped).find(({ code }) => code === 'crs-doubt')?.zh).toMatch(/--axes north-first/)
    expect(codes(swapped, { axes: 'north-first' })).toEqual([])
  })
  test('metres for degrees are named', () => {
    const metres = raw([
      [490_000, 3_591_000],
      [490_100, 3_591_000],
      [490_100, 3_591_100],
      [490_000, 3_591_000],
    ])
    expect(codes(metres)).toEqual(['crs-doubt', 'out-of-range A'])
    expect(codes(metres, { crs: '4549' })).toEqual([])
    expect(codes(raw(good), { crs: '4549' })).toEqual(['crs-doubt', 'out-of-range A'])
  })
  test.each<[string, string | undefined, string[]]>([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', undefined, []],
    ['urn:ogc:def:crs:EPSG::4490', '4326', []],
    ['urn:ogc:def:crs:EPSG::4326', 'gcj02', []],
    ['urn:ogc:def:crs:EPSG::4549', '4326', ['crs-conflict']],
    ['EPSG:2437', undefined, ['crs-unknown']],
    ['EPSG:2437', '4326', []],
  ])('the file says %s, the user %s', (name, given, expected) => {
    const json = { ...raw(good), crs: { type: 'name', properties: { name } } }
    const crs = given === '4326' || given === 'gcj02' ? given : undefined
    expect(codes(json, { crs })).toEqual(expected)
  })
})
