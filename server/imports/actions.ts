import type { Position } from '#geo/geojson'
import { CalendarGap, promise, ruleOf, type Calendar, type Promised } from '#rules/deadlines'
import { readCalendar } from '../deadlines/actions.ts'
import type { Condition } from '../deadlines/contract.ts'
import { findConditions } from '../deadlines/store.ts'
import type { EventSource } from '../events/contract.ts'
import { audienceOf, channelOf, checkPosition, rowOf, tidy } from '../events/rules.ts'
import { locateAll } from '../grids/actions.ts'
import type { Placed } from '../grids/rules.ts'
import type { Words } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { geocode } from '../places/actions.ts'
import { append } from '../trail/store.ts'
import { settle, type Course, type Settled, type Verdict } from './rules.ts'
import { findRefs, insertPast, type PastEvent } from './store.ts'

/** One row of a file that has been read, but not yet judged. */
export interface PastReport extends Course {
  readonly ref: string
  readonly category: string
  readonly source: EventSource
  /** Null: found by the address. */
  readonly position: Position | null
  readonly address: string | null
  readonly description: string | null
  readonly accuracyM: number | null
}

export type Outcome =
  | { readonly kind: 'taken'; readonly rule: PastEvent['rule'] }
  /** Stored by an earlier run. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly why: Words }

/** `try` judges and places every row as `store` does, and writes nothing. */
export type Mode = 'try' | 'store'

interface Draft {
  readonly n: number
  readonly report: PastReport
  readonly course: Settled
  readonly terms: Promised & { readonly conditionId: number }
  readonly position: Position
}

const MAX_ADDRESS = 200
const MAX_DESCRIPTION = 2000
const MAX_ACCURACY_M = 10_000

/**
 * Takes in events with their past, each exactly once however often the rows are given, inside the caller's transaction.
 * Events go to the grid whose boundary was in force when they happened, by the same rules as any report.
 */
export async function takePast(ctx: Ctx, reports: readonly PastReport[], mode: Mode): Promise<Outcome[]> {
  const outcomes: Outcome[] = reports.map(() => ({ kind: 'known' }))
  const known = await findRefs(
    ctx.db,
    reports.map(({ ref }) => ref),
  )
  const news = reports.flatMap((report, n) => (known.has(report.ref) ? [] : [{ n, report }]))
  const drafts = await draftAll(ctx, news, (n, why) => (outcomes[n] = { kind: 'refused', why }))
  const placed = await locateAll(
    ctx.db,
    drafts.map(({ position, course, report }) => ({
      position,
      at: new Date(course.occurredAt),
      accuracyM: report.accuracyM ?? undefined,
    })),
  )
  const events = drafts.flatMap((draft, k) => {
    const where = placed[k]
    return where ? [{ draft, where, event: pastEvent(draft, where) }] : []
  })
  for (const { draft, event } of events) outcomes[draft.n] = { kind: 'taken', rule: event.rule }
  if (mode === 'store')
    await store(
      ctx,
      events.map(({ event }) => event),
    )
  return outcomes
}

async function store(ctx: Ctx, events: readonly PastEvent[]): Promise<void> {
  if (events.length === 0) return
  const ids = await insertPast(ctx.db, events, ctx.now)
  await append(
    ctx.db,
    events.flatMap((event) => {
      const id = ids.get(event.ref)
      if (id === undefined) return []
      const row = rowOf({ ...event, ...UNTOUCHED, position: [...event.position], id })
      const step = { step: 'event.imported', subject: `event/${id}`, actor: ctx.actor.id, at: ctx.now }
      return [{ ...step, data: row, audience: audienceOf(row) }]
    }),
  )
}

/** Nobody here has done anything with it yet. */
const UNTOUCHED = {
  keeperId: null,
  stageDueAt: null,
  units: [],
  asks: [],
  supervision: 0,
  important: false,
  reporter: null,
  version: 1,
}

