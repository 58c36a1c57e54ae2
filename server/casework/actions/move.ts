import type { Db } from '#db/open'
import { counted, readCalendar } from '../../deadlines/actions.ts'
import { calendarOf } from '../../deadlines/rules.ts'
import type { EventFacts, EventRow } from '../../events/contract.ts'
import { audienceOf, rowOf, tidy } from '../../events/rules.ts'
import type { Problem } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { Refusal, refuse } from '../../http/problems.ts'
import { behindWall } from '../../http/store.ts'
import { append, type NewStep } from '../../trail/store.ts'
import type { MoveOrder } from '../contract.ts'
import {
  decide,
  effectsOf,
  FLOW,
  isRetimed,
  officeOf,
  stepName,
  whenOf,
  type Allowed,
  type Beside,
  type Core,
  type Effects,
  type Scene,
} from '../rules.ts'
import {
  carryOver,
  findLastStep,
  lockCase,
  retimeObligations,
  saveCore,
  saveParts,
  saveReply,
  saveRequest,
  type By,
  type CoreText,
  type StoredCase,
} from '../store.ts'
import { lockTarget, lookBeside } from './beside.ts'
import { load, type Loaded } from './load.ts'

/** One move: the case is kept, asked, changed and written down, in the transaction of the request. */
export async function move(ctx: Ctx, id: number, order: MoveOrder, version: number): Promise<EventRow> {
  const target = await lockTarget(ctx, id, order)
  const loaded = await load(ctx.db, ctx.actor, id, lockCase)
  const beside = await lookBeside(ctx, loaded, order, target)
  const now = ctx.now.getTime()
  const verdict = decide(loaded.subject, order, ctx.actor, now, beside)
  if (!verdict.ok && verdict.kind === 'forbidden') throw refuse('forbidden', verdict.why, { field: '/move' })
  if (loaded.subject.event.version !== version) throw await changed(ctx.db, id)
  if (!verdict.ok) {
    const kind = verdict.kind === 'invalid' ? 'invalid-field' : 'refused'
    throw refuse(kind, verdict.why, { field: verdict.field ?? '/move' })
  }
  const scene = await sceneOf(ctx.db, loaded, order, verdict, now, beside)
  return await carryOut(ctx, loaded, scene, target)
}

/** The same move on many events, each in a transaction of its own; in the order of their ids, so that two of these never wait for each other in a ring. */
export async function moveAll(
  ctx: Ctx,
  items: readonly { readonly id: number; readonly version: number }[],
  order: MoveOrder,
): Promise<({ ok: true; event: EventRow } | { ok: false; id: number; problem: Problem })[]> {
  const answers = new Map<
    number,
    { ok: true; event: EventRow } | { ok: false; id: number; problem: Problem }
  >()
  const sorted = items.map((item, n) => ({ ...item, n })).toSorted((a, b) => a.id - b.id)
  for (const { id, version, n } of sorted) {
    try {
      const event = await behindWall(ctx.db, ctx.actor, (tx) => move({ ...ctx, db: tx }, id, order, version))
      answers.set(n, { ok: true, event })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answers.set(n, { ok: false, id, problem: error.problem })
    }
  }
  return items.flatMap((_item, n) => answers.get(n) ?? [])
}

/** Moves that count time, and whether by the editions of the calendar that the promise was made by. */
const COUNTS: Readonly<Partial<Record<MoveOrder['move'], 'anew' | 'on'>>> = {
  file: 'anew',
  dispatch: 'anew',
  reopen: 'anew',
  wake: 'on',
  grant: 'on',
}

const NO_CALENDAR = calendarOf([])

export async function sceneOf(
  db: Db,
  { subject, core }: Loaded,
  order: MoveOrder,
  verdict: Allowed,
  now: number,
  beside: Beside = {},
): Promise<Scene> {
  const counts = COUNTS[order.move]
  const editions = counts === 'on' ? (core.why?.calendars ?? []) : []
  const calendar = counts ? await readCalendar(db, editions) : NO_CALENDAR
  const condition = beside.condition ?? subject.work.condition
  return { subject, core, order, verdict, now, calendar, condition }
}

