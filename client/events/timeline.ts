/** Instants are Unix seconds, as in the event columns. */
export interface Span {
  readonly from: number
  readonly to: number
}

const MINUTE = 60
export const HOUR = 3600
export const DAY = 24 * HOUR
/** China keeps UTC+8 all year. */
const OFFSET = 8 * HOUR
/** Windows up to this long are shown by the hour. */
const FINE = 7 * DAY

export const CHIPS = { '1h': HOUR, '6h': 6 * HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const
export type Chip = keyof typeof CHIPS

export const lengthOf = (span: Span): number => span.to - span.from
const contains = (outer: Span, inner: Span): boolean => inner.from >= outer.from && inner.to <= outer.to
const floorTo = (t: number, step: number): number => Math.floor((t + OFFSET) / step) * step - OFFSET
const ceilTo = (t: number, step: number): number => Math.ceil((t + OFFSET) / step) * step - OFFSET

/**
 * The whole strip: a year back from now, or more where older events are there, in whole days of China. It ends with the
 * running minute: `now` is a reading of that minute, and what was reported since must not fall off the end.
 */
export function wholeOf(first: number | undefined, now: number): Span {
  return { from: floorTo(Math.min(first ?? now, now - 365 * DAY), DAY), to: floorTo(now, MINUTE) + MINUTE }
}

/** The window of a filter; open ends reach to the ends of the strip. */
export function windowOf(filter: { from?: string; to?: string }, whole: Span): Span {
  const from = filter.from ? Date.parse(filter.from) / 1000 : whole.from
  const to = filter.to ? Date.parse(filter.to) / 1000 : whole.to
  return { from, to: Math.max(from, to) }
}

/** Back to a filter: an end that is the strip's end stays open, so that the window keeps up with the present. */
export function filterOf(span: Span, whole: Span): { from?: string; to?: string } {
  return {
    ...(span.from > whole.from ? { from: instant(span.from) } : {}),
    ...(span.to < whole.to ? { to: instant(span.to) } : {}),
  }
}

const instant = (t: number): string => new Date(Math.round(t) * 1000).toISOString()

/** What the chart spans and how wide its bars are: the year by the day, or two weeks around a short window by the hour. */
export interface Stage extends Span {
  readonly step: number
}

export function stageOf(window: Span, whole: Span, was: Stage | null): Stage {
  if (lengthOf(window) > FINE) return { ...whole, step: DAY }
  if (was?.step === HOUR && contains(was, window)) return was
  const from = Math.max(
    whole.from,
    Math.min(floorTo(window.from - 4 * DAY, DAY), ceilTo(whole.to, DAY) - 14 * DAY),
  )
  return { from, to: from + 14 * DAY, step: HOUR }
}

/** First index with a time at or after `t`; times ascend. */
export function lowerBound(times: Float64Array, t: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) < t) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows of a window: from inclusive, to exclusive. */
export const rowsWithin = (times: Float64Array, span: Span): [lo: number, hi: number] => [
  lowerBound(times, span.from),
  lowerBound(times, span.to),
]

/** Events in each bar of the stage. */
export function bars(times: Float64Array, stage: Stage): number[] {
  const counts: number[] = []
  let lo = lowerBound(times, stage.from)
  for (let t = stage.from; t < stage.to; t += stage.step) {
    const hi = lowerBound(times, t + stage.step)
    counts.push(hi - lo)
    lo = hi
  }
  return counts
}

function clampInto(span: Span, whole: Span): Span {
  const length = Math.min(lengthOf(span), lengthOf(whole))
  const from = Math.max(whole.from, Math.min(span.from, whole.to - length))
  return { from, to: from + length }
}

export type Grip = 'from' | 'to' | 'both'

/** Moves one end, or the whole window, to `t`; ends snap to bars and never cross. */
export function drag(span: Span, grip: Grip, t: number, stage: Stage, whole: Span): Span {
  const at = Math.round((t + OFFSET) / stage.step) * stage.step - OFFSET
  const inside = Math.max(whole.from, Math.min(at, whole.to))
  if (grip === 'from') return { from: Math.min(inside, span.to - stage.step), to: span.to }
  if (grip === 'to') return { from: span.from, to: Math.max(inside, span.from + stage.step) }
  return clampInto({ from: at, to: at + lengthOf(span) }, whole)
}

export const SPEEDS = [1, 6, 24, 60] as const
export type PlayMode = 'window' | 'cumulative'

/**
 * The window after `elapsed` seconds of play at `speed` hours of record for each second: it slides, or grows from the
 * start of the strip. Null once it has reached the end.
 */
export function played(span: Span, mode: PlayMode, speed: number, elapsed: number, whole: Span): Span | null {
  if (span.to >= whole.to) return null
  const by = Math.min(elapsed * speed * HOUR, whole.to - span.to)
  return mode === 'window'
    ? { from: span.from + by, to: span.to + by }
    : { from: whole.from, to: span.to + by }
}

/** Where play begins: a window that has nowhere to go starts over. */
export function playStart(span: Span, mode: PlayMode, whole: Span): Span {
  if (mode === 'cumulative') return { from: whole.from, to: span.to < whole.to ? span.to : whole.from + DAY }
  const length = Math.min(lengthOf(span), lengthOf(whole) / 12)
  return span.to < whole.to && length === lengthOf(span)
    ? span
    : { from: whole.from, to: whole.from + length }
}

/** Percent of the way through a span, within its ends. */
export const shareOf = (at: number, span: Span): number =>
  Math.min(100, Math.max(0, ((at - span.from) / lengthOf(span)) * 100))

/** The chip that a window is, to the hour; null for any other window. */
export function chipOf(window: Span, whole: Span): Chip | 'year' | null {
  if (window.to < whole.to) return null
  if (window.from <= whole.from) return 'year'
  const found = Object.entries(CHIPS).find(([, length]) => Math.abs(lengthOf(window) - length) < HOUR / 2)
  return (found?.[0] as Chip | undefined) ?? null
}

/** Where the axis is named: the first of each month, or each midnight. */
export function ticks(stage: Stage): number[] {
  const found: number[] = []
  for (let at = ceilTo(stage.from, DAY); at < stage.to; at += DAY) {
    const isFirst = new Date((at + OFFSET) * 1000).getUTCDate() === 1
    if (stage.step === HOUR || isFirst) found.push(at)
  }
  return found
}
