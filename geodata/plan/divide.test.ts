import { array, assert, boolean, integer, property, tuple, type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import type { Lattice } from '../fabric.ts'
import { area2 } from '../topology.ts'
import { divideAtoms } from './divide.ts'
import { copyOf, type Draft } from './draft.ts'
import { drawingOf, fabricOf } from './drawing.ts'
import { areasOf, faultsOf, remeasure } from './faults-testing.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { path } from './line-testing.ts'
import { demoDraft, squares } from './plan-testing.ts'
import { polygonsOfAtom } from './shapes.ts'

const textOf = (draft: Draft): string => JSON.stringify(drawingOf(draft))
const all = (draft: Draft): ReadonlySet<number> => new Set(draft.atoms.keys())
const sizeOf = (draft: Draft, atom: number): number => Number(area2(polygonsOfAtom(draft, atom))) / 2

/** An atom → the ground of its pieces, the largest first. */
function outcome(draft: Draft, line: readonly Lattice[], within = all(draft)): unknown {
  const before = textOf(draft)
  const result = divideAtoms(draft, line, within)
  if (!result.ok) {
    expect(textOf(draft)).toBe(before)
    return result.rule
  }
  expect(check(fabricOf(draft))).toEqual([])
  const found = [...result.pieces].map(([atom, ids]) => [atom, ids.map((id) => sizeOf(draft, id))])
  for (const [parent, [first]] of result.pieces) expect(first).toBe(parent)
  if (found.length === 0) expect(textOf(draft)).toBe(before)
  apply(draft, inverseOf(result.patch))
  expect(textOf(draft)).toBe(before)
  return Object.fromEntries(found)
}

describe('a line cuts the atoms that it parts', () => {
  // 1 2 in the north, 3 4 in the south, each a square of 100.
  test.each([
    // the line                       its points                                               the pieces
    ['through two squares', path('-10,150 210,150'), { 1: [5000, 5000], 2: [5000, 5000] }],
    ['through the middle node', path('-10,-10 210,210'), { 2: [5000, 5000], 3: [5000, 5000] }],
    ['along the arcs', path('100,-10 100,210'), {}],
    ['along an arc, then into a square', path('100,210 100,150 150,150 150,90'), { 2: [7500, 2500] }],
    ['that touches a corner', path('90,110 110,90 110,-10'), { 4: [9050, 950] }],
    ['that touches the corner of the outline', path('-50,250 0,200 -50,150'), {}],
    ['with a dead end', path('-10,150 150,150'), { 1: [5000, 5000] }],
    ['that ends inside', path('20,150 80,150'), {}],
    ['outside', path('-20,-20 -20,300'), {}],
    ['around an island', path('20,120 60,120 60,160 20,160 20,120'), { 1: [8400, 1600] }],
    ['that crosses itself in a loop', path('50,210 50,120 80,120 80,150 -10,150'), 'crossing'],
    ['that goes back on itself', path('50,90 50,210 50,90'), { 1: [5000, 5000] }],
    ['of one point twice', path('50,50 50,50'), {}],
    ['that leaves and comes again', path('25,210 25,150 -10,150 -10,130 110,130'), { 1: [5750, 3000, 1250] }],
  ] as const)('%s', (_, line, pieces) => expect(outcome(squares(['ab', 'cd']), line)).toEqual(pieces))

  test('only those that it may', () => {
    const draft = squares(['ab', 'cd'])
    expect(outcome(draft, path('-10,150 210,150'), new Set([2]))).toEqual({ 2: [5000, 5000] })
    expect(outcome(draft, path('-10,150 210,150'), new Set([3, 4]))).toEqual({})
  })

  test('around a square that stands as an island in another', () => {
    const draft = squares(['a'])
    divideAtoms(draft, path('40,40 60,40 60,60 40,60 40,40'), new Set([1]))
    expect(outcome(draft, path('-10,50 110,50'))).toEqual({ 1: [4800, 4800], 2: [200, 200] })
    expect(outcome(draft, path('-10,50 110,50'), new Set([1]))).toEqual({ 1: [4800, 4800] })
    expect(outcome(draft, path('-10,50 50,50'))).toEqual({})
  })

  test('a sliver of one unit is cut like any other atom', () => {
    const draft = squares(['ab'])
    expect(outcome(draft, path('1,-10 1,110'))).toEqual({ 1: [9900, 100] })
    divideAtoms(draft, path('1,-10 1,110'), new Set([1]))
    expect(outcome(draft, path('0,-10 2,110'))).toEqual({ 1: [9875, 25], 3: [75, 25] })
  })
})

test('the neighbour gets the vertex, arcs elsewhere keep theirs, both stay with their grid', () => {
  const draft = squares(['ab', 'cd'])
  const before = new Map(draft.arcs)
  const result = divideAtoms(draft, path('30,210 30,50'), new Set([1]), 'lane')
  if (!result.ok) throw new Error(result.rule)
  expect(polygonsOfAtom(draft, 3)[0]?.[0]).toContainEqual([30, 100])
  expect(result.patch.arcs.map(({ id }) => id)).toHaveLength(touched(before, draft))
  const [, piece] = result.pieces.get(1) ?? []
  expect(draft.labels.get(piece ?? 0)).toBe(1)
  expect(result.way.map(({ arc, left, right }) => [draft.arcs.get(arc)?.kind, left, right])).toEqual([
    ['lane', 1, piece],
  ])
})

/** Arcs that are new or not what they were. */
const touched = (before: ReadonlyMap<number, unknown>, draft: Draft): number =>
  [...draft.arcs].filter(([id, arc]) => before.get(id) !== arc).length

test('a scribble is refused before anyone waits for it', () => {
  const draft = demoDraft()
  const [x, y] = draft.nodes.get(700) ?? [0, 0]
  const line = Array.from({ length: 500 }, (_, i): Lattice => [
    x + ((i * 7919) % 60_000) - 30_000,
    y + ((i * 104_729) % 60_000) - 30_000,
  ])
  const start = performance.now()
  expect(outcome(draft, line)).toBe('crossing')
  expect(performance.now() - start).toBeLessThan(2000)
})

describe('whatever is drawn', () => {
  const side = 60
  const coordinate = integer({ min: -5, max: side + 5 })
  const drawn = array(tuple(coordinate, coordinate), { minLength: 2, maxLength: 4 })
  const step: Arbitrary<readonly [readonly Lattice[], boolean, number]> = tuple(
    drawn,
    boolean(),
    integer({ min: 0, max: 1e6 }),
  )

  /** A square of 60 units: rounding is as bad as it can be there; at real scale nothing comes so near. */
  function tight(): Draft {
    const draft = squares(['a'])
    divideAtoms(
      draft,
      [
        [side, -1],
        [side, side],
        [-1, side],
      ],
      all(draft),
    )
    return draft
  }

  test('on a tight lattice the atoms tile, and taking back restores every byte', () => {
    const start = textOf(tight())
    assert(
      property(array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const draft = tight()
        expect(textOf(draft)).toBe(start)
        const patches = steps.flatMap(([line, bends, pick]) => {
          const other = copyOf(draft)
          const result = bends ? bend(draft, line, pick) : divideAtoms(draft, line, some(draft, pick))
          expect(check(fabricOf(draft))).toEqual([])
          if (!bends) divideAtoms(other, line, some(other, pick))
          if (!bends) expect(textOf(other)).toBe(textOf(draft))
          return result.ok ? [result.patch] : []
        })
        for (const patch of patches.toReversed()) apply(draft, inverseOf(patch))
        expect(textOf(draft)).toBe(start)
      }),
      { numRuns: 120 },
    )
  })

  /** About two thirds of the atoms. */
  const some = (draft: Draft, pick: number): ReadonlySet<number> =>
    new Set([...draft.atoms.keys()].filter((id) => (id * 7919 + pick) % 3 > 0))

  /** Moves a vertex, so that lines come nearer to each other than rounding would leave them. */
  function bend(draft: Draft, [to = [0, 0]]: readonly Lattice[], pick: number): ReturnType<typeof perform> {
    const arcs = [...draft.arcs.values()]
    const arc = arcs[pick % arcs.length]
    return perform(draft, {
      kind: 'move-vertex',
      arc: arc?.id ?? 0,
      index: pick % (arc?.points.length ?? 1),
      to,
    })
  }

  test('in the sub-district no ground is won or lost', () => {
    const draft = demoDraft()
    const [areas, start] = [areasOf(draft), textOf(draft)]
    const nodes = [...draft.nodes.values()]
    const reach = integer({ min: -30_000, max: 30_000 })
    const way = array(tuple(reach, reach), { minLength: 2, maxLength: 5 })
    assert(
      property(integer({ min: 0, max: 1e6 }), way, (pick, offsets) => {
        const [x, y] = nodes[pick % nodes.length] ?? [0, 0]
        const line = offsets.map(([dx, dy]): Lattice => [x + dx, y + dy])
        const result = divideAtoms(draft, line, all(draft))
        if (!result.ok) return
        const faults = faultsOf(draft, result.patch, areas)
        apply(draft, inverseOf(result.patch))
        remeasure(draft, result.patch, areas)
        expect(faults).toEqual([])
      }),
      { numRuns: 100 },
    )
    expect(textOf(draft)).toBe(start)
  })
})
