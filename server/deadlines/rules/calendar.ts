import type { CalendarYear } from '../contract.ts'
import { DAY, dayOf, dayOfText, HOUR, startOf, weekdayOf, yearOf } from './day.ts'

/** A count needs a year whose calendar nobody has entered. Nothing is guessed in its place. */
export class CalendarGap extends Error {
  override readonly name = 'CalendarGap'
  readonly year: number

  constructor(year: number) {
    super(`no working calendar for ${year}`)
    this.year = year
  }
}

/** Working time of a day, in milliseconds after its midnight, in order. */
type Hours = readonly (readonly [opens: number, closes: number])[]
const CLOSED: Hours = []

/** Known years that follow each other, day by day, with what was counted before each day: a deadline is a search in it. */
export interface Run {
  readonly years: readonly CalendarYear[]
  readonly firstDay: number
  readonly hours: readonly Hours[]
  /** What a working day is worth in the year of each day, in milliseconds. */
  readonly standard: Float64Array
  /** Working milliseconds before each day of the run; the last entry is the whole. */
  readonly time: Float64Array
  /** Working days before each day of the run; the last entry is the whole. */
  readonly days: Float64Array
}

export interface Calendar {
  /** In order, each year once. */
  readonly years: readonly CalendarYear[]
  readonly runs: readonly Run[]
}

/** Prepares years, each given once and checked by `checkYear`, for counting. */
export function calendarOf(years: readonly CalendarYear[]): Calendar {
  const sorted = years.toSorted((a, b) => a.year - b.year)
  const stretches: CalendarYear[][] = []
  for (const year of sorted) {
    const last = stretches.at(-1)
    if (last?.at(-1)?.year === year.year - 1) last.push(year)
    else stretches.push([year])
  }
  return { years: sorted, runs: stretches.map(runOf) }
}

function runOf(years: readonly CalendarYear[]): Run {
  const hours = years.flatMap(hoursOfYear)
  const standard = Float64Array.from(
    years.flatMap((year) => hoursOfYear(year).map(() => lengthOf(openingOf(year)))),
  )
  const time = new Float64Array(hours.length + 1)
  const days = new Float64Array(hours.length + 1)
  hours.forEach((day, n) => {
    time[n + 1] = (time[n] ?? 0) + lengthOf(day)
    days[n + 1] = (days[n] ?? 0) + (day === CLOSED ? 0 : 1)
  })
  return { years, firstDay: firstDayOf(years[0]?.year ?? 0), hours, standard, time, days }
}

function openingOf({ hours }: CalendarYear): Hours {
  return hours
    .map(([opens = 0, closes = 0]) => [Math.round(opens * HOUR), Math.round(closes * HOUR)] as const)
    .toSorted(([a], [b]) => a - b)
}

function hoursOfYear(known: CalendarYear): Hours[] {
  const { year, off, work } = known
  const open = openingOf(known)
  const [offDays, workDays] = [new Set(off.map(dayOfText)), new Set(work.map(dayOfText))]
  const first = firstDayOf(year)
  return Array.from({ length: firstDayOf(year + 1) - first }, (_, n) => {
    const day = first + n
    if (workDays.has(day)) return open
    return offDays.has(day) || weekdayOf(day) % 6 === 0 ? CLOSED : open
  })
}

function firstDayOf(year: number): number {
  return Date.UTC(year, 0, 1) / DAY
}

function lengthOf(hours: Hours): number {
  return hours.reduce((sum, [opens, closes]) => sum + closes - opens, 0)
}

/** The run that holds an instant. */
export function runAt(calendar: Calendar, at: number): Run {
  const day = dayOf(at)
  for (const run of calendar.runs)
    if (day >= run.firstDay && day < run.firstDay + run.hours.length) return run
  throw new CalendarGap(yearOf(at))
}

/** The year after a run, which a count would have to go on in. */
export function gapAfter(run: Run): CalendarGap {
  return new CalendarGap((run.years.at(-1)?.year ?? 0) + 1)
}

/** The midnight that ends a run's last day. */
export function endOf(run: Run): number {
  return startOf(run.firstDay + run.hours.length)
}

/** Working milliseconds from the beginning of the run to an instant in it, or to its end. */
export function workedBefore(run: Run, at: number): number {
  const n = dayOf(at) - run.firstDay
  const before = run.time[n] ?? 0
  const hours = run.hours[n] ?? CLOSED
  if (hours === CLOSED) return before
  const sinceMidnight = at - startOf(dayOf(at))
  let worked = 0
  for (const [opens, closes] of hours) {
    if (sinceMidnight <= opens) break
    worked += Math.min(sinceMidnight, closes) - opens
  }
  return before + worked
}

/** The first instant by which that much (> 0) has been worked since the beginning of the run; Infinity beyond its end. */
export function instantWorked(run: Run, worked: number): number {
  const n = search(run.time, worked)
  let left = worked - (run.time[n] ?? 0)
  for (const [opens, closes] of run.hours[n] ?? CLOSED) {
    if (left <= closes - opens) return startOf(run.firstDay + n) + opens + left
    left -= closes - opens
  }
  return Infinity
}

/** The first instant by which that many working days (> 0) have passed, a part of a day counting as the day goes; Infinity beyond. */
export function instantOfDays(run: Run, days: number): number {
  const n = search(run.days, days)
  if (n >= run.hours.length) return Infinity
  return startOf(run.firstDay + n) + (days - (run.days[n] ?? 0)) * DAY
}

/** The first day after which `sums` has reached the amount. */
function search(sums: Float64Array, amount: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle + 1] ?? 0) < amount) low = middle + 1
    else high = middle
  }
  return low
}

/** `midnight` begins a day in China. */
export function isWorkday(midnight: number, calendar: Calendar): boolean {
  const run = runAt(calendar, midnight)
  return run.hours[dayOf(midnight) - run.firstDay] !== CLOSED
}

/** What one working day is worth in the year of an instant: a limit in days is that many of these, wherever it ends. */
export function standardDay(calendar: Calendar, at: number): number {
  const run = runAt(calendar, at)
  return run.standard[dayOf(at) - run.firstDay] ?? 0
}
