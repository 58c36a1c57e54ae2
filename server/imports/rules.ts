import { ENDED, type EventStatus } from '../events/contract.ts'
import type { Words } from '../http/contract.ts'

/** What a row says of its course; instants in milliseconds, null where it says nothing. */
export interface Course {
  readonly status: EventStatus | null
  readonly occurredAt: number | null
  readonly reportedAt: number | null
  readonly closedAt: number | null
}

export interface Settled {
  readonly status: EventStatus
  readonly occurredAt: number
  readonly reportedAt: number
  readonly closedAt: number | null
}

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: Words }

/** Clocks run ahead a little. */
const AHEAD_MS = 5 * 60_000
const EARLIEST = Date.parse('2000-01-01T00:00:00+08:00')

/** The course of an event, completed and free of contradictions, or the reason why it is none. */
export function settle(course: Course, now: number): Verdict<Settled> {
  const { closedAt } = course
  const occurredAt = course.occurredAt ?? course.reportedAt
  const reportedAt = course.reportedAt ?? course.occurredAt
  if (occurredAt === null || reportedAt === null) return { ok: false, why: NO_TIME }
  const status = course.status ?? (closedAt === null ? 'reported' : 'closed')
  const times = [occurredAt, reportedAt, ...(closedAt === null ? [] : [closedAt])]
  const why = wrongTime(times, now) ?? wrongEnd(status, reportedAt, closedAt)
  if (why) return { ok: false, why }
  return { ok: true, value: { status, occurredAt: Math.min(occurredAt, reportedAt), reportedAt, closedAt } }
}

function wrongTime(times: readonly number[], now: number): Words | null {
  if (times.some((at) => at > now + AHEAD_MS)) return { zh: '时间在未来', en: 'A time lies in the future' }
  if (times.some((at) => at < EARLIEST))
    return { zh: '时间早于 2000 年', en: 'A time lies before the year 2000' }
  return null
}

function wrongEnd(status: EventStatus, reportedAt: number, closedAt: number | null): Words | null {
  const hasEnded = ENDED.includes(status)
  if (closedAt === null)
    return hasEnded
      ? { zh: '状态为已结束，但没有结案时间', en: 'It has ended, but the closing time is missing' }
      : null
  if (!hasEnded)
    return {
      zh: '有结案时间，但状态不是已结束',
      en: 'It has a closing time, but its status says that it has not ended',
    }
  return closedAt < reportedAt
    ? { zh: '结案时间早于上报时间', en: 'It was closed before it was reported' }
    : null
}

const NO_TIME: Words = {
  zh: '缺少发生时间或上报时间',
  en: 'Neither the time of the event nor that of the report is given',
}
