import type { LimitUnit } from '#contract/deadlines'
import { CHINA, dueAt } from '#rules/deadlines'
import { compare, doneNow, print } from './ratio.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const PROMISES = 200_000
const BAR = 1_000_000

interface Asked {
  readonly start: number
  readonly amount: number
  readonly unit: LimitUnit
}

/** (g) Deadlines a second in one thread, against a loop over the days, on promises of 2026 with limits as the norm has them. */
export async function benchDue(): Promise<void> {
  const promises = Array.from({ length: PROMISES }, draw)
  for (const { start, amount, unit } of promises.slice(0, 5000)) {
    if (dueAt(start, { amount, unit }, CHINA) !== dueByDays(start, amount, unit))
      throw new Error('the two disagree')
  }
  const all = (due: (asked: Asked) => number) => async () => {
    let sum = 0
    for (const asked of promises) sum += due(asked)
    if (!Number.isFinite(sum)) throw new Error('a deadline is missing')
    return doneNow(PROMISES)
  }
  const { ours, baseline, ratio } = await compare(
    7,
    all((asked) => dueAt(asked.start, asked, CHINA)),
    all(({ start, amount, unit }) => dueByDays(start, amount, unit)),
  )
  print({
    name: '(g) deadlines, one thread / a loop over days',
    text: `${(ours / 1e6).toFixed(2)} M/s  (${ratio.toFixed(1)} × of ${(baseline / 1e6).toFixed(2)} M/s)`,
    met: ours >= BAR,
  })
}

/** By the counts of the norm's filing lines; two thirds are limits in working days. */
const LIMITS: readonly (readonly [amount: number, unit: LimitUnit])[] = [
  [1, 'wd'],
  [1, 'wd'],
  [2, 'wd'],
  [3, 'wd'],
  [5, 'wd'],
  [5, 'wd'],
  [15, 'wd'],
  [2, 'wh'],
  [4, 'wh'],
  [2, 'uh'],
]

function draw(): Asked {
  const [amount, unit] = LIMITS[Math.floor(Math.random() * LIMITS.length)] ?? [1, 'wd']
  return {
    start: Date.parse('2026-01-01T00:00:00+08:00') + Math.floor(Math.random() * 340 * DAY),
    amount,
    unit,
  }
}

const [OFF, WORK] = [
  new Set(CHINA.years.flatMap(({ off }) => off)),
  new Set(CHINA.years.flatMap(({ work }) => work)),
]

function dueByDays(start: number, amount: number, unit: LimitUnit): number {
  if (unit === 'uh' || unit === 'ud') return start + amount * (unit === 'uh' ? HOUR : DAY)
  let left = amount * (unit === 'wh' ? HOUR : 8 * HOUR)
  for (let midnight = Math.floor((start + 8 * HOUR) / DAY) * DAY - 8 * HOUR; ; midnight += DAY) {
    if (!isWorked(midnight)) continue
    for (const [opens, closes] of [
      [8, 12],
      [14, 18],
    ] as const) {
      const from = Math.max(start, midnight + opens * HOUR)
      const worked = Math.max(0, midnight + closes * HOUR - from)
      if (left <= worked) return from + left
      left -= worked
    }
  }
}

function isWorked(midnight: number): boolean {
  const day = new Date(midnight + 8 * HOUR)
  const date = day.toISOString().slice(0, 10)
  if (WORK.has(date)) return true
  return !OFF.has(date) && day.getUTCDay() % 6 !== 0
}
