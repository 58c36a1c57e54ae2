import type { Actor, Role } from '../../accounts/contract.ts'
import type { Ask, EventStatus } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { MoveOrder, Request } from '../contract.ts'
import { FLOW } from './flow.ts'
import { AFTER_DEADLINE, HELD_BEFORE, NO_MORE_TIME } from './guards.ts'
import { EXTENSIONS, isLate } from './limits.ts'
import { REQUESTS, type Office } from './requests.ts'
import {
  coversCase,
  coversGrid,
  forbidden,
  invalid,
  isUnitRole,
  openRequest,
  ownParts,
  refused,
  type Refused,
  type Subject,
  type Verdict,
} from './subject.ts'
import { ELSEWHERE, MISSING, notTheirs, OTHER_UNIT, OWN_REQUEST } from './words.ts'

/** Moves that answer a request. */
export type RequestMove = 'endorse' | 'grant' | 'refuse'

/** Who decides follows from the kind of the request and its stage. */
export function decideRequest(
  subject: Subject,
  { ask, reason = '' }: MoveOrder,
  move: RequestMove,
  actor: Actor,
  now: number,
): Verdict {
  const rule = FLOW[move]
  if (!rule.roles.some((role) => actor.duties.some((duty) => duty.role === role)))
    return forbidden(notTheirs(rule.name, rule.roles))
  if (ask === undefined) return invalid('/ask', MISSING.ask)
  const request = openRequest(subject, ask)
  if (!request) return refused(rule.elsewhere)
  const office = officeFor(move, ask, request)
  if (!office) return refused(NO_FIRST_STAGE)
  const as = office.roles.find((role) => holds(subject, request, office, actor, role))
  if (!as) return forbidden(foreign(office, actor, REQUESTS[ask].name))
  const wrong = move === 'refuse' ? silent(reason) : objection(subject, request, move, actor, now)
  if (wrong) return wrong
  return { ok: true, to: destination(subject, move, ask), as, part: null, request }
}

function silent(reason: string): Refused | null {
  return reason.trim() === '' ? invalid('/reason', MISSING.reason) : null
}

function destination({ event }: Subject, move: RequestMove, ask: Ask): EventStatus {
  const { to } = REQUESTS[ask]
  return move === 'grant' && to !== 'same' ? to : event.status
}

const NO_FIRST_STAGE: Words = {
  zh: '这项申请不需要初审，或已经初审。',
  en: 'That request needs no endorsement, or has it.',
}

/** Whose turn it is. Either of the two stages may refuse what has not passed the first. */
function officeFor(move: RequestMove, ask: Ask, { stage }: Request): Office | null {
  const { endorse, decide } = REQUESTS[ask]
  const isFirst = endorse !== null && stage === 'asked'
  if (move === 'endorse') return isFirst ? endorse : null
  return move === 'refuse' && isFirst ? endorse : decide
}

function holds(subject: Subject, request: Request, { where }: Office, actor: Actor, role: Role): boolean {
  if (!actor.duties.some((duty) => duty.role === role)) return false
  if (isUnitRole(role)) return ownParts(subject, actor, role).some(({ unit }) => unit === request.unit)
  return where === 'asked' ? coversGrid(actor, role, request.gridId) : coversCase(actor, role, subject)
}

function foreign({ roles }: Office, actor: Actor, name: Words): Words {
  if (!roles.some((role) => actor.duties.some((duty) => duty.role === role))) return notTheirs(name, roles)
  return roles.every(isUnitRole) ? OTHER_UNIT : ELSEWHERE
}

/** Why a request cannot be let through, though this is the right office. */
function objection(
  subject: Subject,
  request: Request,
  move: 'endorse' | 'grant',
  actor: Actor,
  now: number,
): Refused | null {
  const { endorse, from, grantedBy } = REQUESTS[request.kind]
  if (grantedBy) return refused(BY_ITS_OWN_MOVE)
  if (move === 'grant' && endorse !== null && request.stage === 'asked') return refused(NOT_ENDORSED)
  // Two grids may be in one hand; everything else needs two people.
  if (request.kind !== 'handover' && request.askedBy === actor.account) return refused(OWN_REQUEST)
  if (!from.includes(subject.event.status)) return refused(NO_OBJECT)
  const why = STANDS_AGAINST[request.kind]?.(subject, request, now) ?? null
  return why && refused(why)
}

const NOT_ENDORSED: Words = {
  zh: '申请还没有初审，请等初审之后再批。',
  en: 'The request has not been endorsed yet.',
}
const BY_ITS_OWN_MOVE: Words = {
  zh: '同意重新办理，请用“重新立案”。',
  en: 'To grant a reopening, reopen the event.',
}
const NO_OBJECT: Words = {
  zh: '事件的状态已变，这项申请不再适用，只能不同意。',
  en: 'The event has moved on; the request can only be refused.',
}

type Against = (subject: Subject, request: Request, now: number) => Words | null

const STANDS_AGAINST: Readonly<Partial<Record<Ask, Against>>> = {
  extend: (subject, _request, now) => {
    if (isLate(subject, now)) return AFTER_DEADLINE
    return subject.work.extensions >= EXTENSIONS ? NO_MORE_TIME : null
  },
  hold: ({ work }, { until }, now) => {
    if (work.holds > 0) return HELD_BEFORE
    return until !== null && Date.parse(until) > now
      ? null
      : { zh: '申请挂账的时间已经过了。', en: 'The time asked for has passed.' }
  },
}
