import { clockOf, light } from '#rules/deadlines'
import { reachOf, RIGHTS } from '../accounts/rules.ts'
import type { BodyOf } from '../http/contract.ts'
import type { Ctx } from '../http/mount.ts'
import { problemOf, Refusal, refuse } from '../http/problems.ts'
import { locateOne } from '../grids/actions.ts'
import { append } from '../trail/store.ts'
import { take } from './actions/intake.ts'
import type { EventFilter, EventReport, EventStep, GridEvent, placeEvent } from './contract.ts'
import {
  audienceOf,
  checkBox,
  dutyFor,
  BORDER_DESK,
  idOfNumber,
  mayPlace,
  rowOf,
  tidy,
  type Checked,
} from './rules.ts'
import { findEvent, isGridInForce, listSteps, saveGrid, type NewEvent, type StoredWhole } from './store.ts'
import type { Match } from './store/match.ts'

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
    steps: firstSteps(ctx, event),
  }
}

/** The history of an event that has just begun, as `listSteps` would read it. */
function firstSteps({ actor }: Ctx, { reportedAt, solved }: NewEvent): EventStep[] {
  const role = dutyFor(actor, RIGHTS['events.report'])
  const by = { actor: actor.id, ...(actor.account !== null && { name: actor.name }), ...(role && { role }) }
  const reported = { at: reportedAt, step: 'event.reported', ...by }
  if (solved === null) return [reported]
  return [reported, { at: reportedAt, step: 'event.closed', ...by, reason: solved }]
}

/** Border desk: a person gives an event its grid. */
export async function placeByHand(ctx: Ctx, id: number, to: BodyOf<typeof placeEvent>): Promise<GridEvent> {
  const event = await findVisible(ctx, id)
  if (!mayPlace(ctx.actor)) {
    throw refuse(
      'forbidden',
      { zh: '只有中心的岗位可以调整事件的网格。', en: 'Only the centre gives an event another grid.' },
      { field: '/id' },
    )
  }
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
  const saved = await saveGrid(ctx.db, event, {
    gridId: to.gridId,
    keeperId: await keeperFor(ctx, event, to.gridId),
  })
  if (!saved) throw await changed(ctx, id)
  const reason = tidy(to.reason)
  const role = dutyFor(ctx.actor, BORDER_DESK)
  await append(ctx.db, [
    {
      step: 'event.placed',
      subject: `event/${id}`,
      actor: ctx.actor.id,
      ...(role !== null && { role }),
      at: ctx.now,
      audience: audienceOf(event, saved),
      data: { ...rowOf(saved), ...(reason !== null && { reason }) },
    },
  ])
  return await readWhole(ctx, id)
}

/** Who goes on with an event that a person has given to a grid: that grid, or, where it has ended since, the one there now. */
async function keeperFor({ db, now }: Ctx, event: StoredWhole, gridId: number): Promise<number | null> {
  if (await isGridInForce(db, gridId, now.getTime())) return null
  const [lng = 0, lat = 0] = event.position
  const { grid } = await locateOne(db, { position: [lng, lat], at: now })
  return grid?.id ?? null
}

export async function readWhole(ctx: Ctx, id: number): Promise<GridEvent> {
  return wholeOf(await findVisible(ctx, id), ctx.now, await listSteps(ctx.db, id))
}

/** The event, or the refusal of one that does not exist; the same for one that the actor may not see. */
export async function findVisible(ctx: Ctx, id: number): Promise<StoredWhole> {
  const event = await findEvent(ctx.db, id, reachOf(ctx.actor, 'events.read'))
  if (!event) {
    throw refuse('not-found', { zh: '没有这个事件。', en: 'There is no such event.' }, { field: '/id' })
  }
  return event
}

/** What a filter asks for, narrowed to where the actor has the right. */
export function matchOf(
  { actor, now }: Pick<Ctx, 'actor' | 'now'>,
  { bbox, text, ...filter }: EventFilter,
  right: 'events.read' | 'events.count' = 'events.read',
): Match {
  const numbered = text === undefined ? null : idOfNumber(text)
  return {
    ...filter,
    now,
    within: reachOf(actor, right),
    ...(bbox !== undefined && { box: must(checkBox(bbox)) }),
    ...(text !== undefined && { text: text.trim() }),
    ...(numbered !== null && { numbered }),
  }
}

/** The value of what has been checked, or the refusal. */
export function must<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value
  throw new Refusal(problemOf('invalid-field', checked.fault.why, { field: checked.fault.field }))
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
