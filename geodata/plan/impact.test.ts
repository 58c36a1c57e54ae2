import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backcastOf, gridsAt } from './backcast.ts'
import { copyOf, type Draft, type GridKey } from './draft.ts'
import { impactOf, successionsOf, type Impact, type Side } from './impact.ts'
import { openMeter } from './meter.ts'
import { anyOp, board, dice, scatter } from './meter-testing.ts'
import type { Op } from './op.ts'
import { perform } from './perform.ts'
import type { Sites } from './sites.ts'

function start(
  draft: Draft,
  sites: Sites,
): { readonly before: Side; readonly after: Side; readonly act: (op: Op) => boolean } {
  const base = copyOf(draft)
  const before = { draft: base, meter: openMeter(base, sites) }
  const meter = openMeter(draft, sites, before.meter)
  const act = (op: Op): boolean => {
    const result = perform(draft, op)
    if (result.ok) meter.update(result.patch)
    return result.ok
  }
  return { before, after: { draft, meter }, act }
}

const gridOf = ({ draft }: Side, atom: number | undefined): GridKey => draft.labels.get(atom ?? 0) ?? 0

/** The rows that have another grid, found by looking at each. */
function difference(
  before: Side,
  after: Side,
  places: 'buildings' | 'events',
): ReadonlyMap<string, readonly number[]> {
  const { ids } = after.meter.sites[places]
  const rows = ids.map((id, i) => ({
    id,
    from: gridOf(before, before.meter[places][i]),
    to: gridOf(after, after.meter[places][i]),
  }))
  const moved = Map.groupBy(
    rows.filter(({ from, to }) => from !== to),
    ({ from, to }) => `${from}→${to}`,
  )
  return new Map([...moved].map(([way, found]) => [way, found.map(({ id }) => id)]))
}

function wayOf(impact: Impact): ReadonlyMap<string, readonly number[]> {
  const flows = impact.flows.filter(({ buildings }) => buildings.length > 0)
  return new Map(flows.map(({ from, to, buildings }) => [`${from}→${to}`, buildings]))
}

const sorted = <T>(map: ReadonlyMap<string, T>): unknown => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))

test('an impact is the difference of what lies where, and counts every household once before and after', () => {
  let movedAny = 0
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const draft = board(6, 2, 30)
      const { before, after, act } = start(draft, scatter(draft, 120, seed))
      const next = dice(seed)
      for (let step = 0; step < 25; step++) act(anyOp(draft, next, 30))
      const impact = impactOf(before, after)
      movedAny += impact.totals.householdsMoved

      expect(sorted(wayOf(impact))).toEqual(sorted(difference(before, after, 'buildings')))
      const { open, ids } = after.meter.sites.events
      const events = difference(before, after, 'events')
      const opened = new Set(ids.filter((_, i) => open[i] === 1))
      expect(impact.totals.openMoved).toBe([...events.values()].flat().filter((id) => opened.has(id)).length)
      for (const { key, before: was, after: is, gained, lost } of impact.grids)
        expect((is?.measures.households ?? 0) - (was?.measures.households ?? 0), `grid ${key}`).toBe(
          gained - lost,
        )
      for (const row of impact.workers) {
        const had = row.before.reduce((sum, key) => sum + before.meter.of(key).households, 0)
        const has = row.after.reduce((sum, key) => sum + after.meter.of(key).households, 0)
        expect(has - had).toBe(row.gains.households - row.loses.households)
      }
      const successions = successionsOf(before.meter, after.meter)
      const shares = Map.groupBy(successions, ({ old }) => old)
      for (const key of before.draft.grids.keys())
        expect(shares.get(key)?.reduce((sum, { share }) => sum + share, 0)).toBeGreaterThan(1 - 1e-9)
      expect(successions.filter(({ share }) => share <= 0 || share > 1 + 1e-12)).toEqual([])
      expect(new Set(successions.map(({ new: now }) => now))).toEqual(new Set(after.draft.grids.keys()))
    }),
    { numRuns: 40 },
  )
  expect(movedAny).toBeGreaterThan(100)
}, 60_000)

test('nothing done is nothing changed', () => {
  const { before, after } = start(board(6, 2), scatter(board(6, 2), 200, 1))
  const impact = impactOf(before, after)
  expect(impact.totals).toMatchObject({
    gridsChanged: 0,
    householdsMoved: 0,
    buildingsMoved: 0,
    openMoved: 0,
  })
  expect([impact.flows, impact.workers, impact.successions, impact.breaks, impact.mends]).toEqual([
    [],
    [],
    [],
    [],
    [],
  ])
  expect(impact.was.worstDeviation).toBe(impact.totals.worstDeviation)
})

