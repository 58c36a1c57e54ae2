import type { Actor, Role } from '../accounts/contract.ts'
import type { Words } from '../http/contract.ts'
import {
  SCENARIO_MOVES,
  SCENARIO_STATUSES,
  type Scenario,
  type ScenarioMove,
  type ScenarioStatus,
} from './contract.ts'

export { faultsOf } from './rules/ground.ts'
export { keeperOf } from './rules/hand.ts'
export { pathTo, redone, routeBetween, undone, type Tree } from './rules/tree.ts'

/** One way in which a draft as a whole moves on. */
interface Way {
  readonly from: ScenarioStatus
  readonly to: ScenarioStatus
  readonly role: Role
  /** What must be said with it. */
  readonly needs?: 'text' | 'effectiveAt'
}

/** Who does what with a draft when. A move may have two ways, for two people. */
const WAYS: Readonly<Record<ScenarioMove, readonly Way[]>> = {
  submit: [{ from: 'draft', to: 'submitted', role: 'planner' }],
  return: [{ from: 'submitted', to: 'draft', role: 'director', needs: 'text' }],
  approve: [{ from: 'submitted', to: 'approved', role: 'director', needs: 'effectiveAt' }],
  withdraw: [
    { from: 'submitted', to: 'draft', role: 'planner' },
    { from: 'approved', to: 'submitted', role: 'director' },
  ],
  archive: [{ from: 'draft', to: 'archived', role: 'planner' }],
  restore: [{ from: 'archived', to: 'draft', role: 'planner' }],
}

/** What of a draft decides. */
export type Subject = Pick<Scenario, 'status' | 'submitter' | 'effectiveAt'>

export interface Order {
  readonly move: ScenarioMove
  readonly text?: string
  readonly effectiveAt?: string
}

export type Verdict =
  | { readonly ok: true; readonly to: ScenarioStatus; readonly as: Role }
  | {
      readonly ok: false
      readonly kind: 'forbidden' | 'refused' | 'invalid'
      readonly why: Words
      /** JSON pointer into the order. */
      readonly field?: string
    }

/** Whether this person may make the move now. Whether the boundaries hold, only the server can say. */
export function decide(subject: Subject, order: Order, actor: Actor, now: number): Verdict {
  const ways = WAYS[order.move]
  const own = ways.filter(({ role }) => actor.duties.some((duty) => duty.role === role))
  if (own.length === 0) return { ok: false, kind: 'forbidden', why: notYours(order.move) }
  const way = own.find(({ from }) => from === subject.status)
  if (!way) return refused(standsElsewhere(order.move, subject.status))
  if (order.move === 'approve' && subject.submitter === actor.account) return refused(OWN)
  if (hasBegun(subject, now)) return refused(BEGUN)
  return missing(order, way, now) ?? { ok: true, to: way.to, as: way.role }
}

/** The moves that a person can make, their texts aside: what buttons are shown. */
export function movesFor(subject: Subject, actor: Actor, now: number): ScenarioMove[] {
  return SCENARIO_MOVES.filter((move) => {
    const verdict = decide(subject, { move }, actor, now)
    return verdict.ok || verdict.kind === 'invalid'
  })
}

function hasBegun({ status, effectiveAt }: Subject, now: number): boolean {
  return status === 'approved' && effectiveAt !== null && Date.parse(effectiveAt) <= now
}

function missing({ text, effectiveAt }: Order, { needs }: Way, now: number): Verdict | null {
  if (needs === 'text' && (text ?? '').trim() === '') return invalid('/text', NO_REASON)
  if (needs !== 'effectiveAt') return null
  const fault = faultOfInstant(effectiveAt, now)
  return fault && invalid('/effectiveAt', fault)
}

const MINUTE = 60_000
const FARTHEST = 3 * 366 * 24 * 60 * MINUTE

/** What is wrong with an instant at which a plan is to begin; null where nothing is. */
function faultOfInstant(effectiveAt: string | undefined, now: number): Words | null {
  const at = Date.parse(effectiveAt ?? '')
  if (Number.isNaN(at)) return { zh: '请选择生效时间。', en: 'Choose from when it is in force.' }
  if (at % MINUTE !== 0) return { zh: '生效时间应为整分钟。', en: 'It takes effect at a whole minute.' }
  if (at <= now) return { zh: '生效时间须在将来。', en: 'The instant must lie in the future.' }
  if (at > now + FARTHEST)
    return { zh: '生效时间不能超过三年以后。', en: 'The instant lies more than three years ahead.' }
  return null
}

const refused = (why: Words): Verdict => ({ ok: false, kind: 'refused', why })
const invalid = (field: string, why: Words): Verdict => ({ ok: false, kind: 'invalid', field, why })

const OWN: Words = {
  zh: '不能批准自己提交的方案。',
  en: 'Nobody approves what they have submitted themselves.',
}
const BEGUN: Words = {
  zh: '方案已经生效，不能撤回。',
  en: 'The plan has come into force and cannot be withdrawn.',
}
const NO_REASON: Words = { zh: '请写明理由。', en: 'Give a reason.' }

export const STATUS_WORDS: Readonly<Record<ScenarioStatus, Words>> = {
  draft: { zh: '草稿', en: 'a draft' },
  submitted: { zh: '已提交', en: 'submitted' },
  approved: { zh: '已批准', en: 'approved' },
  effective: { zh: '已生效', en: 'in force' },
  archived: { zh: '已归档', en: 'archived' },
}

const MOVE_WORDS: Readonly<Record<ScenarioMove, Words>> = {
  submit: { zh: '提交', en: 'submit' },
  return: { zh: '退回', en: 'return' },
  approve: { zh: '批准', en: 'approve' },
  withdraw: { zh: '撤回', en: 'withdraw' },
  archive: { zh: '归档', en: 'archive' },
  restore: { zh: '恢复', en: 'restore' },
}

const ROLE_WORDS: Readonly<Partial<Record<Role, Words>>> = {
  planner: { zh: '规划员', en: 'a planner' },
  director: { zh: '主任', en: 'the director' },
}

function notYours(move: ScenarioMove): Words {
  const roles = WAYS[move].map(({ role }) => ROLE_WORDS[role] ?? { zh: role, en: role })
  return {
    zh: `“${MOVE_WORDS[move].zh}”由${roles.map(({ zh }) => zh).join('或')}办理。`,
    en: `Only ${roles.map(({ en }) => en).join(' or ')} may ${MOVE_WORDS[move].en} it.`,
  }
}

function standsElsewhere(move: ScenarioMove, status: ScenarioStatus): Words {
  return {
    zh: `方案${STATUS_WORDS[status].zh}，现在不能${MOVE_WORDS[move].zh}。`,
    en: `The draft is ${STATUS_WORDS[status].en}: nobody can ${MOVE_WORDS[move].en} it now.`,
  }
}

/** Which drafts may still be drawn on. */
export function isOpen(status: ScenarioStatus): boolean {
  return status === SCENARIO_STATUSES[0]
}

const CODES = 999

/**
 * Codes for that many new grids of a community: its own code and three digits, after all that were ever given there; null where
 * there are no more.
 */
export function nextCodes(community: string, known: readonly string[], count: number): string[] | null {
  const numbers = known.flatMap((code) => {
    const rest = code.startsWith(community) ? code.slice(community.length) : ''
    return /^\d{3}$/.test(rest) ? [Number(rest)] : []
  })
  const last = numbers.reduce((most, n) => Math.max(most, n), 0)
  if (last + count > CODES) return null
  return Array.from({ length: count }, (_, n) => community + String(last + n + 1).padStart(3, '0'))
}
