import { and, sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { reachable, whereOf, type Match, type Within } from '../events/store/match.ts'
import { at, type Row } from '../events/store/row.ts'

export interface HeatCell {
  readonly gridId: number | null
  readonly category: string
  readonly count: number
}

export async function countByGridAndCategory(db: Db, match: Match): Promise<HeatCell[]> {
  const found = await db.execute<Row<HeatCell>>(sql`
    select e.grid_id as "gridId", e.category, count(*)::int as count
    from events e where ${whereOf(match)} group by 1, 2 order by 1 nulls last, 2`)
  return found.rows
}

export interface Figures {
  readonly open: number
  readonly overdue: number
  readonly dueToday: number
  readonly borderDesk: number
  readonly reportedToday: number
  readonly closedToday: number
  readonly year: number
  readonly onTheSpot: number
  readonly disputes: { readonly open: number; readonly year: number }
  readonly scored: { readonly onTime: number; readonly closed: number; readonly overdue: number }
}

export interface Times {
  readonly now: Date
  readonly today: Date
  readonly tomorrow: Date
  readonly yearAgo: Date
}

/** The figures of the top strip in one reading. */
export async function readFigures(db: Db, times: Times, within: Within): Promise<Figures> {
  const [now, today, tomorrow, year] = [at(times.now), at(times.today), at(times.tomorrow), at(times.yearAgo)]
  const mine = reachable(within)
  const found = await db.execute<Row<Figures>>(sql`
    select o.open, o.overdue, o."dueToday", o."borderDesk", r.*, c."closedToday", d.disputes,
      json_build_object('onTime', c."onTime", 'closed', c.closed, 'overdue', o.scored) as scored from
    (select count(*)::int as open,
      (count(*) filter (where e.status <> 'held' and e.due_at < ${now}))::int as overdue,
      (count(*) filter (where e.status <> 'held' and e.due_at < ${now} and not e.unscored))::int as scored,
      (count(*) filter (where e.status <> 'held' and e.due_at >= ${now} and e.due_at < ${tomorrow}))::int as "dueToday",
      (count(*) filter (where e.grid_id is null))::int as "borderDesk"
      from events e where ${and(sql`e.closed_at is null`, mine)}) o,
    (select count(*)::int as year, (count(*) filter (where e.reported_at >= ${today}))::int as "reportedToday",
      (count(*) filter (where e.on_the_spot))::int as "onTheSpot"
      from events e where ${and(sql`e.reported_at >= ${year}`, mine)}) r,
    (select (count(*) filter (where not e.unscored))::int as closed,
      (count(*) filter (where e.closed_at <= e.due_at and not e.unscored))::int as "onTime",
      (count(*) filter (where e.closed_at >= ${today}))::int as "closedToday"
      from events e where ${and(sql`e.closed_at >= ${year} and e.status in ('closed', 'revisited')`, mine)}) c,
    (select json_build_object('open', count(*) filter (where closed_at is null),
      'year', count(*) filter (where registered_at >= ${year})) as disputes from dispute_counts
      where ${within.all ? sql`true` : sql`grid_id = any(${sql.param(within.grids)}::int[])`}) d`)
  const [figures] = found.rows
  if (!figures) throw new Error('an aggregate has one row')
  return figures
}
