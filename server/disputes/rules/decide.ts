import type { Actor, Role } from '../../accounts/contract.ts'
import { reachAs } from '../../accounts/rules.ts'
import { dateOf, midnightOf } from '../../deadlines/rules.ts'
import type { Words } from '../../http/contract.ts'
import { DISPUTE_MOVES, type Dispute, type DisputeMove, type DisputeOrder, type Status } from '../contract.ts'
import { FLOW, MISSING, type MoveRule, type Need } from './flow.ts'
import { confirmUntil, endOf, EXTENSION_DAYS } from './limits.ts'
import { isLower } from './risk.ts'

/** What the flow looks at in a file; instants in milliseconds. */
export interface File extends Pick<Dispute, 'status' | 'risk' | 'class' | 'gridId'> {
  readonly mediatorId: number | null
  readonly registeredAt: number
  readonly dueAt: number
  readonly effectiveOn: string | null
  readonly confirmation: 'asked' | 'declined' | null
  readonly sessions: number
  readonly openRevisits: number
}

/** Why not. `forbidden`: never this person's; `refused`: not as the file stands; `invalid`: the order lacks something. */
export interface Refused {
  readonly ok: false
  readonly kind: 'forbidden' | 'refused' | 'invalid'
  readonly why: Words
  /** JSON pointer into the order. */
  readonly field?: string
}

interface Allowed {
  readonly ok: true
  readonly to: Status
  /** The duty in which it is done. */
  readonly as: Role
}

export type Verdict = Allowed | Refused

const forbidden = (why: Words): Refused => ({ ok: false, kind: 'forbidden', why })
const refused = (zh: string, en: string): Refused => ({ ok: false, kind: 'refused', why: { zh, en } })
const invalid = (field: string, why: Words): Refused => ({ ok: false, kind: 'invalid', why, field })

/** A file as the console has it. */
export function fileOf(dispute: Dispute): File {
  const { status, risk, class: kind, gridId, mediator, agreement, sessions, revisits } = dispute
  return {
    status,
    risk,
    class: kind,
    gridId,
    mediatorId: mediator?.id ?? null,
    registeredAt: Date.parse(dispute.registeredAt),
    dueAt: Date.parse(dispute.dueAt),
    effectiveOn: agreement?.effectiveOn ?? null,
    confirmation: agreement?.confirmation ?? null,
    sessions: sessions.length,
    openRevisits: revisits.filter(({ doneAt }) => doneAt === null).length,
  }
}

/** Whether this person may do this to the file now. The button shown and the request refused both ask here. */
export function decide(file: File, order: DisputeOrder, actor: Actor, now: number): Verdict {
  const verdict = admit(file, order.move, actor, now)
  if (!verdict.ok) return verdict
  return lacks(FLOW[order.move], order) ?? CHECKS[order.move]?.(file, order, verdict, actor, now) ?? verdict
}

/** A button: a change with its verdict, before anything is filled in. */
export interface Choice {
  readonly move: DisputeMove
  readonly name: Words
  readonly verdict: { readonly ok: true } | Refused
}

/** What somebody's roles know, possible now or not; nothing that is never theirs. */
export function choicesFor(file: File, actor: Actor, now: number): Choice[] {
  return DISPUTE_MOVES.flatMap((move): Choice[] => {
    const verdict = admit(file, move, actor, now)
    if (!verdict.ok && verdict.kind === 'forbidden') return []
    return [{ move, name: FLOW[move].name, verdict: verdict.ok ? { ok: true } : verdict }]
  })
}

/** Roles, reach, status, and what stands against it; all but what the order says. */
function admit(file: File, move: DisputeMove, actor: Actor, now: number): Verdict {
  const rule = FLOW[move]
  const as = rule.roles.find((role) => standsAs(file, rule, actor, role))
  if (as === undefined) {
    return forbidden({ zh: `“${rule.name.zh}”不由您办理。`, en: `"${rule.name.en}" is not yours to do.` })
  }
  if (!rule.from.includes(file.status)) return { ok: false, kind: 'refused', why: rule.elsewhere }
  return GUARDS[move]?.(file, now) ?? { ok: true, to: rule.to === 'same' ? file.status : rule.to, as }
}

/** The duty in which somebody handles the file, null for who merely sees it. */
export function handlerFor(file: File, actor: Actor): Role | null {
  return FLOW.session.roles.find((role) => standsAs(file, FLOW.session, actor, role)) ?? null
}

/** The duty in which somebody registers a file in a grid. */
export function registrarFor(actor: Actor, gridId: number): Role | null {
  const isNear = (role: Role) => {
    const reach = reachAs(actor, [role])
    return reach.all || reach.grids.includes(gridId)
  }
  return FLOW.session.roles.find(isNear) ?? null
}

