import type { Role } from '../../accounts/contract.ts'
import type { Ask, EventStatus } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { Move } from '../contract.ts'
import { DONE, FIELD, OPEN, WORKING, type Clock } from './shape.ts'

export interface Office {
  readonly roles: readonly Role[]
  /** `own` as for moves; `asked`: by the grid that the request names. */
  readonly where: 'own' | 'asked'
}

export interface AskRule {
  readonly name: Words
  /** The first of two stages; null where there is one. */
  readonly endorse: Office | null
  /** Who need not be endorsed when they ask. */
  readonly endorsed: readonly Role[]
  readonly decide: Office
  /** Where a grant still has an object. */
  readonly from: readonly EventStatus[]
  readonly to: EventStatus | 'same'
  readonly starts?: readonly Clock[]
  readonly stops?: readonly Clock[]
  /** Where granting is a move of its own. */
  readonly grantedBy?: Move
}

/** Requests: who endorses and who decides. Whoever asked does not decide. */
export const REQUESTS: Readonly<Record<Ask, AskRule>> = {
  extend: {
    name: { zh: '延期', en: 'extension' },
    endorse: { roles: ['unit-liaison'], where: 'own' },
    endorsed: ['unit-liaison'],
    decide: { roles: ['dispatcher'], where: 'own' },
    from: WORKING,
    to: 'same',
    starts: ['promise', 'units'],
  },
  hold: {
    name: { zh: '挂账', en: 'hold' },
    endorse: null,
    endorsed: ['unit-liaison', 'dispatcher'],
    decide: { roles: ['director', 'commander'], where: 'own' },
    from: ['filed', 'dispatched', 'signed', 'handling', 'returned'],
    to: 'held',
    stops: ['promise', 'stage', 'units'],
  },
  handover: {
    name: { zh: '移交网格', en: 'hand-over' },
    endorse: { roles: FIELD, where: 'own' },
    endorsed: FIELD,
    decide: { roles: FIELD, where: 'asked' },
    from: OPEN,
    to: 'same',
  },
  reopen: {
    name: { zh: '重新办理', en: 'reopening' },
    endorse: null,
    endorsed: ['acceptor', 'shift-lead', 'grid-worker', 'grid-lead'],
    decide: { roles: ['shift-lead', 'director'], where: 'own' },
    from: DONE,
    to: 'filed',
    grantedBy: 'reopen',
  },
  appeal: {
    name: { zh: '超时申诉', en: 'appeal' },
    endorse: { roles: ['dispatcher'], where: 'own' },
    endorsed: [],
    decide: { roles: ['acceptor'], where: 'own' },
    from: DONE,
    to: 'same',
  },
}
