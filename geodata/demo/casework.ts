import type { Random } from './random.ts'

/** How a case went: what its detail panel tells. */
export interface Course {
  readonly status: string
  readonly closedAt: number | null
  readonly steps: readonly CaseStep[]
  readonly held: Hold | null
  readonly requests: readonly CaseRequest[]
}

/** On hold at the end: since when, until when, and the status to which it wakes. */
interface Hold {
  readonly from: number
  readonly until: number
  readonly status: string
}

/** Who did something: a role of the centre, somebody of the lead unit or of the grid, whoever reported, or the sweep. */
export type Doer =
  | 'reporter'
  | 'field'
  | 'acceptor'
  | 'shift-lead'
  | 'dispatcher'
  | 'director'
  | 'liaison'
  | 'handler'
  | 'sweep'

export interface CaseStep {
  readonly at: number
  readonly step: string
  readonly by: Doer
  /** Status after the step. */
  readonly status: string
  readonly reason?: string
  /** What the case has from then on, where the step changes it. */
  readonly units?: readonly string[]
  readonly asks?: readonly string[]
  readonly supervision?: number
}

/** What somebody asked for. `endorsed` and `decided` are there as far as it has come. */
export interface CaseRequest {
  readonly kind: 'extend' | 'hold' | 'handover' | 'reopen' | 'appeal'
  readonly stage: 'asked' | 'endorsed' | 'granted' | 'refused'
  readonly by: Doer
  readonly at: number
  readonly reason: string
  /** hold: until when. */
  readonly until?: number
  readonly endorsedBy?: Doer
  readonly endorsedAt?: number
  readonly decidedBy?: Doer
  readonly decidedAt?: number
  readonly answer?: string
}

export interface Case {
  readonly source: string
  readonly reportedAt: number
  readonly dueAt: number
  /** Whose work its class is, best first. */
  readonly units: readonly string[]
}

export type Fate = 'closed' | 'late' | 'on-the-spot' | 'rejected' | 'merged' | 'open' | 'held'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The way of an ordinary case, with how long after the report each step comes, at most this share of the whole time. */
const WAY = [
  { step: 'event.filed', status: 'filed', by: 'shift-lead', minutes: [2, 14], share: 0.06 },
  { step: 'event.dispatched', status: 'dispatched', by: 'dispatcher', minutes: [6, 28], share: 0.12 },
  { step: 'event.signed', status: 'signed', by: 'liaison', minutes: [15, 900], share: 0.3 },
  { step: 'event.started', status: 'handling', by: 'handler', minutes: [35, 2400], share: 0.5 },
] as const

const SHORT = {
  rejected: {
    step: 'event.rejected',
    status: 'rejected',
    by: 'shift-lead',
    reason: '不属于受理范围，已告知上报人',
  },
  merged: { step: 'event.merged', status: 'merged', by: 'acceptor', reason: '与已有事件重复' },
  'on-the-spot': { step: 'event.closed', status: 'closed', by: 'reporter', reason: '已当场处理' },
} as const

const HANDLED = ['已处理完毕', '已清理，现场恢复', '已整改到位', '已处置，请核查'] as const

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
  const first: CaseStep = { at: event.reportedAt, step: 'event.reported', by: 'reporter', status: 'reported' }
  if (fate === 'on-the-spot' || fate === 'rejected' || fate === 'merged') {
    const last = { at: end ?? until, ...SHORT[fate] }
    return standsAt([first, last], last.at)
  }
  const whole = (end ?? Math.max(until, event.dueAt)) - event.reportedAt
  const way = inOrder(
    WAY.map(({ minutes: [low, high], share, ...step }) => ({
      ...step,
      at: event.reportedAt + Math.min(rng.between(low, high) * MINUTE, whole * share * rng.between(0.7, 1)),
    })),
  )
  const handledAt = Math.floor(event.reportedAt + whole * rng.between(0.75, 0.95))
  const units = event.units.slice(0, event.units.length > 1 && rng.next() < 0.12 ? 2 : 1)
  const handled: CaseStep = {
    at: handledAt,
    step: 'event.handled',
    by: 'handler',
    status: 'handled',
    reason: rng.pick(HANDLED),
  }
  const road = [
    first,
    ...way.map((step) => (step.status === 'dispatched' ? { ...step, units } : step)),
    handled,
  ]
  if (end !== null) {
    const closed: CaseStep = { at: end, step: 'event.closed', by: 'shift-lead', status: 'closed' }
    return standsAt(
      [...road, ...checkOf(handledAt, end, rng), closed, ...afterwards(event, end, until, rng)],
      end,
    )
  }
  const past = road.filter(({ at }) => at <= until)
  return fate === 'held' ? holding(past, until) : standsAt(past, null)
}

