import { array, assert, integer, nat, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import type { Lattice } from '../fabric.ts'
import { passes } from '../lattice.ts'
import { divideAtoms } from './divide.ts'
import type { Draft } from './draft.ts'
import { drawingOf, fabricOf, type Drawing } from './drawing.ts'
import { path } from './line-testing.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { demoDraft, squares } from './plan-testing.ts'
import { polygonsOfGrid } from './shapes.ts'
import { united } from './tidy.ts'

/** All but the numbers that are used up. */
const ground = (draft: Draft): Omit<Drawing, 'next'> => {
  const { next: _, ...rest } = drawingOf(draft)
  return rest
}

describe('pieces that are united leave no trace', () => {
  test.each([
    ['across', '50,210 50,-10'],
    ['askew, with knees', '-10,133 37,171 61,122 110,187'],
    ['through a node', '60,210 140,-10'],
    ['an island', '20,120 60,120 60,160 20,160 20,120'],
  ])('%s', (_, line) => {
    const draft = squares(['ab', 'cd'])
    const before = ground(draft)
    const divided = divideAtoms(draft, path(line), new Set([1, 2, 3, 4]))
    if (!divided.ok) throw new Error(divided.rule)
    const start = JSON.stringify(drawingOf(draft))
    const result = united(draft, [...divided.pieces.values()])
    expect(JSON.stringify(drawingOf(draft))).toBe(start)
    if (!result.ok) throw new Error(result.rule)
    apply(draft, result.patch)
    expect(check(fabricOf(draft))).toEqual([])
    expect(ground(draft)).toEqual(before)
  })

  test.each([
    ['of two grids', [1, 2], 'parts'],
    ['that do not touch', [1, 4], 'parts'],
    ['of one', [1], 'nothing'],
    ['one that is not there', [1, 9], 'unknown'],
  ] as const)('not %s', (_, atoms, rule) => {
    const draft = squares(['ab', 'ba'])
    expect(united(draft, [atoms])).toMatchObject({ ok: false, rule })
  })

  test('whatever is cut in the sub-district', () => {
    const draft = demoDraft()
    const before = JSON.stringify(ground(draft))
    const atoms = [...draft.atoms.keys()]
    const offset = integer({ min: -30_000, max: 30_000 })
    assert(
      property(nat(), array(tuple(offset, offset), { minLength: 2, maxLength: 4 }), (pick, offsets) => {
        const atom = atoms[pick % atoms.length] ?? 0
        const [arc] = [...(draft.arcsOfAtom.get(atom) ?? [])].flatMap((id) => draft.arcs.get(id) ?? [])
        const [x, y] = arc?.points[0] ?? [0, 0]
        const line = offsets.map(([dx, dy]): Lattice => [x + dx, y + dy])
        const divided = divideAtoms(draft, line, new Set(atoms))
        if (!divided.ok) return
        const result = united(draft, [...divided.pieces.values()])
        if (!result.ok) throw new Error(result.rule)
        apply(draft, result.patch)
        const after = ground(draft)
        apply(draft, inverseOf(result.patch))
        apply(draft, inverseOf(divided.patch))
        expect(JSON.stringify(after)).toBe(before)
      }),
      { numRuns: 40 },
    )
  })
})

test('a grid that is split and merged again has the border that it had', () => {
  const draft = demoDraft()
  const grids = [...draft.grids.values()].filter(({ key }) => key % 9 === 0)
  const shapeOf = (key: number): readonly string[] =>
    polygonsOfGrid(draft, key)
      .flat()
      .flatMap((ring) =>
        ring.filter((point, i) => !isStraight(ring.at(i === 0 ? -2 : i - 1), point, ring[i + 1])).map(String),
      )
      .toSorted()
  let done = 0
  for (const { key, station } of grids) {
    const before = shapeOf(key)
    const [x, y] = station ?? [0, 0]
    const line: readonly Lattice[] = [
      [x - 90_000, y - 7],
      [x + 90_000, y + 11],
    ]
    const split = perform(draft, { kind: 'split', grid: key, line, name: '新', nameEn: 'New' })
    if (!split.ok) continue
    done++
    expect(perform(draft, { kind: 'merge', grid: draft.next.grid + 1, into: key })).toMatchObject({
      ok: true,
    })
    expect(shapeOf(key)).toEqual(before)
  }
  expect(done).toBeGreaterThan(4)
})

const isStraight = (a: Lattice | undefined, at: Lattice, b: Lattice | undefined): boolean =>
  a !== undefined && b !== undefined && passes(a, b, at)
