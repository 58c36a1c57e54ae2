import { expect, test } from 'vitest'
import type { Draft } from '#geo/plan/draft'
import { openMeter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import { perform } from '#geo/plan/perform'
import { arcBetween, nodeAt, squares, SIDE } from '#geo/plan/plan-testing'
import type { Sites } from '#geo/plan/sites'
import type { FeatureSource, Look } from '../map/scene.ts'
import { openDrawn } from './drawn.ts'
import { planPart, type PlanRows } from './layer.ts'
import { SOURCES } from './sources.ts'

const LOOK: Look = { theme: 'light', language: 'zh', scale: 1 }
const NOWHERE = { xs: [], ys: [], ids: [] }
const SITES: Sites = {
  buildings: { ...NOWHERE, households: [] },
  events: { ...NOWHERE, minutes: [], open: [] },
  disputes: [],
  workers: [],
}
const QUIET: PlanRows['sketch'] = {
  line: [],
  shape: 'line',
  brush: null,
  hot: new Set(),
  grids: [],
  handle: null,
  vertex: null,
  refused: null,
}

/** A draft on the map as it is opened, and what it becomes. */
function stand(rows: readonly string[]) {
  const side = (draft: Draft) => ({ draft, meter: openMeter(draft, SITES) })
  const before = side(squares(rows))
  const { draft, meter } = side(squares(rows))
  const drawn = openDrawn({ draft, meter }, before)
  const part = (given: Partial<PlanRows> = {}) =>
    planPart(
      {
        draft,
        drawn,
        tick: 0,
        colors: new Map([[1, '#111111']]),
        chosen: null,
        tool: 'look',
        sketch: QUIET,
        marked: [],
        ...given,
      },
      LOOK,
    )
  const source = (name: string, given?: Partial<PlanRows>) => part(given).sources[name] as FeatureSource
  const perform_ = (op: Op) => {
    const performed = perform(draft, op)
    if (!performed.ok) throw new Error(performed.rule)
    meter.update(performed.patch)
    drawn.update(performed.patch)
  }
  return { draft, part, source, act: perform_ }
}

const ids = (source: FeatureSource) => source.features.map(({ id }) => id)

test('painting changes colours and classes and no geometry', () => {
  const { source, act } = stand(['aab', 'aab'])
  const [atoms, arcs] = [source(SOURCES.atoms), source(SOURCES.arcs)]
  act({ kind: 'paint', atoms: [2], grid: 2 })
  expect(source(SOURCES.atoms).features).toBe(atoms.features)
  expect(source(SOURCES.arcs).features).toBe(arcs.features)
  expect([atoms.states?.get(2)?.['color'], source(SOURCES.atoms).states?.get(2)?.['color']]).toEqual([
    '#111111',
    null,
  ])
})

test('moving a node makes the features around it anew and keeps all others', () => {
  const { draft, source, act } = stand(['aab', 'aab', 'ccc'])
  const before = new Map(source(SOURCES.atoms).features.map((feature) => [feature.id, feature]))
  act({ kind: 'move-node', node: nodeAt(draft, [2 * SIDE, 2 * SIDE]), to: [2 * SIDE + 9, 2 * SIDE + 7] })
  const made = source(SOURCES.atoms).features.filter((feature) => before.get(feature.id) !== feature)
  expect(made.map(({ id }) => id)).toEqual([2, 3, 5, 6])
})

test.each<[string, Op, number[], string[]]>([
  // what was done                                             changed atoms, parts that lost their border
  ['nothing', { kind: 'lock', grid: 1 }, [], []],
  ['an atom to another grid', { kind: 'paint', atoms: [2], grid: 2 }, [2], ['2 3']],
  ['two grids one', { kind: 'merge', grid: 2, into: 1 }, [3, 6], ['2 3', '5 6']],
])('what %s leaves of before', (_, op, changed, gone) => {
  const { draft, source, act } = stand(['aab', 'aab'])
  const arcs = gone.map((pair) => {
    const [a = 0, b = 0] = pair.split(' ').map(Number)
    return arcBetween(draft, a, b).id
  })
  act(op)
  const states = source(SOURCES.atoms).states ?? new Map()
  expect([...states].flatMap(([atom, state]) => (state['changed'] === true ? atom : []))).toEqual(changed)
  expect(ids(source(SOURCES.gone))).toEqual(arcs)
})

test('a line is what it parts: blocks, grids, communities, or the ground from the world', () => {
  const draft = squares(['aab'], ['ABB'])
  const drawn = stand(['aab'])
  const states = drawn.source(SOURCES.arcs).states
  const parts = (a: number, b: number) => states?.get(arcBetween(drawn.draft, a, b).id)?.['parts']
  expect([parts(1, 2), parts(2, 3), parts(3, 0)]).toEqual(['atoms', 'grids', 'outline'])
  expect(draft.atoms.get(1)?.community).toBe('A')
})

test('handles stand on borders that may move, in border mode, where somebody looks', () => {
  const { source } = stand(['aab', 'aac'])
  const count = (given: Partial<PlanRows>) => source(SOURCES.handles, given).features.length
  expect(count({ tool: 'look', chosen: 2 })).toBe(0)
  expect(count({ tool: 'border' })).toBe(0)
  expect(count({ tool: 'border', chosen: 2 })).toBe(3)
  expect(count({ tool: 'border', sketch: { ...QUIET, grids: [1, 2] } })).toBe(2)
})

test('a locked grid is hatched, a chosen one has a ring, and a refusal its place', () => {
  const { source, act } = stand(['ab'])
  act({ kind: 'lock', grid: 2 })
  const states = source(SOURCES.atoms, { chosen: 1 }).states
  expect([states?.get(1)?.['chosen'], states?.get(2)?.['locked'], states?.get(1)?.['locked']]).toEqual([
    true,
    true,
    false,
  ])
  const why = { ok: false, rule: 'crossing', grids: [], at: [5, 5] } as const
  const shown = source(SOURCES.sketch, { sketch: { ...QUIET, refused: { why, px: null } } }).features
  expect(shown.map((feature) => feature.properties?.['kind'])).toEqual(['refused'])
})
