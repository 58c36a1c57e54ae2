import { midnightOf } from '#rules/deadlines'
import type { EventFilter } from '#contract/events'

const DAY = 86_400_000

/** Windows that people ask for by name, each in whole days that end with today. */
export const PERIODS = { today: 1, week: 7, month: 30, year: 365 } as const
export type Period = keyof typeof PERIODS

/** The midnight that begins the period, as the filter has it. */
export function startOf(period: Period, now: number): string {
  return new Date(midnightOf(now) - (PERIODS[period] - 1) * DAY).toISOString()
}

export function withWindow(
  filter: EventFilter,
  from: string | undefined,
  to: string | undefined,
): EventFilter {
  const { from: _from, to: _to, ...rest } = filter
  return { ...rest, ...(from ? { from } : {}), ...(to ? { to } : {}) }
}

/** The named period that a filter's window is, if it is one. */
export function periodOf(filter: EventFilter, now: number): Period | null {
  if (filter.from === undefined || filter.to !== undefined) return null
  const names = Object.keys(PERIODS) as Period[]
  return names.find((name) => startOf(name, now) === filter.from) ?? null
}

/** yyyy-mm-dd in China, as date inputs have it. */
export function dayText(instant: string | undefined): string {
  if (instant === undefined) return ''
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The midnight in China that begins a day given as yyyy-mm-dd. */
export function dayStart(day: string): string | undefined {
  const at = Date.parse(`${day}T00:00:00+08:00`)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The midnight that ends a day. */
export function dayEnd(day: string): string | undefined {
  const start = dayStart(day)
  return start === undefined ? undefined : new Date(Date.parse(start) + DAY).toISOString()
}

/** The last day that an exclusive end includes. */
export function lastDayText(to: string | undefined): string {
  return to === undefined ? '' : dayText(new Date(Date.parse(to) - 1).toISOString())
}
