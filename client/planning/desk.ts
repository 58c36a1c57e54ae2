import type { Problem } from '#contract/http'
import {
  editScenario,
  readScenario,
  type LogLine,
  type OpenScenario,
  type Scenario,
} from '#contract/planning'
import type { Op } from '#geo/plan/op'
import type { Patch } from '#geo/plan/patch'
import type { Sites } from '#geo/plan/sites'
import { call } from '../data/api.ts'
import type { PlanRef } from '../data/view.ts'
import { keep, keptOf } from './kept.ts'
import type { Change, Parcel } from './queue.ts'
import { openSaver, type Saved, type Saver } from './saver.ts'
import { usePlanning, type Saving, type Worker } from './state.ts'
import { openTrack, sideOf, type Base, type Outcome, type Track } from './track.ts'
import { linesOf, nextOf, pathTo, wayBetween } from './tree.ts'

/** What the open draft consists of, apart from what is shown of it. */
interface Desk {
  readonly track: Track
  readonly saver: Saver | null
  readonly worker: Worker
}

let desk: Desk | null = null
const watchers = new Set<(patch: Patch) => void>()

export const deskNow = (): Desk | null => desk

/** Hears of every change of the open draft, of previews too, right after it. */
export function watchPatches(watcher: (patch: Patch) => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

export type Opened = OpenScenario | { readonly base: Base }

export function openDesk(origin: PlanRef, worker: Worker, sites: Sites, opened: Opened): void {
  const base = sideOf(opened.base, sites)
  const track = openTrack(opened.base, base, (patch) => {
    for (const watcher of watchers) watcher(patch)
  })
  const { scenario, log, head } = 'scenario' in opened ? opened : NO_SCENARIO
  track.walk(pathTo(linesOf(log), head))
  const isOpen = worker.mayEdit && scenario?.status === 'draft'
  const saver = scenario && isOpen ? saverOf(scenario, worker) : null
  desk = { track, saver, worker }
  usePlanning.setState({
    phase: 'open',
    origin,
    scenario,
    base,
    sites,
    draft: track.draft,
    meter: track.meter,
    tick: 1,
    version: scenario?.version ?? 0,
    saving: isOpen ? 'saved' : 'readonly',
    log,
    head,
  })
  if (scenario && saver) resume(scenario, saver, worker)
}

const NO_SCENARIO = { scenario: null, log: [], head: 0 }

/** Goes on with what waited when the page was left. */
function resume(scenario: Scenario, saver: Saver, worker: Worker): void {
  const kept = keptOf(worker.account, scenario.id)
  if (!kept) return
  // Otherwise the answer was lost or somebody was first: the server tells which, by the key.
  if (kept.version === scenario.version) replay(kept.queue)
  saver.reset(kept.version, kept.queue)
}

export function leaveDesk(): void {
  desk?.saver?.close()
  desk = null
}

/** What has not been stored yet counts its gestures downwards, so that none is taken for a stored one. */
let gestures = 0

export const nextGesture = (): number => --gestures

/** Does an operation here, under the number that the server will give it. */
export function take(op: Op, gesture: number): Outcome {
  if (!desk) return { ok: false, rule: 'unknown', grids: [], at: null }
  const { log, head } = usePlanning.getState()
  const seq = log.reduce((most, line) => Math.max(most, line.seq), 0) + 1
  const line: LogLine = {
    seq,
    parent: head,
    gesture,
    op: op as LogLine['op'],
    by: desk.worker.name,
    at: new Date().toISOString(),
  }
  const outcome = desk.track.step(line)
  if (outcome.ok) show([...log, line], seq)
  return outcome
}

/** Takes out of the log what was begun and not finished. */
export function takeOut(from: number, head: number): void {
  const { log } = usePlanning.getState()
  stand(head)
  show(
    log.filter((line) => line.seq < from),
    head,
  )
}

/** Goes to another place of the log. */
export function stand(head: number): void {
  const { log } = usePlanning.getState()
  desk?.track.walk(pathTo(linesOf(log), head))
  show(log, head)
}

function show(log: readonly LogLine[], head: number): void {
  usePlanning.setState(({ tick }) => ({ log, head, tick: tick + 1 }))
}

function replay(queue: readonly Parcel[]): void {
  for (const { change } of queue) replayOne(change)
}

function replayOne(change: Change): void {
  const gesture = nextGesture()
  if ('ops' in change) for (const op of change.ops) take(op as Op, gesture)
  if ('undo' in change) stand(desk?.track.path().at(-change.undo)?.parent ?? 0)
  if ('redo' in change) redoBy(change.redo)
}

export function redoBy(count: number): void {
  const { log, head } = usePlanning.getState()
  const lines = linesOf(log)
  let seq = head
  for (let k = 0; k < count; k++) seq = nextOf(lines, seq)?.seq ?? seq
  stand(seq)
}

/** Takes over what the server has, where nothing waits here. */
export function catchUp(opened: OpenScenario, tell: 'news' | 'silent'): void {
  const { log, head, saving } = usePlanning.getState()
  const way = wayBetween(pathTo(linesOf(log), head), pathTo(linesOf(opened.log), opened.head))
  desk?.track.walk(pathTo(linesOf(opened.log), opened.head))
  const count = way.back + way.forth.length
  usePlanning.setState(({ tick, news }) => ({
    scenario: opened.scenario,
    version: opened.scenario.version,
    log: opened.log,
    head: opened.head,
    tick: tick + 1,
    saving: opened.scenario.status === 'draft' ? saving : 'readonly',
    news: tell === 'news' && count > 0 ? { by: way.forth.at(-1)?.by ?? null, count } : news,
  }))
}

function saverOf(scenario: Scenario, worker: Worker): Saver {
  return openSaver(scenario.version, {
    send: (body, key) => call(editScenario, { params: { id: scenario.id }, body, idempotencyKey: key }),
    keep: (queue, version) => keep(worker.account, scenario.id, { queue, version }),
    onState: (saving: Saving) => usePlanning.setState({ saving }),
    onSaved: (saved) => void settle(scenario.id, saved),
    onRefused: (problem, mine) => void collide(scenario.id, problem, mine),
    newKey: () => crypto.randomUUID(),
    pause,
  })
}

/** Whatever the server numbered otherwise than this side did is fetched anew. */
async function settle(id: number, saved: Saved): Promise<void> {
  const { log, head } = usePlanning.getState()
  usePlanning.setState({ version: saved.version, log: withStored(log, saved.log) })
  if (desk?.saver?.waiting().length !== 0 || (head === saved.head && isKnown(log, saved.log))) return
  const opened = await call(readScenario, { params: { id } })
  if (desk.saver.waiting().length > 0) return
  catchUp(opened, 'silent')
  desk.saver.reset(opened.scenario.version, [])
}

function withStored(log: readonly LogLine[], stored: readonly LogLine[]): readonly LogLine[] {
  const known = linesOf(stored)
  return log.map((line) => known.get(line.seq) ?? line)
}

function isKnown(log: readonly LogLine[], stored: readonly LogLine[]): boolean {
  const lines = linesOf(log)
  return stored.every(({ seq, parent }) => lines.get(seq)?.parent === parent)
}

async function collide(id: number, problem: Problem, mine: readonly Parcel[]): Promise<void> {
  usePlanning.setState({ saving: 'conflict' })
  const at = desk
  for (let ms = 1000; at === desk && at !== null; ms *= 2) {
    const theirs = await call(readScenario, { params: { id } }).catch(() => null)
    if (theirs) return showConflict(theirs, problem, mine)
    await pause(Math.min(ms, 30_000))
  }
}

function showConflict(theirs: OpenScenario, problem: Problem, mine: readonly Parcel[]): void {
  const { log, head } = usePlanning.getState()
  const path = pathTo(linesOf(theirs.log), theirs.head)
  const { forth } = wayBetween(pathTo(linesOf(log), head), path)
  usePlanning.setState({ conflict: { problem, theirs, lines: forth, mine } })
}

/** Until the time is over, or the network is there again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
  })
}
