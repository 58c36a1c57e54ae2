import type { Position } from '#geo/geojson'
import { CHINA, clockOf, dueAt, light } from '#rules/deadlines'
import { locateAll } from '../grids/actions.ts'
import { keptAccuracy, type Placed } from '../grids/rules.ts'
import type { BodyOf, Problem } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { problemOf, Refusal, refuse } from '../http/problems.ts'
import { geocode, type Geocoded } from '../places/actions.ts'
import { append } from '../trail/store.ts'
import type { EventReport, EventRow, EventStep, GridEvent, placeEvent } from './contract.ts'
import {
  checkOccurred,
  checkPosition,
  dayOf,
  eventNumber,
  rowOf,
  swapped,
  tidy,
  type Fault,
} from './rules.ts'
import {
  findEvent,
  findLimits,
  insertEvents,
  isGridInForce,
  listSteps,
  saveGrid,
  type NewEvent,
  type StoredWhole,
} from './store.ts'

/** A report taken in, or refused for a reason of its own. */
export type Taken =
  | { readonly ok: true; readonly row: EventRow; readonly event: NewEvent; readonly placed: Placed }
  | { readonly ok: false; readonly problem: Problem }

type Refused = Extract<Taken, { ok: false }>

/** A report that passed its own checks and waits for its grid. */
interface Draft {
  readonly report: EventReport
  readonly dueAt: string
  readonly position: Position
  readonly at: Date
  readonly accuracyM: number | null
}

type Drafted = { readonly ok: true; readonly draft: Draft } | Refused

export async function report(ctx: Ctx, body: EventReport): Promise<GridEvent> {
  const [taken] = await take(ctx, [body])
  if (!taken) throw new Error('a report without an answer')
  if (!taken.ok) throw new Refusal(taken.problem)
  const { row, event, placed } = taken
  return {
    ...row,
    description: event.description,
    accuracyM: event.accuracyM,
    grid: placed.grid,
    placement: placed.placement,
    light: light(row, ctx.now.getTime()),
    steps: [{ at: row.reportedAt, step: 'event.reported', actor: ctx.actor.id }],
  }
}

/**
 * Takes in reports, each on its own: checks, places, inserts and records them in a handful of statements, whatever their
 * number, of which only the last one writes. The answers stand in the order of the reports; a bad one never blocks the rest.
 */
export async function take(ctx: Ctx, reports: readonly EventReport[]): Promise<Taken[]> {
  const drafted = await draftAll(ctx, reports)
  const drafts = drafted.flatMap((item) => (item.ok ? [item.draft] : []))
  const placed = await locateAll(
    ctx.db,
    drafts.map(({ position, at, accuracyM }) => ({ position, at, accuracyM: accuracyM ?? 0 })),
  )
  const swappedOnes = await findSwapped(ctx, drafts, placed)
  const reportedAt = ctx.now.toISOString()
  const waiting: { draft: Draft; event: NewEvent; placed: Placed }[] = []
  drafts.forEach((draft, k) => {
    const where = placed[k]
    if (!where || swappedOnes.has(draft)) return
    waiting.push({ draft, event: newEvent(draft, where, reportedAt), placed: where })
  })
  const ids = await insertEvents(
    ctx.db,
    waiting.map(({ event }) => event),
    { actor: ctx.actor.id, day: dayOf(ctx.now.getTime()) },
  )
  const done = new Map<Draft, Taken>()
  waiting.forEach(({ draft, event, placed: where }, k) => {
    const id = ids[k]
    if (id === undefined) throw new Error('fewer events inserted than given')
    done.set(draft, { ok: true, event, placed: where, row: firstRow(event, id, ctx.now) })
  })
  return drafted.map((item): Taken => {
    if (!item.ok) return item
    const fault = swappedOnes.get(item.draft)
    if (fault) return faulty(fault)
    const answer = done.get(item.draft)
    if (!answer) throw new Error('a report was neither refused nor inserted')
    return answer
  })
}

/** Checks each report's own fields, and finds the position of those that only name an address. */
async function draftAll(ctx: Ctx, reports: readonly EventReport[]): Promise<Drafted[]> {
  const limits = await findLimits(ctx.db, [...new Set(reports.map(({ category }) => category))])
  const now = ctx.now.getTime()
  const deadlines = new Map(
    [...limits].map(([code, limit]) => [code, new Date(dueAt(now, limit, CHINA)).toISOString()]),
  )
  const found = await geocode(
    ctx,
    reports.map((item) => (item.position ? null : tidy(item.address))),
  )
  return reports.map((item, n) => draftOf(item, deadlines.get(item.category), found[n] ?? null, ctx.now))
}

