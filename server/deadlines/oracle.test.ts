import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNTINGS, LIMIT_UNITS, type Limit } from './contract.ts'
import { CalendarGap, calendarOf, CHINA, dueAt, promise, type Pause } from './rules.ts'

/**
 * An oracle that knows nothing of the rules: it walks the minutes of 2026 and the years around it one by one, with its own
 * reading of the notices, and counts down.
 */
const MINUTE = 60_000
const FIRST = Date.parse('2025-01-01T00:00:00+08:00')
const DAY = 1440
const MINUTES = 730 * DAY

const OFF = `2025: 0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008
  2026: 0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007`
const WORK =
  '20250126 20250208 20250427 20250928 20251011 20260104 20260214 20260228 20260509 20260920 20261010'

/** Per day: whether it is worked. */
const worked = Array.from({ length: MINUTES / DAY }, (_, n) => {
  const date = new Date(Date.UTC(2025, 0, 1 + n))
  const [year, day] = [String(date.getUTCFullYear()), date.toISOString().slice(5, 10).replace('-', '')]
  if (WORK.split(' ').includes(year + day)) return true
  if (date.getUTCDay() === 0 || date.getUTCDay() === 6) return false
  const line = OFF.split('\n').find((text) => text.trim().startsWith(year)) ?? ''
  const ranges = line.trim().slice(6).split(' ')
  return !ranges.some((range) => {
    const [from = '', to = from] = range.split('-')
    return day >= from && day <= to
  })
})

/** Per minute: 1 if the office works. */
const open = new Uint8Array(MINUTES)
for (let minute = 0; minute < MINUTES; minute++) {
  const hour = Math.floor((minute % DAY) / 60)
  open[minute] =
    worked[Math.floor(minute / DAY)] && ((hour >= 8 && hour < 12) || (hour >= 14 && hour < 18)) ? 1 : 0
}

/** The minute at which the limit is used up; null past the end of 2026. */
function walk(
  start: number,
  { amount, unit, counting }: Limit,
  pauses: readonly (readonly [number, number])[],
): number | null {
  return counting === 'elapsed'
    ? walkMinutes(start, amount, unit, pauses)
    : walkDays(start, amount, unit, pauses)
}

function walkMinutes(
  start: number,
  amount: number,
  unit: Limit['unit'],
  pauses: readonly (readonly [number, number])[],
) {
  let left = amount * { uh: 60, ud: 1440, wh: 60, wd: 480 }[unit]
  const running = unit.startsWith('u')
  for (let minute = start; minute < MINUTES; minute++) {
    if (pauses.some(([from, to]) => minute >= from && minute < to)) continue
    if (!running && open[minute] === 0) continue
    if (--left === 0) return minute + 1
  }
  return null
}

function walkDays(
  start: number,
  amount: number,
  unit: Limit['unit'],
  pauses: readonly (readonly [number, number])[],
) {
  let left = Math.ceil(amount / { uh: 24, ud: 1, wh: 8, wd: 1 }[unit])
  for (let day = Math.floor(start / DAY) + 1; day < MINUTES / DAY; day++) {
    if (pauses.some(([from, to]) => from < (day + 1) * DAY && to > day * DAY && to > from)) continue
    if (unit.startsWith('w') && !worked[day]) continue
    if (--left === 0) return (day + 1) * DAY
  }
  return null
}

const NOTICES = calendarOf(CHINA.years.filter(({ kind }) => kind === 'notice'))
const instant = (minute: number) => FIRST + minute * MINUTE

const limits = fc.oneof(
  fc.record({ unit: fc.constantFrom(...LIMIT_UNITS), amount: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ unit: fc.constantFrom('uh', 'wh'), amount: fc.integer({ min: 1, max: 100 }) }),
)
const limit = fc
  .tuple(limits, fc.constantFrom(...COUNTINGS))
  .map(([asked, counting]): Limit => ({ ...asked, counting }))

/** Starts lie in 2026, pauses around them, some before, some empty, some overlapping. */
const promises = fc
  .record({
    start: fc.integer({ min: 365 * DAY, max: MINUTES - 1 }),
    limit,
    pauses: fc.array(
      fc.tuple(fc.integer({ min: -2 * DAY, max: 30 * DAY }), fc.integer({ min: 0, max: 6 * DAY })),
      {
        maxLength: 4,
      },
    ),
  })
  .map(({ start, pauses, ...asked }) => ({
    ...asked,
    start,
    pauses: pauses.map(([after, length]) => [start + after, start + after + length] as const),
  }))

