import type { Span } from '../contract.ts'
import { DAY, dayOf, startOf } from './day.ts'
import type { Count, Ruler } from './due.ts'

/** A span of `Why` in milliseconds. */
export type Stretch = Omit<Span, 'from' | 'to'> & { readonly from: number; readonly to: number }

/** Beyond so many days nobody reads a line for each: neighbouring working days become one. */
const READABLE_DAYS = 62

/**
 * How the clock ran from `start` to `due`: a line for each working day, from its first to its last counted instant, one for a
 * run of days off, one for a pause. What they counted adds up to the limit; a night between two working days has no line.
 */
export function spansOf({ from, ruler, pauses }: Count, start: number, due: number): Stretch[] {
  const spans: Stretch[] = []
  if (start < from) spans.push({ from: start, to: from, kind: 'off', counted: 0 })
  let at = from
  for (const pause of pauses) {
    if (pause.from >= due) break
    spans.push(...stretches(ruler, at, pause.from), { ...pause, kind: 'paused', counted: 0 })
    at = pause.to
  }
  spans.push(...stretches(ruler, at, due))
  return merged(
    spans,
    ruler.in === 'days' || due - start > READABLE_DAYS * DAY ? ['off', 'working'] : ['off'],
  )
}

/** Between two instants without a pause. */
function stretches(ruler: Ruler, from: number, to: number): Stretch[] {
  if (from >= to) return []
  if (ruler.counts === 'running') return [{ from, to, kind: 'running', counted: ruler.between(from, to) }]
  const spans: Stretch[] = []
  for (let at = from; at < to; at = startOf(dayOf(at) + 1)) {
    spans.push(stretch(ruler, at, Math.min(to, startOf(dayOf(at) + 1))))
  }
  return spans
}

/** Within one day. */
function stretch(ruler: Ruler, from: number, to: number): Stretch {
  const counted = ruler.between(from, to)
  if (counted === 0) return { from, to, kind: 'off', counted }
  if (ruler.in === 'days') return { from, to, kind: 'working', counted }
  return { from: ruler.after(from, 1) - 1, to: ruler.after(from, counted), kind: 'working', counted }
}

function merged(spans: readonly Stretch[], kinds: readonly Span['kind'][]): Stretch[] {
  const lines: Stretch[] = []
  for (const span of spans) {
    const last = lines.at(-1)
    if (last?.kind !== span.kind || !kinds.includes(span.kind)) lines.push(span)
    else lines[lines.length - 1] = { ...last, to: span.to, counted: last.counted + span.counted }
  }
  return lines
}
