import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaM2, metresPerDegree } from '../metres.ts'
import { area2, dissolve, locate } from '../topology.ts'
import { copyOf, type Draft, type GridKey } from './draft.ts'
import { fabricOf } from './drawing.ts'
import { hoursOf } from './hours.ts'
import { openMeter, type Meter } from './meter.ts'
import { anyOp, board, demoSites, dice, scatter } from './meter-testing.ts'
import { apply, inverseOf, type Patch } from './patch.ts'
import { perform } from './perform.ts'
import { demoDraft } from './plan-testing.ts'
import type { Sites } from './sites.ts'

/** All that a meter tells. */
function told(meter: Meter): readonly unknown[] {
  const keys = [...meter.draft.grids.keys()].toSorted((a, b) => a - b)
  const atoms = [...meter.draft.atoms.keys()].toSorted((a, b) => a - b)
  return [
    keys.map((key) => [key, meter.of(key), meter.stationIn(key)]),
    atoms.map((atom) => [atom, meter.ofAtom(atom)]),
    [...meter.buildings],
    [...meter.events],
    meter.outside(),
  ]
}

/** Whether two tell the same: counts and exact areas to the last, lengths and what follows from them but for the order of additions. */
function expectSame(one: unknown, other: unknown, path = ''): void {
  if (!isTree(one) || !isTree(other)) {
    if (!isSameValue(one, other, path)) expect(other, path).toBe(one)
    return
  }
  const [mine, yours] = [Object.entries(one), new Map(Object.entries(other))]
  if (mine.length !== yours.size) expect(other, path).toEqual(one)
  for (const [name, value] of mine) expectSame(value, yours.get(name), `${path}.${name}`)
}

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null

function isSameValue(one: unknown, other: unknown, path: string): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  const slack = /M2?$|compactness|hours/.test(path) ? 1e-6 * Math.max(1, Math.abs(one)) : 0
  return Math.abs(one - other) <= slack
}

/** Does random operations and now and then takes some back; answers how many were done. */
function wander(draft: Draft, meter: Meter, seed: number, steps: number, reach: number): number {
  const next = dice(seed)
  const done: Patch[] = []
  let count = 0
  for (let step = 0; step < steps; step++) {
    if (done.length > 0 && next() < 0.25) {
      const patch = inverseOf(done.pop() ?? undone())
      apply(draft, patch)
      meter.update(patch)
      continue
    }
    const result = perform(draft, anyOp(draft, next, reach))
    if (!result.ok) continue
    meter.update(result.patch)
    done.push(result.patch)
    count++
  }
  return count
}

function undone(): never {
  throw new RangeError('nothing to take back')
}

/** Counted as the old code does it, from assembled polygons and from all arcs. */
function byOracle(draft: Draft, sites: Sites, key: GridKey): unknown {
  const fabric = fabricOf(draft)
  const polygons = dissolve(fabric, draft.labels).get(key) ?? []
  const atomAt = (x: number, y: number): number => locate(fabric, [x, y])[0] ?? 0
  const isIn = (x: number, y: number): boolean => draft.labels.get(atomAt(x, y)) === key
  const { buildings, events } = sites
  const homes = buildings.ids.map((_, i) => i).filter((i) => isIn(buildings.xs[i] ?? 0, buildings.ys[i] ?? 0))
  const reports = events.ids.map((_, i) => i).filter((i) => isIn(events.xs[i] ?? 0, events.ys[i] ?? 0))
  const total = (column: readonly number[], rows: readonly number[]): number =>
    rows.reduce((sum, i) => sum + (column[i] ?? 0), 0)
  return {
    area2: area2(polygons),
    areaM2: polygons.reduce((sum, polygon) => sum + areaM2(polygon), 0),
    buildings: homes.length,
    households: total(buildings.households, homes),
    events: reports.length,
    open: total(events.open, reports),
    minutes: total(events.minutes, reports),
  }
}

function byMeter(meter: Meter, key: GridKey): unknown {
  const { area2: twice, areaM2: metres, buildings, households, events, open, minutes } = meter.of(key)
  return { area2: twice, areaM2: metres, buildings, households, events, open, minutes }
}

