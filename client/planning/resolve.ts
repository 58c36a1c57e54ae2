import { editScenario, forkScenario, type LogLine, type PlanOp, type Scenario } from '#contract/planning'
import type { Op } from '#geo/plan/op'
import { perform } from '#geo/plan/perform'
import type { Draft } from '#geo/plan/draft'
import { call } from '../data/api.ts'
import { catchUp, deskNow } from './desk.ts'
import { netOf, type Net } from './queue.ts'
import { rebased, type Lost, type Rebased } from './scenarios/rebase.ts'
import { usePlanning, type Conflict } from './session.ts'
import { draftOfBase } from './track.ts'
import { linesOf, pathTo } from './tree.ts'

const MOST_OPS = 500

/** What a choice came to: own operations that stand after theirs, and those that could not be done again. */
export interface Resolved {
  readonly kept: number
  readonly lost: readonly Lost[]
}

/** Takes theirs as it is; what waited here is dropped. */
export function takeTheirs(): void {
  const { conflict } = usePlanning.getState()
  if (!conflict) return
  const { theirs } = conflict
  usePlanning.setState({ conflict: null })
  // Says that all is saved; where the draft is closed by now, what follows says that it is only read.
  deskNow()?.saver?.reset(theirs.scenario.version, [])
  catchUp(theirs, 'silent')
}

/** Does again after theirs what waited here; steps that took back what had been stored are left out. */
export function keepMine(): Resolved {
  const { conflict } = usePlanning.getState()
  if (!conflict) return { kept: 0, lost: [] }
  const { ops, lost } = ownAfter(conflict)
  takeTheirs()
  const outcome = ops.length > 0 ? usePlanning.getState().perform(...ops) : ({ ok: true } as const)
  if (outcome.ok) return { kept: ops.length, lost }
  return { kept: 0, lost: [...ops.map((op) => ({ op, why: outcome })), ...lost] }
}

/** A new draft with all that stands here, theirs left to them. */
export async function forkMine(name: string): Promise<Scenario | null> {
  const { conflict, scenario } = usePlanning.getState()
  if (!conflict || !scenario) return null
  const ops = ownWay(conflict)
  const fork = await call(forkScenario, {
    body: { name, from: scenario.from, ops: ops.slice(0, MOST_OPS) },
    idempotencyKey: crypto.randomUUID(),
  })
  let { version } = fork
  for (let k = MOST_OPS; k < ops.length; k += MOST_OPS) {
    const edited = await call(editScenario, {
      params: { id: fork.id },
      body: { version, change: { ops: ops.slice(k, k + MOST_OPS) } },
      idempotencyKey: crypto.randomUUID(),
    })
    version = edited.version
  }
  takeTheirs()
  return fork
}

/** What of the queue is an own way along the log, and where it begins. */
interface Own {
  readonly net: Net
  /** Path before the own operations; null where they are not drawn here, since the page was left meanwhile. */
  readonly from: readonly LogLine[] | null
}

export function ownOf({ mine }: Pick<Conflict, 'mine'>): Own {
  const { log, head } = usePlanning.getState()
  const net = netOf(mine)
  const path = pathTo(linesOf(log), head)
  const from = path.slice(0, path.length - net.ops.length)
  const drawn = path.slice(from.length).map(({ op }) => op)
  const isDrawn = path.length >= net.ops.length && JSON.stringify(drawn) === JSON.stringify(net.ops)
  return { net, from: isDrawn ? from : null }
}

function ownAfter(conflict: Conflict): Rebased {
  const { net, from } = ownOf(conflict)
  const { base, log, head } = conflict.theirs
  const theirs = drawn(base, pathTo(linesOf(log), head))
  return rebased(from ? drawn(base, from) : theirs, theirs, net.ops.map(toOp))
}

/** All operations from the fork to the state that this side sees. */
function ownWay(conflict: Conflict): readonly PlanOp[] {
  const { net, from } = ownOf(conflict)
  if (from) return [...from.map(({ op }) => op), ...net.ops]
  const { log, head } = conflict.theirs
  return [...pathTo(linesOf(log), head).map(({ op }) => op), ...ownAfter(conflict).ops.map(toPlanOp)]
}

function drawn(base: Conflict['theirs']['base'], path: readonly LogLine[]): Draft {
  const draft = draftOfBase(base)
  for (const { op } of path) perform(draft, toOp(op))
  return draft
}

// Over the wire pairs are known as arrays only.
const toOp = (op: PlanOp): Op => op as Op
const toPlanOp = (op: Op): PlanOp => op as unknown as PlanOp