async function carryOut(
  ctx: Ctx,
  loaded: Loaded,
  scene: Scene,
  target: StoredCase | null,
): Promise<EventRow> {
  const { db, actor, now } = ctx
  const { order, verdict } = scene
  const reason = tidy(order.reason)
  const saved = await write(db, loaded, scene, { account: actor.account, at: now, reason })
  if (!saved) throw await changed(db, loaded.subject.event.id)
  const by = { actor: actor.id, role: verdict.as, at: now }
  const row = rowOf(saved)
  const asked = { gridId: order.gridId ?? verdict.request?.gridId ?? null, units: [], reporter: null }
  const audience = audienceOf(loaded.stored.facts, saved, asked)
  await append(db, [
    {
      ...by,
      ...told(order, verdict),
      subject: `event/${row.id}`,
      audience,
      data: { ...row, ...detailsOf(order, verdict) },
    },
    ...(target ? await mergedInto(db, row, target, by) : []),
  ])
  return row
}

/** Writes the effects of a permitted move; null if somebody else was first. */
export async function write(
  db: Db,
  { stored, core }: Loaded,
  scene: Scene,
  by: By,
): Promise<EventFacts | null> {
  const effects = counted(() => effectsOf(scene))
  const { id, version } = stored.facts
  const retimed = isRetimed(core, effects.core)
  const saved = await saveCore(db, textOf(effects.core), { id, version, now: by.at, retimed })
  if (!saved) return null
  await saveParts(db, id, effects.parts)
  await writeRequests(db, id, effects, by)
  if (retimed) {
    const which = scene.order.move === 'file' ? 'all' : 'grid'
    await retimeObligations(db, id, new Date(effects.core.dueAt).toISOString(), which)
  }
  if (scene.order.move === 'reply') await saveReply(db, scene.order.obligationId ?? 0, by)
  return saved
}

async function writeRequests(db: Db, id: number, { requests }: Effects, by: By): Promise<void> {
  for (const request of requests) {
    if (request.id === null && by.account === null)
      throw refuse('forbidden', {
        zh: '没有账号的人不能提出申请。',
        en: 'Only somebody with an account can ask.',
      })
    await saveRequest(db, id, request, by)
  }
}

/** A merge is told on every event that it touches. */
async function mergedInto(
  db: Db,
  from: EventRow,
  target: StoredCase,
  by: Pick<NewStep, 'actor' | 'role' | 'at'>,
): Promise<NewStep[]> {
  const into = target.facts.id
  const carried = await carryOver(db, from.id, into)
  const line = (step: string, facts: EventFacts, more: object): NewStep => ({
    ...by,
    step,
    subject: `event/${facts.id}`,
    audience: audienceOf(facts),
    data: { ...rowOf(facts), ...more },
  })
  return [
    line('event.absorbed', target.facts, { from: from.id }),
    ...carried.map((facts) => line('event.redirected', facts, { into })),
  ]
}

function told({ move: name }: MoveOrder, { part, request }: Allowed): Pick<NewStep, 'step'> {
  const { step } = FLOW[name]
  if (request) return { step: `event.${request.kind}-${step.slice('event.'.length)}` }
  return { step: part?.part === 'assist' ? `${step}-assist` : step }
}

/** What a line of the history says besides the event's row. */
function detailsOf(order: MoveOrder, { part, request }: Allowed): Record<string, unknown> {
  const { reason, move: _move, gridId, ...named } = order
  const text = tidy(reason)
  const asked = gridId ?? request?.gridId ?? null
  return {
    ...named,
    ...(asked !== null && { askedGridId: asked }),
    ...(part && { unit: part.unit }),
    ...(text !== null && { reason: text }),
  }
}

/** Somebody was first: says what happened, when and in which office, so that nobody has to guess. */
async function changed(db: Db, id: number): Promise<Refusal> {
  const last = await findLastStep(db, id)
  const [when, office] = [last ? whenOf(last.at) : '', officeOf(last?.role ?? null)]
  const what = stepName(last?.step ?? '')
  return refuse(
    'conflict',
    {
      zh: `${when} ${office.zh}已先办理“${what.zh}”，事件与您看到的不同了，请看过新的情况再办。`,
      en: `At ${when} the ${office.en} was first: ${what.en}. The event is no longer as you saw it; look again.`,
    },
    { field: '/version' },
  )
}

function textOf(core: Core): CoreText {
  return {
    ...core,
    dueAt: new Date(core.dueAt).toISOString(),
    amberAt: new Date(core.amberAt).toISOString(),
    heldUntil: isoOrNull(core.heldUntil),
    stageDueAt: isoOrNull(core.stageDueAt),
    closedAt: isoOrNull(core.closedAt),
    checkedAt: isoOrNull(core.checkedAt),
  }
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
