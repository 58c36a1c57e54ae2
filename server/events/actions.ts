import { CHINA, dueAt, light } from '#rules/deadlines'
import type { Position } from '#geo/geojson'
import type { Problem } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { problemOf, Refusal, refuse } from '../http/problems.ts'
import { locateAll } from '../grids/actions.ts'
import type { Placed } from '../grids/rules.ts'
import { geocode } from '../places/actions.ts'
import { append } from '../trail/store.ts'
import type { BodyOf } from '../http/contract.ts'
import type { Category, EventReport, EventRow, EventStep, GridEvent, placeEvent } from './contract.ts'
import {
  checkOccurred,
  checkPosition,
  eventNumber,
  swapped,
  tidy,
  type Checked,
  type Fault,
} from './rules.ts'
import {
  findEvent,
  insertEvents,
  isGridInForce,
  listCategories,
  listSteps,
  saveGrid,
  type NewEvent,
  type Stored,
  type StoredWhole,
} from './store.ts'

/** A report taken in, or refused for a reason of its own. */
export type Taken =
  | { readonly ok: true; readonly event: StoredWhole }
  | { readonly ok: false; readonly problem: Problem }

/** A report that passed its own checks and waits for its grid. */
interface Draft {
  readonly n: number
  readonly report: EventReport
  readonly category: Category
  readonly position: Position
  readonly at: Date
}

export async function report(ctx: Ctx, body: EventReport): Promise<GridEvent> {
  const [taken] = await take(ctx, [body])
  if (!taken?.ok) throw new Refusal(taken?.problem ?? problemOf('internal', { zh: '', en: '' }))
  return wholeOf(taken.event, ctx.now, [
    { at: ctx.now.toISOString(), step: 'event.reported', actor: ctx.actor.id },
  ])
}

/**
 * Takes in reports, each on its own: checks, places, inserts and records all of them in a handful of statements, whatever
 * their number. The answers stand in the order of the reports; a bad one never blocks the rest.
 */
export async function take(ctx: Ctx, reports: readonly EventReport[]): Promise<Taken[]> {
  const taken = new Map<number, Taken>()
  const refused = (n: number, problem: Problem) => void taken.set(n, { ok: false, problem })
  const drafts = await draftAll(ctx, reports, refused)
  const placed = await locateAll(
    ctx.db,
    drafts.map(({ position, at, report: { accuracyM } }) => ({ position, at, accuracyM })),
  )
  const swappedAt = await findSwapped(ctx, drafts, placed)
  const news: { n: number; event: NewEvent; placed: Placed }[] = []
  drafts.forEach((draft, k) => {
    const where = placed[k]
    if (!where) return
    const fault = swappedAt.get(draft.n)
    if (fault) return refused(draft.n, faulty(fault))
    news.push({ n: draft.n, event: newEvent(draft, where, ctx.now), placed: where })
  })
  const ids = await insertEvents(
    ctx.db,
    news.map(({ event }) => event),
  )
  news.forEach(({ n, event, placed: { grid } }, k) => {
    const id = ids[k]
    if (id === undefined) throw new Error('fewer events inserted than given')
    taken.set(n, { ok: true, event: { ...event, id, status: 'reported', closedAt: null, version: 1, grid } })
  })
  const events = [...taken.values()].flatMap((item) => (item.ok ? [item.event] : []))
  await append(
    ctx.db,
    events.map((event) => ({ ...stepOf(ctx, 'event.reported', event.id), data: rowOf(event) })),
  )
  return reports.map(
    (_, n) => taken.get(n) ?? { ok: false, problem: problemOf('internal', { zh: '', en: '' }) },
  )
}

/** The reports whose own fields are in order, with positions found for those that only name an address. */
async function draftAll(
  ctx: Ctx,
  reports: readonly EventReport[],
  refused: (n: number, problem: Problem) => void,
): Promise<Draft[]> {
  const categories = new Map((await listCategories(ctx.db)).map((category) => [category.code, category]))
  const found = await geocode(
    ctx,
    reports.map((item) => (item.position ? null : tidy(item.address))),
  )
  return reports.flatMap((item, n) => {
    const category = categories.get(item.category)
    if (!category) return refused(n, faulty(unknownCategory(item.category))) ?? []
    const at = checkOccurred(item.occurredAt, ctx.now)
    if (!at.ok) return refused(n, faulty(at.fault)) ?? []
    if (!item.position) {
      const place = found[n]
      if (!place?.ok) return refused(n, place?.problem ?? faulty(NO_POSITION)) ?? []
      return [{ n, report: item, category, position: place.position, at: at.value }]
    }
    const position = checkPosition(item.position)
    if (!position.ok) return refused(n, faulty(position.fault)) ?? []
    return [{ n, report: item, category, position: position.value, at: at.value }]
  })
}

