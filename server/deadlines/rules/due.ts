import type { Counting, LimitUnit } from '../contract.ts'
import {
  endOf,
  gapAfter,
  instantOfDays,
  instantWorked,
  runAt,
  standardDay,
  workedBefore,
  type Calendar,
  type Run,
} from './calendar.ts'
import { DAY, dayOf, HOUR, startOf } from './day.ts'

/** How long something may take; `elapsed` where it does not say. */
export interface Allowed {
  readonly amount: number
  readonly unit: LimitUnit
  readonly counting?: Counting | undefined
}

/** Time in which the clock stands, in milliseconds. */
export interface Pause {
  readonly from: number
  readonly to: number
}

/** How one kind of limit is counted; amounts are milliseconds, or days where the kind counts days. */
export interface Ruler {
  /** Whether nights and days off count. */
  readonly counts: 'running' | 'working'
  readonly in: 'time' | 'days'
  /** What is counted between two instants. */
  readonly between: (from: number, to: number) => number
  /** The first instant by which an amount (> 0) is counted; Infinity where the known years end before. */
  readonly after: (from: number, amount: number) => number
  /** Why there is no instant. */
  readonly gap: (from: number) => Error
}

/** A limit made ready: the instant from which it is counted, how much of what, and when not. */
export interface Count {
  readonly from: number
  readonly amount: number
  readonly ruler: Ruler
  /** Apart from each other, in order, none before `from`. */
  readonly pauses: readonly Pause[]
}

/** The instant (ms) at which a promise made at `start` falls due. Pauses may overlap, and come in any order. */
export function dueAt(
  start: number,
  limit: Allowed,
  calendar: Calendar,
  pauses: readonly Pause[] = NEVER,
): number {
  const count = countOf(start, limit, calendar, pauses)
  return reach(count, count.amount)
}

const NEVER: readonly Pause[] = []

export function countOf(start: number, limit: Allowed, calendar: Calendar, pauses: readonly Pause[]): Count {
  if (limit.counting === 'next_day') return wholeDays(start, limit, calendar, pauses)
  const amount = limit.amount * lengthOf(limit.unit, start, calendar)
  const ruler = limit.unit === 'uh' || limit.unit === 'ud' ? RUNNING : workingTime(calendar)
  return { from: start, amount, ruler, pauses: pauses.length === 0 ? pauses : apart(pauses, start) }
}

function lengthOf(unit: LimitUnit, start: number, calendar: Calendar): number {
  if (unit === 'wd') return standardDay(calendar, start)
  return unit === 'ud' ? DAY : HOUR
}

/**
 * Whole days from the day after `start`: a day is counted at its midnight or not at all, and one that a pause touches is not.
 * A limit in hours is as many days as it needs.
 */
function wholeDays(start: number, limit: Allowed, calendar: Calendar, pauses: readonly Pause[]): Count {
  const { amount, unit } = limit
  const from = startOf(dayOf(start) + 1)
  const touched = apart(
    pauses.map((pause) =>
      pause.to > pause.from
        ? { from: startOf(dayOf(pause.from)), to: startOf(dayOf(pause.to - 1) + 1) }
        : pause,
    ),
    from,
  )
  const ruler = unit === 'uh' || unit === 'ud' ? EVERY_DAY : workingDays(calendar)
  if (unit === 'ud' || unit === 'wd') return { from, amount, ruler, pauses: touched }
  const day = unit === 'uh' ? DAY : standardDay(calendar, start)
  return { from, amount: Math.ceil((amount * HOUR) / day), ruler, pauses: touched }
}

/** The first instant by which `amount` of a count has passed, leaving out the pauses. */
export function reach({ from, ruler, pauses }: Count, amount: number): number {
  let [at, left] = [from, amount]
  for (const pause of pauses) {
    const due = ruler.after(at, left)
    if (due <= pause.from) return due
    left -= ruler.between(at, pause.from)
    at = pause.to
  }
  const due = ruler.after(at, left)
  if (due === Infinity) throw ruler.gap(at)
  return due
}

/** Without what lies before `start`, what is empty, and overlaps. */
function apart(pauses: readonly Pause[], start: number): Pause[] {
  const sorted = pauses
    .map(({ from, to }) => ({ from: Math.max(from, start), to }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
  const merged: { from: number; to: number }[] = []
  for (const pause of sorted) {
    const last = merged.at(-1)
    if (last && pause.from <= last.to) last.to = Math.max(last.to, pause.to)
    else merged.push(pause)
  }
  return merged
}

/** Needs no calendar, so that there is never a gap. */
function always(length: number, unit: Ruler['in']): Ruler {
  return {
    counts: 'running',
    in: unit,
    between: (from, to) => (to - from) / length,
    after: (from, amount) => from + amount * length,
    gap: () => new RangeError('the limit is not a number'),
  }
}

const RUNNING = always(1, 'time')
const EVERY_DAY = always(DAY, 'days')

function workingTime(calendar: Calendar): Ruler {
  return {
    counts: 'working',
    in: 'time',
    between: (from, to) => {
      const run = runAt(calendar, from)
      if (to > endOf(run)) throw gapAfter(run)
      return workedBefore(run, to) - workedBefore(run, from)
    },
    after: (from, amount) => {
      const run = runAt(calendar, from)
      return instantWorked(run, workedBefore(run, from) + amount)
    },
    gap: (from) => gapAfter(runAt(calendar, from)),
  }
}

/** Between midnights only. */
function workingDays(calendar: Calendar): Ruler {
  return {
    counts: 'working',
    in: 'days',
    between: (from, to) => {
      const run = runAt(calendar, from)
      if (to > endOf(run)) throw gapAfter(run)
      return daysBefore(run, to) - daysBefore(run, from)
    },
    after: (from, amount) => {
      const run = runAt(calendar, from)
      return instantOfDays(run, daysBefore(run, from) + amount)
    },
    gap: (from) => gapAfter(runAt(calendar, from)),
  }
}

function daysBefore(run: Run, midnight: number): number {
  return run.days[dayOf(midnight) - run.firstDay] ?? 0
}
