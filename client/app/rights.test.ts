import { expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '#contract/accounts'
import { panelFor, panelsOf } from './rights.ts'

const actorAs = (...roles: Role[]): Actor => ({
  id: 'account/1',
  account: 1,
  name: '甲',
  duties: roles.map((role) => ({ role, bound: { kind: 'subdistrict' }, grids: [] })),
})

const EVERYBODY = 'grids rules settings'

test.each<[Role, string, string]>([
  // role            panels of the rail                                                              instead of live
  [
    'director',
    'live mine intake dispatch closing desk supervision events disputes grids planning rules settings',
    'live',
  ],
  [
    'commander',
    'live mine intake dispatch closing desk supervision events grids planning rules settings',
    'live',
  ],
  [
    'shift-lead',
    'live mine intake dispatch closing desk supervision events disputes grids planning rules settings',
    'live',
  ],
  ['acceptor', 'live mine intake closing desk events grids rules settings', 'live'],
  ['dispatcher', 'live mine dispatch closing desk events grids rules settings', 'live'],
  ['unit-liaison', 'live mine unit events grids rules settings', 'live'],
  ['handler', 'live mine unit events grids rules settings', 'live'],
  ['grid-worker', 'live mine events grids rules settings', 'live'],
  ['grid-lead', 'live mine desk events grids rules settings', 'live'],
  ['mediator', 'disputes grids rules settings', 'disputes'],
  ['evaluator', 'live closing supervision events grids rules settings', 'live'],
  ['planner', 'grids planning rules settings', 'planning'],
  ['administrator', 'grids rules people settings', 'people'],
  ['auditor', 'grids rules audit settings', 'audit'],
])('%s', (role, panels, home) => {
  expect(panelsOf(actorAs(role)).join(' ')).toBe(panels)
  expect(panelFor('live', actorAs(role))).toBe(home)
})

test('every role has its line above, and some panels are for all', () => {
  for (const role of ROLES)
    expect(panelsOf(actorAs(role))).toEqual(expect.arrayContaining(EVERYBODY.split(' ')))
})

test('nobody sees nothing, and two duties add up', () => {
  expect(panelsOf({ id: 'anonymous', account: null, name: '', duties: [] })).toEqual([])
  expect(panelsOf(actorAs('mediator', 'grid-lead'))).toEqual(
    'live mine desk events disputes grids rules settings'.split(' '),
  )
  expect(panelFor(null, actorAs('auditor'))).toBe(null)
  expect(panelFor('grids', actorAs('auditor'))).toBe('grids')
})
