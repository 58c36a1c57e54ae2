import type { Actor, Role } from '#contract/accounts'
import type { EventRow } from '#contract/events'
import { reachAs, reaches } from '#rules/accounts'
import { light } from '#rules/deadlines'

/** What there is to do, in the order in which it presses. */
export const TASKS = [
  'overdue',
  'sign',
  'handle',
  'verify',
  'check',
  'file',
  'dispatch',
  'decide',
  'close',
  'place',
  'supervise',
  'follow',
] as const
export type Task = (typeof TASKS)[number]

interface Kind {
  readonly roles: readonly Role[]
  readonly waits: (row: EventRow, now: number) => boolean
}

const atUnit = (row: EventRow) => ['dispatched', 'signed', 'handling'].includes(row.status)

/** Each kind of work, whose it is, and when an event asks for it. The first that fits is what the event waits for. */
const KINDS: Readonly<Record<Exclude<Task, 'follow'>, Kind>> = {
  overdue: {
    roles: ['unit-liaison', 'handler'],
    waits: (row, now) => atUnit(row) && light(row, now) === 'red',
  },
  sign: { roles: ['unit-liaison'], waits: (row) => row.status === 'dispatched' },
  handle: { roles: ['unit-liaison', 'handler'], waits: (row) => ['signed', 'handling'].includes(row.status) },
  verify: { roles: ['grid-worker', 'grid-lead'], waits: (row) => row.status === 'verifying' },
  check: { roles: ['grid-worker', 'grid-lead'], waits: (row) => row.status === 'checking' },
  file: { roles: ['acceptor'], waits: (row) => row.status === 'reported' },
  dispatch: { roles: ['dispatcher'], waits: (row) => ['filed', 'returned'].includes(row.status) },
  decide: {
    roles: ['director', 'commander', 'shift-lead', 'dispatcher'],
    waits: (row) => row.asks.length > 0,
  },
  close: { roles: ['shift-lead', 'acceptor'], waits: (row) => row.status === 'handled' },
  place: { roles: ['grid-lead', 'acceptor'], waits: (row) => row.gridId === null },
  supervise: {
    roles: ['director', 'commander'],
    waits: (row, now) => light(row, now) === 'red' && row.supervision === 0,
  },
}

/** What an open event waits for this person to do; their own reports are followed even where nothing is asked of them. */
export function taskOf(row: EventRow, actor: Actor, now: number): Task | null {
  for (const task of TASKS) {
    if (task === 'follow') continue
    const { roles, waits } = KINDS[task]
    if (waits(row, now) && reaches(reachAs(actor, roles), { ...row, reporter: null })) return task
  }
  return row.reporter !== null && row.reporter === actor.account ? 'follow' : null
}

export interface Waiting {
  readonly task: Task
  readonly rows: readonly EventRow[]
}

/** Everything that waits for this person, by what is to be done, each list by deadline. */
export function tasksOf(rows: Iterable<EventRow>, actor: Actor, now: number): readonly Waiting[] {
  const lists = new Map<Task, EventRow[]>()
  for (const row of rows) {
    const task = taskOf(row, actor, now)
    if (task !== null) lists.set(task, [...(lists.get(task) ?? []), row])
  }
  return TASKS.flatMap((task) => {
    const found = lists.get(task)
    return found ? [{ task, rows: found.toSorted(byDeadline) }] : []
  })
}

const byDeadline = (a: EventRow, b: EventRow) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.id - b.id
