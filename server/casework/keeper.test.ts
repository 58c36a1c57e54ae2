import { expect, test } from 'vitest'
import { actorWith, gridsOf } from '../accounts/testing.ts'
import type { EventRow } from '../events/contract.ts'
import { calendarOf } from '../deadlines/rules.ts'
import type { MoveOrder } from './contract.ts'
import { decide, effectsOf, type Core } from './rules.ts'
import { AT, requestOf, subjectAt } from './subject-testing.ts'

const worker = (grid: number) => actorWith('grid-worker', gridsOf(grid), { account: grid })
const KEPT = { gridId: 1, keeperId: 2 } as const

test.each<[string, number, Partial<EventRow>, MoveOrder, boolean]>([
  // the worker of grid, an event, may
  ['the own', 1, { gridId: 1 }, { move: 'verify', outcome: 'confirmed' }, true],
  ['that of before', 1, KEPT, { move: 'verify', outcome: 'confirmed' }, false],
  ['that which keeps it', 2, KEPT, { move: 'verify', outcome: 'confirmed' }, true],
  ['that which keeps it', 2, KEPT, { move: 'askHandover', reason: 'x', gridId: 3 }, true],
  ['back to that of its day', 2, KEPT, { move: 'askHandover', reason: 'x', gridId: 1 }, true],
  ['to itself', 2, KEPT, { move: 'askHandover', reason: 'x', gridId: 2 }, false],
])('the worker of %s', (_who, grid, row, order, may) =>
  expect(decide(subjectAt('verifying', {}, row), order, worker(grid), AT).ok).toBe(may),
)

test.each<[string, Partial<EventRow>, number, Pick<Core, 'gridId' | 'keeperId'>]>([
  ['where the ground is as it was, the grid is another', { gridId: 1 }, 2, { gridId: 2, keeperId: null }],
  ['where it has changed hands, the keeper is', KEPT, 3, { gridId: 1, keeperId: 3 }],
  ['and nobody keeps what has come back', KEPT, 1, { gridId: 1, keeperId: null }],
])('a hand-over: %s', (_what, row, asked, expected) => {
  const request = requestOf('handover', { stage: 'endorsed', gridId: asked, askedBy: 900 })
  const subject = subjectAt('filed', { requests: [request] }, row)
  const order = { move: 'grant', ask: 'handover' } as const
  const verdict = decide(subject, order, worker(asked), AT)
  if (!verdict.ok) throw new Error(verdict.why.en)
  const { gridId, keeperId } = subject.event
  const core = { ...EMPTY, gridId, keeperId, asks: subject.event.asks }
  const { core: after } = effectsOf({
    subject,
    core,
    order,
    verdict,
    now: AT,
    calendar: calendarOf([]),
    condition: null,
  })
  expect(after).toMatchObject({ ...expected, askedGridId: null })
})

const EMPTY: Core = {
  status: 'filed',
  gridId: 1,
  keeperId: null,
  conditionId: null,
  dueAt: AT,
  amberAt: AT,
  why: null,
  extensions: 0,
  pauses: [],
  heldUntil: null,
  heldFrom: null,
  holds: 0,
  stageDueAt: null,
  closedAt: null,
  units: [],
  asks: [],
  askedGridId: 2,
  supervision: 0,
  important: false,
  unscored: false,
  reworks: 0,
  reopened: 0,
  mergedInto: null,
  checkedAt: null,
}
