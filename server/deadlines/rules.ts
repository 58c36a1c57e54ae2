import { ENDED, type EventRow, type Light, type LimitUnit } from '../events/contract.ts'

export interface Limit {
  readonly amount: number
  readonly unit: LimitUnit
}

/** Exceptions to Monday–Friday, as yyyy-mm-dd in China. */
export interface Calendar {
  readonly off: ReadonlySet<string>
  readonly work: ReadonlySet<string>
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** China has kept UTC+8 without summer time since 1992. */
const OFFSET = 8 * HOUR
const WORKING_HOURS_A_DAY = 8
/** Working time of a working day, in hours after its midnight. */
const SPANS = [
  [8, 12],
  [14, 18],
] as const
/** No run of days off is longer; a calendar that has one is wrong. */
const MAX_DAYS = 400

/**
 * Holidays of 2026 by the State Council Office's notice of 2025-11-04. Years without a notice run Monday to Friday: a
 * deadline in them may still move when their notice comes out.
 */
export const CHINA: Calendar = {
  off: new Set([
    ...days('2026-01-01', 3),
    ...days('2026-02-15', 9),
    ...days('2026-04-04', 3),
    ...days('2026-05-01', 5),
    ...days('2026-06-19', 3),
    ...days('2026-09-25', 3),
    ...days('2026-10-01', 7),
  ]),
  work: new Set(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']),
}

/** The instant (ms) at which a promise made at `start` falls due. Working units count only working time. */
export function dueAt(start: number, { amount, unit }: Limit, calendar: Calendar): number {
  return AFTER[unit](start, amount, calendar)
}

type After = (start: number, amount: number, calendar: Calendar) => number

const AFTER: Readonly<Record<LimitUnit, After>> = {
  uh: (start, amount) => start + amount * HOUR,
  ud: (start, amount) => start + amount * DAY,
  wh: (start, amount, calendar) => afterWorking(start, amount * HOUR, calendar),
  wd: (start, amount, calendar) => afterWorking(start, amount * WORKING_HOURS_A_DAY * HOUR, calendar),
}

/** Legal periods: counted from the day after `start`, in working days; due at the midnight that ends the last one. */
export function dueAfterDays(start: number, amount: number, calendar: Calendar): number {
  let left = amount
  for (let n = 1; n < MAX_DAYS; n++) {
    const midnight = midnightOf(start) + n * DAY
    if (isWorkday(midnight, calendar) && --left === 0) return midnight + DAY
  }
  throw new RangeError('the calendar has no working days')
}

function afterWorking(start: number, needed: number, calendar: Calendar): number {
  let left = needed
  for (let n = 0; n < MAX_DAYS; n++) {
    const midnight = midnightOf(start) + n * DAY
    if (!isWorkday(midnight, calendar)) continue
    for (const [opens, closes] of SPANS) {
      const from = Math.max(start, midnight + opens * HOUR)
      const worked = Math.max(0, midnight + closes * HOUR - from)
      if (left <= worked) return from + left
      left -= worked
    }
  }
  throw new RangeError('the calendar has no working days')
}

/** `midnight` begins a day in China. */
export function isWorkday(midnight: number, calendar: Calendar): boolean {
  const date = dateOf(midnight)
  if (calendar.work.has(date)) return true
  if (calendar.off.has(date)) return false
  const weekday = new Date(midnight + OFFSET).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The midnight in China that begins the day of `at`. */
export function midnightOf(at: number): number {
  return Math.floor((at + OFFSET) / DAY) * DAY - OFFSET
}

/** The midnight in China that begins the Monday of the week of `at`. */
export function mondayOf(at: number): number {
  const midnight = midnightOf(at)
  const weekday = new Date(midnight + OFFSET).getUTCDay()
  return midnight - ((weekday + 6) % 7) * DAY
}

/** The day of `at` in China, yyyy-mm-dd. */
export function dateOf(at: number): string {
  return new Date(at + OFFSET).toISOString().slice(0, 10)
}

/** The time of day of `at` in China, hh:mm. */
export function clockOf(at: number): string {
  return new Date(at + OFFSET).toISOString().slice(11, 16)
}

/**
 * How late an event is at `now` (ms): green while more than half of the time from report to deadline is left, amber
 * until the deadline itself, red after it. On hold and ended events have no clock.
 */
export function light(event: Pick<EventRow, 'status' | 'reportedAt' | 'dueAt'>, now: number): Light {
  if (ENDED.includes(event.status)) return 'done'
  if (event.status === 'held') return 'hold'
  const due = Date.parse(event.dueAt)
  if (now > due) return 'red'
  return 2 * (due - now) > due - Date.parse(event.reportedAt) ? 'green' : 'amber'
}

function days(first: string, count: number): string[] {
  const start = Date.parse(`${first}T00:00:00Z`)
  return Array.from({ length: count }, (_, n) => new Date(start + n * DAY).toISOString().slice(0, 10))
}
