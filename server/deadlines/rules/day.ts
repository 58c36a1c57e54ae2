export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** China has kept UTC+8 without summer time since 1992. */
const OFFSET = 8 * HOUR

/** Days in China are counted from 1970-01-01. */
export function dayOf(at: number): number {
  return Math.floor((at + OFFSET) / DAY)
}

/** The midnight that begins a day. */
export function startOf(day: number): number {
  return day * DAY - OFFSET
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The day of a yyyy-mm-dd; NaN if there is none of that name. */
export function dayOfText(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / DAY
  return Number.isInteger(day) && textOfDay(day) === text ? day : NaN
}

export function textOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

export function yearOf(at: number): number {
  return new Date(at + OFFSET).getUTCFullYear()
}

/** The midnight in China that begins the day of `at`. */
export function midnightOf(at: number): number {
  return startOf(dayOf(at))
}

/** The midnight in China that begins the Monday of the week of `at`. */
export function mondayOf(at: number): number {
  const day = dayOf(at)
  return startOf(day - ((weekdayOf(day) + 6) % 7))
}

/** The day of `at` in China, yyyy-mm-dd. */
export function dateOf(at: number): string {
  return textOfDay(dayOf(at))
}

/** The time of day of `at` in China, hh:mm. */
export function clockOf(at: number): string {
  return new Date(at + OFFSET).toISOString().slice(11, 16)
}
