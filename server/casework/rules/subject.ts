import type { Actor, Role } from '../../accounts/contract.ts'
import { holderOf, reachAs } from '../../accounts/rules.ts'
import type { Condition } from '../../deadlines/contract.ts'
import type { Ask, EventRow, EventStatus } from '../../events/contract.ts'
import type { Words } from '../../http/contract.ts'
import type { Assignment, Case, Request } from '../contract.ts'
import { DONE, UNIT } from './shape.ts'

/** What the flow decides about: an event as lists carry it, and the parts of its case that matter. */
export interface Subject {
  readonly event: EventRow
  readonly work: Pick<
    Case,
    'condition' | 'extensions' | 'holds' | 'heldFrom' | 'assignments' | 'requests' | 'obligations' | 'photos'
  >
}

/** What an order names, as the server found it; null where there is none. What is absent is not looked at. */
export interface Beside {
  readonly condition?: Condition | null
  readonly target?: EventRow | null
  /** Codes of units that exist. */
  readonly units?: readonly string[]
  /** Grids that border on the event's own. */
  readonly neighbours?: readonly number[]
}

/** Why not. `forbidden`: never this person's; `refused`: not as the case stands; `invalid`: the order lacks something. */
export interface Refused {
  readonly ok: false
  readonly kind: 'forbidden' | 'refused' | 'invalid'
  readonly why: Words
  /** JSON pointer into the order. */
  readonly field?: string
}

export interface Allowed {
  readonly ok: true
  readonly to: EventStatus
  /** The duty in which it is done. */
  readonly as: Role
  /** The part of the unit that acts. */
  readonly part: Assignment | null
  /** The request that is decided. */
  readonly request: Request | null
}

export type Verdict = Allowed | Refused

/** Where one of somebody's roles stands towards the subject. */
export interface Standing {
  readonly subject: Subject
  readonly actor: Actor
  readonly as: Role
  readonly part: Assignment | null
  readonly now: number
}

export const forbidden = (why: Words): Refused => ({ ok: false, kind: 'forbidden', why })
export const refused = (why: Words): Refused => ({ ok: false, kind: 'refused', why })
export const invalid = (field: string, why: Words): Refused => ({ ok: false, kind: 'invalid', why, field })

/** Parts that are at work, or were when the event was closed, the lead first. */
function partsOf({ event, work }: Subject): Assignment[] {
  const isDone = (DONE as readonly EventStatus[]).includes(event.status)
  const here = work.assignments.filter(({ endedAt, ending }) =>
    isDone ? ending === 'closed' : endedAt === null,
  )
  const last = new Map(here.toSorted((a, b) => a.id - b.id).map((part) => [part.unit, part]))
  return [...last.values()].toSorted((a, b) => Number(b.part === 'lead') - Number(a.part === 'lead'))
}

export function openRequest({ work }: Pick<Subject, 'work'>, kind: Ask): Request | null {
  return work.requests.find((request) => request.kind === kind && request.decidedAt === null) ?? null
}

export function isUnitRole(role: Role): boolean {
  return (UNIT as readonly Role[]).includes(role)
}

/** Whether a duty in the role reaches a grid; null is ground that only those of the whole sub-district reach. */
export function coversGrid(actor: Actor, role: Role, gridId: number | null): boolean {
  const reach = reachAs(actor, [role])
  return reach.all || (gridId !== null && reach.grids.includes(gridId))
}

/** Whether a duty in the role reaches the ground that a case is on, by the grid that has it in hand. */
export function coversCase(actor: Actor, role: Role, { event }: Pick<Subject, 'event'>): boolean {
  return coversGrid(actor, role, holderOf(event))
}

/** The parts that are the actor's own in a role of a unit. */
export function ownParts(subject: Subject, actor: Actor, role: Role): Assignment[] {
  const { units } = reachAs(actor, [role])
  return partsOf(subject).filter(({ unit }) => units.includes(unit))
}
