const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** China keeps UTC+8 all year. */
const OFFSET = 480 * MINUTE

/** As a field for date and time shows an instant, in China's time. */
export const toInput = (instant: string): string =>
  new Date(Date.parse(instant) + OFFSET).toISOString().slice(0, 16)
export const fromInput = (typed: string): string => instantAt(Date.parse(`${typed.slice(0, 16)}:00+08:00`))
const instantAt = (ms: number): string => new Date(ms).toISOString()

/** Midnight in China on the first of the month after. */
export function firstOfNextMonth(now: number): string {
  const day = new Date(now + OFFSET)
  return instantAt(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) - OFFSET)
}

export function nextMidnight(now: number): string {
  return instantAt((Math.floor((now + OFFSET) / DAY) + 1) * DAY - OFFSET)
}

/** A whole minute, so many ahead or a little less. */
export function minutesAhead(now: number, minutes: number): string {
  return instantAt((Math.floor(now / MINUTE) + minutes) * MINUTE)
}
