import { CHINA, promise } from '#rules/deadlines'
import type { Condition } from '../deadlines/contract.ts'
import { ENDED, type EventRow, type EventStatus } from '../events/contract.ts'
import type { Actor, Role } from '../accounts/contract.ts'
import { actorWith, EVERYWHERE, gridsOf, unitOf } from '../accounts/testing.ts'
import type { Assignment, MoveOrder, Request } from './contract.ts'
import { decide, type Beside, type Subject } from './rules.ts'

/** A Friday morning. */
export const AT = Date.parse('2026-03-06T10:00:00+08:00')
const HOUR = 3_600_000
export const iso = (at: number) => new Date(at).toISOString()

export const CONDITION: Condition = {
  id: 7,
  category: 'G9',
  ordinal: 1,
  version: 1,
  text: { zh: '条件', en: 'Condition' },
  closing: { zh: '办结', en: 'Done' },
  limit: { amount: 5, unit: 'wd', counting: 'elapsed' },
  urgency: 'long',
  amberShare: 0.5,
  nearM: 50,
  nearHours: 24,
  proof: 'none',
}

const WHY = promise(AT - HOUR, { limit: CONDITION.limit, amberShare: 0.5, name: null }, CHINA).why

/** A row in grid 1 whose deadline is an hour away, or an hour ago where it was closed. */
export function rowAt(status: EventStatus, more: Partial<EventRow> = {}): EventRow {
  const hasEnded = ENDED.includes(status)
  const hasUnits = !['reported', 'verifying', 'filed', 'returned', 'rejected', 'merged'].includes(status)
  return {
    id: 12,
    number: '20260306-000012',
    category: 'G9',
    status,
    source: 'public',
    position: [119.905, 32.445],
    address: null,
    gridId: 1,
    keeperId: null,
    rule: 'inside',
    occurredAt: iso(AT - 5 * HOUR),
    reportedAt: iso(AT - 5 * HOUR),
    dueAt: iso(hasEnded ? AT - 2 * HOUR : AT + HOUR),
    amberAt: iso(AT - 3 * HOUR),
    closedAt: hasEnded ? iso(AT - HOUR) : null,
    stageDueAt: null,
    units: hasUnits ? ['HW', 'CG'] : [],
    asks: [],
    supervision: 0,
    important: false,
    reporter: null,
    version: 3,
    ...more,
  }
}

/** HW's part as the lead, or CG's assisting. */
export function partAt(
  part: Assignment['part'],
  status: EventStatus,
  more: Partial<Assignment> = {},
): Assignment {
  const hasEnded = status === 'closed' || status === 'revisited'
  const isHandled = hasEnded || status === 'handled' || status === 'checking'
  return {
    id: part === 'lead' ? 1 : 2,
    unit: part === 'lead' ? 'HW' : 'CG',
    part,
    dispatchedAt: iso(AT - 2 * HOUR),
    dueAt: iso(AT + HOUR),
    amberAt: iso(AT - HOUR),
    why: WHY,
    refuseUntil: iso(AT + HOUR),
    signedAt: status === 'dispatched' ? null : iso(AT - 2 * HOUR),
    handledAt: part === 'lead' && isHandled ? iso(AT - 2 * HOUR) : null,
    sentBackAt: null,
    endedAt: hasEnded ? iso(AT - HOUR) : null,
    ending: hasEnded ? 'closed' : null,
    reworks: 0,
    ...more,
  }
}

export function requestOf(kind: Request['kind'], more: Partial<Request> = {}): Request {
  return {
    id: 5,
    kind,
    stage: 'asked',
    askedBy: 900,
    askedAs: 'handler',
    askedName: '某人',
    askedAt: iso(AT - HOUR),
    reason: '理由',
    unit: 'HW',
    gridId: kind === 'handover' ? 2 : null,
    until: kind === 'hold' ? iso(AT + 100 * HOUR) : null,
    decidedAt: null,
    answer: null,
    ...more,
  }
}

/** A case in a status where nothing but the status stands against a move. */
export function subjectAt(
  status: EventStatus,
  work: Partial<Subject['work']> = {},
  row: Partial<EventRow> = {},
): Subject {
  const event = rowAt(status, { asks: (work.requests ?? []).map(({ kind }) => kind), ...row })
  return {
    event,
    work: {
      condition: CONDITION,
      extensions: 0,
      holds: 0,
      heldFrom: status === 'held' ? 'handling' : null,
      assignments: event.units.length > 0 ? [partAt('lead', status), partAt('assist', status)] : [],
      requests: [],
      obligations: [
        { id: 3, eventId: 12, channel: 'grid', dueAt: event.dueAt, reply: null, repliedAt: null },
      ],
      photos: [],
      ...work,
    },
  }
}

/** Of HW, of grid 1, or of the whole sub-district, as the role has it. */
export function somebody(role: Role): Actor {
  if (role === 'unit-liaison' || role === 'handler') return actorWith(role, unitOf('HW'), { account: 1 })
  return actorWith(role, role === 'grid-worker' ? gridsOf(1) : EVERYWHERE, { account: 1 })
}

/** A refusal as a table writes it: what is said begins with `expected`, which is `ok` where nothing is. */
export type Said = [
  what: string,
  subject: Subject,
  role: Role,
  order: MoveOrder,
  expected: string,
  beside?: Beside,
  now?: number,
]

export function saidTo([, subject, role, order, expected, beside = {}, now = AT]: Said): string {
  const verdict = decide(subject, order, somebody(role), now, beside)
  if (verdict.ok) return 'ok'
  const { zh, en } = verdict.why
  return /^\p{Script=Latin}/u.test(en) ? zh.slice(0, expected.length) : `not in English: ${en}`
}
