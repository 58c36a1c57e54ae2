import * as fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { squares } from '#geo/plan/plan-testing'
import type { Op } from '#geo/plan/op'
import { ROLES, type Role } from '../accounts/contract.ts'
import { actorWith } from '../accounts/testing.ts'
import { SCENARIO_MOVES, SCENARIO_STATUSES, type PlanOp } from './contract.ts'
import {
  decide,
  faultsOf,
  keeperOf,
  movesFor,
  nextCodes,
  pathTo,
  redone,
  routeBetween,
  undone,
  type Subject,
} from './rules.ts'

const NOW = Date.parse('2026-03-06T02:00:00Z')
const SOON = '2026-03-06T02:01:00Z'
const draftIn = (status: Subject['status'], more: Partial<Subject> = {}): Subject => ({
  status,
  submitter: 99,
  effectiveAt: status === 'approved' ? SOON : null,
  ...more,
})

/** Who may make which move, and where it leads; all that is not in here is refused. */
const EXPECTED: readonly string[] = [
  'draft submit planner → submitted',
  'draft archive planner → archived',
  'submitted return director → draft',
  'submitted approve director → approved',
  'submitted withdraw planner → draft',
  'approved withdraw director → submitted',
  'archived restore planner → draft',
]

test('every status × move × role', () => {
  const found = SCENARIO_STATUSES.flatMap((status) =>
    SCENARIO_MOVES.flatMap((move) =>
      ROLES.flatMap((role) => {
        const order = { move, text: '理由', effectiveAt: SOON }
        const verdict = decide(draftIn(status), order, actorWith(role), NOW)
        const shown = movesFor(draftIn(status), actorWith(role), NOW)
        expect(shown.includes(move), `${status} ${move} ${role}`).toBe(verdict.ok)
        return verdict.ok ? [`${status} ${move} ${role} → ${verdict.to}`] : []
      }),
    ),
  )
  expect(found).toEqual(EXPECTED)
})

const both = {
  ...actorWith('director'),
  duties: [...actorWith('director').duties, ...actorWith('planner').duties],
}

test.each<[string, Subject, Parameters<typeof decide>[1], string]>([
  ['a return says why', draftIn('submitted'), { move: 'return', text: '  ' }, 'invalid /text'],
  ['no instant', draftIn('submitted'), { move: 'approve' }, 'invalid /effectiveAt'],
  [
    'half a minute',
    draftIn('submitted'),
    { move: 'approve', effectiveAt: '2026-03-06T02:01:30Z' },
    'invalid /effectiveAt',
  ],
  [
    'the present',
    draftIn('submitted'),
    { move: 'approve', effectiveAt: '2026-03-06T02:00:00Z' },
    'invalid /effectiveAt',
  ],
  [
    'far away',
    draftIn('submitted'),
    { move: 'approve', effectiveAt: '2036-03-06T02:00:00Z' },
    'invalid /effectiveAt',
  ],
  [
    'whose own it is',
    draftIn('submitted', { submitter: 1 }),
    { move: 'approve', effectiveAt: SOON },
    'refused',
  ],
  ['own withdrawn', draftIn('submitted', { submitter: 1 }), { move: 'withdraw' }, 'ok'],
  [
    'at its instant',
    draftIn('approved', { effectiveAt: '2026-03-06T02:00:00Z' }),
    { move: 'withdraw' },
    'refused',
  ],
])('somebody with both duties: %s', (_what, subject, order, expected) => {
  const verdict = decide(subject, order, both, NOW)
  expect(verdict.ok ? 'ok' : [verdict.kind, verdict.field].filter(Boolean).join(' ')).toBe(expected)
})

test.each<[Role, string]>([
  ['planner', '“批准”由主任办理。'],
  ['director', '“提交”由规划员办理。'],
])('what %s is told', (role, words) => {
  const move = role === 'planner' ? 'approve' : 'submit'
  const verdict = decide(draftIn('draft'), { move }, actorWith(role), NOW)
  expect(verdict.ok ? '' : verdict.why.zh).toBe(words)
})

test.each<[readonly string[], number, string | null]>([
  [[], 2, 'C1001 C1002'],
  [['C1007', 'C1002'], 1, 'C1008'],
  // Codes of other make are no numbers.
  [['C1', 'C1A01', 'C10012', 'C2009'], 1, 'C1001'],
  [['C1998'], 1, 'C1999'],
  [['C1998'], 2, null],
])('after %o come %i codes: %s', (known, count, expected) =>
  expect(nextCodes('C1', known, count)?.join(' ') ?? null).toBe(expected),
)

