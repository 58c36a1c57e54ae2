import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkOf } from './actions/limits.ts'
import { turns } from './actions/passwords.ts'
import { ROLES, type Bound, type Role } from './contract.ts'
import { POLICIES } from '../http/contract.ts'
import { allows, BOUNDS, faultOf, reachOf, reaches, weaknessOf } from './rules.ts'
import { demotes, selfFaultOf, type Change } from './rules/duties.ts'
import { idleMsOf, isFlooding, isOver, lockedUntil } from './rules/sessions.ts'
import { actorWith, EVERYWHERE, gridsOf, unitOf } from './testing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Everything that a role may do somewhere; a right given or taken by mistake changes a line. */
test.each<[Role, string]>([
  [
    'director',
    'events.read events.count events.report events.move rules.read disputes.read disputes.write plans.read plans.approve',
  ],
  ['commander', 'events.read events.count events.report events.move rules.read plans.read'],
  [
    'shift-lead',
    'events.read events.count events.report events.move rules.read disputes.read disputes.write plans.read',
  ],
  ['acceptor', 'events.read events.count events.report events.move rules.read'],
  ['dispatcher', 'events.read events.count events.report events.move rules.read'],
  ['unit-liaison', 'events.read events.count events.report events.move rules.read'],
  ['handler', 'events.read events.count events.report events.move rules.read'],
  ['grid-worker', 'events.read events.count events.report events.move rules.read'],
  ['grid-lead', 'events.read events.count events.report events.move rules.read'],
  ['mediator', 'rules.read disputes.read disputes.write'],
  ['evaluator', 'events.read events.count rules.read'],
  ['planner', 'events.count rules.read plans.read plans.write'],
  ['administrator', 'rules.read rules.write accounts.manage'],
  ['auditor', 'rules.read audit.read'],
])('%s may %s', (role, rights) => {
  const actor = actorWith(role)
  const may = POLICIES.filter((policy) => policy !== 'public' && policy !== 'signed-in').filter((policy) =>
    allows(actor, policy),
  )
  expect(may.join(' ')).toBe(rights)
})

test('the table of the README is the table of the code', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
  const rights = POLICIES.filter((policy) => policy !== 'public' && policy !== 'signed-in')
  expect(rows).toEqual(
    ROLES.map((role) => {
      const own = rights.filter((right) => allows(actorWith(role), right))
      return `| \`${role}\` | ${own.join(' ')} | ${BOUNDS[role].join(', ')} |`
    }),
  )
})

test('nobody may nothing but what is public', () => {
  const nobody = { id: 'anonymous', account: null, name: '', duties: [] }
  expect(POLICIES.filter((policy) => allows(nobody, policy))).toEqual(['public'])
})

test.each<
  [string, Role, Bound, { gridId: number | null; units: string[]; reporter: number | null }, boolean]
>([
  ['everywhere', 'acceptor', EVERYWHERE, { gridId: 9, units: [], reporter: null }, true],
  ['everywhere, no grid', 'acceptor', EVERYWHERE, { gridId: null, units: [], reporter: null }, true],
  ['own grid', 'grid-worker', gridsOf(3), { gridId: 3, units: [], reporter: null }, true],
  ['next grid', 'grid-worker', gridsOf(3), { gridId: 4, units: [], reporter: null }, false],
  ['own report elsewhere', 'grid-worker', gridsOf(3), { gridId: 4, units: [], reporter: 1 }, true],
  ['own unit', 'handler', unitOf('CG'), { gridId: 4, units: ['HW', 'CG'], reporter: null }, true],
  ['other unit', 'handler', unitOf('CG'), { gridId: 4, units: ['HW'], reporter: null }, false],
  ['no right at all', 'mediator', EVERYWHERE, { gridId: 4, units: [], reporter: null }, false],
])('%s: %s bound to %j reaches %j: %s', (_case, role, bound, place, answer) => {
  expect(reaches(reachOf(actorWith(role, bound), 'events.read'), place)).toBe(answer)
})

test.each<[readonly Role[], number]>([
  [['grid-worker'], 12 * HOUR],
  [['handler'], 12 * HOUR],
  [['grid-lead', 'grid-worker'], 12 * HOUR],
  [['grid-worker', 'acceptor'], 30 * MINUTE],
  [['director'], 30 * MINUTE],
  [[], 30 * MINUTE],
])('a session of %j may rest for %i ms', (roles, idle) => {
  expect(idleMsOf(roles.map((role) => ({ role })))).toBe(idle)
})

test.each([
  // what                    created      seen           until       now           over
  ['in use', 0, 20 * MINUTE, 100 * HOUR, 49 * MINUTE, false],
  ['idle to the minute', 0, 20 * MINUTE, 100 * HOUR, 50 * MINUTE, true],
  ['too old, however used', 0, 99 * HOUR, 99 * HOUR + 1, 99 * HOUR + 1, true],
  ['from a clock put back a little', 4 * MINUTE, 4 * MINUTE, HOUR, 0, false],
  ['from a clock put back', HOUR, HOUR, 2 * HOUR, 0, true],
])('a session that is %s', (_case, createdAt, seenAt, until, now, over) => {
  expect(isOver({ createdAt, seenAt, until }, 30 * MINUTE, now)).toBe(over)
})

test.each<[string, readonly number[], number, number | null]>([
  ['four', [0, 1, 2, 3], 4, null],
  ['five in a row', [0, 1, 2, 3, 4], 5, 34],
  ['five over 15 minutes', [0, 4, 8, 12, 15], 15, 45],
  ['five over 16 minutes', [0, 4, 8, 12, 16], 16, null],
  ['five, half an hour ago', [0, 1, 2, 3, 4], 34, null],
  ['five, and one before them', [0, 20, 21, 22, 23, 24], 25, 54],
])('%s failures at minutes %j lock an account at minute %i until %s', (_case, minutes, now, until) => {
  const failures = minutes.map((minute) => minute * MINUTE)
  expect(lockedUntil(failures, now * MINUTE)).toBe(until === null ? null : until * MINUTE)
})

