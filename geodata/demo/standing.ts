import type { Position } from '../geojson.ts'
import type { CaseRequest, CaseStep, Course, Doer } from './casework.ts'
import { random, seedOf, type Random } from './random.ts'

interface Standing extends Course {
  readonly position: Position
  readonly dueAt: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Ground {
  readonly until: number
  readonly inside: (position: Position) => boolean
  readonly raisedAt: (dueAt: number) => readonly number[]
}

/** A kind of loose end: how many cases get it, which may, and the case with it. */
interface LooseEnd<T> {
  readonly count: number
  readonly may: (event: T) => boolean
  readonly give: (event: T, rng: Random) => Partial<Course>
}

/**
 * The work that lies on the desks at `until`: reports being verified, returns, checks, requests of each kind that wait, late
 * cases under supervision. Which ones is drawn, how many is fixed.
 */
export function withLooseEnds<T extends Standing>(
  events: readonly T[],
  { until, inside, raisedAt }: Ground,
): T[] {
  const result = [...events]
  const taken = new Set<number>()
  looseEnds(until, inside).forEach(({ count, may, give }, k) => {
    const rng = random(seedOf('loose ends', k))
    const found = result.flatMap((event, n) => (!taken.has(n) && may(event) ? [n] : []))
    for (const n of rng.shuffled(found).slice(0, count)) {
      const event = result[n]
      if (!event) continue
      taken.add(n)
      result[n] = { ...event, ...give(event, rng) }
    }
  })
  return result.map((event) =>
    isLate(event, until) ? { ...event, ...supervised(event, until, raisedAt(event.dueAt)) } : event,
  )
}

function looseEnds(until: number, inside: (position: Position) => boolean): readonly LooseEnd<Standing>[] {
  const isOpen = (...statuses: readonly string[]) => {
    return (event: Standing) => statuses.includes(event.status) && !isLate(event, until)
  }
  const isWorked = isOpen('signed', 'handling')
  const endedWithin = (days: number) => {
    return ({ closedAt, status }: Standing) =>
      closedAt !== null && closedAt > until - days * DAY && (status === 'closed' || status === 'revisited')
  }
  const wasLate = ({ closedAt, dueAt }: Standing) => closedAt !== null && closedAt > dueAt + HOUR
  const isRecent = (event: Standing) => endedWithin(12)(event) && wasLate(event)
  const wasDispatched = ({ steps }: Standing) => steps.some(({ units }) => units !== undefined)
  const step = (event: Standing, rng: Random, more: Omit<CaseStep, 'at'>) => added(event, until, rng, more)
  const ask = asking(until)
  return [
    {
      count: 3,
      may: isOpen('reported'),
      give: (event, rng) =>
        step(event, rng, { step: 'event.verify-asked', by: 'acceptor', status: 'verifying' }),
    },
    {
      count: 4,
      may: isOpen('handled'),
      give: (event, rng) =>
        step(event, rng, { step: 'event.check-asked', by: 'shift-lead', status: 'checking' }),
    },
    {
      count: 3,
      may: isOpen('dispatched', 'signed'),
      give: (event, rng) =>
        step(event, rng, {
          step: 'event.returned',
          by: 'liaison',
          status: 'returned',
          units: [],
          reason: '不属于本单位职责，请改派',
        }),
    },
    { count: 4, may: isWorked, give: ask('extend', 'liaison', '备件采购需要时间，申请延期', 'endorsed') },
    { count: 2, may: isWorked, give: ask('hold', 'liaison', '需等待施工许可，申请挂账', 'endorsed') },
    {
      count: 4,
      may: (event) => isOpen('reported', 'filed', 'dispatched')(event) && inside(event.position),
      give: ask('handover', 'field', '现场在网格边界另一侧', 'endorsed'),
    },
    { count: 3, may: endedWithin(4), give: ask('reopen', 'acceptor', '来电人反映问题又出现', 'endorsed') },
    {
      count: 3,
      may: (event) => isRecent(event) && wasDispatched(event),
      give: ask('appeal', 'liaison', '因暴雨停工导致超时', 'asked'),
    },
    {
      count: 5,
      may: (event) => wasLate(event) && endedWithin(330)(event) && !isRecent(event) && wasDispatched(event),
      give: excused,
    },
  ]
}

function isLate({ status, closedAt, dueAt }: Standing, until: number): boolean {
  return closedAt === null && status !== 'held' && dueAt < until
}

/** One more step, some time between the last one and the end. */
function added(event: Standing, until: number, rng: Random, step: Omit<CaseStep, 'at'>): Partial<Course> {
  const last = event.steps.at(-1)?.at ?? until
  const at = Math.floor(last + Math.min(40 * MINUTE, until - last) * rng.between(0.2, 0.9))
  return { status: step.status, steps: [...event.steps, { ...step, at }] }
}

function asking(until: number) {
  return (kind: CaseRequest['kind'], by: Doer, reason: string, stage: 'asked' | 'endorsed') =>
    (event: Standing, rng: Random): Partial<Course> => {
      const step = { step: `event.${kind}-asked`, by, reason, asks: [kind], status: event.status }
      const { steps = [] } = added(event, until, rng, step)
      const at = steps.at(-1)?.at ?? until
      const request: CaseRequest = {
        kind,
        stage,
        by,
        at,
        reason,
        ...(kind === 'hold' && { until: at + 60 * DAY }),
        ...(stage === 'endorsed' && {
          endorsedBy: by,
          endorsedAt: at,
        }),
      }
      return { steps, requests: [request] }
    }
}

/** An appeal of some time ago that was granted: late all the same, but not counted. */
function excused(event: Standing): Partial<Course> {
  const last = event.steps.at(-1)
  if (!last) return {}
  const { status } = last
  const [at, endorsedAt, decidedAt] = [2 * HOUR, 5 * HOUR, 20 * HOUR].map((later) => last.at + later)
  if (at === undefined || endorsedAt === undefined || decidedAt === undefined) return {}
  const reason = '停电期间无法施工导致超时'
  return {
    steps: [
      ...event.steps,
      { at, step: 'event.appeal-asked', by: 'liaison', status, reason, asks: ['appeal'] },
      { at: endorsedAt, step: 'event.endorsed', by: 'dispatcher', status },
      { at: decidedAt, step: 'event.granted', by: 'acceptor', status, asks: [] },
    ],
    requests: [
      {
        kind: 'appeal',
        stage: 'granted',
        by: 'liaison',
        at,
        reason,
        answer: '情况属实',
        endorsedBy: 'dispatcher',
        endorsedAt,
        decidedBy: 'acceptor',
        decidedAt,
      },
    ],
  }
}

/** The sweep's word for each level that lateness has reached, in its time. */
function supervised({ steps }: Standing, until: number, levels: readonly number[]): Partial<Course> {
  const raised = levels.flatMap((due, k): CaseStep[] => {
    const at = due + 1
    const status = steps.findLast((step) => step.at <= at)?.status ?? 'reported'
    return at < until ? [{ at, step: 'event.supervised', by: 'sweep', status, supervision: k + 1 }] : []
  })
  return { steps: [...steps, ...raised].toSorted((a, b) => a.at - b.at) }
}
