import type { BodyOf } from '#contract/http'
import type { editScenario, PlanOp } from '#contract/planning'

export type Change = BodyOf<typeof editScenario>['change']

/** One request to come. Its key makes the server do it once, however often it is sent. */
export interface Parcel {
  readonly key: string
  readonly change: Change
  /** What was sent once must stay as it is: the answer may have been lost on the way. */
  readonly sent: boolean
}

/** The queue with one more change at its end; undo and redo that wait together travel together. Operations go by gesture, which the server keeps. */
export function queued(queue: readonly Parcel[], change: Change, key: string): readonly Parcel[] {
  const last = queue.at(-1)
  const joined = last && !last.sent ? joinedOf(last.change, change) : null
  if (last && joined) return [...queue.slice(0, -1), { ...last, change: joined }]
  return [...queue, { key, change, sent: false }]
}

function joinedOf(a: Change, b: Change): Change | null {
  if ('undo' in a && 'undo' in b) return { undo: a.undo + b.undo }
  if ('redo' in a && 'redo' in b) return { redo: a.redo + b.redo }
  return null
}

/** What a queue comes to on another state: the operations that stand at its end, and what reaches back before it. */
export interface Net {
  readonly ops: readonly PlanOp[]
  /** Steps of undo that took back what had been stored before. */
  readonly undone: number
}

export function netOf(queue: readonly Parcel[]): Net {
  const ops: PlanOp[] = []
  const taken: PlanOp[] = []
  let undone = 0
  for (const { change } of queue) {
    if ('ops' in change) {
      ops.push(...change.ops)
      taken.length = 0
      continue
    }
    if ('redo' in change) {
      // What was undone last comes back first: that is what reaches back the farthest.
      const before = Math.min(change.redo, undone)
      const again = Math.min(change.redo - before, taken.length)
      undone -= before
      ops.push(...taken.splice(taken.length - again).toReversed())
      continue
    }
    const own = Math.min(change.undo, ops.length)
    taken.push(...ops.splice(ops.length - own).toReversed())
    undone += change.undo - own
  }
  return { ops, undone }
}
