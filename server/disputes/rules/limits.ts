import { dateOf, midnightOf } from '../../deadlines/rules.ts'
import type { Risk, Status, Waiting } from '../contract.ts'
import { isWatched } from './risk.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const MONTH_DAYS = 30
const REVISIT_DAYS = [7, 30, 90] as const
/** Both sides may agree to this much more time, and again. */
export const EXTENSION_DAYS = 30

/** The last instant of the day that lies `days` after the day of `at`: legal periods begin on the day after. */
function endOfDay(at: number, days: number): number {
  return midnightOf(at) + (days + 1) * DAY - 1
}

/** The last instant of a yyyy-mm-dd in China; NaN if there is no such day. */
export function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00+08:00`)
  return dateOf(Number.isNaN(start) ? 0 : start) === day ? start + DAY - 1 : NaN
}

/** Mediation should end within a month of registration. */
export function monthFrom(at: number): number {
  return endOfDay(at, MONTH_DAYS)
}

/** When the first session must have been held: red on the same day, orange within 72 hours, others in a week. */
export function firstSessionBy(risk: Risk, at: number): number {
  if (risk === 'red') return endOfDay(at, 0)
  return risk === 'orange' ? at + 72 * HOUR : at + 7 * DAY
}

/** When a case is to be looked at again: after 7, 30 and 90 days where it was red or orange. */
export function revisitsFrom(risk: Risk, at: number): number[] {
  return isWatched(risk) ? REVISIT_DAYS.map((days) => endOfDay(at, days)) : []
}

/** The last day on which both sides may ask the court to confirm an agreement in force since `effectiveOn`. */
export function confirmUntil(effectiveOn: string): string {
  return dateOf(endOf(effectiveOn) + MONTH_DAYS * DAY)
}

/** The promises of a file; instants in milliseconds. */
export interface Promises {
  readonly status: Status
  readonly firstDueAt: number | null
  readonly dueAt: number
  readonly performBy: string | null
  /** Due times of revisits that were not made yet. */
  readonly revisits: readonly number[]
}

export interface Next {
  readonly kind: Waiting
  readonly at: number
}

/** The promise that falls due next, null where nothing is waited for. */
export function nextOf({ status, firstDueAt, dueAt, performBy, revisits }: Promises): Next | null {
  const waiting: Next[] = []
  if (status === 'registered' || status === 'mediating') {
    if (firstDueAt !== null) waiting.push({ kind: 'first-session', at: firstDueAt })
    waiting.push({ kind: 'mediation', at: dueAt })
  }
  if (status === 'agreed' && performBy !== null) waiting.push({ kind: 'performance', at: endOf(performBy) })
  if (status !== 'archived') waiting.push(...revisits.map((at): Next => ({ kind: 'revisit', at })))
  return waiting.toSorted((a, b) => a.at - b.at)[0] ?? null
}
