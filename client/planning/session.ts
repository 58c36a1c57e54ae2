import { readPlanDrawing, readScenario, readSites, type PlanOp } from '#contract/planning'
import type { Op } from '#geo/plan/op'
import { perform as performOn } from '#geo/plan/perform'
import { call } from '../data/api.ts'
import { useLive } from '../data/live.ts'
import type { PlanRef } from '../data/view.ts'
import {
  catchUp,
  deskNow,
  leaveDesk,
  nextGesture,
  openDesk,
  redoBy,
  stand,
  take,
  takeOut,
  type Opened,
} from './desk.ts'
import { CLOSED, NOT_OPEN, usePlanning, type Planning } from './state.ts'
import { draftOfBase, sideOf, sideOfDraft, type Side } from './track.ts'
import { linesOf, pathTo, redoCount, undoCount } from './tree.ts'

export { watchPatches } from './desk.ts'
export { usePlanning } from './state.ts'
export type { Conflict, Saving } from './state.ts'
export type { Outcome, Side } from './track.ts'

/** Rises with each opening, so that an answer that comes too late is noticed. */
let opening = 0

const isEditable = ({ phase, saving }: Planning): boolean =>
  phase === 'open' && saving !== 'readonly' && saving !== 'conflict'

const actions: Pick<
  Planning,
  'open' | 'close' | 'perform' | 'undo' | 'redo' | 'preview' | 'drop' | 'refresh'
> = {
  async open(origin, worker) {
    const mine = ++opening
    leaveDesk()
    usePlanning.setState({ ...CLOSED, phase: 'opening', origin })
    try {
      const [sites, opened] = await Promise.all([call(readSites, {}), read(origin)])
      if (mine === opening) openDesk(origin, worker, sites, opened)
    } catch (error) {
      if (mine === opening) usePlanning.setState({ phase: 'failed', error })
    }
  },
  close() {
    opening++
    leaveDesk()
    usePlanning.setState(CLOSED)
  },
  perform(...ops) {
    const saver = deskNow()?.saver
    const { head, log } = usePlanning.getState()
    if (!saver || !isEditable(usePlanning.getState())) return NOT_OPEN
    const first = log.reduce((most, line) => Math.max(most, line.seq), 0) + 1
    const gesture = nextGesture()
    for (const op of ops) {
      const outcome = take(op, gesture)
      if (outcome.ok) continue
      takeOut(first, head)
      return outcome
    }
    saver.add({ ops: ops as unknown as PlanOp[] })
    return { ok: true }
  },
  undo() {
    if (!isEditable(usePlanning.getState())) return
    deskNow()?.track.drop()
    const path = deskNow()?.track.path() ?? []
    const count = undoCount(path)
    if (count === 0) return
    stand(path.at(-count)?.parent ?? 0)
    deskNow()?.saver?.add({ undo: count })
  },
  redo() {
    const { log, head } = usePlanning.getState()
    const count = redoCount(linesOf(log), head)
    if (!isEditable(usePlanning.getState()) || count === 0) return
    redoBy(count)
    deskNow()?.saver?.add({ redo: count })
  },
  preview(...ops) {
    const outcome = deskNow()?.track.preview(ops) ?? NOT_OPEN
    usePlanning.setState(({ tick }) => ({ tick: tick + 1 }))
    return outcome
  },
  drop() {
    deskNow()?.track.drop()
    usePlanning.setState(({ tick }) => ({ tick: tick + 1 }))
  },
  async refresh() {
    const { origin } = usePlanning.getState()
    if (origin?.kind !== 'scenario' || !isQuiet()) return
    const mine = opening
    const opened = await call(readScenario, { params: { id: origin.id } })
    if (mine !== opening || !isQuiet()) return
    // Says that all is saved; where the draft is closed by now, what follows says that it is only read.
    deskNow()?.saver?.reset(opened.scenario.version, [])
    catchUp(opened, 'news')
  },
}

usePlanning.setState(actions)

/** Nothing waits here, so that what others have done may be taken over. */
function isQuiet(): boolean {
  const { saving } = usePlanning.getState()
  return saving !== 'conflict' && (deskNow()?.saver?.waiting().length ?? 0) === 0
}

async function read(origin: PlanRef): Promise<Opened> {
  const params = { id: origin.id }
  if (origin.kind === 'plan') return { base: await call(readPlanDrawing, { params }) }
  return call(readScenario, { params })
}

/** Any plan or draft as it stands, such as the other side of a comparison. */
export async function readSide(origin: PlanRef): Promise<Side> {
  const [sites, opened] = await Promise.all([call(readSites, {}), read(origin)])
  if (!('scenario' in opened)) return sideOf(opened.base, sites)
  const base = sideOf(opened.base, sites)
  const draft = draftOfBase(opened.base)
  for (const { op } of pathTo(linesOf(opened.log), opened.head)) performOn(draft, op as Op)
  return sideOfDraft(draft, sites, base.meter)
}

// What others do to the draft comes by the feed.
useLive.subscribe((live, before) => {
  const { origin, version } = usePlanning.getState()
  if (origin?.kind !== 'scenario' || live.batch === before.batch) return
  const isNews = live.batch.some(({ step, subject, data }) => {
    if (!step.startsWith('scenario.') || subject !== `scenario/${origin.id}`) return false
    return step !== 'scenario.edited' || versionOf(data) > version
  })
  if (isNews) void usePlanning.getState().refresh()
})

function versionOf(data: unknown): number {
  if (typeof data !== 'object' || data === null || !('version' in data)) return Number.POSITIVE_INFINITY
  return Number(data.version)
}
