import { expect, test } from 'vitest'
import type { Actor, Role } from '#contract/accounts'
import type { Scenario, ScenarioStatus } from '#contract/planning'
import { groupsOf, waitingFor } from './drafts.ts'

const NOW = Date.parse('2026-03-06T12:00:00+08:00')

function draft(id: number, name: string, status: ScenarioStatus, more: Partial<Scenario> = {}): Scenario {
  return {
    id,
    name,
    from: { kind: 'plan', id: 1 },
    fromName: '现行',
    status,
    version: 1,
    steps: 0,
    createdBy: '规划员甲',
    createdAt: '2026-03-01T00:00:00Z',
    changedAt: `2026-03-0${id}T00:00:00Z`,
    submittedBy: null,
    submitter: null,
    submittedAt: null,
    note: null,
    decidedBy: null,
    decidedAt: null,
    reason: null,
    effectiveAt: null,
    impact: null,
    comments: 0,
    ...more,
  }
}

const ALL = [
  draft(1, '河东调整', 'draft'),
  draft(2, '老城 拆分', 'submitted', { submitter: 7, submittedBy: '规划员乙' }),
  draft(3, '河西', 'archived'),
  draft(4, '河东再调', 'draft'),
]

const actor = (role: Role, account: number): Actor => ({
  id: `account/${account}`,
  account,
  name: '',
  duties: [{ role, area: null }] as unknown as Actor['duties'],
})

test.each([
  ['', ['submitted 2', 'draft 4 1', 'archived 3']],
  ['河', ['draft 4 1', 'archived 3']],
  ['乙', ['submitted 2']],
  ['拆分 老城', ['submitted 2']],
  ['没有', []],
])('searching “%s” finds by group, the latest first', (search, wanted) => {
  const found = groupsOf(ALL, search).map(({ status, scenarios }) =>
    [status, ...scenarios.map(({ id }) => id)].join(' '),
  )
  expect(found).toEqual(wanted)
})

test.each<[Role, number, readonly number[]]>([
  ['director', 1, [2]],
  // Nobody approves what they have submitted themselves.
  ['director', 7, []],
  ['planner', 1, []],
])('for a %s with account %d wait %j', (role, account, wanted) => {
  expect(waitingFor(ALL, actor(role, account), NOW).map(({ id }) => id)).toEqual(wanted)
})
