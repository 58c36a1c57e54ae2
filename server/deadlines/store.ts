import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import { statement } from '#db/statement'
import type { CalendarYear, Condition, ConditionDraft } from './contract.ts'

type Row<T> = T & Record<string, unknown>

/** Who saved something, when and why. */
export interface Saving {
  readonly account: number | null
  readonly at: Date
  readonly reason: string
}

/** A version of a year. */
export type Edition = Pick<CalendarYear, 'year' | 'version'>

const years = statement<{ years: string }>(
  'calendars_in_force',
  sql`
  select coalesce(json_agg(json_build_object('year', year, 'version', version, 'kind', kind, 'off', off, 'work', work,
    'hours', hours, 'reason', reason) order by year)::text, '[]') as years
  from (
    select distinct on (c.year) c.* from calendars c
    left join json_to_recordset(${sql.placeholder('pinned')}) as p (year integer, version integer) using (year, version)
    order by c.year, (p.year is not null) desc, c.version desc
  ) c`,
)

/** The years of the calendar as JSON, in order: each in the pinned edition, or else in the one in force. */
export async function readYears(db: Db, pinned: readonly Edition[] = []): Promise<string> {
  const [row] = await years(db, { pinned: JSON.stringify(pinned) })
  return row?.years ?? '[]'
}

/** Adds the next version of a year. */
export async function insertYear(
  db: Db,
  { year, kind, off, work, hours }: Omit<CalendarYear, 'version' | 'reason'>,
  { account, at, reason }: Saving,
): Promise<number> {
  const found = await db.execute<{ version: number }>(sql`
    insert into calendars (year, version, kind, off, work, hours, reason, saved_by, saved_at)
    select ${year}::integer, coalesce(max(version), 0) + 1, ${kind}, ${sql.param(off)}::date[], ${sql.param(work)}::date[],
      ${JSON.stringify(hours)}::jsonb, ${reason}, ${account}::integer, ${at.toISOString()}::timestamptz
    from calendars where year = ${year}
    returning version`)
  return found.rows[0]?.version ?? 1
}

const CONDITION = sql`k.id, k.category, k.ordinal, k.version,
  json_build_object('zh', k.text_zh, 'en', k.text_en) as text,
  json_build_object('zh', k.closing_zh, 'en', k.closing_en) as closing,
  json_build_object('amount', k.limit_amount, 'unit', k.limit_unit, 'counting', k.counting) as "limit",
  k.urgency, k.amber_share as "amberShare", k.near_m as "nearM", k.near_hours as "nearHours", k.proof`

/** All conditions in force. */
export async function listConditions(db: Db): Promise<Condition[]> {
  const found = await db.execute<Row<Condition>>(sql`
    select ${CONDITION} from conditions k where retired_at is null order by category collate "C", ordinal`)
  return found.rows
}

const ofClasses = statement<Condition>(
  'conditions_of_classes',
  sql`
  select ${CONDITION} from conditions k
  where retired_at is null and category in (select json_array_elements_text(${sql.placeholder('categories')}))
  order by category, ordinal`,
)

/** The conditions in force of those of the classes that exist; the first of each is assumed until filing. */
export async function findConditions(
  db: Db,
  categories: readonly string[],
): Promise<Map<string, Condition[]>> {
  const found = await ofClasses(db, { categories: JSON.stringify(categories) })
  return Map.groupBy(found, ({ category }) => category)
}

/** One version of a condition, in force or not: a promise keeps the one that it was made by. */
export async function findCondition(db: Db, id: number): Promise<Condition | null> {
  const found = await db.execute<Row<Condition>>(
    sql`select ${CONDITION} from conditions k where id = ${id}::bigint`,
  )
  return found.rows[0] ?? null
}

/** Names of the classes that there are, by code. */
export async function readClassNames(db: Db): Promise<Map<string, string>> {
  const found = await db.execute<{ code: string; name: string }>(
    sql`select code, name_zh as name from categories`,
  )
  return new Map(found.rows.map(({ code, name }) => [code, name]))
}

/** Keeps two who change rules from each other's versions until the transaction ends. */
export async function lockRules(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('wangge.rules'))`)
}

/** Ends what is in force for these conditions and puts the next versions in its place, in the order given. */
export async function insertConditions(
  db: Db,
  drafts: readonly ConditionDraft[],
  { account, at, reason }: Saving,
): Promise<Condition[]> {
  const given = sql`json_to_recordset(${JSON.stringify(drafts.map((draft, n) => ({ ...draft, n })))}::json) as d (n integer,
    category text, ordinal integer, text json, closing json, "limit" json, urgency text, "amberShare" float8, "nearM" integer,
    "nearHours" integer, proof text)`
  const now = sql`${at.toISOString()}::timestamptz`
  await db.execute(sql`
    update conditions k set retired_at = ${now}
    from ${given} where k.category = d.category and k.ordinal = d.ordinal and retired_at is null`)
  const found = await db.execute<Row<Condition>>(sql`
    with saved as (
      insert into conditions (category, ordinal, version, text_zh, text_en, closing_zh, closing_en, limit_amount, limit_unit,
        counting, urgency, amber_share, near_m, near_hours, proof, reason, saved_by, saved_at)
      select category, ordinal,
        1 + coalesce((select max(version) from conditions k where k.category = d.category and k.ordinal = d.ordinal), 0),
        text ->> 'zh', text ->> 'en', closing ->> 'zh', closing ->> 'en', ("limit" ->> 'amount')::integer, "limit" ->> 'unit',
        "limit" ->> 'counting', urgency, "amberShare", "nearM", "nearHours", proof, ${reason}, ${account}::integer, ${now}
      from ${given} order by n
      returning *
    )
    select ${CONDITION} from saved k order by id`)
  return found.rows
}

/** The class shows the limit of its first condition. */
export async function showLimits(db: Db, categories: readonly string[]): Promise<void> {
  if (categories.length === 0) return
  await db.execute(sql`
    update categories c set urgency = k.urgency, limit_amount = k.limit_amount, limit_unit = k.limit_unit
    from conditions k
    where k.category = c.code and k.ordinal = 1 and k.retired_at is null
      and c.code in (select json_array_elements_text(${JSON.stringify(categories)}::json))`)
}