function draftOf(item: EventReport, due: string | undefined, found: Geocoded | null, now: Date): Drafted {
  if (due === undefined) return faulty(unknownCategory(item.category))
  const at = checkOccurred(item.occurredAt, now)
  if (!at.ok) return faulty(at.fault)
  const accuracyM = item.accuracyM === undefined ? null : keptAccuracy(item.accuracyM)
  const draft = { report: item, dueAt: due, at: at.value, accuracyM }
  if (item.position) {
    const position = checkPosition(item.position)
    if (!position.ok) return faulty(position.fault)
    return { ok: true, draft: { ...draft, position: position.value } }
  }
  if (!found) return faulty(NO_POSITION)
  return found.ok ? { ok: true, draft: { ...draft, position: found.position } } : found
}

/** Points with no grid anywhere near that would have one if their two numbers changed places. */
async function findSwapped(
  ctx: Ctx,
  drafts: readonly Draft[],
  placed: readonly Placed[],
): Promise<Map<Draft, Fault>> {
  const lost = drafts.filter(
    ({ position: [lng] }, k) => placed[k]?.placement.candidates.length === 0 && Math.abs(lng) <= 90,
  )
  if (lost.length === 0) return new Map()
  const there = await locateAll(
    ctx.db,
    lost.map(({ position: [lng, lat], at }) => ({ position: [lat, lng], at })),
  )
  return new Map(
    lost.flatMap((draft, k) => (there[k]?.grid ? [[draft, swapped('/position', ...draft.position)]] : [])),
  )
}

function newEvent(
  { report: item, dueAt: due, position, at, accuracyM }: Draft,
  { grid, placement }: Placed,
  reportedAt: string,
): NewEvent {
  return {
    category: item.category,
    source: item.source ?? 'public',
    position,
    address: tidy(item.address),
    description: tidy(item.description),
    accuracyM,
    gridId: grid?.id ?? null,
    rule: placement.rule,
    placement,
    occurredAt: at.toISOString(),
    reportedAt,
    dueAt: due,
  }
}

/** A new event as lists and the feed have it. */
function firstRow(
  { description: _d, accuracyM: _a, placement: _p, ...seen }: NewEvent,
  id: number,
  now: Date,
): EventRow {
  return {
    id,
    number: eventNumber(id, now.getTime()),
    ...seen,
    status: 'reported',
    closedAt: null,
    version: 1,
  }
}

/** Border desk: a person gives an event its grid. */
export async function placeByHand(ctx: Ctx, id: number, to: BodyOf<typeof placeEvent>): Promise<GridEvent> {
  const event = await findEvent(ctx.db, id)
  if (!event) throw noEvent()
  if (event.version !== to.version) throw await changed(ctx, id)
  if (event.closedAt !== null) {
    throw refuse(
      'conflict',
      { zh: '事件已办结，不能再调整网格。', en: 'The event has ended; its grid stays.' },
      { field: '/id' },
    )
  }
  if (!(await isGridInForce(ctx.db, to.gridId, event.occurredAt))) {
    throw refuse(
      'invalid-field',
      { zh: '事发时没有这个网格。', en: 'There was no such grid when the event happened.' },
      { field: '/gridId' },
    )
  }
  const saved = await saveGrid(ctx.db, event, to.gridId)
  if (!saved) throw await changed(ctx, id)
  const reason = tidy(to.reason)
  const data = { ...rowOf(saved), ...(reason !== null && { reason }) }
  await append(ctx.db, [
    { step: 'event.placed', subject: `event/${id}`, actor: ctx.actor.id, at: ctx.now, data },
  ])
  return await readWhole(ctx, id)
}

export async function readWhole(ctx: Pick<Ctx, 'db' | 'now'>, id: number): Promise<GridEvent> {
  const event = await findEvent(ctx.db, id)
  if (!event) throw noEvent()
  return wholeOf(event, ctx.now, await listSteps(ctx.db, id))
}

function wholeOf(event: StoredWhole, now: Date, steps: EventStep[]): GridEvent {
  const row = rowOf(event)
  const { description, accuracyM, grid, placement } = event
  return { ...row, description, accuracyM, grid, placement, light: light(row, now.getTime()), steps }
}

/** The refusal of a change to a version that is no longer there: it says when it was changed; the history says how. */
async function changed(ctx: Ctx, id: number): Promise<Refusal> {
  const last = (await listSteps(ctx.db, id)).at(-1)
  const at = last ? ` (${clockOf(Date.parse(last.at))})` : ''
  return refuse(
    'conflict',
    {
      zh: `该事件在您打开之后已被修改${at}，请刷新后再操作。`,
      en: `The event was changed after you opened it${at}; load it again.`,
    },
    { field: '/version' },
  )
}

function noEvent(): Refusal {
  return refuse('not-found', { zh: '没有这个事件。', en: 'There is no such event.' }, { field: '/id' })
}

const NO_POSITION: Fault = {
  field: '/position',
  why: { zh: '需要位置或地址。', en: 'A position or an address is required.' },
}

function unknownCategory(code: string): Fault {
  return {
    field: '/category',
    why: { zh: `没有事件类别“${code}”。`, en: `There is no event category "${code}".` },
  }
}

function faulty({ field, why }: Fault): Refused {
  return { ok: false, problem: problemOf('invalid-field', why, { field }) }
}
