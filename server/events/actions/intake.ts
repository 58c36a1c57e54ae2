import type { Position } from '#geo/geojson'
import { CalendarGap, promise, ruleOf, type Calendar, type Promised } from '#rules/deadlines'
import type { Role } from '../../accounts/contract.ts'
import { RIGHTS } from '../../accounts/rules.ts'
import { noCalendar, readCalendar } from '../../deadlines/actions.ts'
import type { Condition } from '../../deadlines/contract.ts'
import { findConditions } from '../../deadlines/store.ts'
import { keepersOf, locateAll } from '../../grids/actions.ts'
import { keptAccuracy, type Placed } from '../../grids/rules.ts'
import type { Problem } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { problemOf } from '../../http/problems.ts'
import { geocode, type Geocoded } from '../../places/actions.ts'
import type { EventReport, EventRow } from '../contract.ts'
import {
  audienceOf,
  channelOf,
  checkOccurred,
  checkPosition,
  dayOf,
  dutyFor,
  eventNumber,
  intakeDueAt,
  maySolve,
  sourceOf,
  swapped,
  tidy,
  type Fault,
} from '../rules.ts'
import { findUnits, insertEvents, type NewEvent } from '../store.ts'

/** A report taken in, or refused for a reason of its own. */
export type Taken =
  | { readonly ok: true; readonly row: EventRow; readonly event: NewEvent; readonly placed: Placed }
  | { readonly ok: false; readonly problem: Problem }

type Refused = Extract<Taken, { ok: false }>

/** What a report of a class is told: its promise, or why none can be made now. */
type Terms = { readonly ok: true; readonly conditionId: number; readonly promised: Promised } | Refused

/** A report that passed its own checks and waits for its grid. */
interface Draft {
  readonly report: EventReport
  readonly terms: Extract<Terms, { ok: true }>
  readonly position: Position
  readonly at: Date
  readonly accuracyM: number | null
}

type Drafted = { readonly ok: true; readonly draft: Draft } | Refused

interface Waiting {
  readonly draft: Draft
  readonly event: NewEvent
  readonly placed: Placed
}

/**
 * Takes in reports, each on its own: checks, places, inserts and records them in a handful of statements, whatever their
 * number, of which only the last one writes. The answers stand in the order of the reports; a bad one never blocks the rest.
 */
export async function take(ctx: Ctx, reports: readonly EventReport[]): Promise<Taken[]> {
  const drafted = await draftAll(ctx, reports)
  const drafts = drafted.flatMap((item) => (item.ok ? [item.draft] : []))
  const spots = drafts.map(({ position, at, accuracyM }) => ({ position, at, accuracyM: accuracyM ?? 0 }))
  const placed = await locateAll(ctx.db, spots)
  const keepers = await keepersOf(ctx.db, spots, placed, ctx.now)
  const holders = placed.map(({ grid }, k) => keepers[k] ?? grid?.id ?? null)
  const done = new Map<Draft, Taken>()
  for (const [draft, fault] of await findSwapped(ctx, drafts, placed)) done.set(draft, faulty(fault))
  for (const draft of await findForeign(ctx, drafts, holders)) done.set(draft, NOT_YOURS)
  const role = dutyFor(ctx.actor, RIGHTS['events.report'])
  const waiting: Waiting[] = []
  drafts.forEach((draft, k) => {
    const where = placed[k]
    if (!where || done.has(draft)) return
    waiting.push({ draft, event: newEvent(ctx, role, draft, where, keepers[k] ?? null), placed: where })
  })
  for (const [draft, taken] of await insert(ctx, role, waiting)) done.set(draft, taken)
  return drafted.map((item): Taken => {
    if (!item.ok) return item
    const answer = done.get(item.draft)
    if (!answer) throw new Error('a report was neither refused nor inserted')
    return answer
  })
}

async function insert(ctx: Ctx, role: Role | null, waiting: readonly Waiting[]): Promise<[Draft, Taken][]> {
  const ids = await insertEvents(
    ctx.db,
    waiting.map(({ event }) => event),
    { actor: ctx.actor.id, role, day: dayOf(ctx.now.getTime()) },
  )
  return waiting.map(({ draft, event, placed }, k) => {
    const id = ids[k]
    if (id === undefined) throw new Error('fewer events inserted than given')
    return [draft, { ok: true, event, placed, row: firstRow(event, id, ctx.now) }]
  })
}

