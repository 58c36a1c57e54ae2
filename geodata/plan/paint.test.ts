import { describe, expect, test } from 'vitest'
import { drawingOf } from './drawing.ts'
import type { Op } from './op.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { lettersOf, squares } from './plan-testing.ts'
import type { Draft } from './draft.ts'

/** The drawing after the operation, or the rule and the grids of the refusal. */
function done(draft: Draft, op: Op): string {
  const before = JSON.stringify(drawingOf(draft))
  const result = perform(draft, op)
  if (!result.ok) {
    expect(JSON.stringify(drawingOf(draft))).toBe(before)
    return [result.rule, ...result.grids].join(' ')
  }
  const after = lettersOf(draft)
  apply(draft, inverseOf(result.patch))
  expect(JSON.stringify(drawingOf(draft))).toBe(before)
  return after
}

const paint = (grid: number, ...atoms: readonly number[]): Op => ({ kind: 'paint', atoms, grid })
const make = (...atoms: readonly number[]): Op => ({ kind: 'make', atoms, name: '新', nameEn: 'New' })
const merge = (grid: number, into: number): Op => ({ kind: 'merge', grid, into })

describe('atoms change hands', () => {
  test.each([
    // what                          drawing                  operation           becomes, or is refused
    ['one', ['aab', 'aab'], paint(2, 2), 'abbaab'],
    ['several at once', ['aab', 'aab'], paint(2, 2, 5), 'abbabb'],
    ['twice named', ['aab', 'aab'], paint(2, 2, 2), 'abbaab'],
    ['own ones stay', ['aab', 'aab'], paint(2, 2, 3), 'abbaab'],
    ['from several grids', ['abc', 'abc'], paint(2, 1, 3), 'bbbabc'],
    ['the ring around a hole is whole', ['aaa', 'aba', 'aaa'], paint(2, 1, 2), 'bbaabaaaa'],
    ['none', ['aab', 'aab'], paint(2, 3), 'nothing 2'],
    ['all', ['ab', 'ab'], paint(2, 1, 3), 'empty 1'],
    ['a bridge', ['aaab', 'abbb'], paint(2, 2), 'parts 1'],
    ['a corner is no bridge', ['aab', 'bab', 'bbb'], paint(2, 2), 'parts 1'],
    ['not beside', ['aaab', 'aaab'], paint(2, 2), 'parts 2'],
    ['beside by a corner only', ['aab', 'aaa', 'aaa'], paint(2, 5), 'parts 2'],
    ['one beside, one not', ['aaaab', 'aaaaa'], paint(2, 4, 2), 'parts 2'],
    ['no such atom', ['aab'], paint(2, 9), 'unknown'],
    ['no such grid', ['aab'], paint(9, 2), 'unknown 9'],
  ] as const)('%s', (_, drawing, op, expected) => {
    expect(done(squares(drawing), op)).toBe(expected)
  })
})

test.each([
  ['in the west', ['aaaaab'], 2, [50, 50]],
  ['in the east', ['baaaaab'], 5, [550, 50]],
] as const)('where a grid would fall apart, the smaller part is shown: %s', (_, drawing, atom, at) => {
  expect(perform(squares(drawing), paint(2, atom))).toEqual({ ok: false, rule: 'parts', grids: [1], at })
})

describe('a grid begins', () => {
  test.each([
    ['of one atom', ['aab', 'aab'], make(2), 'aAbaab'],
    ['of several grids', ['aab', 'aab'], make(2, 3), 'aAAaab'],
    ['not in two parts', ['aaa', 'aaa'], make(1, 3), 'parts -1'],
    ['not by parting another', ['aaa'], make(2), 'parts 1'],
    ['not by ending another', ['ab'], make(1), 'empty 1'],
    ['not of nothing', ['ab'], make(), 'nothing'],
    ['not of strangers', ['ab'], make(7), 'unknown'],
  ] as const)('%s', (_, drawing, op, expected) => {
    expect(done(squares(drawing), op)).toBe(expected)
  })

  test('with the next free key, of the kind and community that its ground has, without code, worker or station', () => {
    const draft = squares(['aabb'])
    perform(draft, make(1))
    perform(draft, make(4))
    expect([...draft.grids.values()].slice(2)).toEqual(
      [-1, -2].map((key) => ({
        key,
        code: null,
        name: '新',
        nameEn: 'New',
        kind: 'urban-full-time',
        community: 'C',
        worker: null,
        station: null,
        locked: false,
      })),
    )
    expect(draft.next.grid).toBe(-3)
  })
})

describe('a grid ends', () => {
  test.each([
    ['in its neighbour', ['aab', 'acb'], merge(1, 2), 'bbbbcb'],
    ['not far away', ['abc'], merge(1, 3), 'parts 3'],
    ['not across a corner', ['ab', 'cd'], merge(1, 4), 'parts 4'],
    ['not in itself', ['ab'], merge(1, 1), 'nothing 1'],
    ['not in none', ['ab'], merge(1, 5), 'unknown 5'],
    ['not if it is none', ['ab'], merge(5, 1), 'unknown 5'],
  ] as const)('%s', (_, drawing, op, expected) => {
    expect(done(squares(drawing), op)).toBe(expected)
  })

  test('and its record goes', () => {
    const draft = squares(['ab'])
    perform(draft, merge(1, 2))
    expect([...draft.grids.keys()]).toEqual([2])
    expect([...draft.atomsOfGrid.keys()]).toEqual([2])
  })
})

describe('borders of communities and locks hold', () => {
  const communities = ['XXYY', 'XXYY']
  test.each([
    ['paint', paint(2, 2), 'community 2'],
    ['paint, one of several', paint(2, 4, 2), 'community 2'],
    ['make', make(2, 3), 'community -1'],
    ['merge', merge(1, 2), 'community 1 2'],
  ] as const)('%s across communities', (_, op, expected) => {
    expect(done(squares(['aabb', 'aacc'], communities), op)).toBe(expected)
  })

  test.each([
    ['paint to it', paint(2, 3), 'locked 2'],
    ['paint from it', paint(1, 2), 'locked 2'],
    ['make of it', make(2), 'locked 2'],
    ['merge it', merge(2, 1), 'locked 2'],
    ['merge into it', merge(1, 2), 'locked 2'],
    ['elsewhere', paint(3, 4), 'abccabcd'],
  ] as const)('%s while it is locked', (_, op, expected) => {
    const draft = squares(['abcd', 'abcd'])
    perform(draft, { kind: 'lock', grid: 2 })
    expect(done(draft, op)).toBe(expected)
  })
})