async function draftAll(
  ctx: Ctx,
  news: readonly { readonly n: number; readonly report: PastReport }[],
  refuse: (n: number, why: Words) => void,
): Promise<readonly Draft[]> {
  const known = await findConditions(ctx.db, [...new Set(news.map(({ report }) => report.category))])
  const calendar = await readCalendar(ctx.db)
  const found = await geocode(
    ctx,
    news.map(({ report }) => (report.position ? null : report.address)),
  )
  return news.flatMap(({ n, report }, k) => {
    const [condition] = known.get(report.category) ?? []
    const course = settle(report, ctx.now.getTime())
    const place = placeOf(report, found[k] ?? null)
    const why = faultOf(report)
    if (!condition) return drop(refuse, n, unknownCategory(report.category))
    if (!course.ok) return drop(refuse, n, course.why)
    if (!place.ok) return drop(refuse, n, place.why)
    if (why) return drop(refuse, n, why)
    const promised = promiseOf(course.value.reportedAt, condition, calendar)
    if (!promised.ok) return drop(refuse, n, promised.why)
    const terms = { ...promised.value, conditionId: condition.id }
    return [{ n, report, course: course.value, terms, position: place.position }]
  })
}

function drop(refuse: (n: number, why: Words) => void, n: number, why: Words): readonly Draft[] {
  refuse(n, why)
  return []
}

/** The promise that the report made in its time, if the calendar of that year is known. */
function promiseOf(reportedAt: number, condition: Condition, calendar: Calendar): Verdict<Promised> {
  try {
    return { ok: true, value: promise(reportedAt, ruleOf(condition), calendar) }
  } catch (error) {
    if (!(error instanceof CalendarGap)) throw error
    const { year } = error
    return {
      ok: false,
      why: {
        zh: `没有 ${year} 年的工作日历，请先录入`,
        en: `There is no working calendar for ${year}; enter it first`,
      },
    }
  }
}

type Place = { readonly ok: true; readonly position: Position } | { readonly ok: false; readonly why: Words }

function placeOf({ position }: PastReport, found: Awaited<ReturnType<typeof geocode>>[number] | null): Place {
  if (position) {
    const checked = checkPosition(position)
    return checked.ok ? { ok: true, position: checked.value } : { ok: false, why: checked.fault.why }
  }
  if (found?.ok) return found
  if (found) return { ok: false, why: { zh: found.problem.detail, en: found.problem.en.detail } }
  return { ok: false, why: { zh: '缺少坐标，也没有地址', en: 'Neither a position nor an address is given' } }
}

function faultOf({ address, description, accuracyM }: PastReport): Words | null {
  if ((address?.length ?? 0) > MAX_ADDRESS)
    return { zh: `地址超过 ${MAX_ADDRESS} 字`, en: `The address has more than ${MAX_ADDRESS} characters` }
  if ((description?.length ?? 0) > MAX_DESCRIPTION)
    return {
      zh: `描述超过 ${MAX_DESCRIPTION} 字`,
      en: `The description has more than ${MAX_DESCRIPTION} characters`,
    }
  if (accuracyM !== null && !(accuracyM >= 0 && accuracyM <= MAX_ACCURACY_M))
    return {
      zh: `精度应为 0 到 ${MAX_ACCURACY_M} 米`,
      en: `The accuracy must be 0 to ${MAX_ACCURACY_M} metres`,
    }
  return null
}

function unknownCategory(code: string): Words {
  return { zh: `没有事件类别“${code}”`, en: `There is no event category "${code}"` }
}

function pastEvent({ report, course, terms, position }: Draft, { grid, placement }: Placed): PastEvent {
  return {
    ...course,
    ref: report.ref,
    category: report.category,
    source: report.source,
    position,
    address: tidy(report.address ?? undefined),
    description: tidy(report.description ?? undefined),
    accuracyM: report.accuracyM,
    gridId: grid?.id ?? null,
    rule: placement.rule,
    placement,
    ...terms,
    channel: channelOf(report.source),
  }
}
