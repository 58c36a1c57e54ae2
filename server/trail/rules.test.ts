import { expect, test } from 'vitest'
import { actorWith, EVERYWHERE, gridsOf, unitOf } from '../accounts/testing.ts'
import { NOBODY } from '../http/session.ts'
import { hears, isId, isSame, shownOf, tagsOf } from './rules.ts'

const worker = actorWith('grid-worker', gridsOf(3, 4), { account: 12 })
const handler = actorWith('handler', unitOf('CG'), { account: 13 })
const commander = actorWith('commander', EVERYWHERE, { account: 14 })

test.each([
  // who         audience                        hears
  ['commander', commander, ['events'], true],
  ['commander', commander, ['events', 'grid/9'], true],
  ['commander', commander, [], false],
  ['commander', commander, ['grid/3'], false],
  ['worker', worker, ['events', 'grid/3'], true],
  ['worker', worker, ['events', 'grid/5'], false],
  ['worker', worker, ['grid/33'], false],
  ['worker', worker, ['account/12'], true],
  ['worker', worker, ['account/1'], false],
  ['worker', worker, [], false],
  ['handler', handler, ['events', 'grid/3', 'unit/CG'], true],
  ['handler', handler, ['events', 'grid/3', 'unit/C'], false],
  ['mediator', actorWith('mediator', EVERYWHERE, { account: 15 }), ['events', 'account/15'], false],
  ['planner', actorWith('planner', EVERYWHERE, { account: 16 }), ['events', 'account/16'], false],
  ['administrator', actorWith('administrator'), ['events'], false],
  ['auditor', actorWith('auditor'), ['events'], false],
  ['nobody', NOBODY, ['events'], false],
  // Drafts of boundaries, and the ground that everybody stands on.
  ['planner', actorWith('planner', EVERYWHERE, { account: 16 }), ['plans'], true],
  ['commander', commander, ['plans'], true],
  ['worker', worker, ['plans'], false],
  ['auditor', actorWith('auditor', EVERYWHERE, { account: 17 }), ['plans'], false],
  ['worker', worker, ['ground'], true],
  ['auditor', actorWith('auditor', EVERYWHERE, { account: 17 }), ['ground'], true],
  ['nobody', NOBODY, ['ground', 'plans'], false],
] as const)('%s: %o hears %o: %s', (_name, actor, audience, expected) =>
  expect(hears(tagsOf(actor), audience)).toBe(expected),
)

test('the community of a duty is heard by its grids', () => {
  const lead = actorWith(
    'grid-lead',
    { kind: 'community', community: 'C1' },
    { account: null, grids: [1, 2] },
  )
  expect(tagsOf(lead)).toEqual(new Set(['grid/1', 'grid/2']))
})

test.each([
  [['a', 'b'], ['b', 'a'], true],
  [['a'], ['a', 'b'], false],
  [['a', 'b'], ['a', 'c'], false],
  [[], [], true],
])('%o and %o the same: %s', (a, b, expected) => expect(isSame(new Set(a), new Set(b))).toBe(expected))

test.each([
  [
    'event.returned',
    { id: 1, status: 'filed', reason: '电话里说', name: '某人', note: 'x' },
    { id: 1, status: 'filed' },
  ],
  ['event.reported', { id: 1, description: '家里', address: '南街1号' }, { id: 1, address: '南街1号' }],
  ['dispute.registered', { id: 1, status: 'filed' }, {}],
  ['rules.changed', { id: 1 }, {}],
  [
    'scenario.returned',
    { id: 1, version: 3, status: 'draft', reason: '请补充', name: '城东' },
    { id: 1, version: 3, status: 'draft' },
  ],
  ['plan.switched', { id: 2, kept: 40 }, { id: 2 }],
  ['event.odd', null, {}],
])('%s shows of %o only %o', (step, data, shown) => expect(shownOf(step, data)).toEqual(shown))

test.each([
  ['12-3', true],
  ['18446744073709551615-9223372036854775807', true],
  ['18446744073709551616-1', false],
  ['1-9223372036854775808', false],
  ['12', false],
  ['-1-2', false],
  ['1-2\n', false],
  ['', false],
])('%j is an id: %s', (text, expected) => expect(isId(text)).toBe(expected))