test.each([
  ['19 in a minute', 19, 1000, false],
  ['20 in a minute', 20, 1000, true],
  ['20 over two minutes', 20, 6000, false],
  ['60 over half an hour', 60, 29_000, true],
  ['59 over half an hour', 59, 29_000, false],
])('%s from one address', (_case, count, everyMs, flooding) => {
  const failures = Array.from({ length: count }, (_, i) => i * everyMs)
  expect(isFlooding(failures, count * everyMs)).toBe(flooding)
})

test('from one address no more than 60 attempts are looked at in any half hour, whatever their rhythm', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 200, maxLength: 400 }),
      (waits) => {
        const counted: number[] = []
        let now = 0
        for (const wait of waits) {
          now += wait
          if (!isFlooding(counted, now)) counted.push(now)
        }
        const most = counted.map(
          (from) => counted.filter((at) => at >= from && at < from + 30 * MINUTE).length,
        )
        expect(Math.max(...most)).toBeLessThanOrEqual(60)
      },
    ),
  )
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, network) => expect(networkOf(address)).toBe(network))

test.each([
  ['short', 'kaihua-2931', 'short'],
  ['twelve', 'kaihua-29314', null],
  ['twelve Chinese characters', '夜里的灯照着河边的石板路', null],
  ['the login', 'acceptor-one', 'name'],
  ['the login with a year', 'Acceptor_One2026', 'name'],
  ['the name, twice', '王建国王建国王建国王建国', 'name'],
  ['a word and a year', 'Password2026!', 'common'],
  ['a word in disguise', 'P@$$word12345', 'common'],
  ['one character', '============', 'common'],
  ['three characters', 'abcabcabcabc', 'common'],
  ['a run', '123456789012', 'common'],
  ['a run downwards', 'zyxwvutsrqpon', 'common'],
  ['the keyboard', 'qwertyuiop123', 'common'],
  ['no signs at all', 'correct horse battery staple', null],
])('a new password that is %s', (_case, password, weakness) => {
  expect(weaknessOf(password, { login: 'acceptor-one', name: '王建国' })).toBe(weakness)
})

const duty = (role: Role, bound: Bound = EVERYWHERE) => ({ role, bound })

test.each([
  ['nothing', [], null],
  ['a liaison of a unit', [duty('unit-liaison', unitOf('CG'))], null],
  ['two duties', [duty('grid-lead', gridsOf(1)), duty('mediator', gridsOf(1))], null],
  ['one role in two places', [duty('acceptor', gridsOf(1)), duty('acceptor', gridsOf(2))], null],
  ['a liaison of everything', [duty('unit-liaison')], '/duties/0/bound'],
  ['a worker without a grid', [duty('director'), duty('grid-worker')], '/duties/1/bound'],
  ['an acceptor of a unit', [duty('acceptor', unitOf('CG'))], '/duties/0/bound'],
  ['an administrator of one grid', [duty('administrator', gridsOf(1))], '/duties/0/bound'],
  ['both who sets rights and who judges', [duty('administrator'), duty('auditor')], '/duties'],
  ['the same twice', [duty('planner'), duty('planner')], '/duties/1'],
] as const)('%s as duties', (_case, duties, field) => expect(faultOf(duties)?.field ?? null).toBe(field))

test.each<[string, number, Change, boolean]>([
  ['own duties', 1, { duties: [duty('director')] }, true],
  ['own end', 1, { active: false }, true],
  ['own password', 1, { password: 'x' }, true],
  ['own name', 1, { name: 'x' }, false],
  ["another's duties", 2, { duties: [] }, false],
])('an administrator changes %s: (account %i, %j) is refused: %s', (_case, account, change, refused) => {
  expect(selfFaultOf(actorWith('administrator'), account, change) !== null).toBe(refused)
})

test.each<[readonly Role[], Change, boolean]>([
  [['administrator'], { active: false }, true],
  [['administrator'], { duties: [duty('director')] }, true],
  [['administrator'], { duties: [duty('administrator')] }, false],
  [['administrator'], { name: 'x' }, false],
  [['director'], { active: false }, false],
])('%j after %j has lost the administration: %s', (roles, change, lost) => {
  expect(
    demotes(
      roles.map((role) => ({ role })),
      change,
    ),
  ).toBe(lost)
})

test('every role has rights and places where it may act', () => {
  for (const role of ROLES) {
    const bounds: readonly Bound[] = [
      EVERYWHERE,
      gridsOf(1),
      unitOf('CG'),
      { kind: 'community', community: 'C1' },
    ]
    expect(
      bounds.some((bound) => faultOf([{ role, bound }]) === null),
      role,
    ).toBe(true)
  }
})

test('two hash at a time, so many wait, and a failure gives its place on', async () => {
  const inTurn = turns(2, 3)
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<number>())
  const started: number[] = []
  const all = gates.map((gate, i) =>
    inTurn(() => {
      started.push(i)
      return gate.promise
    }).catch(() => -1),
  )
  expect(started).toEqual([0, 1])
  await expect(inTurn(async () => 9)).rejects.toMatchObject({ problem: { status: 429 } })
  gates[0]?.reject(new Error('no'))
  await all[0]
  expect(started).toEqual([0, 1, 2])
  for (const [i, gate] of gates.entries()) gate.resolve(i)
  expect(await Promise.all(all)).toEqual([-1, 1, 2, 3, 4])
  expect(await inTurn(async () => 7)).toBe(7)
})
