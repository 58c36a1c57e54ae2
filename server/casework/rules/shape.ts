import type { Role } from '../../accounts/contract.ts'
import type { Ask, EventStatus } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { Outcome } from '../contract.ts'

/** What a move must be told. */
export type Need =
  | 'reason'
  | 'conditionId'
  | 'into'
  | 'unit'
  | 'outcome'
  | 'until'
  | 'gridId'
  | 'ask'
  | 'level'
  | 'on'
  | 'obligationId'

/**
 * Clocks of a case: the promise of the event, the node that it waits at, the parts of the units. Those that a rule does not
 * name are kept as they are.
 */
export type Clock = 'promise' | 'stage' | 'units'

export interface MoveRule {
  readonly name: Words
  readonly from: readonly EventStatus[]
  /** From where an assisting unit may, without changing the status. */
  readonly assistFrom?: readonly EventStatus[]
  /** `same` leaves the status; `woken` is the one before the hold; an outcome may lead elsewhere. */
  readonly to: EventStatus | 'same' | 'woken' | Readonly<Partial<Record<Outcome, EventStatus>>>
  readonly roles: readonly Role[]
  /** `own`: people of units by a part in the event, others by the grid that it lies in. `seen`: whoever sees it. */
  readonly where: 'own' | 'seen'
  readonly needs: readonly Need[]
  /** Outcomes that say too little without a reason. */
  readonly explain?: readonly Outcome[]
  readonly starts?: readonly Clock[]
  readonly stops?: readonly Clock[]
  /** Requests that have no object any more. */
  readonly lapses?: readonly Ask[]
  /** The line in the trail. */
  readonly step: string
  /** Shown where the event stands elsewhere. */
  readonly elsewhere: Words
}

export const OPEN = [
  'reported',
  'verifying',
  'filed',
  'dispatched',
  'signed',
  'handling',
  'handled',
  'checking',
  'returned',
  'held',
] as const satisfies readonly EventStatus[]
export const DONE = ['closed', 'revisited'] as const satisfies readonly EventStatus[]
export const ANY = [...OPEN, ...DONE, 'rejected', 'merged'] as const satisfies readonly EventStatus[]
export const WORKING = ['signed', 'handling'] as const satisfies readonly EventStatus[]

export const CENTRE = ['director', 'commander', 'shift-lead', 'acceptor', 'dispatcher'] as const
export const UNIT = ['unit-liaison', 'handler'] as const
export const FIELD = ['grid-worker', 'grid-lead'] as const
