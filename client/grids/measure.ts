import type { EventRow } from '#contract/events'

/** What the open events of one grid add up to. */
export interface Load {
  readonly open: number
  readonly overdue: number
  /** Minutes until the first deadline breaks, negative once one has; null without a running clock. */
  readonly minutes: number | null
}

export const IDLE: Load = { open: 0, overdue: 0, minutes: null }

/** Load by grid id. An event on hold is open, but its clock stands. */
export function loads(events: Iterable<EventRow>, now: number): ReadonlyMap<number, Load> {
  const byGrid = new Map<number, Load>()
  for (const event of events) {
    const holder = event.keeperId ?? event.gridId
    if (holder === null || event.closedAt !== null) continue
    const was = byGrid.get(holder) ?? IDLE
    const left = event.status === 'held' ? null : Math.floor((Date.parse(event.dueAt) - now) / 60_000)
    byGrid.set(holder, {
      open: was.open + 1,
      overdue: was.overdue + (left !== null && left < 0 ? 1 : 0),
      minutes: left === null ? was.minutes : Math.min(left, was.minutes ?? left),
    })
  }
  return byGrid
}

/** Lower bounds of the deadline classes, most relaxed first; the last class is overdue. */
const DEADLINE_MINUTES = [4320, 1440, 240, 60, 0] as const
/** Lower bounds of the classes of open counts. */
export const COUNT_BOUNDS = [1, 2, 3, 5, 8, 13] as const

/** 0 (more than three days) to 5 (overdue). */
export function deadlineClass(minutes: number): number {
  const found = DEADLINE_MINUTES.findIndex((bound) => minutes >= bound)
  return found === -1 ? DEADLINE_MINUTES.length : found
}

/** -1 for none. */
export function countClass(count: number): number {
  return COUNT_BOUNDS.findLastIndex((bound) => count >= bound)
}