describe('on a board of 4 × 4 atoms in 4 grids', () => {
  const named = { name: '新', nameEn: 'New' }
  test.each([
    // done                                                        changed  begun   ended  workers who gain or lose
    ['an atom painted', [{ kind: 'paint', atoms: [2], grid: 2 }], [1, 2], [], [], [1, 2]],
    ['a merge', [{ kind: 'merge', grid: 1, into: 2 }], [1, 2], [], [1], [1, 2]],
    ['a new grid', [{ kind: 'make', atoms: [1, 2], ...named }], [1, -1], [-1], [], [1]],
    [
      'a new grid gets a worker',
      [
        { kind: 'edit', grid: 1, worker: null },
        { kind: 'make', atoms: [1, 2], ...named },
        { kind: 'edit', grid: -1, worker: 1 },
      ],
      [1, -1],
      [-1],
      [],
      [1],
    ],
    [
      'two workers change places',
      [
        { kind: 'edit', grid: 1, worker: null },
        { kind: 'edit', grid: 2, worker: 1 },
        { kind: 'edit', grid: 1, worker: 2 },
      ],
      [1, 2],
      [],
      [],
      [1, 2],
    ],
    ['another name', [{ kind: 'edit', grid: 3, name: '河东' }], [3], [], [], []],
  ] as const)('%s', (_, ops, changed, begun, ended, workers) => {
    const draft = board(4, 2, 1000)
    const { before, after, act } = start(draft, scatter(draft, 400, 5))
    for (const op of ops) act(op)
    const impact = impactOf(before, after)
    const keys = (fates: readonly string[]) =>
      impact.grids.filter(({ fate }) => fates.includes(fate)).map(({ key }) => key)
    expect(keys(['begun', 'ended', 'ground', 'details'])).toEqual(changed)
    expect(keys(['begun'])).toEqual(begun)
    expect(keys(['ended'])).toEqual(ended)
    expect(impact.workers.map(({ worker }) => worker).toSorted((a, b) => a - b)).toEqual(workers)
    expect(impact.totals.gridsChanged).toBe(changed.length)
  })
})

test('a merge hands over homes, station and disputes, and says who follows whom', () => {
  const draft = board(4, 2, 1000)
  const { before, after, act } = start(draft, scatter(draft, 200, 5))
  act({ kind: 'station', grid: 1, at: [500, 500] })
  const base = start(draft, after.meter.sites)
  base.act({ kind: 'merge', grid: 1, into: 2 })
  const { flows, successions, totals } = impactOf(base.before, base.after)
  expect(flows).toHaveLength(1)
  expect(flows[0]).toMatchObject({ from: 1, to: 2, stations: [1], disputes: 6, disputesOpen: 1 })
  expect(flows[0]?.households).toBe(before.meter.of(1).households)
  expect(successions).toEqual([{ old: 1, new: 2, share: 1 }])
  expect(totals.grids).toBe(3)
})

test('ground where nobody lives is handed on by its area', () => {
  const draft = board(4, 2, 1000)
  const none = { ...scatter(draft, 0, 1), disputes: [] }
  const { before, after, act } = start(draft, none)
  act({ kind: 'make', atoms: [1], name: '新', nameEn: 'New' })
  act({
    kind: 'split-atom',
    atom: 2,
    line: [
      [1500, -10],
      [1500, 1010],
    ],
  })
  const shares = successionsOf(before.meter, after.meter).filter(({ old }) => old === 1)
  expect(shares.map(({ new: now }) => now)).toEqual([1, -1])
  expect(shares.map(({ share }) => share)).toEqual([expect.closeTo(0.75, 6), expect.closeTo(0.25, 6)])
})

test('a grid on bare ground cut out of one where people live follows that one by its area', () => {
  const draft = board(4, 2, 1000)
  const lived = scatter(draft, 0, 1)
  const home = { ...lived.buildings, xs: [500], ys: [500], ids: [1], households: [30] }
  const { before, after, act } = start(draft, { ...lived, buildings: home })
  act({ kind: 'make', atoms: [2], name: '新', nameEn: 'New' })
  expect(impactOf(before, after).successions).toEqual([{ old: 1, new: -1, share: expect.closeTo(0.25, 3) }])
})

test('sides that were counted at different times are compared on the later places', () => {
  const draft = board(4, 2, 1000)
  const older = { draft, meter: openMeter(draft, scatter(draft, 50, 1)) }
  const later = { draft, meter: openMeter(draft, scatter(draft, 80, 2)) }
  expect(impactOf(older, later).totals).toMatchObject({ gridsChanged: 0, householdsMoved: 0 })
})

test('a year counted by the borders of a draft', () => {
  const draft = board(4, 2, 1000)
  const [xs, ys] = [
    [500, 2500, 2000, 9000],
    [500, 500, 500, 500],
  ]
  // On the border of the grids 1 and 2 the atom with the lower id has it: that of grid 1.
  expect(gridsAt(draft, { xs, ys })).toEqual([1, 2, 1, 0])
  const { rows, outside } = backcastOf(draft, { xs, ys, grids: [1, 7, 2, null], overdue: [1, 0, 1, 0] })
  expect(outside).toBe(1)
  const told = rows.map((row) => [row.grid, row.had, row.hadOverdue, row.drawn, row.drawnOverdue])
  expect(told.filter(([, then = 0, , drawn = 0]) => then + drawn > 0)).toEqual([
    [1, 1, 1, 2, 2],
    [2, 1, 1, 1, 0],
    [7, 1, 0, 0, 0],
  ])
})
