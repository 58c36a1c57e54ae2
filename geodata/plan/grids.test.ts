import { describe, expect, test } from 'vitest'
import { copyOf } from './draft.ts'
import { drawingOf } from './drawing.ts'
import { REFUSAL_RULES, type Op } from './op.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { squares } from './plan-testing.ts'
import { refused, sentenceOf } from './refusals.ts'
import { touchedAtoms, touchedGrids } from './touched.ts'

const HAN = /[\u4E00-\u9FFF]/

/** What changed in the record of grid 1, or the rule and the grids of the refusal. */
function done(op: Op, ...before: readonly Op[]): unknown {
  const draft = squares(['aab', 'aab'])
  for (const earlier of before) expect(perform(draft, earlier)).toMatchObject({ ok: true })
  const text = JSON.stringify(drawingOf(draft))
  const was = draft.grids.get(1)
  const result = perform(draft, op)
  if (!result.ok) return [result.rule, ...result.grids].join(' ')
  const is = Object.entries(draft.grids.get(1) ?? {})
  const changed = is.filter(
    ([field, value]) => value !== Object.entries(was ?? {}).find(([f]) => f === field)?.[1],
  )
  apply(draft, inverseOf(result.patch))
  expect(JSON.stringify(drawingOf(draft))).toBe(text)
  return Object.fromEntries(changed)
}

const edit = (change: Omit<Extract<Op, { kind: 'edit' }>, 'kind' | 'grid'>, grid = 1): Op => ({
  kind: 'edit',
  grid,
  ...change,
})
const station = (x: number, y: number): Op => ({ kind: 'station', grid: 1, at: [x, y] })

describe('the record of a grid', () => {
  test.each([
    ['a name', edit({ name: '东一' }), { name: '东一' }],
    ['both names', edit({ name: '东一', nameEn: 'East 1' }), { name: '东一', nameEn: 'East 1' }],
    ['a kind', edit({ gridKind: 'rural-comprehensive' }), { kind: 'rural-comprehensive' }],
    ['a worker', edit({ worker: 7 }), { worker: 7 }],
    ['no worker', edit({ worker: null }), { worker: null }],
    ['a worker who has another', edit({ worker: 102 }), 'worker 2'],
    ['a worker whom it has', edit({ worker: 101, name: '东一' }), { name: '东一' }],
    ['what it is already', edit({ name: 'a', worker: 101 }), 'nothing 1'],
    ['nothing at all', edit({}), 'nothing 1'],
    ['of a grid that is none', edit({ name: '东一' }, 9), 'unknown 9'],
  ] as const)('%s', (_, op, expected) => {
    expect(done(op)).toEqual(expected)
  })

  test('a worker who was freed may have another', () => {
    expect(done(edit({ worker: 102 }), edit({ worker: null }, 2))).toEqual({ worker: 102 })
  })

  test('a locked grid has its borders locked, not its record', () => {
    expect(done(edit({ name: '东一' }), { kind: 'lock', grid: 1 })).toEqual({ name: '东一' })
  })
})

describe('the station stands in its grid', () => {
  test.each([
    ['inside', station(150, 50), { station: [150, 50] }],
    ['on a border within the grid', station(100, 50), { station: [100, 50] }],
    ['on the border with another, where the lower atom has it', station(200, 150), { station: [200, 150] }],
    ['in a corner of the place', station(0, 0), { station: [0, 0] }],
    ['in another', station(250, 50), 'station 1'],
    ['outside', station(-1, 50), 'station 1'],
  ] as const)('%s', (_, op, expected) => {
    expect(done(op)).toEqual(expected)
  })

  test('where it stands already', () => {
    expect(done(station(150, 50), station(150, 50))).toBe('nothing 1')
  })

  test('paint may leave it outside: that is for the impact sheet', () => {
    const draft = squares(['aab'])
    perform(draft, station(150, 50))
    expect(perform(draft, { kind: 'paint', atoms: [2], grid: 2 })).toMatchObject({ ok: true })
    expect(draft.grids.get(1)?.station).toEqual([150, 50])
  })
})

describe('locks', () => {
  test.each([
    ['lock', { kind: 'lock', grid: 1 }, [], { locked: true }],
    ['lock twice', { kind: 'lock', grid: 1 }, [{ kind: 'lock', grid: 1 }], 'nothing 1'],
    ['unlock', { kind: 'unlock', grid: 1 }, [{ kind: 'lock', grid: 1 }], { locked: false }],
    ['unlock what is open', { kind: 'unlock', grid: 1 }, [], 'nothing 1'],
    ['lock what is not there', { kind: 'lock', grid: 9 }, [], 'unknown 9'],
  ] as const)('%s', (_, op, before, expected) => {
    expect(done(op, ...before)).toEqual(expected)
  })
})

describe('what a patch touches', () => {
  test.each([
    ['paint', { kind: 'paint', atoms: [2], grid: 2 }, [2], [1, 2]],
    ['merge', { kind: 'merge', grid: 3, into: 2 }, [4], [2, 3]],
    ['make', { kind: 'make', atoms: [1], name: '新', nameEn: 'New' }, [1], [-1, 1]],
    ['a name', { kind: 'edit', grid: 3, name: '新' }, [], [3]],
    ['a border', { kind: 'add-vertex', arc: -1, index: 1, at: [190, 50] }, [2, 3], [1, 2]],
  ] as const)('%s', (_, op, atoms, grids) => {
    const draft = squares(['aabc'])
    const border = [...draft.arcs.values()].find(
      ({ left, right }) => left + right === 5 && left * right === 6,
    )
    const result = perform(draft, op.kind === 'add-vertex' ? { ...op, arc: border?.id ?? -1 } : op)
    if (!result.ok) throw new Error(result.rule)
    const sorted = (ids: ReadonlySet<number>): number[] => [...ids].toSorted((a, b) => a - b)
    expect(sorted(touchedAtoms(result.patch))).toEqual(atoms)
    expect(sorted(touchedGrids(draft, result.patch))).toEqual(grids)
    const before = copyOf(draft)
    apply(before, inverseOf(result.patch))
    expect(sorted(touchedGrids(before, result.patch))).toEqual(grids)
  })
})

describe('a refusal is a sentence in both languages', () => {
  test.each(REFUSAL_RULES)('%s', (rule) => {
    for (const grids of [[], [1], [1, 2], [0, 1, 1]]) {
      const { zh, en } = sentenceOf(refused(rule, grids), (key) => `G${key}`)
      expect(zh).toMatch(HAN)
      expect(en).not.toMatch(HAN)
      for (const text of [zh, en]) {
        expect(text).not.toMatch(/[!！]|G0|undefined|null|G1.*G1/)
        expect(text.length).toBeLessThan(120)
      }
    }
  })

  test('names stand in it', () => {
    const nameOf = (key: number): string => ['', '东一', '东二'][key] ?? ''
    expect(sentenceOf(refused('parts', [2]), nameOf).zh).toBe('东二会断成几块')
    expect(sentenceOf(refused('crossing', [1, 2]), nameOf).zh).toBe('东一、东二的边界线会相交或相碰')
  })
})
