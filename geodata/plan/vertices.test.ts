import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import { cut, type Line } from '../cut.ts'
import type { Fabric, Lattice } from '../fabric.ts'
import { toPosition } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import type { Draft } from './draft.ts'
import { draftOfFabric, drawingOf, fabricOf } from './drawing.ts'
import type { Op, Refused } from './op.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { arcBetween, nodeAt, squares } from './plan-testing.ts'
import { polygonsOfAtom } from './shapes.ts'

const refusal = (draft: Draft, op: Op): Omit<Refused, 'ok'> | 'done' => {
  const before = JSON.stringify(drawingOf(draft))
  const result = perform(draft, op)
  if (!result.ok) {
    expect(JSON.stringify(drawingOf(draft))).toBe(before)
    return { rule: result.rule, grids: result.grids, at: result.at }
  }
  expect(check(fabricOf(draft))).toEqual([])
  apply(draft, inverseOf(result.patch))
  expect(JSON.stringify(drawingOf(draft))).toBe(before)
  return 'done'
}

describe('a node moves, and all borders with it', () => {
  // Four squares; the node in the middle is at (100, 100).
  const four = (): Draft => squares(['ab', 'cd'])
  const move = (draft: Draft, from: Lattice, to: Lattice): Op => ({
    kind: 'move-node',
    node: nodeAt(draft, from),
    to,
  })
  test.each([
    ['a little', [110, 120], 'done'],
    ['as far as the room goes', [199, 199], 'done'],
    ['onto the outline', [200, 150], 'crossing'],
    ['onto another node', [200, 200], 'crossing'],
    ['onto the end of its own border', [100, 200], 'crossing'],
    ['along its own border', [100, 150], 'done'],
    ['out of the place', [300, 150], 'crossing'],
    ['nowhere', [100, 100], 'nothing'],
  ] as const)('%s', (_, to, expected) => {
    const draft = four()
    const found = refusal(draft, move(draft, [100, 100], to))
    expect(found === 'done' ? found : found.rule).toBe(expected)
  })

  test('the refusal says where lines would meet, and whose', () => {
    const draft = four()
    expect(refusal(draft, move(draft, [100, 100], [100, 300]))).toEqual({
      rule: 'crossing',
      grids: expect.arrayContaining([1, 2, 3, 4]),
      at: [100, 200],
    })
  })

  test('on the outline it stays', () => {
    const draft = four()
    expect(refusal(draft, move(draft, [100, 200], [110, 200]))).toEqual({
      rule: 'outline',
      grids: [],
      at: [100, 200],
    })
  })

  test('on the border of a community it stays', () => {
    const draft = squares(['ab', 'ab', 'cc'], ['XX', 'XX', 'YY'])
    expect(refusal(draft, move(draft, [100, 100], [110, 100]))).toMatchObject({ rule: 'community' })
    expect(refusal(draft, move(draft, [100, 200], [110, 200]))).toBe('done')
  })

  test('at a locked grid it stays', () => {
    const draft = four()
    perform(draft, { kind: 'lock', grid: 4 })
    expect(refusal(draft, move(draft, [100, 100], [110, 110]))).toMatchObject({ rule: 'locked', grids: [4] })
  })

  test('a node that is not there', () => {
    expect(refusal(four(), { kind: 'move-node', node: 999, to: [1, 1] })).toMatchObject({ rule: 'unknown' })
  })
})