function standsAt(steps: readonly CaseStep[], closedAt: number | null): Course {
  return { status: steps.at(-1)?.status ?? 'reported', closedAt, steps, held: null, requests: [] }
}

/** Some are looked at by the grid's worker before they are closed. */
function checkOf(from: number, to: number, rng: Random): CaseStep[] {
  if (rng.next() > 0.12 || to - from < 10 * MINUTE) return []
  const [asked, checked] = [0.2, 0.7].map((share) => Math.floor(from + (to - from) * share))
  return [
    { at: asked ?? from, step: 'event.check-asked', by: 'shift-lead', status: 'checking' },
    { at: checked ?? to, step: 'event.checked', by: 'field', status: 'handled', reason: '现场核查属实' },
  ]
}

const REVISITED = ['满意', '满意，处理及时', '基本满意', '电话未接通'] as const

/** What follows a closing: the caller is answered, and every third case is revisited within days. */
function afterwards({ source }: Case, end: number, until: number, rng: Random): CaseStep[] {
  const repliedAt = Math.floor(end + rng.between(5, 90) * MINUTE)
  const revisitedAt = Math.floor(end + rng.between(0.4, 3) * DAY)
  const isRevisited = rng.next() < 0.36
  const reason = rng.pick(REVISITED)
  const replied: CaseStep = {
    at: repliedAt,
    step: 'event.replied',
    by: 'acceptor',
    status: 'closed',
    reason: REPLY,
  }
  const revisited: CaseStep = {
    at: revisitedAt,
    step: 'event.revisited',
    by: 'acceptor',
    status: 'revisited',
    reason,
  }
  return [...(source === 'hotline-12345' ? [replied] : []), ...(isRevisited ? [revisited] : [])].filter(
    ({ at }) => at <= until,
  )
}

/** What callers are told. */
const REPLY = '您反映的问题已处理完毕，感谢来电。'

const HOLD_DAYS = 60

/** Filed at least, and not handled: its unit asks to wait for something, and the director agrees. */
function holding(past: readonly CaseStep[], until: number): Course {
  const steps = past.filter(({ status }) => status !== 'handled')
  const last = steps.at(-1)
  const from = last?.at ?? until
  const at = Math.min(until, from + 20 * MINUTE)
  if (last?.status === 'reported') {
    steps.push({ ...WAY[0], at: Math.floor((from + at) / 2) })
  }
  const status = steps.at(-1)?.status ?? 'filed'
  const asker = status === 'filed' ? 'dispatcher' : 'liaison'
  const reason = '需等待施工许可，申请挂账'
  const request: CaseRequest = {
    kind: 'hold',
    stage: 'granted',
    by: asker,
    at: at - 1,
    reason,
    until: at + HOLD_DAYS * DAY,
    decidedBy: 'director',
    decidedAt: at,
  }
  steps.push(
    { at: Math.max(from, at - 1), step: 'event.hold-asked', by: asker, status, reason, asks: ['hold'] },
    { at, step: 'event.granted', by: 'director', status: 'held', asks: [] },
  )
  return {
    ...standsAt(steps, null),
    held: { from: at, until: at + HOLD_DAYS * DAY, status },
    requests: [request],
  }
}

/** The steps with their instants sorted. */
function inOrder(steps: readonly CaseStep[]): CaseStep[] {
  const instants = steps.map(({ at }) => at).toSorted((a, b) => a - b)
  return steps.map((step, n) => ({ ...step, at: Math.floor(instants[n] ?? step.at) }))
}
