import { dateOf } from '../../deadlines/rules.ts'
import type { DisputeOrder, Referral, Risk, Sign, Status } from '../contract.ts'
import type { File } from './decide.ts'
import { endOf, firstSessionBy, monthFrom, nextOf, revisitsFrom, type Next } from './limits.ts'
import { isLower } from './risk.ts'

type Outcome = 'performed' | 'failed' | 'referred'

/** The columns of a file that moves change; instants in milliseconds. */
interface State {
  readonly status: Status
  readonly risk: Risk
  readonly signs: readonly Sign[]
  readonly mediatorId: number | null
  readonly referredTo: Referral | null
  readonly firstDueAt: number | null
  readonly dueAt: number
  readonly extendedAt: number | null
  readonly agreement: 'written' | 'oral' | null
  readonly effectiveOn: string | null
  readonly performBy: string | null
  readonly confirmation: 'asked' | 'declined' | null
  readonly closedAt: number | null
  readonly outcome: Outcome | null
  readonly next: Next | null
}

export type Stored = File & State & { readonly revisitsDue: readonly number[] }

export interface Changed {
  readonly state: State
  /** Due times of the revisits that it makes. */
  readonly revisits: readonly number[]
}

/** What becomes of a file by an order that was allowed. */
export function changeOf(file: Stored, order: DisputeOrder, to: Status, now: number): Changed {
  const state = { ...stateOf(file), ...EFFECTS[order.move]?.(file, order, now), status: to }
  const isNewlySettled = ['agreed', 'referred', 'failed'].includes(to) && file.status !== to
  const isNewlyWatched = order.move === 'risk' && !['registered', 'mediating'].includes(to)
  const isWanted = (isNewlySettled || isNewlyWatched) && file.revisitsDue.length === 0
  const revisits = isWanted ? revisitsFrom(state.risk, now) : []
  const left =
    order.move === 'revisit' ? file.revisitsDue.toSorted((a, b) => a - b).slice(1) : file.revisitsDue
  return { state: { ...state, next: nextOf({ ...state, revisits: [...left, ...revisits] }) }, revisits }
}

function stateOf(file: Stored): State {
  const { status, risk, signs, mediatorId, referredTo, firstDueAt, dueAt, extendedAt, agreement } = file
  const { effectiveOn, performBy, confirmation, closedAt, outcome, next } = file
  const first = { status, risk, signs, mediatorId, referredTo, firstDueAt, dueAt, extendedAt, agreement }
  return { ...first, effectiveOn, performBy, confirmation, closedAt, outcome, next }
}

type Effect = (file: Stored, order: DisputeOrder, now: number) => Partial<State>

const ended = (outcome: Outcome, now: number) => ({ outcome, closedAt: now, firstDueAt: null })

const EFFECTS: Readonly<Partial<Record<DisputeOrder['move'], Effect>>> = {
  refer: (_file, { referredTo = null }, now) => ({ referredTo, ...ended('referred', now) }),
  assign: (_file, { mediatorId = null }) => ({ mediatorId }),
  session: () => ({ firstDueAt: null }),
  agree: (_file, { agreement = 'oral', effectiveOn, performBy = null }, now) => ({
    agreement,
    effectiveOn: effectiveOn ?? dateOf(now),
    performBy,
    confirmation: null,
    firstDueAt: null,
  }),
  confirm: (_file, { confirmation = null }) => ({ confirmation }),
  extend: ({ dueAt }, { until }, now) => ({
    dueAt: until === undefined ? dueAt : endOf(until),
    extendedAt: now,
  }),
  perform: (_file, _order, now) => ended('performed', now),
  fail: (_file, _order, now) => ended('failed', now),
  resume: ({ risk }, _order, now) => ({
    outcome: null,
    closedAt: null,
    referredTo: null,
    dueAt: monthFrom(now),
    firstDueAt: firstSessionBy(risk, now),
  }),
  risk: (file, { risk = file.risk, signs = file.signs }, now) => ({
    risk,
    signs,
    // More danger means less time; less danger does not give back what has run.
    ...(file.firstDueAt !== null &&
      isLower(file.risk, risk) && { firstDueAt: Math.min(file.firstDueAt, firstSessionBy(risk, now)) }),
  }),
}
