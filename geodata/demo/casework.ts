import type { Random } from './random.ts'

/** How a case went: what its detail panel tells. */
export interface Course {
  readonly status: string
  readonly closedAt: number | null
  readonly steps: readonly CaseStep[]
}

export interface CaseStep {
  readonly at: number
  readonly step: string
  readonly actor: string
  /** Status after the step. */
  readonly status: string
}

export interface Case {
  readonly source: string
  readonly reportedAt: number
  readonly dueAt: number
}

export type Fate = 'closed' | 'late' | 'on-the-spot' | 'rejected' | 'merged' | 'open' | 'held'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The way of an ordinary case, with how long after the report each step comes, at most this share of the whole time. */
const WAY = [
  { step: 'event.filed', status: 'filed', actor: 'shift-lead', minutes: [2, 14], share: 0.06 },
  { step: 'event.dispatched', status: 'dispatched', actor: 'dispatcher', minutes: [6, 28], share: 0.12 },
  { step: 'event.signed', status: 'signed', actor: 'unit', minutes: [15, 900], share: 0.3 },
  { step: 'event.handling', status: 'handling', actor: 'handler', minutes: [35, 2400], share: 0.5 },
] as const

const SHORT = {
  rejected: { step: 'event.rejected', status: 'rejected', actor: 'shift-lead' },
  merged: { step: 'event.merged', status: 'merged', actor: 'acceptor' },
  'on-the-spot': { step: 'event.closed', status: 'closed', actor: 'grid-worker' },
} as const

/** When a case of this fate ends; null while it is open. */
export function endOf(event: Case, fate: Fate, rng: Random): number | null {
  const end = roughEnd(event, fate, rng)
  return end === null ? null : Math.floor(end)
}

function roughEnd({ reportedAt, dueAt }: Case, fate: Fate, rng: Random): number | null {
  const span = dueAt - reportedAt
  switch (fate) {
    case 'open':
    case 'held':
      return null
    case 'on-the-spot':
      return reportedAt + rng.between(4, 25) * MINUTE
    case 'rejected':
    case 'merged':
      return reportedAt + rng.between(5, 50) * MINUTE
    case 'late':
      return dueAt + Math.min(5 * DAY, span * rng.between(0.04, 0.9))
    case 'closed':
      return atWork(reportedAt, reportedAt + span * (0.12 + 0.86 * Math.sqrt(rng.next())), rng)
  }
}

/** Long cases are closed by day: an end in the night moves to the evening before, if the case was there then. */
function atWork(reportedAt: number, end: number, rng: Random): number {
  if (end - reportedAt < 5 * HOUR) return end
  const hour = ((end + 8 * HOUR) % DAY) / HOUR
  if (hour >= 8 && hour < 18) return end
  const evening = end - ((hour + 24 - 18) % 24) * HOUR - rng.between(1, 70) * MINUTE
  return evening > reportedAt + 20 * MINUTE ? evening : end
}

/** The case as it stands at `until`. */
export function courseOf(event: Case, fate: Fate, end: number | null, until: number, rng: Random): Course {
  const first = { at: event.reportedAt, step: 'event.reported', actor: event.source, status: 'reported' }
  if (fate === 'on-the-spot' || fate === 'rejected' || fate === 'merged') {
    const last = { at: end ?? until, ...SHORT[fate] }
    return { status: last.status, closedAt: last.at, steps: [first, last] }
  }
  const whole = (end ?? Math.max(until, event.dueAt)) - event.reportedAt
  const way = inOrder(
    WAY.map(({ minutes: [low, high], share, ...step }) => ({
      ...step,
      at: event.reportedAt + Math.min(rng.between(low, high) * MINUTE, whole * share * rng.between(0.7, 1)),
    })),
  )
  const handledAt = Math.floor(event.reportedAt + whole * rng.between(0.75, 0.95))
  const handled = { at: handledAt, step: 'event.handled', actor: 'unit', status: 'handled' }
  if (end !== null) {
    const closed = { at: end, step: 'event.closed', actor: 'shift-lead', status: 'closed' }
    return { status: 'closed', closedAt: end, steps: [first, ...way, handled, closed] }
  }
  const past = [first, ...way, handled].filter(({ at }) => at <= until)
  if (fate === 'held') {
    const at = Math.min(until, (past.at(-1)?.at ?? event.reportedAt) + 20 * MINUTE)
    past.push({ at, step: 'event.held', actor: 'dispatcher', status: 'held' })
  }
  return { status: past.at(-1)?.status ?? 'reported', closedAt: null, steps: past }
}

/** The steps with their instants sorted. */
function inOrder(steps: readonly CaseStep[]): CaseStep[] {
  const instants = steps.map(({ at }) => at).toSorted((a, b) => a - b)
  return steps.map((step, n) => ({ ...step, at: Math.floor(instants[n] ?? step.at) }))
}