/** Checks each report's own fields, and finds the position of those that only name an address. */
async function draftAll(ctx: Ctx, reports: readonly EventReport[]): Promise<Drafted[]> {
  const terms = await termsOf(ctx, [...new Set(reports.map(({ category }) => category))])
  const found = await geocode(
    ctx,
    reports.map((item) => (item.position ? null : tidy(item.address))),
  )
  return reports.map((item, n) => draftOf(item, terms.get(item.category), found[n] ?? null, ctx.now))
}

/** What is promised for each class that there is: by its first condition, which is assumed until filing. */
async function termsOf(ctx: Ctx, codes: readonly string[]): Promise<Map<string, Terms>> {
  const known = await findConditions(ctx.db, codes)
  const calendar = await readCalendar(ctx.db)
  return new Map(
    [...known].flatMap(([code, [first]]) =>
      first ? [[code, termsBy(first, ctx.now.getTime(), calendar)]] : [],
    ),
  )
}

function termsBy(condition: Condition, now: number, calendar: Calendar): Terms {
  try {
    return { ok: true, conditionId: condition.id, promised: promise(now, ruleOf(condition), calendar) }
  } catch (error) {
    if (error instanceof CalendarGap) return { ok: false, problem: noCalendar(error).problem }
    throw error
  }
}

function draftOf(item: EventReport, terms: Terms | undefined, found: Geocoded | null, now: Date): Drafted {
  if (!terms) return faulty(unknownCategory(item.category))
  if (!terms.ok) return terms
  const at = checkOccurred(item.occurredAt, now)
  if (!at.ok) return faulty(at.fault)
  if (item.solved && tidy(item.solved.note) === null) return faulty(NO_NOTE)
  const accuracyM = item.accuracyM === undefined ? null : keptAccuracy(item.accuracyM)
  const draft = { report: item, terms, at: at.value, accuracyM }
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

/** Reports as solved by somebody who may not solve them there. */
async function findForeign(
  ctx: Ctx,
  drafts: readonly Draft[],
  holders: readonly (number | null)[],
): Promise<Draft[]> {
  const solved = drafts.filter(({ report }) => report.solved)
  if (solved.length === 0) return []
  const units = await findUnits(
    ctx.db,
    solved.map(({ report }) => report.category),
  )
  return drafts.filter(
    ({ report }, k) =>
      report.solved && !maySolve(ctx.actor, holders[k] ?? null, units.get(report.category) ?? []),
  )
}

function newEvent(
  { actor, now }: Ctx,
  role: Role | null,
  { report, terms, position, at, accuracyM }: Draft,
  { grid, placement }: Placed,
  keeperId: number | null,
): NewEvent {
  const source = report.source ?? sourceOf(role)
  const reportedAt = now.toISOString()
  const solved = tidy(report.solved?.note)
  const gridId = grid?.id ?? null
  const seen = { gridId, keeperId, units: [], reporter: actor.account }
  return {
    ...seen,
    audience: audienceOf(seen),
    category: report.category,
    source,
    channel: channelOf(source),
    position,
    address: tidy(report.address),
    description: tidy(report.description),
    accuracyM,
    rule: placement.rule,
    placement,
    occurredAt: at.toISOString(),
    reportedAt,
    conditionId: terms.conditionId,
    dueAt: new Date(terms.promised.dueAt).toISOString(),
    amberAt: new Date(terms.promised.amberAt).toISOString(),
    why: terms.promised.why,
    solved,
    ...(solved === null
      ? { status: 'reported', closedAt: null, stageDueAt: new Date(intakeDueAt(now.getTime())).toISOString() }
      : { status: 'closed', closedAt: reportedAt, stageDueAt: null }),
    asks: [],
    supervision: 0,
    important: false,
  }
}

/** A new event as lists and the feed have it. */
function firstRow(event: NewEvent, id: number, now: Date): EventRow {
  const { description: _d, accuracyM: _a, placement: _p, conditionId: _c, why: _w, ...others } = event
  const { channel: _ch, audience: _au, solved, ...row } = others
  return { id, number: eventNumber(id, now.getTime()), ...row, version: solved === null ? 1 : 2 }
}

const NO_POSITION: Fault = {
  field: '/position',
  why: { zh: '需要位置或地址。', en: 'A position or an address is required.' },
}

const NO_NOTE: Fault = {
  field: '/solved/note',
  why: { zh: '请说明如何处理的。', en: 'Say what was done.' },
}

const NOT_YOURS: Refused = {
  ok: false,
  problem: problemOf(
    'forbidden',
    {
      zh: '只有本网格的网格员、网格长，或该类事件处置单位的人员可以当场办结。',
      en: 'Only the worker or lead of that grid, or the unit whose work it is, may solve it on the spot.',
    },
    { field: '/solved' },
  ),
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
