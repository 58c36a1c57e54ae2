import { LADDER, workingDaysAfter } from '../casework/rules.ts'
import type { Calendar } from '../deadlines/rules.ts'

/** What lateness is at one of the instants that a promise passes. */
export interface Watched {
  readonly dueAt: number
  readonly amberAt: number
  readonly told: 'green' | 'amber' | 'red'
  /** The level to which lateness has brought it so far, whatever people made of it since. */
  readonly escalated: number
  readonly supervision: number
}

/** Something that is to be told, with the instant at which it came true: a late sweep says both. */
type Told =
  | { readonly step: 'event.amber' | 'event.red'; readonly since: number }
  | { readonly step: 'event.supervised'; readonly since: number; readonly level: number }

export interface Progress {
  readonly tells: readonly Told[]
  readonly told: Watched['told']
  readonly escalated: number
  readonly supervision: number
  /** When the next level is reached; null where there is none, or before the deadline. */
  readonly escalateAt: number | null
}

/**
 * Everything that has come true by `now` and was not told: lights from green to red, then the ladder of supervision, each rung
 * once and never downwards. A clock that stands before what has been told tells nothing and takes nothing back.
 */
export function progress(watched: Watched, now: number, calendar: Calendar): Progress {
  const { dueAt, amberAt, told } = watched
  const isLate = now > dueAt
  const lights: Told[] = []
  if (told === 'green' && now >= amberAt) lights.push({ step: 'event.amber', since: amberAt })
  if (told !== 'red' && isLate) lights.push({ step: 'event.red', since: dueAt })
  const light = lights.at(-1)?.step === 'event.red' ? 'red' : lights.length > 0 ? 'amber' : told
  const ladder = isLate ? climb(watched, now, calendar) : STANDING
  return {
    tells: [...lights, ...ladder.tells],
    told: light,
    escalated: Math.max(watched.escalated, ...ladder.passed),
    supervision: Math.max(watched.supervision, ...ladder.tells.map(({ level }) => level)),
    escalateAt: ladder.next,
  }
}

type Rung = Extract<Told, { step: 'event.supervised' }>

interface Ladder {
  readonly tells: readonly Rung[]
  readonly passed: readonly number[]
  readonly next: number | null
}

const STANDING: Ladder = { tells: [], passed: [], next: null }

function climb({ dueAt, escalated, supervision }: Watched, now: number, calendar: Calendar): Ladder {
  const tells: Rung[] = []
  const passed: number[] = []
  for (const { level, days } of LADDER) {
    if (level <= escalated) continue
    const since = workingDaysAfter(dueAt, days, calendar)
    if (now < since) return { tells, passed, next: since }
    passed.push(level)
    // A person may have been there before.
    if (level > supervision) tells.push({ step: 'event.supervised', since, level })
  }
  return { tells, passed, next: null }
}
