import type { Role } from '../../accounts/contract.ts'
import type { Condition, Why } from '../../deadlines/contract.ts'
import type { Calendar } from '../../deadlines/rules.ts'
import type { Ask, EventStatus } from '../../events/contract.ts'
import type { Assignment, MoveOrder, Request } from '../contract.ts'
import type { Allowed, Subject } from './subject.ts'

/** A stretch on hold, in milliseconds; null while it lasts. */
export interface Hold {
  readonly from: number
  readonly to: number | null
}

/** What moves change of an event itself; instants in milliseconds. */
export interface Core {
  readonly status: EventStatus
  readonly gridId: number | null
  readonly keeperId: number | null
  readonly conditionId: number | null
  readonly dueAt: number
  readonly amberAt: number
  readonly why: Why | null
  readonly extensions: number
  readonly pauses: readonly Hold[]
  readonly heldUntil: number | null
  readonly heldFrom: EventStatus | null
  readonly holds: number
  readonly stageDueAt: number | null
  readonly closedAt: number | null
  readonly units: readonly string[]
  readonly asks: readonly Ask[]
  /** The grid that an open hand-over asks. */
  readonly askedGridId: number | null
  readonly supervision: number
  readonly important: boolean
  readonly unscored: boolean
  readonly reworks: number
  readonly reopened: number
  readonly mergedInto: number | null
  readonly checkedAt: number | null
}

/** A unit's part as it is written; without an id it is new. */
export type Part = Omit<Assignment, 'id'> & { readonly id: number | null }

/** A request as it is written; without an id it is new. */
export interface Decision extends Pick<Request, 'kind' | 'stage'> {
  readonly id: number | null
  readonly unit?: string | null
  readonly gridId?: number | null
  readonly until?: string | null
  readonly askedAs?: Role
}

export interface Effects {
  readonly core: Core
  readonly parts: readonly Part[]
  readonly requests: readonly Decision[]
}

/** What a move works on. */
export interface Scene {
  readonly subject: Subject
  readonly core: Core
  readonly order: MoveOrder
  readonly verdict: Allowed
  readonly now: number
  /** For promises made by it, the editions by which they were made. */
  readonly calendar: Calendar
  /** Chosen by the order, or the one that it has; null for a class without any. */
  readonly condition: Condition | null
}

/** What is special about a move. */
export interface Change {
  readonly core?: Partial<Core>
  readonly parts?: readonly Part[]
  readonly requests?: readonly Decision[]
}
