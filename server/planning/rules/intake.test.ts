import { describe, expect, test } from 'vitest'
import { fromLngLat, type Crs } from '#geo/crs'
import type { Position } from '#geo/geojson'
import { drawingOf, fabricOf } from '#geo/plan/drawing'
import { demoDraft } from '#geo/plan/plan-testing'
import { dissolve, multiPolygon } from '#geo/topology'
import { examine, type Content } from './intake.ts'

const base = demoDraft()
const shapes = dissolve(fabricOf(base), base.labels)

interface Drawn {
  readonly code: string
  readonly rings: readonly (readonly Position[])[]
}

const drawn: readonly Drawn[] = [...base.grids.values()].map(({ key, code, name }) => ({
  code: code ?? name,
  rings: multiPolygon(shapes.get(key) ?? []).coordinates.flat(),
}))

function contentOf(grids: readonly Drawn[], crs: Crs = '4326', named: Crs | null = null): Content {
  const convert = fromLngLat(crs)
  const features = grids.map(({ code, rings }) => ({
    type: 'Feature',
    properties: { 网格编码: code },
    geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map(convert)) },
  }))
  const collection = { type: 'FeatureCollection', features }
  return { format: 'geojson', encoding: 'utf-8', collection, named, namedAs: named }
}

describe('what a file is in', () => {
  test.each<[Crs, Crs | null, string]>([
    // written in, says     read as
    ['4326', '4326', '4326'],
    ['4490', '4490', '4490'],
    ['4549', '4549', '4549'],
    ['4549', null, '4549'],
    ['gcj02', null, 'gcj02'],
    ['bd09', null, 'bd09'],
    ['gcj02', '4326', 'gcj02'],
  ])('%s, named %s: read as %s', (crs, named, expected) => {
    const { report, draft } = examine(contentOf(drawn, crs, named), base, {})
    expect(report.crs).toBe(expected)
    const off = Object.fromEntries(report.readings.map((reading) => [reading.crs, reading.offM]))
    expect(off[crs]).toBeLessThan(1)
    if (crs === 'gcj02') expect(off['4326']).toBeGreaterThan(100)
    expect(report.faults.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(draft).not.toBeNull()
  })

  test('what a person says outranks both', () => {
    expect(examine(contentOf(drawn, 'gcj02'), base, { crs: '4326' }).report.crs).toBe('4326')
  })
})

test('the plan itself comes back as it was', () => {
  const { draft, report } = examine(contentOf(drawn), base, {})
  expect(draft && JSON.stringify(drawingOf(draft))).toBe(JSON.stringify(drawingOf(base)))
  expect(report).toMatchObject({
    ready: true,
    ends: [],
    begins: [],
    reshaped: 0,
    outside: { addedM2: 0, lostM2: 0 },
  })
})

test('grids that begin and end are named by their codes', () => {
  const [first, ...rest] = drawn
  const { report, draft } = examine(
    contentOf([{ ...(first ?? { rings: [] }), code: '新网格' }, ...rest]),
    base,
    {},
  )
  expect(report).toMatchObject({ ready: true, begins: ['新网格'], ends: [first?.code] })
  const made = [...(draft?.grids.values() ?? [])].find(({ key }) => key < 0)
  expect(made).toMatchObject({
    code: null,
    name: '新网格',
    community: base.grids.values().next().value?.community,
  })
})

describe('what stands in the way', () => {
  const without = drawn.slice(1)
  const doubled = [...drawn, { ...(drawn[0] ?? { rings: [] }), code: drawn[1]?.code ?? '' }]
  const bow: Drawn = {
    code: 'bow',
    rings: [
      [
        [119.9, 32.5],
        [119.91, 32.51],
        [119.91, 32.5],
        [119.9, 32.51],
        [119.9, 32.5],
      ],
    ],
  }

  test.each<[string, readonly Drawn[], string, boolean]>([
    // file                    grids                   fault             put right by a repair
    ['a code used twice', doubled, 'duplicate-code', false],
    ['a bow-tie', [...without, bow], 'self-crossing', true],
  ])('%s', (_, grids, code, isRepairable) => {
    const { report, draft } = examine(contentOf(grids), base, {})
    expect(report.faults.map((fault) => fault.code)).toContain(code)
    expect(report.ready).toBe(false)
    expect(draft).toBeNull()
    if (isRepairable)
      expect(examine(contentOf(grids), base, { repair: 'yes' }).report.repaired).not.toBeNull()
  })

  test('a million vertices are refused before they are looked at', () => {
    const ring = Array.from({ length: 1_000_000 }, (_, i): Position => [
      119.9 + Math.cos(i) / 100,
      32.5 + Math.sin(i) / 100,
    ])
    const { report } = examine(contentOf([{ code: 'a', rings: [ring] }]), base, {})
    expect(report.faults).toMatchObject([{ code: 'too-many-vertices', severity: 'error' }])
  })
})

test(
  'a coverage of 99 polygons and 39,699 vertices is a tiling, and becomes a draft',
  { timeout: 60_000 },
  () => {
    const { report, draft } = examine(contentOf(coverage(11, 9, 100)), base, { crs: '4326' })
    expect(report.faults.filter(({ severity }) => severity !== 'note')).toEqual([])
    expect([report.grids, report.begins.length, draft?.grids.size]).toEqual([99, 99, 99])
  },
)

/** Cells whose shared borders wriggle alike on both sides, `steps` vertices to each. */
function coverage(columns: number, rows: number, steps: number): readonly Drawn[] {
  const corner = (i: number, j: number): Position => [119.85 + i * 0.015, 32.4 + j * 0.012]
  const border = ([x0, y0]: Position, [x1, y1]: Position): readonly Position[] =>
    Array.from({ length: steps + 1 }, (_, k): Position => {
      const off = 2e-5 * Math.sin(k * 2.3) * Math.min(1, k / 20, (steps - k) / 20)
      const [dx, dy] = [(x1 - x0) / steps, (y1 - y0) / steps]
      const across = dx === 0 ? [off, 0] : [0, off]
      return [x0 + k * dx + (across[0] ?? 0), y0 + k * dy + (across[1] ?? 0)]
    })
  const codes = Array.from({ length: columns * rows }, (_, n) => n)
  return codes.map((n) => {
    const [i, j] = [n % columns, Math.floor(n / columns)]
    const [low, high] = [
      border(corner(i, j), corner(i + 1, j)),
      border(corner(i, j + 1), corner(i + 1, j + 1)),
    ]
    const [left, right] = [
      border(corner(i, j), corner(i, j + 1)),
      border(corner(i + 1, j), corner(i + 1, j + 1)),
    ]
    const ring = [...low, ...right.slice(1), ...high.toReversed().slice(1), ...left.toReversed().slice(1)]
    return { code: `grid-${n}`, rings: [ring] }
  })
}
