import type { TFunction } from 'i18next'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A length of time in its two largest units: 1天3小时, 2小时15分, 5分. */
export function spanWords(t: TFunction, ms: number): string {
  const length = Math.abs(ms)
  const d = Math.floor(length / DAY)
  const h = Math.floor((length % DAY) / HOUR)
  const m = Math.floor((length % HOUR) / MINUTE)
  if (d > 0) return h > 0 ? t('clock.daysHours', { d, h }) : t('clock.days', { d })
  if (h > 0) return m > 0 ? t('clock.hoursMinutes', { h, m }) : t('clock.hours', { h })
  return m > 0 ? t('clock.minutes', { m }) : t('clock.moment')
}

/** Time to a deadline: 剩 2小时15分 before it, 超 1天3小时 after it. */
export function leftWords(t: TFunction, dueAt: number, now: number): string {
  const span = spanWords(t, dueAt - now)
  return now > dueAt ? t('clock.over', { span }) : t('clock.left', { span })
}

/** China keeps UTC+8 all year; the console shows its time wherever the screen stands. */
const OFFSET = 8 * HOUR

/** An instant as short as the present allows: 14:05, 昨天 14:05, 3月5日, 2025年3月5日. */
export function instantWords(t: TFunction, at: number, now: number): string {
  const days = dayOf(at) - dayOf(now)
  const time = timeOf(at)
  if (days === 0) return time
  if (days === -1) return t('clock.yesterday', { time })
  if (days === 1) return t('clock.tomorrow', { time })
  const parts = dateParts(t, at)
  return parts.year === yearOf(now) ? t('clock.date', parts) : t('clock.yearDate', parts)
}

/** The same with its time of day, for where the minute matters. */
export function exactWords(t: TFunction, at: number, now: number): string {
  const days = dayOf(at) - dayOf(now)
  if (Math.abs(days) <= 1) return instantWords(t, at, now)
  const parts = { ...dateParts(t, at), time: timeOf(at) }
  return parts.year === yearOf(now) ? t('clock.dateTime', parts) : t('clock.yearDateTime', parts)
}

/** The whole date and time, for paper: it does not know when it is read. */
export function fullWords(t: TFunction, at: number): string {
  return t('clock.yearDateTime', { ...dateParts(t, at), time: timeOf(at) })
}

const WEEKDAYS = ['w0', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6'] as const

/** The day with its weekday, for a clock on the wall. */
export function dayWords(t: TFunction, at: number): string {
  const weekday = t(`clock.${WEEKDAYS[new Date(at + OFFSET).getUTCDay()] ?? 'w0'}`)
  return `${t('clock.date', dateParts(t, at))} ${weekday}`
}

const dayOf = (at: number) => Math.floor((at + OFFSET) / DAY)
const yearOf = (at: number) => new Date(at + OFFSET).getUTCFullYear()
export const timeOf = (at: number) => new Date(at + OFFSET).toISOString().slice(11, 16)

const MONTHS = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11', 'm12'] as const

function dateParts(t: TFunction, at: number) {
  const date = new Date(at + OFFSET)
  const month = t(`clock.${MONTHS[date.getUTCMonth()] ?? 'm1'}`)
  return { year: date.getUTCFullYear(), month, day: date.getUTCDate() }
}
