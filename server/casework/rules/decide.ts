import type { Actor, Role } from '../../accounts/contract.ts'
import { ASKS, type EventStatus } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import { MOVES, type Assignment, type Move, type MoveOrder, type Request } from '../contract.ts'
import { FLOW } from './flow.ts'
import { CHECKS, GUARDS } from './guards.ts'
import { decideRequest, type RequestMove } from './judge.ts'
import { REQUESTS } from './requests.ts'
import type { MoveRule } from './shape.ts'
import {
  coversCase,
  forbidden,
  invalid,
  isUnitRole,
  openRequest,
  ownParts,
  refused,
  type Allowed,
  type Beside,
  type Refused,
  type Standing,
  type Subject,
  type Verdict,
} from './subject.ts'
import { ELSEWHERE, LEAD_ONLY, MISSING, notTheirs, OTHER_UNIT } from './words.ts'

/**
 * Whether this person may make this move now. The button shown and the request refused both ask here. `now` in milliseconds;
 * `beside` is what the server has looked up of what the order names.
 */
export function decide(
  subject: Subject,
  order: MoveOrder,
  actor: Actor,
  now: number,
  beside: Beside = {},
): Verdict {
  if (isRequestMove(order.move)) return decideRequest(subject, order, order.move, actor, now)
  const rule = FLOW[order.move]
  const verdict = admit(subject, order, actor, now)
  if (!verdict.ok) return verdict
  const standing = { subject, actor, as: verdict.as, part: verdict.part, now }
  const wrong = lacks(rule, order) ?? CHECKS[order.move]?.(order, standing, beside) ?? null
  return wrong ?? { ...verdict, to: destination(rule, order, verdict, subject) }
}

/** A button: a move with its verdict, before anything is filled in. */
export interface Choice {
  readonly move: Move
  readonly name: Words
  /** endorse, grant, refuse: of which request. */
  readonly ask: (typeof ASKS)[number] | null
  /** The unit that acts, where somebody of a unit does. */
  readonly unit: string | null
  readonly verdict: { readonly ok: true } | Refused
}

/** The moves that somebody's roles know for the status, possible or not; none that is never theirs. */
export function movesFor(subject: Subject, actor: Actor, now: number): Choice[] {
  return MOVES.flatMap((move): Choice[] => {
    if (isRequestMove(move)) return requestChoices(subject, move, actor, now)
    const { name, from, assistFrom = [] } = FLOW[move]
    if (![...from, ...assistFrom].includes(subject.event.status)) return []
    const verdict = admit(subject, { move }, actor, now)
    if (!verdict.ok)
      return verdict.kind === 'forbidden' ? [] : [{ move, name, ask: null, unit: null, verdict }]
    return [{ move, name, ask: null, unit: verdict.part?.unit ?? null, verdict: { ok: true } }]
  })
}

function requestChoices(subject: Subject, move: RequestMove, actor: Actor, now: number): Choice[] {
  return ASKS.filter((kind) => isAnswerable(openRequest(subject, kind), move)).flatMap((ask): Choice[] => {
    const verdict = decideRequest(subject, { move, ask, reason: '…' }, move, actor, now)
    if (verdict.ok) return [{ move, name: FLOW[move].name, ask, unit: null, verdict: { ok: true } }]
    const isNone = verdict.kind === 'forbidden' || verdict.kind === 'invalid'
    return isNone ? [] : [{ move, name: FLOW[move].name, ask, unit: null, verdict }]
  })
}

/** Whether that answer has a place at all: a first stage that is there and still to come, a grant that is no move of its own. */
function isAnswerable(request: Request | null, move: RequestMove): boolean {
  if (!request) return false
  const { endorse, grantedBy } = REQUESTS[request.kind]
  if (move === 'endorse') return endorse !== null && request.stage === 'asked'
  return move === 'refuse' || grantedBy === undefined
}

function isRequestMove(move: Move): move is RequestMove {
  return move === 'endorse' || move === 'grant' || move === 'refuse'
}

/** Roles, reach, status and what stands against it; all but what the order says. */
function admit(subject: Subject, order: MoveOrder, actor: Actor, now: number): Verdict {
  const rule = FLOW[order.move]
  const roles = rule.roles.filter((role) => actor.duties.some((duty) => duty.role === role))
  if (roles.length === 0) return forbidden(notTheirs(rule.name, rule.roles))
  const stands = roles.flatMap((as) => standings(subject, rule, order, actor, as, now))
  if (stands.length === 0) return forbidden(roles.every(isUnitRole) ? OTHER_UNIT : ELSEWHERE)
  const verdicts = stands.map((standing) => attempt(rule, order.move, standing))
  // The first that succeeds, else what is said to the first: the duties stand in the order of the rule, the lead before others.
  return verdicts.find(({ ok }) => ok) ?? verdicts[0] ?? forbidden(ELSEWHERE)
}

/** The ways in which a role of the actor has to do with the subject. */
function standings(
  subject: Subject,
  { where }: MoveRule,
  { move, unit }: MoveOrder,
  actor: Actor,
  as: Role,
  now: number,
): Standing[] {
  const stand = (part: Assignment | null): Standing => ({ subject, actor, as, part, now })
  if (where === 'seen') return [stand(null)]
  if (!isUnitRole(as)) return coversCase(actor, as, subject) ? [stand(null)] : []
  const named = move === 'dispatch' ? undefined : unit
  return ownParts(subject, actor, as)
    .filter((part) => named === undefined || part.unit === named)
    .map(stand)
}

function attempt(rule: MoveRule, move: Move, standing: Standing): Verdict {
  const { subject, as, part } = standing
  const isAssist = part?.part === 'assist'
  if (isAssist && !rule.assistFrom) return refused(LEAD_ONLY)
  const from: readonly EventStatus[] = isAssist ? (rule.assistFrom ?? []) : rule.from
  if (!from.includes(subject.event.status)) return refused(rule.elsewhere)
  const why = GUARDS[move]?.(standing) ?? null
  if (why) return refused(why)
  return { ok: true, to: subject.event.status, as, part, request: null }
}

function lacks({ needs, to, explain = [] }: MoveRule, order: MoveOrder): Refused | null {
  for (const need of needs) {
    const given = order[need]
    if (given === undefined || (typeof given === 'string' && given.trim() === ''))
      return invalid(`/${need}`, MISSING[need])
  }
  const { outcome } = order
  if (typeof to !== 'object') return null
  if (outcome === undefined || !(outcome in to)) return invalid('/outcome', MISSING.outcome)
  const isUnexplained = explain.includes(outcome) && (order.reason ?? '').trim() === ''
  return isUnexplained ? invalid('/reason', MISSING.reason) : null
}

function destination(
  { to }: MoveRule,
  { outcome }: MoveOrder,
  { part }: Allowed,
  { event, work }: Subject,
): EventStatus {
  if (to === 'same' || part?.part === 'assist') return event.status
  if (to === 'woken') return work.heldFrom ?? 'filed'
  if (typeof to === 'string') return to
  return (outcome && to[outcome]) ?? event.status
}
