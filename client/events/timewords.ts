import type { TFunction } from 'i18next'

const OFFSET_MS = 8 * 3_600_000
const MONTHS = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11', 'm12'] as const

const inChina = (at: number): Date => new Date(at * 1000 + OFFSET_MS)

/** 3月 */
export function monthWord(t: TFunction, at: number): string {
  return t(`clock.${MONTHS[inChina(at).getUTCMonth()] ?? 'm1'}`)
}

/** 3月5日, whatever day it is now. */
export function dayWord(t: TFunction, at: number): string {
  return t('clock.date', { month: monthWord(t, at), day: inChina(at).getUTCDate() })
}

/** 3月5日 14:00 */
export function hourWord(t: TFunction, at: number): string {
  return `${dayWord(t, at)} ${inChina(at).toISOString().slice(11, 16)}`
}
