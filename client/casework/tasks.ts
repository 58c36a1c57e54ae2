import type { Actor, Role } from '#contract/accounts'
import type { Move } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { reachAs, reaches } from '#rules/accounts'
import { FLOW, REQUESTS } from '#rules/casework'
import { light } from '#rules/deadlines'
import { BORDER_DESK } from '#rules/events'

/** What there is to do, in the order in which it presses. */
const TASKS = [
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

/** Whoever may make the move, while the event stands where it is made from. */
const moveOf = (move: Move): Kind => ({
  roles: FLOW[move].roles,
  waits: ({ status }) => FLOW[move].from.includes(status),
})
/** Whoever has a say in one of the requests that wait. */
const say = (row: EventRow, role: Role): boolean =>
  row.asks.some((ask) => {
    const { endorse, decide } = REQUESTS[ask]
    return [...(endorse?.roles ?? []), ...decide.roles].includes(role)
  })
const isAtUnit = ({ status }: EventRow) => ['dispatched', 'signed', 'handling'].includes(status)

/** Each kind of work, whose it is, and when an event asks for it. The first that fits is what the event waits for. */
const KINDS: Readonly<Record<Exclude<Task, 'decide' | 'follow'>, Kind>> = {
  overdue: {
    roles: FLOW.handle.roles,
    waits: (row, now) => isAtUnit(row) && light(row, now) === 'red',
  },
  sign: moveOf('sign'),
  handle: moveOf('handle'),
  verify: moveOf('verify'),
  check: moveOf('check'),
  file: {
    roles: [...FLOW.file.roles, ...FLOW.askVerify.roles],
    waits: ({ status }) => status === 'reported',
  },
  dispatch: moveOf('dispatch'),
  close: moveOf('close'),
  place: { roles: BORDER_DESK, waits: ({ gridId }) => gridId === null },
  supervise: {
    roles: FLOW.supervise.roles,
    waits: (row, now) => light(row, now) === 'red' && row.supervision === 0,
  },
}

/** What an open event waits for this person to do; their own reports are followed even where nothing is asked of them. */
export function taskOf(row: EventRow, actor: Actor, now: number): Task | null {
  for (const task of TASKS) {
    if (waitsFor(task, row, actor, now)) return task
  }
  return row.reporter !== null && row.reporter === actor.account ? 'follow' : null
}

function waitsFor(task: Task, row: EventRow, actor: Actor, now: number): boolean {
  // A report of one's own is seen from anywhere, and is nobody's work for that.
  const located = { ...row, reporter: null }
  if (task === 'follow') return false
  if (task === 'decide') {
    const roles = actor.duties.map(({ role }) => role).filter((role) => say(row, role))
    return reaches(reachAs(actor, roles), located)
  }
  const { roles, waits } = KINDS[task]
  return waits(row, now) && reaches(reachAs(actor, roles), located)
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
