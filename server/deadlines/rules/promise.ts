import type { Condition, Limit, Why } from '../contract.ts'
import type { Calendar } from './calendar.ts'
import { yearOf } from './day.ts'
import { countOf, reach, type Count, type Pause } from './due.ts'
import { spansOf } from './spans.ts'

/** What a promise is made by. */
export interface Rule {
  readonly limit: Limit
  /** Share of the limit (0 to 1) that is left when the light turns amber. */
  readonly amberShare: number
  /** Of the filing condition with its version; null where something else sets the limit. */
  readonly name: string | null
}

/** What has happened to a promise since it was made. */
export interface Course {
  /** All of them, ended ones: an open pause is in no count until it ends. */
  readonly pauses?: readonly Pause[]
  readonly extensions?: number
}

export interface Promised {
  readonly dueAt: number
  readonly amberAt: number
  readonly why: Why
}

export function ruleOf({ category, ordinal, version, limit, amberShare }: Condition): Rule {
  return { limit, amberShare, name: `${category}-${ordinal}.${version}` }
}

/**
 * The promise made at `start`, with every span that was counted. It is counted anew from its start after each pause and
 * extension, so that pausing and resuming at once changes nothing.
 */
export function promise(
  start: number,
  { limit, amberShare, name }: Rule,
  calendar: Calendar,
  { pauses = [], extensions = 0 }: Course = {},
): Promised {
  const count = countOf(start, limit, calendar, pauses)
  const limits = Array.from({ length: extensions + 1 }, (_, n) => reach(count, (n + 1) * count.amount))
  const due = limits.at(-1) ?? NaN
  return {
    dueAt: due,
    amberAt: Math.round(reach(count, (extensions + 1 - amberShare) * count.amount)),
    why: {
      start: isoOf(start),
      limit,
      amberShare,
      rule: name,
      calendars: calendarsOf(count, start, due, calendar),
      spans: spansOf(count, start, due).map((span) => ({
        ...span,
        from: isoOf(span.from),
        to: isoOf(span.to),
      })),
      extensions: limits.slice(1).map((to, n) => ({ from: isoOf(limits[n] ?? NaN), to: isoOf(to) })),
    },
  }
}

/** The same promise after another pause; `pauses` are all that it has had. Count by the calendar that `why.calendars` names. */
export function resume(why: Why, calendar: Calendar, pauses: readonly Pause[]): Promised {
  return promise(Date.parse(why.start), ruleIn(why), calendar, { pauses, extensions: why.extensions.length })
}

/** The limit once more, counted on from the present deadline. */
export function extend(why: Why, calendar: Calendar, pauses: readonly Pause[] = []): Promised {
  return promise(Date.parse(why.start), ruleIn(why), calendar, {
    pauses,
    extensions: why.extensions.length + 1,
  })
}

function ruleIn({ limit, amberShare, rule }: Why): Rule {
  return { limit, amberShare, name: rule }
}

/** Years looked at, with their versions; none where time runs through. */
function calendarsOf({ ruler }: Count, start: number, due: number, calendar: Calendar): string[] {
  if (ruler.counts === 'running') return []
  const [first, last] = [yearOf(start), yearOf(due - 1)]
  return calendar.years
    .filter(({ year }) => year >= first && year <= last)
    .map(({ year, version, kind }) => `${year}.${version}${kind === 'provisional' ? '?' : ''}`)
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