/** Points far outside that would lie in a grid if their two numbers changed places. */
async function findSwapped(
  ctx: Ctx,
  drafts: readonly Draft[],
  placed: readonly Placed[],
): Promise<Map<number, Fault>> {
  const lost = drafts.filter(
    ({ position: [, lat] }, k) => placed[k]?.placement.candidates.length === 0 && Math.abs(lat) <= 90,
  )
  const turned = lost.flatMap((draft) => {
    const {
      position: [lng, lat],
      at,
    } = draft
    return Math.abs(lng) <= 90 ? [{ draft, position: [lat, lng] as Position, at }] : []
  })
  if (turned.length === 0) return new Map()
  const there = await locateAll(ctx.db, turned)
  return new Map(
    turned.flatMap(
      (
        {
          draft: {
            n,
            position: [lng, lat],
          },
        },
        k,
      ) => {
        if (!there[k]?.grid) return []
        const { fault } = swapped('/position', lng, lat) as Extract<Checked<never>, { ok: false }>
        return [[n, fault] as const]
      },
    ),
  )
}

function newEvent(
  { report: item, category, position, at }: Draft,
  { grid, placement }: Placed,
  now: Date,
): NewEvent {
  return {
    category: category.code,
    source: item.source ?? 'public',
    position,
    address: tidy(item.address),
    description: tidy(item.description),
    accuracyM: item.accuracyM ?? null,
    gridId: grid?.id ?? null,
    rule: placement.rule,
    placement,
    occurredAt: at.getTime(),
    reportedAt: now.getTime(),
    dueAt: dueAt(now.getTime(), category.limit, CHINA),
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
  await append(ctx.db, [{ ...stepOf(ctx, 'event.placed', id), data }])
  return await readWhole(ctx, id)
}

export async function readWhole(ctx: Pick<Ctx, 'db' | 'now'>, id: number): Promise<GridEvent> {
  const event = await findEvent(ctx.db, id)
  if (!event) throw noEvent()
  return wholeOf(event, ctx.now, await listSteps(ctx.db, id))
}

/** The refusal of a change to a version that is no longer there: it says what was done meanwhile, when and by whom. */
async function changed(ctx: Ctx, id: number): Promise<Refusal> {
  const last = (await listSteps(ctx.db, id)).at(-1)
  const who = last ? ` (${last.step}, ${last.actor}, ${last.at})` : ''
  return refuse(
    'conflict',
    {
      zh: `该事件在您打开之后已被修改${who}，请刷新后再操作。`,
      en: `The event was changed after you opened it${who}; load it again.`,
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

function faulty({ field, why }: Fault): Problem {
  return problemOf('invalid-field', why, { field })
}

function stepOf(ctx: Ctx, step: string, id: number) {
  return { step, subject: `event/${id}`, actor: ctx.actor.id, at: ctx.now }
}

/** An event as it crosses the wire in lists and in the feed. */
export function rowOf(event: Stored): EventRow {
  return {
    id: event.id,
    number: eventNumber(event.id, event.reportedAt),
    category: event.category,
    status: event.status,
    source: event.source,
    position: [...event.position],
    address: event.address,
    gridId: event.gridId,
    rule: event.rule,
    occurredAt: new Date(event.occurredAt).toISOString(),
    reportedAt: new Date(event.reportedAt).toISOString(),
    dueAt: new Date(event.dueAt).toISOString(),
    closedAt: event.closedAt === null ? null : new Date(event.closedAt).toISOString(),
    version: event.version,
  }
}

function wholeOf(event: StoredWhole, now: Date, steps: readonly EventStep[]): GridEvent {
  const row = rowOf(event)
  return {
    ...row,
    description: event.description,
    accuracyM: event.accuracyM,
    grid: event.grid,
    placement: event.placement,
    light: light(row, now.getTime()),
    steps: [...steps],
  }
}
