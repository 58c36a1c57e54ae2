import { ENDED, type EventRow, type Light } from '../../events/contract.ts'

/** How late an event is at `now` (ms): amber from `amberAt`, red after the deadline itself. On hold and ended it has no clock. */
export function light(event: Pick<EventRow, 'status' | 'dueAt' | 'amberAt'>, now: number): Light {
  if (ENDED.includes(event.status)) return 'done'
  if (event.status === 'held') return 'hold'
  if (now > Date.parse(event.dueAt)) return 'red'
  return now < Date.parse(event.amberAt) ? 'green' : 'amber'
}