const inMs = (pauses: readonly (readonly [number, number])[]): Pause[] =>
  pauses.map(([from, to]) => ({ from: instant(from), to: instant(to) }))

/** Null where a year without a calendar is needed. */
function ours(start: number, asked: Limit, pauses: readonly Pause[]): number | null {
  try {
    return dueAt(start, asked, NOTICES, pauses)
  } catch (error) {
    if (error instanceof CalendarGap) return null
    throw error
  }
}

test('the clock agrees with one that walks minute by minute', () => {
  fc.assert(
    fc.property(promises, ({ start, limit: asked, pauses }) => {
      const theirs = walk(start, asked, pauses)
      const mine = ours(instant(start), asked, inMs(pauses))
      // What runs through needs no calendar, and so goes on where the walk ends.
      if (theirs === null && asked.unit.startsWith('u')) return
      expect(mine).toBe(theirs === null ? null : instant(theirs))
    }),
    { numRuns: 10_000 },
  )
})

test('a later promise, a longer limit or another pause never falls due earlier', () => {
  const pair = fc.tuple(promises, fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 0, max: 3 }))
  fc.assert(
    fc.property(pair, ([{ start, limit: asked, pauses }, later, more]) => {
      const due = (from: number, amount: number, stops: typeof pauses) =>
        ours(instant(from), { ...asked, amount }, inMs(stops)) ?? Infinity
      const first = due(start, asked.amount, pauses.slice(1))
      expect(due(start + later, asked.amount, pauses.slice(1))).toBeGreaterThanOrEqual(first)
      expect(due(start, asked.amount + more, pauses.slice(1))).toBeGreaterThanOrEqual(first)
      expect(due(start, asked.amount, pauses)).toBeGreaterThanOrEqual(first)
    }),
    { numRuns: 3000 },
  )
})

test('two limits one after the other are their sum, at any millisecond', () => {
  const start = fc.integer({ min: instant(365 * DAY), max: instant(MINUTES - 100 * DAY) })
  const amounts = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(start, amounts, amounts, fc.constantFrom('uh', 'wh', 'wd'), (from, a, b, unit) => {
      const after = (at: number, amount: number) => dueAt(at, { amount, unit }, CHINA)
      expect(after(after(from, a), b)).toBe(after(from, a + b))
    }),
    { numRuns: 3000 },
  )
})

test('what the spans counted adds up to the limit, in order, and amber comes before red', () => {
  fc.assert(
    fc.property(
      promises,
      fc.nat({ max: 2 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (asked, extensions, amberShare) => {
        const { limit: allowed, pauses } = asked
        const start = instant(asked.start - 200 * DAY)
        const rule = { limit: allowed, amberShare, name: null }
        const shifted = inMs(pauses.map(([from, to]) => [from - 200 * DAY, to - 200 * DAY] as const))
        const made = promise(start, rule, NOTICES, { pauses: shifted, extensions })
        const spans = made.why.spans.map(({ from, to, ...span }) => ({
          ...span,
          from: Date.parse(from),
          to: Date.parse(to),
        }))
        const one =
          allowed.counting === 'elapsed'
            ? allowed.amount * { uh: 60, ud: 1440, wh: 60, wd: 480 }[allowed.unit] * MINUTE
            : Math.ceil(allowed.amount / { uh: 24, ud: 1, wh: 8, wd: 1 }[allowed.unit])
        expect(spans.reduce((sum, { counted }) => sum + counted, 0)).toBe((extensions + 1) * one)
        expect(
          spans.every(({ from, to }, n) => from < to && (n === 0 || from >= (spans[n - 1]?.to ?? 0))),
        ).toBe(true)
        expect(
          spans.every(({ kind, counted }) => counted > 0 === (kind === 'working' || kind === 'running')),
        ).toBe(true)
        expect(spans.at(-1)?.to).toBe(made.dueAt)
        expect(made.amberAt).toBeGreaterThan(start)
        expect(made.amberAt).toBeLessThanOrEqual(made.dueAt)
        expect(made.why.extensions.at(-1)?.to ?? made.why.spans.at(-1)?.to).toBe(
          new Date(made.dueAt).toISOString(),
        )
      },
    ),
    { numRuns: 3000 },
  )
})
