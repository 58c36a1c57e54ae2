import type { Actor, Role } from '#contract/accounts'
import type { Ask, EventFilter, EventRow, EventStatus } from '#contract/events'
import { reachAs, reaches } from '#rules/accounts'
import { light } from '#rules/deadlines'

/** The places of work in the console, each with the open events that wait there. */
export const DESKS = ['intake', 'dispatch', 'unit', 'closing', 'desk', 'supervision'] as const
export type Desk = (typeof DESKS)[number]

const CHARGE = ['director', 'commander', 'shift-lead'] as const

/** Who works at which desk. What somebody may do there with one event says the flow itself. */
export const DESK_ROLES: Readonly<Record<Desk, readonly Role[]>> = {
  intake: [...CHARGE, 'acceptor'],
  dispatch: [...CHARGE, 'dispatcher'],
  unit: ['unit-liaison', 'handler'],
  closing: [...CHARGE, 'acceptor', 'dispatcher', 'evaluator'],
  desk: [...CHARGE, 'acceptor', 'dispatcher', 'grid-lead'],
  supervision: [...CHARGE, 'evaluator'],
}

const DAY = 86_400_000
/** Open for longer than this after its deadline, an event is a legacy (历史遗留). */
const LEGACY_DAYS = 30

function isLegacy(row: EventRow, now: number): boolean {
  return row.closedAt === null && now - Date.parse(row.dueAt) > LEGACY_DAYS * DAY
}

/** Whether the event waits at the desk for one of the actor's duties. */
export function onDesk(desk: Desk, row: EventRow, actor: Actor, now: number): boolean {
  return WAITS[desk](row, now) && reaches(reachAs(actor, DESK_ROLES[desk]), row)
}

/** The desks at which the event waits for the actor. */
export function desksOf(row: EventRow, actor: Actor, now: number): readonly Desk[] {
  return DESKS.filter((desk) => onDesk(desk, row, actor, now))
}

const is =
  (...statuses: readonly EventStatus[]) =>
  (row: EventRow): boolean =>
    statuses.includes(row.status)
const asks =
  (...kinds: readonly Ask[]) =>
  (row: EventRow): boolean =>
    row.asks.some((kind) => kinds.includes(kind))

const atIntake = is('reported', 'verifying')
const atDispatch = is('filed', 'returned')
const atUnit = is('dispatched', 'signed', 'handling')
const atClosing = is('handled', 'checking')
const forDispatch = asks('extend', 'hold')
const forClosing = asks('reopen', 'appeal')
const forBorder = asks('handover')

const WAITS: Readonly<Record<Desk, (row: EventRow, now: number) => boolean>> = {
  intake: atIntake,
  dispatch: (row) => atDispatch(row) || forDispatch(row),
  unit: atUnit,
  closing: (row) => atClosing(row) || forClosing(row),
  desk: (row) => row.gridId === null || row.rule === 'shared-border' || forBorder(row),
  supervision: (row, now) =>
    row.closedAt === null && (light(row, now) === 'red' || row.supervision > 0 || row.important),
}

/** Headings under which a desk lists its events, in this order. */
export const GROUPS = {
  intake: ['reported', 'verifying'],
  dispatch: ['filed', 'returned', 'asked'],
  unit: ['late', 'soon', 'toSign', 'inHand'],
  closing: ['handled', 'checking', 'asked'],
  desk: ['nowhere', 'shared', 'handover'],
  supervision: ['card', 'legacy', 'late', 'important'],
} as const satisfies Readonly<Record<Desk, readonly string[]>>
export type Group = (typeof GROUPS)[Desk][number]

/** The heading of an event that waits at the desk. */
export function groupOf(desk: Desk, row: EventRow, now: number): Group {
  return GROUPED[desk](row, now)
}

const GROUPED: Readonly<Record<Desk, (row: EventRow, now: number) => Group>> = {
  intake: (row) => (row.status === 'verifying' ? 'verifying' : 'reported'),
  dispatch: (row) => (atDispatch(row) ? (row.status === 'returned' ? 'returned' : 'filed') : 'asked'),
  unit: unitGroup,
  closing: (row) => (atClosing(row) ? (row.status === 'checking' ? 'checking' : 'handled') : 'asked'),
  desk: (row) => (forBorder(row) ? 'handover' : row.gridId === null ? 'nowhere' : 'shared'),
  supervision: watchGroup,
}

function unitGroup(row: EventRow, now: number): Group {
  const shown = light(row, now)
  if (shown === 'red') return 'late'
  if (shown === 'amber') return 'soon'
  return row.status === 'dispatched' ? 'toSign' : 'inHand'
}

function watchGroup(row: EventRow, now: number): Group {
  if (row.supervision > 0) return 'card'
  if (isLegacy(row, now)) return 'legacy'
  return light(row, now) === 'red' ? 'late' : 'important'
}

/** The deadline that a desk works against: its own stage where it has one, else the promise. */
export function deadlineAt(desk: Desk, row: EventRow): number {
  const isStage = desk === 'intake' || desk === 'dispatch' || desk === 'closing'
  return Date.parse((isStage ? row.stageDueAt : null) ?? row.dueAt)
}

/** The events of a desk, by heading and then the one that runs out first. */
export function listDesk(
  desk: Desk,
  rows: Iterable<EventRow>,
  actor: Actor,
  now: number,
): readonly EventRow[] {
  const order: readonly Group[] = GROUPS[desk]
  const rank = (row: EventRow) => order.indexOf(groupOf(desk, row, now))
  return [...rows]
    .filter((row) => onDesk(desk, row, actor, now))
    .toSorted((a, b) => rank(a) - rank(b) || deadlineAt(desk, a) - deadlineAt(desk, b) || a.id - b.id)
}

/** The same list as a filter of the server, for those desks and duties where one says it; null elsewhere. */
export function filterOf(desk: Desk, actor: Actor): EventFilter | null {
  const reach = reachAs(actor, DESK_ROLES[desk])
  if (desk === 'intake' && reach.all) return { status: ['reported', 'verifying'] }
  if (desk === 'unit') return { status: ['dispatched', 'signed', 'handling'], unit: [...reach.units] }
  return null
}

/** How many events wait at each desk for the actor. */
export function countDesks(
  rows: Iterable<EventRow>,
  actor: Actor,
  now: number,
): Readonly<Record<Desk, number>> {
  const counts = { intake: 0, dispatch: 0, unit: 0, closing: 0, desk: 0, supervision: 0 }
  const wheres = DESKS.map((desk) => [desk, reachAs(actor, DESK_ROLES[desk])] as const)
  for (const row of rows) {
    for (const [desk, reach] of wheres) {
      if (WAITS[desk](row, now) && reaches(reach, row)) counts[desk] += 1
    }
  }
  return counts
}
