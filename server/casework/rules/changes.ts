import type { Condition, Why } from '../../deadlines/contract.ts'
import { extend, promise, resume, ruleOf, type Pause, type Promised } from '../../deadlines/rules.ts'
import type { Ask } from '../../events/contract.ts'
import type { Assignment, MoveOrder, Request } from '../contract.ts'
import { refuseUntil } from './limits.ts'
import { REQUESTS } from './requests.ts'
import type { Change, Core, Hold, Part, Scene } from './state.ts'
import { openRequest } from './subject.ts'

export const CHANGES: Readonly<Partial<Record<MoveOrder['move'], (scene: Scene) => Change>>> = {
  file: (scene) => promised(scene, Date.parse(scene.subject.event.reportedAt)),
  reject: ({ now }) => ({ core: { closedAt: now } }),
  merge: ({ now, order }) => ({ core: { closedAt: now, mergedInto: order.into ?? null } }),
  dispatch: dispatched,
  recall: (scene) => ({ core: { units: [] }, parts: ended(scene, 'recalled') }),
  sign: ({ verdict: { part }, now }) => (part ? { parts: [{ ...part, signedAt: isoOf(now) }] } : {}),
  return: returned,
  handle: handled,
  sendBack: reworked,
  check: (scene) => (scene.order.outcome === 'failed' ? reworked(scene) : { core: { checkedAt: scene.now } }),
  close: (scene) => ({ core: { closedAt: scene.now }, parts: ended(scene, 'closed') }),
  revisit: (scene) =>
    scene.order.outcome === 'unsatisfied' && !openRequest(scene.subject, 'reopen')
      ? asked(scene, 'reopen')
      : {},
  askExtend: (scene) => asked(scene, 'extend'),
  askHold: (scene) => asked(scene, 'hold'),
  askHandover: (scene) => asked(scene, 'handover'),
  askReopen: (scene) => asked(scene, 'reopen'),
  askAppeal: (scene) => asked(scene, 'appeal'),
  wake: woken,
  reopen: reopened,
  endorse: ({ verdict: { request } }) => decided(request, 'endorsed'),
  refuse: ({ verdict: { request } }) => decided(request, 'refused'),
  grant: granted,
  supervise: ({ order }) => ({ core: { supervision: order.level ?? 0 } }),
  important: ({ order }) => ({ core: { important: order.on ?? false } }),
}

/** The promise counted from `start` by the condition that the order names or the case has. */
function promised({ condition, core, calendar }: Scene, start: number): { core: Partial<Core> } {
  if (!condition) return { core: {} }
  const made = promise(start, ruleOf(condition), calendar, { pauses: endedOf(core.pauses) })
  return { core: { conditionId: condition.id, extensions: 0, ...made } }
}

function dispatched({ order, condition, now, calendar }: Scene): Change {
  if (!condition) return {}
  const units = [order.unit ?? '', ...(order.assist ?? [])]
  const { dueAt, amberAt, why } = promise(now, ruleOf(condition), calendar)
  const fresh = {
    id: null,
    dispatchedAt: isoOf(now),
    dueAt: isoOf(dueAt),
    amberAt: isoOf(amberAt),
    why,
    refuseUntil: isoOf(refuseUntil(now, condition.limit, dueAt, calendar)),
    signedAt: null,
    handledAt: null,
    sentBackAt: null,
    endedAt: null,
    ending: null,
    reworks: 0,
  }
  return {
    core: { units },
    parts: units.map((unit, n) => ({ ...fresh, unit, part: n === 0 ? 'lead' : 'assist' })),
  }
}

const active = ({ subject }: Scene): Assignment[] =>
  subject.work.assignments.filter(({ endedAt }) => endedAt === null)

function ended(scene: Scene, ending: 'recalled' | 'closed'): Part[] {
  return active(scene).map((part) => ({ ...part, ending, endedAt: isoOf(scene.now) }))
}

/** The lead's return undoes the dispatch; an assisting unit's takes itself out of it. */
function returned(scene: Scene): Change {
  const { part } = scene.verdict
  if (!part) return {}
  const own: Part = { ...part, ending: 'returned', endedAt: isoOf(scene.now) }
  if (part.part === 'assist')
    return { core: { units: scene.core.units.filter((unit) => unit !== part.unit) }, parts: [own] }
  const others = ended(scene, 'recalled').filter(({ id }) => id !== part.id)
  return { core: { units: [] }, parts: [own, ...others] }
}

function handled({ verdict: { part }, now }: Scene): Change {
  if (!part) return {}
  const parts = [{ ...part, handledAt: isoOf(now) }]
  return part.part === 'lead' ? { core: { checkedAt: null }, parts } : { parts }
}