function standsAs(file: File, { mediator }: MoveRule, actor: Actor, role: Role): boolean {
  if (!actor.duties.some((duty) => duty.role === role)) return false
  const reach = reachAs(actor, [role])
  const isNear = reach.all || reach.grids.includes(file.gridId)
  if (role !== 'mediator') return isNear
  if (file.mediatorId === actor.account) return true
  return isNear && (mediator === 'seen' || file.mediatorId === null)
}

/** What stands against a move, whatever its order says. */
const GUARDS: Readonly<Partial<Record<DisputeMove, (file: File, now: number) => Refused | null>>> = {
  agree: ({ sessions }) =>
    sessions > 0
      ? null
      : refused(
          '还没有调解记录，不能达成协议。',
          'No session is recorded yet; there is nothing to agree on.',
        ),
  extend: ({ dueAt }, now) =>
    now <= dueAt ? null : refused('期限已过，不能再延长。', 'The time is over; it cannot be extended.'),
  revisit: ({ openRevisits }) =>
    openRevisits > 0 ? null : refused('没有待办的回访。', 'No revisit is due.'),
  archive: ({ openRevisits }) =>
    openRevisits === 0
      ? null
      : refused(
          `还有 ${openRevisits} 次回访没有完成，不能归档。`,
          `${openRevisits} revisits are still to be made.`,
        ),
  confirm({ effectiveOn, confirmation }, now) {
    if (confirmation !== null) return refused('司法确认已有结论。', 'Confirmation has been settled.')
    if (effectiveOn === null || now <= endOf(confirmUntil(effectiveOn))) return null
    return refused(
      '已超过协议生效后 30 日，不能再申请。',
      'More than 30 days have passed since the agreement took effect.',
    )
  },
}

function lacks({ needs }: MoveRule, order: DisputeOrder): Refused | null {
  const missing = needs.find((need) => isMissing(need, order))
  return missing === undefined ? null : invalid(`/${missing}`, MISSING[missing])
}

function isMissing(need: Need, order: DisputeOrder): boolean {
  const given = order[need]
  if (need === 'reason') return (order.reason ?? '').trim().length < 4
  return given === undefined || given === false
}

type Check = (file: File, order: DisputeOrder, verdict: Allowed, actor: Actor, now: number) => Refused | null

/** What an order must keep to. */
const CHECKS: Readonly<Partial<Record<DisputeMove, Check>>> = {
  assign(file, { mediatorId }, { as }, actor) {
    if (as !== 'mediator' || (file.mediatorId === null && mediatorId === actor.account)) return null
    return forbidden({
      zh: '调解员只能认领尚无调解员的纠纷。',
      en: 'A mediator may take a file that has none, no more.',
    })
  },
  session({ registeredAt }, { at }, _verdict, _actor, now) {
    if (at === undefined) return null
    const held = Date.parse(at)
    if (held <= now && held >= midnightOf(registeredAt)) return null
    return invalid('/at', {
      zh: '调解时间应在登记之后、现在之前。',
      en: 'Sessions lie between registration and now.',
    })
  },
  agree({ registeredAt }, { effectiveOn, performBy }, _verdict, _actor, now) {
    const effective = endOf(effectiveOn ?? dateOf(now))
    if (!(effective >= registeredAt && effective <= endOf(dateOf(now))))
      return invalid('/effectiveOn', {
        zh: '生效日期应在登记之后、今天或之前。',
        en: 'It takes effect between registration and today.',
      })
    if (performBy === undefined || endOf(performBy) >= effective) return null
    return invalid('/performBy', {
      zh: '履行期限不能早于生效日期。',
      en: 'Performance cannot precede the effect.',
    })
  },
  extend({ dueAt }, { until = '' }) {
    const end = endOf(until)
    if (end > dueAt && end <= dueAt + EXTENSION_DAYS * 86_400_000) return null
    return invalid('/until', {
      zh: `应晚于现在的期限，且每次不超过 ${EXTENSION_DAYS} 天。`,
      en: `It must lie after the present limit, by at most ${EXTENSION_DAYS} days.`,
    })
  },
  risk(file, { risk = file.risk, reason = '' }, { as }) {
    if (!isLower(risk, file.risk)) return null
    if (as === 'mediator')
      return forbidden({
        zh: '降低风险等级由值班长或中心主任决定。',
        en: 'The shift lead or the director lowers a risk.',
      })
    return reason.trim().length < 4 ? invalid('/reason', MISSING.reason) : null
  },
  document(_file, { day }, _verdict, _actor, now) {
    if (day === undefined || endOf(day) <= endOf(dateOf(now))) return null
    return invalid('/day', { zh: '日期不存在或在未来。', en: 'There is no such day, or it lies ahead.' })
  },
}
