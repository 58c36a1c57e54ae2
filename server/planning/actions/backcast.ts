import type { Draft } from '#geo/plan/draft'
import { draftFrom } from '#geo/plan/drawing'
import { spotsIn } from '#geo/plan/meter-spots'
import type { QueryOf, ReplyOf } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse } from '../../http/problems.ts'
import type { backcast } from '../contract.ts'
import { listEventSpots, listGridNames, type EventSpot } from '../store/sites.ts'
import { mustFind } from './draft.ts'
import { drawingOfPlan } from './fork.ts'
import { YEAR } from './sites.ts'
import { withDraft, type Studio } from './studio.ts'

type Backcast = ReplyOf<typeof backcast>
type Counted = Backcast['rows'][number]

/** The events of a period by the borders of a plan or draft, beside the grids that they had. */
export async function countBack(
  ctx: Ctx,
  studio: Studio,
  { kind, id, ...period }: QueryOf<typeof backcast>,
): Promise<Backcast> {
  const [from, to] = periodOf(period, ctx.now)
  const events = await listEventSpots(ctx.db, from, to)
  const counted =
    kind === 'plan'
      ? count(draftFrom(await drawingOfPlan(ctx, id)), events)
      : await withDraft(studio, ctx.db, await mustFind(ctx.db, id), (draft) => count(draft, events))
  const names = await listGridNames(ctx.db, [...counted.rows.keys()])
  const rows = [...counted.rows.values()].map((row) => {
    const known = names.get(row.grid)
    return row.name === '' && known ? { ...row, ...known } : row
  })
  return { from: from.toISOString(), to: to.toISOString(), rows, outside: counted.outside }
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

function count(
  draft: Draft,
  events: readonly EventSpot[],
): { rows: ReadonlyMap<number, Counted>; outside: number } {
  const rows = new Map<number, Counted>()
  for (const { key, code, name } of draft.grids.values()) rows.set(key, { ...EMPTY, grid: key, code, name })
  const add = (grid: number, part: 'then' | 'drawn', overdue: boolean) => {
    const row = rows.get(grid) ?? { ...EMPTY, grid }
    rows.set(grid, row)
    row[part]++
    if (overdue) row[part === 'then' ? 'thenOverdue' : 'drawnOverdue']++
  }
  const { atoms } = spotsIn(
    draft,
    events.map(({ x }) => x),
    events.map(({ y }) => y),
  )
  let outside = 0
  events.forEach(({ gridId, overdue }, i) => {
    if (gridId !== null) add(gridId, 'then', overdue)
    const grid = draft.labels.get(atoms[i] ?? 0)
    if (grid === undefined) outside++
    else add(grid, 'drawn', overdue)
  })
  return { rows, outside }
}

const EMPTY = { grid: 0, code: null, name: '', then: 0, drawn: 0, thenOverdue: 0, drawnOverdue: 0 }