describe('a border bends', () => {
  // a | b, their border from (100, 100) in the north to (100, 0).
  const two = (): Draft => squares(['ab'])
  const border = (draft: Draft): number => arcBetween(draft, 1, 2).id
  const bent = (): Draft => {
    const draft = two()
    perform(draft, { kind: 'add-vertex', arc: border(draft), index: 1, at: [150, 50] })
    return draft
  }
  const points = (draft: Draft): readonly Lattice[] => arcBetween(draft, 1, 2).points

  test('a new vertex stands where it was put', () => {
    expect(points(bent())).toEqual([
      [100, 100],
      [150, 50],
      [100, 0],
    ])
  })

  test.each([
    ['a vertex on the line itself', { kind: 'add-vertex', index: 1, at: [100, 40] }, 'done'],
    ['a vertex on an end', { kind: 'add-vertex', index: 1, at: [100, 0] }, 'nothing'],
    ['a vertex across the outline', { kind: 'add-vertex', index: 1, at: [201, 50] }, 'crossing'],
    ['a vertex on the outline', { kind: 'add-vertex', index: 1, at: [200, 50] }, 'crossing'],
    ['a vertex behind the first', { kind: 'add-vertex', index: 0, at: [100, 50] }, 'unknown'],
    ['a vertex behind the last', { kind: 'add-vertex', index: 2, at: [100, 50] }, 'unknown'],
    ['a node is not taken out', { kind: 'remove-vertex', index: 0 }, 'unknown'],
    ['a border along the outline', { kind: 'move-vertex', index: 0, to: [100, 90] }, 'outline'],
  ] as const)('%s', (_, op, expected) => {
    const draft = two()
    const found = refusal(draft, { ...op, arc: border(draft) })
    expect(found === 'done' ? found : found.rule).toBe(expected)
  })

  test.each([
    ['it moves', { kind: 'move-vertex', index: 1, to: [30, 60] }, 'done'],
    ['it folds back on itself', { kind: 'move-vertex', index: 1, to: [100, 130] }, 'crossing'],
    ['it goes', { kind: 'remove-vertex', index: 1 }, 'done'],
  ] as const)('%s', (_, op, expected) => {
    const draft = bent()
    const found = refusal(draft, { ...op, arc: border(draft) })
    expect(found === 'done' ? found : found.rule).toBe(expected)
  })

  test('taken out, the line is as it was', () => {
    const draft = bent()
    perform(draft, { kind: 'remove-vertex', arc: border(draft), index: 1 })
    expect(JSON.stringify(fabricOf(draft))).toBe(JSON.stringify(fabricOf(two())))
  })

  test('the end of an arc is its node: all that meet there move', () => {
    const draft = squares(['ab', 'cd'])
    const { id, points: walked } = arcBetween(draft, 1, 2)
    const index = walked.findIndex(([x, y]) => x === 100 && y === 100)
    perform(draft, { kind: 'move-vertex', arc: id, index, to: [120, 120] })
    for (const atom of [1, 2, 3, 4]) {
      expect(polygonsOfAtom(draft, atom)[0]?.[0]).toContainEqual([120, 120])
    }
  })
})

describe('what a border would jump over keeps it back, though no two lines would meet', () => {
  const box = (x0: number, y0: number, x1: number, y1: number): Lattice[] => [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ]
  const line = (...points: Lattice[]): Line => ({ points, kind: 'lane' })
  const ground = (side: number): Fabric =>
    fabricFromPolygons([
      { geometry: { type: 'Polygon', coordinates: [box(0, 0, side, side).map(toPosition)] }, community: 'C' },
    ]).fabric
  const draftOfLines = (...lines: readonly Line[]): Draft => {
    const { fabric } = cut(ground(100), lines)
    return draftOfFabric(fabric, new Map(fabric.atoms.map(({ id }) => [id, id])), [])
  }
  const vertexAt = (draft: Draft, [x, y]: Lattice): { readonly arc: number; readonly index: number } => {
    for (const { id, points } of draft.arcs.values()) {
      const index = points.findIndex((point) => point[0] === x && point[1] === y)
      if (index > 0 && index < points.length - 1) return { arc: id, index }
    }
    throw new Error(`no vertex at ${x}, ${y}`)
  }

  test.each([
    // the other ground                                  from      to        expected
    ['an island', line(...box(45, 45, 55, 55)), [30, 50], [70, 50], 'crossing'],
    ['an island that it passes by', line(...box(45, 45, 55, 55)), [30, 50], [40, 50], 'done'],
    ['a lens with the same ends', line([50, 0], [60, 50], [50, 100]), [30, 50], [70, 50], 'crossing'],
    ['a lens of one chord', line([50, 0], [50, 100]), [30, 50], [70, 50], 'crossing'],
    ['a lens that grows', line([50, 0], [50, 100]), [30, 50], [10, 50], 'done'],
  ] as const)('%s', (_, other, from, to, expected) => {
    const draft = draftOfLines(line([50, 0], [30, 50], [50, 100]), other)
    expect(check(fabricOf(draft))).toEqual([])
    const found = refusal(draft, { kind: 'move-vertex', ...vertexAt(draft, from), to })
    expect(found === 'done' ? found : found.rule).toBe(expected)
  })

  test('nor is a vertex taken out over an island, nor one put in beyond it', () => {
    const island = line(...box(35, 45, 45, 55))
    const bow = draftOfLines(line([50, 0], [20, 50], [50, 100]), island)
    expect(refusal(bow, { kind: 'remove-vertex', ...vertexAt(bow, [20, 50]) })).toMatchObject({
      rule: 'crossing',
    })
    const straight = draftOfLines(line([50, 0], [50, 100]), island)
    const chord = [...straight.arcs.values()].find(
      ({ points }) => points.length === 2 && points[0]?.[0] === 50,
    )
    const added = { kind: 'add-vertex', arc: chord?.id ?? -1, index: 1 } as const
    expect(refusal(straight, { ...added, at: [10, 50] })).toMatchObject({ rule: 'crossing' })
    expect(refusal(straight, { ...added, at: [90, 50] })).toBe('done')
  })
})

test('half the world away is refused as soon as next door', () => {
  const draft = squares(['ab', 'cd'])
  const node = nodeAt(draft, [100, 100])
  expect(refusal(draft, { kind: 'move-node', node, to: [2 ** 31 - 1, -(2 ** 31)] })).toMatchObject({
    rule: 'crossing',
  })
})
