import { describe, expect, test } from 'vitest'
import { ROLES, type Actor, type Bound, type Role } from '../accounts/contract.ts'
import { actorWith, EVERYWHERE, gridsOf } from '../accounts/testing.ts'
import { DISPUTE_MOVES, STATUSES, type DisputeMove, type DisputeOrder, type Status } from './contract.ts'
import { choicesFor, decide, endOf, FLOW, handlerFor, type File } from './rules.ts'

const NOW = Date.parse('2026-03-16T10:00:00+08:00')
const [HERE, ELSEWHERE] = [3, 8]
const [ME, ANOTHER] = [7, 9]

const FILE: File = {
  status: 'mediating',
  risk: 'yellow',
  class: '02',
  gridId: HERE,
  mediatorId: null,
  registeredAt: Date.parse('2026-03-06T10:00:00+08:00'),
  dueAt: endOf('2026-04-05'),
  effectiveOn: '2026-03-12',
  confirmation: null,
  sessions: 1,
  openRevisits: 0,
}

/** A whole order for each move. */
const ORDERS: Readonly<Record<DisputeMove, DisputeOrder>> = {
  refer: { move: 'refer', referredTo: 'court' },
  assign: { move: 'assign', mediatorId: ME },
  session: { move: 'session', session: 'progress' },
  agree: { move: 'agree', agreement: 'written' },
  confirm: { move: 'confirm', confirmation: 'asked' },
  extend: { move: 'extend', until: '2026-04-20', consent: true },
  perform: { move: 'perform' },
  revisit: { move: 'revisit', revisit: 'settled' },
  fail: { move: 'fail', reason: '双方各执己见' },
  resume: { move: 'resume', reason: '双方愿意再谈' },
  archive: { move: 'archive' },
  risk: { move: 'risk', risk: 'orange' },
  party: { move: 'party', party: { part: 'other', name: '陈某0001丙' } },
  document: { move: 'document', document: 'notice' },
}

/** Which moves lead from each status to where, for whoever may do everything. */
const WAYS: Readonly<Record<Status, Readonly<Partial<Record<DisputeMove, Status>>>>> = {
  registered: {
    refer: 'referred',
    assign: 'mediating',
    extend: 'registered',
    risk: 'registered',
    party: 'registered',
    document: 'registered',
  },
  mediating: {
    refer: 'referred',
    assign: 'mediating',
    session: 'mediating',
    agree: 'agreed',
    extend: 'mediating',
    fail: 'failed',
    risk: 'mediating',
    party: 'mediating',
    document: 'mediating',
  },
  agreed: {
    confirm: 'agreed',
    perform: 'performed',
    revisit: 'agreed',
    fail: 'failed',
    risk: 'agreed',
    party: 'agreed',
    document: 'agreed',
  },
  performed: {
    confirm: 'performed',
    revisit: 'performed',
    resume: 'mediating',
    archive: 'archived',
    risk: 'performed',
    party: 'performed',
    document: 'performed',
  },
  referred: {
    revisit: 'referred',
    resume: 'mediating',
    archive: 'archived',
    risk: 'referred',
    party: 'referred',
    document: 'referred',
  },
  failed: {
    revisit: 'failed',
    resume: 'mediating',
    archive: 'archived',
    risk: 'failed',
    party: 'failed',
    document: 'failed',
  },
  archived: {},
}

/** A file in which nothing but status, role and place stands against the move. */
const fileFor = (status: Status, move: DisputeMove, mediatorId: number | null = null): File => ({
  ...FILE,
  status,
  mediatorId,
  openRevisits: move === 'revisit' ? 1 : 0,
})

const bounds: readonly (readonly [string, Bound, boolean])[] = [
  ['the whole sub-district', EVERYWHERE, true],
  ['its grid', gridsOf(HERE), true],
  ['another grid', gridsOf(ELSEWHERE), false],
]

describe('every status, move, role and place, with the file of nobody, of one’s own name and of another’s', () => {
  const cases = STATUSES.flatMap((status) =>
    DISPUTE_MOVES.flatMap((move) =>
      ROLES.flatMap((role) =>
        bounds.flatMap(([where, bound, isNear]) =>
          [null, ME, ANOTHER].map((named) => ({ status, move, role, where, bound, isNear, named })),
        ),
      ),
    ),
  )

  /** Said anew, without the table of the rules. */
  const mayAct = (role: Role, move: DisputeMove, isNear: boolean, named: number | null): boolean => {
    if (role === 'director' || role === 'shift-lead') return isNear
    if (role !== 'mediator' || move === 'resume' || move === 'archive') return false
    if (named === ME) return move !== 'assign'
    return isNear && (named === null || move === 'risk')
  }

  test(`${cases.length} cases`, () => {
    for (const { status, move, role, where, bound, isNear, named } of cases) {
      const actor = actorWith(role, bound, { account: ME })
      const verdict = decide(fileFor(status, move, named), ORDERS[move], actor, NOW)
      const to = mayAct(role, move, isNear, named) ? WAYS[status][move] : undefined
      const told = `${role} of ${where}: ${move} from ${status}, named ${named}`
      expect(verdict.ok ? verdict.to : undefined, told).toBe(to)
      if (verdict.ok) expect(verdict.as, told).toBe(role)
      if (!verdict.ok) expect(verdict.why.zh.length * verdict.why.en.length, told).toBeGreaterThan(0)
    }
  })
})

