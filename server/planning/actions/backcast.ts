import { backcastOf, type PastEvents } from '#geo/plan/backcast'
import type { Draft } from '#geo/plan/draft'
import { draftFrom } from '#geo/plan/drawing'
import type { QueryOf, ReplyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import type { backcast } from '../contract.ts'
import { listEventSpots, listGridNames, type EventSpot } from '../store/sites.ts'
import { mustFind } from './draft.ts'
import { drawingOfPlan } from './fork.ts'
import { YEAR } from './sites.ts'
import { withDraft, type Studio } from './studio.ts'

/** The events of a period by the borders of a plan or draft, beside the grids that they had. */
export async function countBack(
  ctx: Ctx,
  studio: Studio,
  { kind, id, ...period }: QueryOf<typeof backcast>,
): Promise<ReplyOf<typeof backcast>> {
  const [from, to] = periodOf(period, ctx.now)
  const events = columnsOf(await listEventSpots(ctx.db, from, to))
  const count = (draft: Draft) => ({ ...backcastOf(draft, events), grids: draft.grids })
  const { rows, outside, grids } =
    kind === 'plan'
      ? count(draftFrom(await drawingOfPlan(ctx, id)))
      : await withDraft(studio, ctx.db, await mustFind(ctx.db, id), count)
  // Grids that had events and are not in the drawing.
  const gone = await listGridNames(
    ctx.db,
    rows.flatMap(({ grid }) => (grids.has(grid) ? [] : [grid])),
  )
  const named = rows.map((row) => {
    const { code = null, name = '' } = grids.get(row.grid) ?? gone.get(row.grid) ?? {}
    return { ...row, code, name }
  })
  return { from: from.toISOString(), to: to.toISOString(), rows: named, outside }
}

function columnsOf(events: readonly EventSpot[]): PastEvents {
  return {
    xs: events.map(({ x }) => x),
    ys: events.map(({ y }) => y),
    grids: events.map(({ gridId }) => gridId),
    overdue: events.map(({ overdue }) => Number(overdue)),
  }
}

function periodOf(
  { from, to }: { readonly from?: string; readonly to?: string },
  now: Date,
): readonly [Date, Date] {
  const end = new Date(Math.min(now.getTime(), to === undefined ? Infinity : Date.parse(to)))
  const begin = from === undefined ? new Date(end.getTime() - YEAR) : new Date(from)
  if (begin.getTime() < end.getTime()) return [begin, end]
  throw refuse(
    'invalid-field',
    { zh: '时段的起点须早于终点。', en: 'The period ends before it begins.' },
    { field: '/from' },
  )
}
