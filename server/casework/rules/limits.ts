import type { Limit } from '../../deadlines/contract.ts'
import { promise, type Calendar } from '../../deadlines/rules.ts'
import type { EventStatus } from '../../events/contract.ts'
import type { Subject } from './subject.ts'

const MINUTE = 60_000

/** Granted ones; refusals do not count. */
export const EXTENSIONS = 2

/** Minutes at the nodes that have a clock of their own. Intake is entered by the report, or by what the field found. */
const STAGE_MINUTES: Readonly<Partial<Record<EventStatus, number>>> = {
  reported: 15,
  verifying: 30,
  filed: 15,
  returned: 15,
  checking: 30,
}

/** When the node that an event enters at `now` is due; `windowEnd` is until when the lead may return it. */
export function stageDueAt(status: EventStatus, now: number, windowEnd: number | null): number | null {
  if (status === 'dispatched') return windowEnd
  const minutes = STAGE_MINUTES[status]
  return minutes === undefined ? null : now + minutes * MINUTE
}

/** A hold ends at the latest at this time next year. */
export function holdEnd(now: number): number {
  const end = new Date(now)
  return end.setUTCFullYear(end.getUTCFullYear() + 1)
}

export function isLate({ event }: Pick<Subject, 'event'>, now: number): boolean {
  return now > Date.parse(event.dueAt)
}

const DAY_OF: Readonly<Record<Limit['unit'], number>> = { uh: 24, ud: 1, wh: 8, wd: 1 }
const ONE_DAY = { amount: 1, unit: 'wd', counting: 'elapsed' } as const

/** Until when a unit may return what it was given: one working day where the limit is longer than a day, else all of it. */
export function refuseUntil(dispatchedAt: number, limit: Limit, dueAt: number, calendar: Calendar): number {
  return limit.amount > DAY_OF[limit.unit] ? workingDaysAfter(dispatchedAt, 1, calendar) : dueAt
}

/** Levels of supervision (督办) that lateness brings by itself. */
export const LADDER = [
  { level: 1, days: 0 },
  { level: 2, days: 1 },
  { level: 3, days: 2 },
] as const

export function workingDaysAfter(start: number, days: number, calendar: Calendar): number {
  if (days === 0) return start
  return promise(start, { limit: { ...ONE_DAY, amount: days }, amberShare: 0.5, name: null }, calendar).dueAt
}
