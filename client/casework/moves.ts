import type { Actor } from '#contract/accounts'
import type { Move, MoveOrder, Outcome } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { FLOW, type Choice, type Need } from '#rules/casework'
import type { Desk } from './desks.ts'

/** One key for each move, the same at every desk; `r`, `j`, `k` and `x` belong to the console. */
const LETTERS: Readonly<Partial<Record<Move, string>>> = {
  askVerify: 'v',
  verify: 'v',
  file: 'f',
  reject: 'n',
  merge: 'm',
  dispatch: 'd',
  recall: 'u',
  sign: 's',
  return: 'b',
  start: 't',
  handle: 'h',
  sendBack: 'b',
  askCheck: 'c',
  check: 'c',
  close: 'e',
  revisit: 'v',
  askExtend: 'l',
  askHold: 'p',
  askHandover: 'o',
  reopen: 'y',
  supervise: 'w',
  important: 'i',
}

export const letterOf = (move: Move): string | null => LETTERS[move] ?? null

/** The moves that a desk is there for, the first ones first. */
const DESK_MOVES: Readonly<Record<Desk, readonly Move[]>> = {
  intake: ['askVerify', 'file', 'reject', 'merge'],
  dispatch: ['dispatch', 'recall', 'askHold'],
  unit: ['sign', 'start', 'handle', 'return', 'askExtend', 'askHold'],
  closing: ['askCheck', 'close', 'sendBack', 'revisit', 'reopen'],
  desk: ['askHandover'],
  supervision: ['supervise', 'important'],
}

/** The desk's moves that are ever this person's. */
export function movesOfDesk(desk: Desk, actor: Actor): readonly Move[] {
  return DESK_MOVES[desk].filter((move) => actor.duties.some(({ role }) => FLOW[move].roles.includes(role)))
}

/** Moves that say something about one event only: not for many at once. */
const SINGLE: readonly Move[] = ['merge', 'askHandover', 'revisit', 'reopen']

export function bulkMovesOf(desk: Desk, actor: Actor): readonly Move[] {
  return movesOfDesk(desk, actor).filter((move) => !SINGLE.includes(move))
}

/** Ahead on the main road: shown first and filled. */
const FORWARD: readonly Move[] = [
  'sign',
  'start',
  'handle',
  'verify',
  'check',
  'file',
  'dispatch',
  'close',
  'revisit',
  'reopen',
  'wake',
]
/** Beside the road: small, after the others. */
const ASIDE: readonly Move[] = ['supervise', 'important', 'note', 'askHandover']
/** Shown where their object is: at the request, at the channel. */
const ELSEWHERE: readonly Move[] = ['endorse', 'grant', 'refuse', 'reply']

export type Weight = 'forward' | 'plain' | 'aside'

export function weightOf(move: Move): Weight {
  if (FORWARD.includes(move)) return 'forward'
  return ASIDE.includes(move) ? 'aside' : 'plain'
}

const WEIGHTS: readonly Weight[] = ['forward', 'plain', 'aside']

/** The choices for the foot of a case: what can be done, in the order of weight, and what cannot with its reason. */
export function sortChoices(choices: readonly Choice[]): {
  readonly open: readonly Choice[]
  readonly shut: readonly Choice[]
} {
  const shown = choices.filter(({ move }) => !ELSEWHERE.includes(move))
  const rank = ({ move }: Choice) => WEIGHTS.indexOf(weightOf(move))
  return {
    open: shown.filter(({ verdict }) => verdict.ok).toSorted((a, b) => rank(a) - rank(b)),
    shut: shown.filter(({ verdict }) => !verdict.ok),
  }
}

/** What a person fills in for a move; optional ones included. */
export type Field = Exclude<Need, 'ask' | 'on' | 'obligationId'> | 'assist'

/** The fields of a move's form. Where nothing is asked the button acts at once. */
export function fieldsOf(move: Move): readonly Field[] {
  const { needs } = FLOW[move]
  const asked = needs.filter(
    (need): need is Exclude<Need, 'ask' | 'on' | 'obligationId'> => !SILENT.includes(need),
  )
  const assisted: readonly Field[] =
    move === 'dispatch' ? ['unit', 'assist'] : move === 'reopen' ? ['conditionId'] : []
  const fields = [...new Set<Field>([...assisted, ...asked])]
  return fields.includes('outcome') ? [...fields, 'reason'] : fields
}

const SILENT: readonly Need[] = ['ask', 'on', 'obligationId']

/** Whether the reason must be given, for what has been filled in so far. */
export function mustExplain(move: Move, outcome: Outcome | undefined): boolean {
  const { needs, explain = [] } = FLOW[move]
  return needs.includes('reason') || (outcome !== undefined && explain.includes(outcome))
}

/** The outcomes that a move knows. */
export function outcomesOf(move: Move): readonly Outcome[] {
  const { to } = FLOW[move]
  return typeof to === 'object' ? (Object.keys(to) as Outcome[]) : []
}

/** Names of the levels of supervision (督办), by their number. */
export const LEVELS = ['none', 'ordinary', 'yellow', 'red'] as const

export type Draft = Omit<MoveOrder, 'move'>

/** The fields that are still to be filled in; empty when the order can be sent. */
export function missingOf(move: Move, draft: Draft): readonly Field[] {
  return fieldsOf(move).filter((field) => {
    if (field === 'assist') return false
    if (field === 'reason') return mustExplain(move, draft.outcome) && (draft.reason ?? '').trim() === ''
    if (field === 'conditionId' && !FLOW[move].needs.includes('conditionId')) return false
    return draft[field] === undefined
  })
}

/** The order as it is sent: trimmed, and without what was left empty. */
export function orderOf(move: Move, draft: Draft, event: Pick<EventRow, 'important'>): MoveOrder {
  const reason = draft.reason?.trim() ?? ''
  const { reason: _reason, assist = [], ...rest } = draft
  return {
    move,
    ...rest,
    ...(reason !== '' && { reason }),
    ...(assist.length > 0 && { assist }),
    ...(move === 'important' && { on: !event.important }),
  }
}
