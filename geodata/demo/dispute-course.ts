import type { Random } from './random.ts'

export type Risk = 'blue' | 'yellow' | 'orange' | 'red'
type Status = 'registered' | 'mediating' | 'agreed' | 'performed' | 'referred' | 'failed' | 'archived'

export interface DemoSession {
  readonly at: number
  readonly outcome: 'progress' | 'agreed' | 'broken' | 'absent'
}

/** How far a dispute has come; instants in milliseconds. */
export interface Course {
  readonly status: Status
  readonly closedAt: number | null
  readonly outcome: 'performed' | 'failed' | 'referred' | null
  readonly assignedAt: number | null
  readonly sessions: readonly DemoSession[]
  readonly agreedAt: number | null
  readonly agreement: 'written' | 'oral' | null
  readonly confirmation: 'asked' | null
  readonly referredTo: 'court' | 'administrative' | null
}

/** When it came up and, where it has ended by the day of seeding, when that was. */
interface Span {
  readonly registeredAt: number
  readonly closedAt: number | null
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** When the last revisit of what was dangerous lies behind. */
const WATCHED = 92 * DAY

const NOTHING: Course = {
  status: 'registered',
  closedAt: null,
  outcome: null,
  assignedAt: null,
  sessions: [],
  agreedAt: null,
  agreement: null,
  confirmation: null,
  referredTo: null,
}

export function courseOf({ registeredAt, closedAt }: Span, risk: Risk, until: number, rng: Random): Course {
  const whole = (closedAt ?? Math.max(until, registeredAt + 20 * DAY)) - registeredAt
  const firstAt = registeredAt + Math.min(whole * 0.3, risk === 'red' ? 3 * HOUR : 60 * HOUR)
  const agreedAt = registeredAt + whole * 0.8
  const rounds = [firstAt, registeredAt + whole * 0.5, registeredAt + whole * 0.65]
  const sessions = rounds
    .slice(0, 1 + Math.floor(rng.next() * rounds.length))
    .filter((at) => at < until)
    .map((at): DemoSession => ({ at, outcome: rng.next() < 0.15 ? 'absent' : 'progress' }))
  const mediating: Course = {
    ...NOTHING,
    status: 'mediating',
    assignedAt: registeredAt + Math.min(2 * HOUR, whole * 0.05),
    sessions,
  }
  if (closedAt === null) return openCourse(mediating, Math.min(until - HOUR, agreedAt), rng)
  return endedCourse(
    mediating,
    { closedAt, agreedAt, isWatched: risk === 'red' || risk === 'orange' },
    until,
    rng,
  )
}

function openCourse(mediating: Course, agreedAt: number, rng: Random): Course {
  const lot = rng.next()
  const last = mediating.sessions.at(-1)
  if (!last) return lot < 0.5 ? NOTHING : mediating
  if (lot < 0.06) return NOTHING
  if (lot < 0.7 || last.outcome === 'absent' || agreedAt < last.at) return mediating
  return { ...withLast(mediating, 'agreed'), status: 'agreed', agreedAt, agreement: 'written' }
}

interface End {
  readonly closedAt: number
  readonly agreedAt: number
  readonly isWatched: boolean
}

function endedCourse(
  mediating: Course,
  { closedAt, agreedAt, isWatched }: End,
  until: number,
  rng: Random,
): Course {
  const lot = rng.next()
  // Archived once its revisits lie behind; others after a few days.
  const isArchived = closedAt + (isWatched ? WATCHED : 5 * DAY) < until
  const end = (outcome: 'performed' | 'failed' | 'referred') =>
    ({ closedAt, outcome, status: isArchived ? 'archived' : outcome }) as const
  if (lot < 0.04)
    return { ...NOTHING, ...end('referred'), referredTo: lot < 0.02 ? 'court' : 'administrative' }
  if (lot < 0.1) return { ...withLast(mediating, 'broken'), ...end('failed') }
  return {
    ...mediating,
    ...end('performed'),
    sessions: [...mediating.sessions, { at: agreedAt, outcome: 'agreed' }],
    agreedAt,
    agreement: rng.next() < 0.7 ? 'written' : 'oral',
    confirmation: rng.next() < 0.1 ? 'asked' : null,
  }
}

function withLast(course: Course, outcome: DemoSession['outcome']): Course {
  const { sessions } = course
  return {
    ...course,
    sessions: sessions.map((session, k) => (k === sessions.length - 1 ? { ...session, outcome } : session)),
  }
}