function reworked(scene: Scene): Change {
  const parts = active(scene)
    .filter(({ part }) => part === 'lead')
    .map((part) => ({ ...part, handledAt: null, sentBackAt: isoOf(scene.now), reworks: part.reworks + 1 }))
  return { core: { reworks: scene.core.reworks + 1, checkedAt: null }, parts }
}

function asked({ order, verdict }: Scene, kind: Ask): Change {
  const isEndorsed = REQUESTS[kind].endorse !== null && REQUESTS[kind].endorsed.includes(verdict.as)
  return {
    requests: [
      {
        id: null,
        kind,
        stage: isEndorsed ? 'endorsed' : 'asked',
        askedAs: verdict.as,
        unit: verdict.part?.unit ?? null,
        gridId: kind === 'handover' ? (order.gridId ?? null) : null,
        until: kind === 'hold' ? (order.until ?? null) : null,
      },
    ],
  }
}

function decided(request: Request | null, stage: Request['stage']): Change {
  return request ? { requests: [{ id: request.id, kind: request.kind, stage }] } : {}
}

function granted(scene: Scene): Change {
  const { request } = scene.verdict
  if (!request) return {}
  return { ...GRANTS[request.kind]?.(scene, request), ...decided(request, 'granted') }
}

const GRANTS: Readonly<Partial<Record<Ask, (scene: Scene, request: Request) => Change>>> = {
  extend: extended,
  hold: ({ core, now }, { until }) => ({
    core: {
      holds: core.holds + 1,
      heldFrom: core.status,
      heldUntil: until === null ? null : Date.parse(until),
      pauses: [...core.pauses, { from: now, to: null }],
    },
  }),
  // An event whose ground has changed hands keeps the grid of its day; only who goes on with it changes.
  handover: ({ core }, { gridId }) => ({
    core: core.keeperId === null ? { gridId } : { keeperId: gridId === core.gridId ? null : gridId },
  }),
  appeal: () => ({ core: { unscored: true } }),
}

/** The event's promise and that of the lead move together. */
function extended(scene: Scene): Change {
  const { core, condition, calendar } = scene
  if (!condition) return {}
  const pauses = endedOf(core.pauses)
  const made = extend(whyOf(scene, condition), calendar, pauses)
  const parts = active(scene)
    .filter(({ part }) => part === 'lead')
    .map((part) => timed(part, extend(part.why, calendar, pauses)))
  return { core: { ...made, extensions: core.extensions + 1 }, parts }
}

/** The clock goes on where it stood, for the event and for every part; so does a window that was open. */
function woken(scene: Scene): Change {
  const { core, condition, calendar, now } = scene
  const from = core.pauses.at(-1)?.from ?? now
  const to = Math.max(from, now)
  const holds = [...core.pauses.slice(0, -1), { from, to }]
  const awake = { pauses: holds, heldUntil: null, heldFrom: null }
  if (!condition) return { core: awake }
  const pauses = endedOf(holds)
  const parts = active(scene).map((part) => {
    const until = Date.parse(part.refuseUntil)
    const shifted = until > from ? isoOf(until + to - from) : part.refuseUntil
    return { ...timed(part, resume(part.why, calendar, pauses)), refuseUntil: shifted }
  })
  return { core: { ...awake, ...resume(whyOf(scene, condition), calendar, pauses) }, parts }
}

/** A new promise from now; what happened stands in the history. */
function reopened(scene: Scene): Change {
  const request = openRequest(scene.subject, 'reopen')
  return {
    core: {
      ...promised({ ...scene, core: { ...scene.core, pauses: [] } }, scene.now).core,
      closedAt: null,
      pauses: [],
      units: [],
      supervision: 0,
      unscored: false,
      checkedAt: null,
      reopened: scene.core.reopened + 1,
    },
    ...decided(request, 'granted'),
  }
}

/** Events of before have no reckoning: theirs is the one that the condition gives from their report. */
function whyOf({ core, subject, calendar }: Scene, condition: Condition): Why {
  return core.why ?? promise(Date.parse(subject.event.reportedAt), ruleOf(condition), calendar).why
}

function timed(part: Assignment, { dueAt, amberAt, why }: Promised): Part {
  return { ...part, dueAt: isoOf(dueAt), amberAt: isoOf(amberAt), why }
}

function endedOf(holds: readonly Hold[]): Pause[] {
  return holds.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]))
}

function isoOf(at: number): string {
  return new Date(at).toISOString()
}
