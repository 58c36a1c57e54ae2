import type { Actor } from '#contract/accounts'
import type { Dispute, DisputeMove, DisputeOrder } from '#contract/disputes'
import { decide, fileOf } from '#rules/disputes'

export type Draft = Omit<DisputeOrder, 'move'>
export type Field = keyof Draft

/** What each move's form asks, in order. Those without any act at once. */
export const FIELDS: Readonly<Record<DisputeMove, readonly Field[]>> = {
  refer: ['referredTo'],
  assign: ['mediatorId'],
  session: ['session', 'at', 'note'],
  agree: ['agreement', 'effectiveOn', 'performBy'],
  confirm: ['confirmation'],
  extend: ['until', 'consent'],
  perform: [],
  revisit: ['revisit', 'note'],
  fail: ['reason'],
  resume: ['reason'],
  archive: [],
  risk: ['risk', 'signs', 'reason'],
  party: ['party'],
  document: ['document', 'day', 'note'],
}

/** The order as it is sent: trimmed, and without what was left empty. */
export function orderOf(move: DisputeMove, draft: Draft): DisputeOrder {
  const filled = Object.entries(draft).flatMap(([field, value]) => {
    const tidy = typeof value === 'string' ? value.trim() : value
    return tidy === '' || tidy === undefined ? [] : [[field, tidy] as const]
  })
  return { move, ...Object.fromEntries(filled) }
}

/** Whether the server would take the order as it is: by its own rules. A party needs a name. */
export function canSend(dispute: Dispute, order: DisputeOrder, actor: Actor, now: number): boolean {
  if (order.move === 'party' && (order.party?.name.trim() ?? '') === '') return false
  return decide(fileOf(dispute), order, actor, now).ok
}

/** What every control of a form is given. */
export interface FieldProps {
  readonly dispute: Dispute
  readonly draft: Draft
  readonly onChange: (part: Draft) => void
}
