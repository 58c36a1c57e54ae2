import { and, sql, type SQL } from 'drizzle-orm'
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
  // One condition for each index that holds the answer.
  const count = (condition: SQL) =>
    sql`(select count(*)::int from events e where ${and(condition, reachable(within))})`
  const scored = sql`e.status in ('closed', 'revisited') and not e.unscored and e.closed_at >= ${year}`
  const found = await db.execute<Row<Figures>>(sql`
    select open, overdue, "dueToday", "borderDesk", ${count(sql`e.reported_at >= ${year}`)} as year,
      ${count(sql`e.reported_at >= ${today}`)} as "reportedToday",
      ${count(sql`e.reported_at >= ${year} and e.on_the_spot`)} as "onTheSpot",
      ${count(sql`e.closed_at >= ${today} and e.status in ('closed', 'revisited')`)} as "closedToday",
      json_build_object('onTime', ${count(sql`${scored} and e.closed_at <= e.due_at`)}, 'closed', ${count(scored)},
        'overdue', scored) as scored,
      (select json_build_object('open', count(*) filter (where closed_at is null),
        'year', count(*) filter (where registered_at >= ${year})) from dispute_counts
        where ${within.all ? sql`true` : sql`grid_id = any(${sql.param(within.grids)}::int[])`}) as disputes
    from (select count(*)::int as open,
      (count(*) filter (where e.status <> 'held' and e.due_at < ${now}))::int as overdue,
      (count(*) filter (where e.status <> 'held' and e.due_at < ${now} and not e.unscored))::int as scored,
      (count(*) filter (where e.status <> 'held' and e.due_at >= ${now} and e.due_at < ${tomorrow}))::int as "dueToday",
      (count(*) filter (where e.grid_id is null))::int as "borderDesk"
      from events e where ${and(sql`e.closed_at is null`, reachable(within))}) o`)
  const [figures] = found.rows
  if (!figures) throw new Error('an aggregate has one row')
  return figures
}