//  1 ─ 2 ─ 3        an undo to 1, then 4 and 5; an undo to the fork, then 6
//  └── 4 ─ 5
//  6
const TREE = new Map([
  [1, 0],
  [2, 1],
  [3, 2],
  [4, 1],
  [5, 4],
  [6, 0],
])

test.each<[number, number, string]>([
  [3, 3, ' / '],
  [3, 1, '3 2 / '],
  [1, 5, ' / 4 5'],
  [3, 5, '3 2 / 4 5'],
  [5, 6, '5 4 1 / 6'],
  [0, 3, ' / 1 2 3'],
])('from %i to %i: %s', (from, to, expected) => {
  const { back, forth } = routeBetween(TREE, from, to)
  expect(`${back.join(' ')} / ${forth.join(' ')}`).toBe(expected)
})

test.each<[number, number, number | null, number | null]>([
  // head, count, undo, redo
  [3, 1, 2, null],
  [3, 3, 0, null],
  [3, 4, null, null],
  [1, 1, 0, 4],
  [1, 2, null, 5],
  [0, 1, null, 6],
])('at %i, %i: undo to %s, redo to %s', (head, count, back, forth) => {
  expect(undone(TREE, head, count)).toBe(back)
  expect(redone(TREE, head, count)).toBe(forth)
})

/** What planners do, one after the other: an operation, or as many steps back or forth as there are. */
function played(deeds: readonly (readonly [deed: 'op' | 'undo' | 'redo', count: number])[]) {
  const tree = new Map<number, number>()
  let head = 0
  for (const [deed, count] of deeds) {
    if (deed === 'undo') head = undone(tree, head, count) ?? head
    if (deed === 'redo') head = redone(tree, head, count) ?? head
    if (deed !== 'op') continue
    tree.set(tree.size + 1, head)
    head = tree.size
  }
  return { tree, head }
}

test('what was undone is redone the same, and every route leads there', () => {
  const deed = fc.tuple(fc.constantFrom('op', 'op', 'undo', 'redo'), fc.integer({ min: 1, max: 4 }))
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), fc.nat(), (deeds, n) => {
      const { tree, head } = played(deeds)
      const path = pathTo(tree, head)
      for (const [count] of path.entries())
        expect(redone(tree, undone(tree, head, count) ?? -1, count)).toBe(head)
      const from = pathTo(tree, n % (tree.size + 1))
      const { back, forth } = routeBetween(tree, from.at(-1) ?? 0, head)
      expect(back).toEqual(from.toReversed().slice(0, back.length))
      expect([...from.slice(0, from.length - back.length), ...forth]).toEqual(path)
    }),
  )
})

const HEIRS = new Map([[9, 3]])
test.each<[string, Parameters<typeof keeperOf>[0], number]>([
  ['ground that stays', { holder: 1, before: 1, after: 1 }, 1],
  ['ground that changes hands', { holder: 1, before: 1, after: 2 }, 2],
  ['given by a person to another grid', { holder: 4, before: 1, after: 2 }, 4],
  ['of a grid that has ended', { holder: 9, before: 9, after: 2 }, 2],
  ['given by a person to one that has ended', { holder: 9, before: 1, after: 1 }, 1],
  ['of one that has ended, outside of all', { holder: 9, before: null, after: null }, 3],
  ['outside of all', { holder: 1, before: null, after: null }, 1],
])('open work on %s', (_what, standing, keeper) => expect(keeperOf(standing, HEIRS)).toBe(keeper))

test('a draft that holds has no faults; one with a grid without ground, in parts or beyond its community has', () => {
  expect(faultsOf(squares(['ab', 'ab']))).toEqual([])
  const whole = squares(['ab', 'ab'])
  const empty = { ...whole, labels: new Map([...whole.labels.keys()].map((atom) => [atom, 1])) }
  expect(faultsOf(empty).map(({ en }) => en)).toEqual(['Not a tiling: 2 has no atom'])
  expect(faultsOf(squares(['ab', 'ba'])).map(({ en }) => en)).toEqual([
    'Not a tiling: 1 lies in 2 parts',
    'Not a tiling: 2 lies in 2 parts',
  ])
  expect(faultsOf(squares(['aa', 'bb'], ['CD', 'CC'])).map(({ en }) => en)).toEqual([
    'a leaves its community',
  ])
})

type Fields<U extends { readonly kind: string }> = {
  [K in U['kind']]: keyof Extract<U, { readonly kind: K }>
}

test('the contract says the same operations as the kernel', () => {
  expectTypeOf<Fields<PlanOp>>().toEqualTypeOf<Fields<Op>>()
})
