import { expect, test } from 'vitest'
import { copyOf, type Draft } from '#geo/plan/draft'
import type { Op } from '#geo/plan/op'
import { perform } from '#geo/plan/perform'
import { squares } from '../../../geodata/plan/plan-testing.ts'
import { rebased } from './rebase.ts'

/** Atoms 1 to 8, row by row. */
const BEFORE = squares(['aabb', 'aabb'])

function after(...ops: readonly Op[]): Draft {
  const draft = copyOf(BEFORE)
  for (const op of ops) expect(perform(draft, op)).toMatchObject({ ok: true })
  return draft
}

const paint = (atom: number, grid: number): Op => ({ kind: 'paint', atoms: [atom], grid })
const make = (atom: number, name: string): Op => ({ kind: 'make', atoms: [atom], name, nameEn: name })
const lock = (grid: number): Op => ({ kind: 'lock', grid })

test.each<[string, readonly Op[], readonly Op[], readonly Op[], readonly string[]]>([
  ['what touches nothing of theirs stands', [paint(3, 1)], [paint(6, 2)], [paint(6, 2)], []],
  ['a grid that they locked is not changed', [lock(1)], [paint(3, 1)], [], ['locked']],
  ['what they did already is left out', [paint(3, 1)], [paint(3, 1)], [], ['nothing']],
  [
    'a grid made by both gets the next key, and what follows goes to it',
    [make(4, '他')],
    [make(1, '我'), paint(2, -1)],
    [make(1, '我'), paint(2, -2)],
    [],
  ],
  [
    'what follows a lost step is judged by itself',
    [lock(2)],
    [paint(3, 1), { kind: 'edit', grid: 1, name: '新名' }],
    [{ kind: 'edit', grid: 1, name: '新名' }],
    ['locked'],
  ],
])('%s', (_, theirs, own, ops, lost) => {
  const found = rebased(BEFORE, after(...theirs), own)
  expect(found.ops).toEqual(ops)
  expect(found.lost.map(({ why }) => (why === 'changed' ? why : why.rule))).toEqual(lost)
})

test('a point of a line that they have bent is not moved: its number means another one', () => {
  const border = [...BEFORE.arcs.values()].find(
    (arc) => Math.min(arc.left, arc.right) === 2 && Math.max(arc.left, arc.right) === 3,
  )
  const id = border?.id ?? 0
  const [from = [0, 0], to = [0, 0]] = border?.points ?? []
  const bend = (by: number): Op => ({
    kind: 'add-vertex',
    arc: id,
    index: 1,
    at: [from[0] + by, Math.round((from[1] + to[1]) / 2)],
  })
  const theirs = after(bend(20))
  expect(rebased(BEFORE, theirs, [bend(-20)]).lost).toMatchObject([{ why: 'changed' }])
  expect(rebased(BEFORE, BEFORE, [bend(-20)]).ops).toEqual([bend(-20)])
})

test('neither side is changed by the trial', () => {
  const theirs = after(paint(3, 1))
  const [before, seen] = [[...BEFORE.labels], [...theirs.labels]]
  rebased(BEFORE, theirs, [paint(6, 2)])
  expect([[...BEFORE.labels], [...theirs.labels]]).toEqual([before, seen])
})
