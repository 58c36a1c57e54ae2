import { describe, expect, test } from 'vitest'
import { copyOf, draftOf, type Draft } from './draft.ts'
import { openMeter } from './meter.ts'
import { board, scatter } from './meter-testing.ts'
import type { Op } from './op.ts'
import { perform } from './perform.ts'
import type { Sites } from './sites.ts'
import { breachSentence, evennessOf, standingOf, STANDARD_RULES, type StandardRule } from './standards.ts'

/** 4 × 4 atoms in 4 grids; so many households in the middle of each of the four. */
function town(households: readonly number[], draft: Draft = board(4, 2, 1000, [1199000000, 324000000])) {
  const places = [
    [0.5, 0.5],
    [2.5, 0.5],
    [0.5, 2.5],
    [2.5, 2.5],
  ].map(([x = 0, y = 0]) => [1199000000 + x * 1000, 324000000 + y * 1000] as const)
  const sites: Sites = {
    ...scatter(draft, 0, 1),
    buildings: {
      xs: places.map(([x]) => x),
      ys: places.map(([, y]) => y),
      ids: [1, 2, 3, 4],
      households,
    },
    disputes: [],
  }
  return { draft, meter: openMeter(draft, sites) }
}

function broken({ draft, meter }: ReturnType<typeof town>, ...ops: readonly Op[]): readonly string[] {
  for (const op of ops) {
    const result = perform(draft, op)
    if (!result.ok) throw new Error(result.rule)
    meter.update(result.patch)
  }
  return standingOf({ draft, meter }).breaches.map(
    ({ rule, grid, value }) => `${rule} ${grid}: ${+value.toFixed(2)}`,
  )
}

const EVEN = [400, 400, 400, 400]

describe('a division of four grids', () => {
  test.each([
    ['all as it should be', EVEN, [], []],
    ['the ends of the range are in it', [300, 300, 300, 300], [], []],
    ['too few', [299, 300, 300, 300], [], ['households 1: 299']],
    ['too many', [500, 500, 500, 501], [], ['households 4: 501']],
    [
      'none is asked of the country',
      [260, 260, 260, 260],
      [1, 2, 3, 4].map((grid) => ({ kind: 'edit', grid, gridKind: 'rural-comprehensive' })),
      [],
    ],
    ['no worker', EVEN, [{ kind: 'edit', grid: 2, worker: null }], ['worker 2: 0']],
    ['station at home', EVEN, [{ kind: 'station', grid: 1, at: [1199000500, 324000500] }], []],
    [
      'a station left outside',
      EVEN,
      [
        { kind: 'station', grid: 1, at: [1199001500, 324001500] },
        { kind: 'paint', atoms: [6], grid: 2 },
      ],
      ['station 1: 1'],
    ],
    ['hours far from the mean', [300, 300, 300, 500], [], ['hours 4: 0.42']],
  ] as const satisfies readonly (readonly [string, readonly number[], readonly Op[], readonly string[]])[])(
    '%s',
    (_, households, ops, expected) => {
      expect(broken(town(households), ...ops)).toEqual(expected)
    },
  )

  test('two grids with one worker, a grid in two parts and beyond its community, a thread', () => {
    const whole = board(4, 2, 1000, [1199000000, 324000000])
    const parts = { ...whole, arcs: [...whole.arcs.values()], atoms: [...whole.atoms.values()] }
    const shared = draftOf({
      ...parts,
      grids: [...whole.grids.values()].map((grid) => ({ ...grid, worker: grid.key === 2 ? 1 : grid.key })),
    })
    expect(broken(town(EVEN, shared))).toEqual(['worker 1: 2', 'worker 2: 2'])

    const labels = new Map(whole.labels).set(16, 1).set(1, 1)
    const torn = draftOf({ ...parts, grids: whole.grids.values(), labels })
    expect(broken(town(EVEN, torn))).toContain('parts 1: 2')

    const abroad = [...whole.atoms.values()].map((atom) =>
      atom.id === 2 ? { ...atom, community: '321299001002' } : atom,
    )
    expect(broken(town(EVEN, draftOf({ ...parts, atoms: abroad, grids: whole.grids.values() })))).toEqual([
      'community 1: 1',
    ])

    const long = board(24, 24, 1000, [1199000000, 324000000])
    const thread = new Map([...long.labels].map(([atom]) => [atom, atom <= 24 ? 1 : 2]))
    const [first] = long.grids.values()
    if (!first) throw new Error('no grid')
    const drawn = draftOf({
      ...long,
      arcs: long.arcs.values(),
      atoms: long.atoms.values(),
      labels: thread,
      grids: [1, 2].map((key) => ({ ...first, key, worker: key })),
    })
    expect(broken(town([], drawn)).filter((line) => line.startsWith('compactness'))).toEqual([
      'compactness 1: 0.14',
    ])
  })
})

test('kinds are not compared with each other', () => {
  const { draft, meter } = town([400, 400, 200, 200])
  const before = evennessOf(meter)
  expect(before.worstDeviation).toBeGreaterThan(0.2)
  for (const grid of [3, 4]) {
    const result = perform(draft, { kind: 'edit', grid, gridKind: 'rural-comprehensive' })
    if (result.ok) meter.update(result.patch)
  }
  const after = evennessOf(meter)
  expect(after.worstDeviation).toBeLessThan(0.05)
  expect([...after.meanHours.keys()].toSorted()).toEqual(['rural-comprehensive', 'urban-comprehensive'])
})

test('what was found is found again after undo, and not before', () => {
  const side = town(EVEN)
  expect(broken(side, { kind: 'edit', grid: 1, worker: null })).toEqual(['worker 1: 0'])
  expect(broken(side, { kind: 'edit', grid: 1, worker: 1 })).toEqual([])
  expect(broken({ draft: copyOf(side.draft), meter: side.meter })).toEqual([])
})

test.each([
  ['households', 512, '甲网格有 512 户，城市网格应为 300–500 户', 'has 512 households'],
  ['parts', 2, '甲网格分成 2 块，应连成一片', 'lies in 2 parts'],
  ['community', 1, '甲网格有 1 个地块不在本村、社区', 'has 1 atom in another'],
  ['compactness', 0.123, '紧凑度 0.12', 'compactness 0.12'],
  ['worker', 0, '甲网格没有网格员', 'has no worker'],
  ['worker', 2, '甲网格的网格员同时负责 2 个网格', '2 grids, one person'],
  ['station', 1, '甲网格的服务站不在本网格内', 'outside its own ground'],
  ['hours', -0.314, '少 31%', 'asks 31% fewer hours'],
] as const satisfies readonly (readonly [StandardRule, number, string, string])[])(
  '%s %d is said in both languages',
  (rule, value, zh, en) => {
    const said = breachSentence({ rule, grid: 1, value, at: null }, () => '甲网格')
    expect(said.zh).toContain(zh)
    expect(said.en).toContain(en)
    expect(STANDARD_RULES).toContain(rule)
  },
)