describe('a meter that has followed any operations', () => {
  test('tells the same as one opened afresh, on a lattice where everything touches', () => {
    let done = 0
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 2, max: 40 }), (seed, unit) => {
        const draft = board(6, 2, unit)
        const sites = scatter(draft, 150, seed)
        const base = openMeter(copyOf(draft), sites)
        const meter = openMeter(draft, sites, base)
        done += wander(draft, meter, seed, 40, unit)
        expectSame(told(meter), told(openMeter(draft, sites, base)))
      }),
      { numRuns: 100 },
    )
    expect(done).toBeGreaterThan(600)
  }, 60_000)

  test('tells the same as one opened afresh, on the demo', () => {
    const sites = demoSites()
    const base = openMeter(demoDraft(), sites)
    const draft = demoDraft()
    const meter = openMeter(draft, sites, base)
    for (let seed = 1; seed <= 3; seed++) {
      expect(wander(draft, meter, seed, 120, 3000)).toBeGreaterThan(20)
      expectSame(told(meter), told(openMeter(draft, sites, base)))
    }
  }, 60_000)

  test('counts what polygons and a ray over all arcs count', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draft = board(5, 2, 30, [1199000000, 324000000])
        const sites = scatter(draft, 60, seed)
        const meter = openMeter(draft, sites)
        wander(draft, meter, seed, 30, 30)
        for (const key of draft.grids.keys()) expectSame(byOracle(draft, sites, key), byMeter(meter, key))
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('loses and doubles nothing in 2,000 sequences on the demo, and comes back when they are taken back', () => {
    const draft = demoDraft()
    const sites = demoSites()
    const base = openMeter(demoDraft(), sites)
    const meter = openMeter(draft, sites, base)
    const before = counted(meter)
    const [area, roadM] = [Number(meter.total().area2), meter.total().roadM]
    const next = dice(99)
    for (let sequence = 1; sequence <= 2000; sequence++) {
      const start = sequence % 2 === 0 ? byKey(meter) : null
      const done: Patch[] = []
      for (let step = 0; step < 3; step++) {
        const result = perform(draft, anyOp(draft, next, 3000))
        if (!result.ok) continue
        meter.update(result.patch)
        done.push(result.patch)
      }
      expect(counted(meter)).toEqual(before)
      // Some stay, so that the plan drifts; those that end or begin grids are taken back, or none would be left.
      if (!start && done.every(({ grids }) => grids.length === 0)) continue
      for (const patch of done.toReversed()) {
        apply(draft, inverseOf(patch))
        meter.update(inverseOf(patch))
      }
      if (start) expect(byKey(meter)).toEqual(start)
    }
    expectSame(told(meter), told(openMeter(draft, sites, base)))
    // A cut that ends on the outline bends it by half a unit at most.
    expect(Number(meter.total().area2) / area).toBeCloseTo(1, 6)
    expect(meter.total().roadM / roadM).toBeCloseTo(1, 1)
  }, 60_000)
})

/** What no change of borders changes: disputes too, as they go to heirs. */
function counted(meter: Meter): unknown {
  const [sums, outside] = [meter.total(), meter.outside()]
  const all = (name: 'households' | 'buildings' | 'events' | 'open' | 'minutes'): number =>
    sums[name] + outside[name]
  return [
    all('households'),
    all('buildings'),
    all('events'),
    all('open'),
    all('minutes'),
    sums.disputes,
    sums.disputesOpen,
  ]
}

function byKey(meter: Meter): unknown {
  return new Map(
    [...meter.draft.grids.keys()].map((key) => {
      const { households, events, open, minutes, area2: twice, disputes } = meter.of(key)
      return [key, [households, events, open, minutes, twice, disputes]]
    }),
  )
}

describe('disputes stay with their grid', () => {
  test.each([
    ['a merged grid passes its own on', { kind: 'merge', grid: 1, into: 2 }, { 1: 0, 2: 13 }],
    [
      'a grid made by the draft takes none',
      { kind: 'make', atoms: [1], name: '新', nameEn: 'New' },
      { 1: 6, 2: 7, [-1]: 0 },
    ],
    ['ground alone takes none along', { kind: 'paint', atoms: [2], grid: 2 }, { 1: 6, 2: 7 }],
  ] as const)('%s', (_, op, expected) => {
    const draft = board(4, 2, 1000)
    const sites = scatter(draft, 100, 1)
    const meter = openMeter(draft, sites, openMeter(copyOf(draft), sites))
    const result = perform(draft, op)
    if (!result.ok) throw new Error(result.rule)
    meter.update(result.patch)
    for (const [key, year] of Object.entries(expected)) expect(meter.of(Number(key)).disputes).toBe(year)
    expect(meter.total().disputes).toBe(openMeter(board(4, 2, 1000), sites).total().disputes)
  })
})

describe('a grid of one square', () => {
  const draft = board(2, 1, 100_000, [1199000000, 324000000])
  const meter = openMeter(draft, { ...scatter(draft, 0, 1), disputes: [] })
  const [east, north] = metresPerDegree(32.405).map((degree) => degree / 100) as [number, number]
  const { perimeterM, areaM2: metres, compactness, roadM, hours } = meter.of(1)

  test('has its size in metres', () => {
    expect(perimeterM / (2 * (east + north))).toBeCloseTo(1, 3)
    expect(metres / (east * north)).toBeCloseTo(1, 3)
    expect(compactness).toBeCloseTo((4 * Math.PI * metres) / perimeterM ** 2, 9)
  })

  test('has half of the roads along its edge, and works for no more than them', () => {
    expect(roadM).toBeCloseTo((east + north) / 2, -1)
    expect(hours.total).toBeCloseTo(hours.patrols, 9)
    expect(hours.patrols).toBeCloseTo(((roadM / 1000) * 2) / 3, 9)
  })
})

test.each([
  // kind                  households  hours a week of visits: rounds × minutes ÷ 60 ÷ weeks
  ['urban-full-time', 400, (400 * 4 * 8) / 60 / (365 / 7)],
  ['urban-comprehensive', 400, (400 * 2 * 8) / 60 / (365 / 7)],
  ['rural-comprehensive', 400, (400 * 2 * 12) / 60 / (365 / 7)],
] as const)('%s: %d households', (kind, households, visits) => {
  const hours = hoursOf(kind, { households, minutes: 0, disputes: 0, roadM: 0 })
  expect(hours.visits).toBeCloseTo(visits, 9)
  expect(hours.total).toBe(hours.visits)
})