const lead = actorWith('shift-lead')
const mediator = actorWith('mediator', EVERYWHERE, { account: ME })

test('every move misses what it needs, and says which field', () => {
  for (const move of DISPUTE_MOVES) {
    const from = FLOW[move].from[0] ?? 'registered'
    for (const need of FLOW[move].needs) {
      const { [need]: _left, ...rest } = ORDERS[move]
      const verdict = decide(fileFor(from, move), rest, lead, NOW)
      expect(verdict, `${move} without ${need}`).toMatchObject({
        ok: false,
        kind: 'invalid',
        field: `/${need}`,
      })
    }
  }
})

test.each<readonly [string, Partial<File>, DisputeOrder, Actor, string]>([
  ['an agreement without a session', { sessions: 0 }, ORDERS.agree, lead, 'refused'],
  [
    'an agreement before registration',
    {},
    { ...ORDERS.agree, effectiveOn: '2026-03-05' },
    lead,
    '/effectiveOn',
  ],
  ['an agreement of tomorrow', {}, { ...ORDERS.agree, effectiveOn: '2026-03-17' }, lead, '/effectiveOn'],
  ['an agreement on no day', {}, { ...ORDERS.agree, effectiveOn: '2026-02-30' }, lead, '/effectiveOn'],
  ['performance before the effect', {}, { ...ORDERS.agree, performBy: '2026-03-01' }, lead, '/performBy'],
  ['a session of tomorrow', {}, { ...ORDERS.session, at: '2026-03-17T09:00:00+08:00' }, lead, '/at'],
  ['a session before registration', {}, { ...ORDERS.session, at: '2026-03-01T09:00:00+08:00' }, lead, '/at'],
  ['an extension without consent', {}, { ...ORDERS.extend, consent: false }, lead, '/consent'],
  ['an extension by more than thirty days', {}, { ...ORDERS.extend, until: '2026-05-06' }, lead, '/until'],
  ['an extension backwards', {}, { ...ORDERS.extend, until: '2026-04-05' }, lead, '/until'],
  ['an extension after the limit', { dueAt: NOW - 1 }, ORDERS.extend, lead, 'refused'],
  [
    'confirmation after thirty days',
    { status: 'agreed', effectiveOn: '2026-02-13' },
    ORDERS.confirm,
    lead,
    'refused',
  ],
  ['confirmation twice', { status: 'agreed', confirmation: 'declined' }, ORDERS.confirm, lead, 'refused'],
  ['a revisit that is not due', { status: 'performed' }, ORDERS.revisit, lead, 'refused'],
  [
    'the archive before the revisits',
    { status: 'performed', openRevisits: 2 },
    ORDERS.archive,
    lead,
    'refused',
  ],
  ['a lower risk without a reason', {}, { move: 'risk', risk: 'blue' }, lead, '/reason'],
  ['a lower risk for a short word', {}, { move: 'risk', risk: 'blue', reason: ' 好  ' }, lead, '/reason'],
  [
    'a lower risk by a mediator',
    {},
    { move: 'risk', risk: 'blue', reason: '双方情绪平稳' },
    mediator,
    'forbidden',
  ],
  [
    'another mediator named by a mediator',
    {},
    { move: 'assign', mediatorId: ANOTHER },
    mediator,
    'forbidden',
  ],
  ['a document of tomorrow', {}, { ...ORDERS.document, day: '2026-03-17' }, lead, '/day'],
])('%s is refused', (_name, change, order, actor, expected) => {
  const verdict = decide({ ...FILE, ...change }, order, actor, NOW)
  expect(verdict.ok ? 'allowed' : (verdict.field ?? verdict.kind)).toBe(expected)
})

test('the last day of confirmation still counts', () => {
  const file: File = { ...FILE, status: 'agreed', effectiveOn: '2026-02-14' }
  expect(decide(file, ORDERS.confirm, lead, endOf('2026-03-16')).ok).toBe(true)
  expect(decide(file, ORDERS.confirm, lead, endOf('2026-03-16') + 1).ok).toBe(false)
})

test('buttons are those of somebody’s roles, each with the reason why not', () => {
  const moves = choicesFor(FILE, mediator, NOW).map(({ move }) => move)
  expect(moves).not.toContain('archive')
  expect(moves).toContain('agree')
  const perform = choicesFor(FILE, mediator, NOW).find(({ move }) => move === 'perform')
  expect(perform?.verdict).toMatchObject({ ok: false, kind: 'refused' })
  expect(choicesFor(FILE, actorWith('commander'), NOW)).toEqual([])
})

test('names are for who handles the file: not for a mediator whose colleague does', () => {
  expect(handlerFor(FILE, mediator)).toBe('mediator')
  expect(handlerFor({ ...FILE, mediatorId: ANOTHER }, mediator)).toBeNull()
  expect(handlerFor({ ...FILE, mediatorId: ANOTHER }, lead)).toBe('shift-lead')
  expect(handlerFor(FILE, actorWith('commander'))).toBeNull()
})
