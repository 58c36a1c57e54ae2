import type { Status } from '#contract/disputes'
import type { DemoDispute } from '../geodata/demo/disputes.ts'
import { purposeOf, type SealedColumn } from './sealed.ts'
import type { FileRules, Handlers } from './seed-disputes.ts'

/** One line of the trail of a file; `at` in milliseconds. */
export interface FileSteps {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly role: string
  readonly step: string
  readonly data: Readonly<Record<string, unknown>>
}

type Demo = DemoDispute & { readonly id: number }

const HOUR = 3_600_000
const OFFSET = 8 * HOUR

/** The rows of a file and of its parts, sealed, with the promises that the rules give it. */
export function filed(dispute: Demo, who: Handlers, now: number, rules: FileRules) {
  const { id, risk: proposed, lowered, sessions } = dispute
  const seal = (column: SealedColumn, text: string, n = 0) => rules.seal(text, purposeOf(column, id, n))
  const risk = lowered?.risk ?? proposed
  const revisits = revisitsOf(dispute, now, rules)
  const steps = stepsOf(dispute, who, revisits)
  const promises = {
    status: dispute.status,
    firstDueAt: isAwaited(dispute) ? rules.firstSessionBy(risk, dispute.registeredAt) : null,
    dueAt: rules.monthFrom(dispute.registeredAt),
  }
  const open = revisits.filter(({ doneAt }) => doneAt === null).map(({ dueAt }) => dueAt)
  const { assignedAt, agreedAt, agreement, confirmation, referredTo, outcome, closedAt } = dispute
  const mediator = assignedAt === null ? null : who.mediator
  return {
    file: {
      id,
      class: dispute.class,
      subclass: dispute.subclass,
      grid: dispute.grid,
      scale: dispute.scale,
      people: dispute.people,
      signs: dispute.signs,
      risk,
      source: dispute.source,
      mediator,
      referredTo,
      registeredAt: dispute.registeredAt,
      closedAt,
      outcome,
      agreement,
      confirmation,
      ...promises,
      effectiveOn: agreedAt === null ? null : new Date(agreedAt + OFFSET).toISOString().slice(0, 10),
      nextAt:
        rules.nextOf({
          ...promises,
          performBy: null,
          revisits: open,
        })?.at ?? null,
      summary: seal('disputes.summary', dispute.summary),
      place: seal('disputes.place', dispute.place),
      version: steps.length,
    },
    parties: dispute.parties.map(({ part, name, phone }, k) => ({
      id,
      n: k + 1,
      part,
      nameMasked: rules.maskName(name),
      name: seal('dispute_parties.name', name, k + 1),
      phone: phone === null ? null : seal('dispute_parties.phone', phone, k + 1),
      phoneMasked: phone === null ? null : rules.maskPhone(phone),
    })),
    sessions: sessions.map(({ at, outcome: result, note }, k) => ({
      id,
      n: k + 1,
      at,
      mediator,
      outcome: result,
      note: seal('dispute_sessions.note', note, k + 1),
    })),
    documents: dispute.documents.map(({ kind, at, note }, k) => ({
      id,
      n: k + 1,
      kind,
      at,
      note: note === null ? null : seal('dispute_documents.note', note, k + 1),
    })),
    revisits: revisits.map(({ note, ...revisit }, k) => ({
      id,
      n: k + 1,
      ...revisit,
      note: note === null ? null : seal('dispute_revisits.note', note, k + 1),
    })),
    risks: [
      { id, n: 1, at: dispute.registeredAt, account: who.lead, risk: proposed, proposed, reason: null },
      ...(lowered
        ? [
            {
              id,
              n: 2,
              at: lowered.at,
              account: who.lead,
              risk,
              proposed,
              reason: seal('dispute_risks.reason', lowered.reason, 2),
            },
          ]
        : []),
    ],
    steps,
  }
}

function isAwaited({ status, sessions }: Demo): boolean {
  return (status === 'registered' || status === 'mediating') && sessions.length === 0
}

interface DemoRevisit {
  readonly dueAt: number
  readonly doneAt: number | null
  readonly outcome: string | null
  readonly note: string | null
}

/** Those that were due were made an hour or more before. */
function revisitsOf(
  { id, lowered, risk, agreedAt, closedAt, revisited }: Demo,
  now: number,
  rules: FileRules,
) {
  const from = agreedAt ?? closedAt
  if (from === null) return []
  return rules.revisitsFrom(lowered?.risk ?? risk, from).map((dueAt, k): DemoRevisit => {
    const { outcome, note } = revisited[k] ?? { outcome: 'settled', note: '' }
    const doneAt = dueAt - ((id % 20) + 6) * HOUR
    return doneAt < now
      ? { dueAt, doneAt, outcome, note }
      : { dueAt, doneAt: null, outcome: null, note: null }
  })
}

const ENDS = {
  performed: 'dispute.performed',
  failed: 'dispute.failed',
  referred: 'dispute.referred',
} as const

function stepsOf(dispute: Demo, { lead, mediator }: Handlers, revisits: readonly DemoRevisit[]): FileSteps[] {
  const { id, registeredAt, assignedAt, sessions, agreedAt, closedAt, outcome, lowered, risk } = dispute
  const by = (account: number | null, role: string) => ({
    id,
    actor: account === null ? role : `account/${account}`,
    role,
  })
  const steps: FileSteps[] = []
  const say = (at: number, who: ReturnType<typeof by>, step: string, status: Status, more = {}) =>
    steps.push({
      ...who,
      at,
      step,
      data: { status, risk: lowered && at >= lowered.at ? lowered.risk : risk, ...more },
    })
  const [asLead, asMediator] = [by(lead, 'shift-lead'), by(mediator, 'mediator')]
  say(registeredAt, asLead, 'dispute.registered', 'registered', { class: dispute.class })
  if (assignedAt !== null) say(assignedAt, asLead, 'dispute.assigned', 'mediating', { mediatorId: mediator })
  for (const session of sessions)
    say(session.at, asMediator, 'dispute.session', 'mediating', { session: session.outcome })
  if (lowered) say(lowered.at, asLead, 'dispute.risk', 'mediating', { reason: '双方情绪平稳' })
  if (agreedAt !== null)
    say(agreedAt, asMediator, 'dispute.agreed', 'agreed', { agreement: dispute.agreement })
  if (closedAt !== null && outcome !== null) say(closedAt, asMediator, ENDS[outcome], outcome)
  for (const { doneAt, outcome: found } of revisits) {
    if (doneAt !== null) say(doneAt, asMediator, 'dispute.revisited', outcome ?? 'agreed', { revisit: found })
  }
  const last = Math.max(...steps.map(({ at }) => at))
  if (dispute.status === 'archived') say(last + HOUR, asLead, 'dispute.archived', 'archived')
  return steps
}
