import type { EventRow, EventStatus } from '#contract/events'
import { light } from '#rules/deadlines'

/** Nobody has taken these up yet. */
const UNACKNOWLEDGED: readonly EventStatus[] = ['reported', 'filed', 'dispatched']

/** Overdue and soon due events, the worst first. */
export function worstFirst(rows: Iterable<EventRow>, now: number): readonly EventRow[] {
  return [...rows]
    .filter((row) => ['red', 'amber'].includes(light(row, now)))
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.id - b.id)
}

export const isUnacknowledged = (row: EventRow): boolean => UNACKNOWLEDGED.includes(row.status)

export interface Alerts {
  readonly unsigned: number
  readonly soon: number
  readonly desk: number
}

const HOUR = 3_600_000

/** What calls for somebody: late and not taken up, late within the hour, without a grid. */
export function alertsOf(rows: readonly EventRow[], now: number): Alerts {
  const worst = worstFirst(rows, now)
  return {
    unsigned: worst.filter((row) => isUnacknowledged(row) && light(row, now) === 'red').length,
    soon: worst.filter((row) => light(row, now) === 'amber' && Date.parse(row.dueAt) - now < HOUR).length,
    desk: rows.filter((row) => row.gridId === null).length,
  }
}
