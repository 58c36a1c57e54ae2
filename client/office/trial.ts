import type { CalendarYear, Condition } from '#contract/deadlines'
import { calendarOf, CalendarGap, promise, ruleOf, type Promised } from '#rules/deadlines'

/** A hold as it is typed: China's time, without a zone. */
export interface Hold {
  readonly from: string
  readonly to: string
}

export type Outcome =
  | { readonly kind: 'due'; readonly promised: Promised }
  | { readonly kind: 'gap'; readonly year: number }

/** yyyy-mm-ddThh:mm in China, as an instant; null while it is none. */
export function instantOf(text: string): number | null {
  const at = Date.parse(`${text}:00+08:00`)
  return Number.isNaN(at) ? null : at
}

export function textOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)
}

/** When a report of this condition would fall due, by the very rules of filing. */
export function tryOut(
  start: number,
  condition: Condition,
  years: readonly CalendarYear[],
  holds: readonly Hold[],
): Outcome {
  const pauses = holds.flatMap((hold) => {
    const [from, to] = [instantOf(hold.from), instantOf(hold.to)]
    return from !== null && to !== null && from < to ? [{ from, to }] : []
  })
  try {
    return {
      kind: 'due',
      promised: promise(start, ruleOf(condition), calendarOf(years), { pauses }),
    }
  } catch (error) {
    if (error instanceof CalendarGap) return { kind: 'gap', year: error.year }
    throw error
  }
}
