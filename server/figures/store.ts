import { sql, type SQL } from 'drizzle-orm'
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
  // Over everything each figure has an index that holds the answer; a part is read once and then counted.
  const part = reachable(within)
  const mine = part
    ? sql`with mine as materialized (
        select e.status, e.reported_at, e.due_at, e.closed_at, e.grid_id, e.on_the_spot, e.unscored from events e where ${part})`
    : sql``
  const events = part ? sql`mine` : sql`events`
  const count = (condition: SQL) => sql`(select count(*)::int from ${events} where ${condition})`
  const scored = sql`status in ('closed', 'revisited') and not unscored and closed_at >= ${year}`
  const found = await db.execute<Row<Figures>>(sql`
    ${mine}
    select open, overdue, "dueToday", "borderDesk", ${count(sql`reported_at >= ${year}`)} as year,
      ${count(sql`reported_at >= ${today}`)} as "reportedToday",
      ${count(sql`reported_at >= ${year} and on_the_spot`)} as "onTheSpot",
      ${count(sql`closed_at >= ${today} and status in ('closed', 'revisited')`)} as "closedToday",
      json_build_object('onTime', ${count(sql`${scored} and closed_at <= due_at`)}, 'closed', ${count(scored)},
        'overdue', scored) as scored,
      (select json_build_object('open', count(*) filter (where closed_at is null),
        'year', count(*) filter (where registered_at >= ${year})) from dispute_counts
        where ${within.all ? sql`true` : sql`grid_id = any(${sql.param(within.grids)}::int[])`}) as disputes
    from (select count(*)::int as open,
      (count(*) filter (where status <> 'held' and due_at < ${now}))::int as overdue,
      (count(*) filter (where status <> 'held' and due_at < ${now} and not unscored))::int as scored,
      (count(*) filter (where status <> 'held' and due_at >= ${now} and due_at < ${tomorrow}))::int as "dueToday",
      (count(*) filter (where grid_id is null))::int as "borderDesk"
      from ${events} where closed_at is null) o`)
  const [figures] = found.rows
  if (!figures) throw new Error('an aggregate has one row')
  return figures
}
