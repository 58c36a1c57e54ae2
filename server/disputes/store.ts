import { and, sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type {
  DisputeClass,
  DisputeFilter,
  DisputeStep,
  DocumentKind,
  Mediator,
  RevisitOutcome,
  Risk,
  SessionOutcome,
} from './contract.ts'
import { ms, ROW, type Row, type StoredFile } from './store/row.ts'

export type { StoredFile } from './store/row.ts'

export async function listClasses(db: Db): Promise<DisputeClass[]> {
  const found = await db.execute<Row<DisputeClass>>(sql`
    select c.code, json_build_object('zh', c.name_zh, 'en', c.name_en) as name, c.guarded, c.enabled,
      (select json_agg(json_build_object('code', s.code, 'name', json_build_object('zh', s.name_zh, 'en', s.name_en))
        order by s.code) from dispute_subclasses s where s.class = c.code) as subclasses
    from dispute_classes c order by c.code`)
  return found.rows
}

/** False where there is no such guarded class. */
export async function saveEnabled(db: Db, code: string, enabled: boolean): Promise<boolean> {
  const saved = await db.execute(
    sql`update dispute_classes set enabled = ${enabled} where code = ${code} and guarded`,
  )
  return saved.rowCount === 1
}

export async function listMediators(db: Db): Promise<(Mediator & { open: number })[]> {
  const found = await db.execute<Row<Mediator & { open: number }>>(sql`
    select a.id, a.name, (select count(*)::int from disputes d where d.mediator_id = a.id and d.closed_at is null) as open
    from accounts a
    where a.active and exists (select from duties u where u.account_id = a.id and u.role = 'mediator')
    order by a.id`)
  return found.rows
}

export async function isGrid(db: Db, id: number): Promise<boolean> {
  const found = await db.execute(sql`select 1 from grids where id = ${id}::bigint`)
  return found.rows.length > 0
}

/** Where somebody sees files; `all` and `grids` as in a reach. */
interface Area {
  readonly all: boolean
  readonly grids: readonly number[]
}

export interface Within {
  readonly plain: Area
  readonly guarded: Area
  readonly named: number | null
}

/** The first wall in SQL; the policies of the tables are the second. */
function within({ plain, guarded, named }: Within): SQL {
  return sql`(${inside(guarded)} or d.class < '14' and (${inside(plain)} or d.mediator_id = ${named}::integer))`
}

function inside({ all, grids }: Area): SQL {
  return all ? sql`true` : sql`d.grid_id = any(${sql.param(grids)}::integer[])`
}

export interface Match extends DisputeFilter {
  readonly within: Within
  readonly account: number | null
  readonly now: Date
}

const SOON = sql`interval '3 days'`

function whereOf(match: Match): SQL {
  const now = sql`${match.now.toISOString()}::timestamptz`
  const { state, due } = match
  const conditions = [
    within(match.within),
    state && (state === 'open' ? sql`d.closed_at is null` : sql`d.closed_at is not null`),
    among(sql`d.status`, match.status),
    among(sql`d.risk`, match.risk),
    among(sql`d.class`, match.class),
    match.grid && sql`d.grid_id = any(${sql.param(match.grid)}::bigint[])`,
    match.mine && sql`d.mediator_id = ${match.account}::integer`,
    due &&
      (due === 'late' ? sql`d.next_due_at < ${now}` : sql`d.next_due_at between ${now} and ${now} + ${SOON}`),
  ]
  return and(...conditions) ?? sql`true`
}

function among(value: SQL, values: readonly string[] | undefined): SQL | undefined {
  return values && sql`${value} = any(${sql.param(values)}::text[])`
}

export interface Page {
  readonly sort: 'newest' | 'due'
  readonly limit: number
  readonly after: number
}

export async function listFiles(db: Db, match: Match, { sort, limit, after }: Page): Promise<StoredFile[]> {
  const order = sort === 'newest' ? sql`d.registered_at desc, d.id desc` : sql`d.next_due_at nulls last, d.id`
  const found = await db.execute<Row<StoredFile>>(sql`
    select ${ROW} from disputes d where ${whereOf(match)} order by ${order} limit ${limit} offset ${after}`)
  return found.rows
}

export interface Counts {
  readonly total: number
  readonly open: number
  readonly late: number
  readonly red: number
}

/** How many match, and of those without regard to the state and lateness asked for, how many stand open, are late, are red. */
export async function countFiles(db: Db, match: Match): Promise<Counts> {
  const { state: _state, due: _due, ...wider } = match
  const found = await db.execute<Row<Counts>>(sql`
    select (count(*) filter (where ${whereOf(match)}))::int as total,
      (count(*) filter (where d.closed_at is null))::int as open,
      (count(*) filter (where d.next_due_at < ${match.now.toISOString()}::timestamptz))::int as late,
      (count(*) filter (where d.closed_at is null and d.risk = 'red'))::int as red
    from disputes d where ${whereOf(wider)}`)
  return found.rows[0] ?? { total: 0, open: 0, late: 0, red: 0 }
}

export async function findFile(db: Db, sight: Within, id: number): Promise<StoredFile | null> {
  const found = await db.execute<Row<StoredFile>>(
    sql`select ${ROW} from disputes d where d.id = ${id}::bigint and ${within(sight)}`,
  )
  return found.rows[0] ?? null
}

/** A party as it is kept: sealed. */
export interface SealedParty {
  readonly n: number
  readonly name: string
  readonly phone: string | null
}

export async function listParties(db: Db, id: number): Promise<SealedParty[]> {
  const found = await db.execute<Row<SealedParty>>(
    sql`select n, name, phone from dispute_parties where dispute_id = ${id}::bigint order by n`,
  )
  return found.rows
}

/** What a file holds beside its row; texts are sealed, instants in milliseconds. */
export interface Contents {
  readonly summary: string | null
  readonly place: string | null
  readonly sessions: readonly {
    readonly n: number
    readonly at: number
    readonly mediator: Mediator | null
    readonly note: string | null
    readonly outcome: SessionOutcome
  }[]
  readonly documents: readonly {
    readonly n: number
    readonly kind: DocumentKind
    readonly day: string
    readonly note: string | null
  }[]
  readonly revisits: readonly {
    readonly n: number
    readonly dueAt: number
    readonly doneAt: number | null
    readonly outcome: RevisitOutcome | null
    readonly note: string | null
  }[]
  readonly risks: readonly {
    readonly n: number
    readonly at: number
    readonly by: string | null
    readonly risk: Risk
    readonly proposed: Risk
    readonly reason: string | null
  }[]
}

export async function findContents(db: Db, id: number): Promise<Contents | null> {
  const found = await db.execute<Row<Contents>>(sql`
    select d.summary, d.place, ${parts(
      sql`dispute_sessions`,
      sql`'at', ${ms(sql`x.at`)}, 'mediator', ${person(sql`x.mediator_id`)}, 'note', x.note, 'outcome', x.outcome`,
    )} as sessions, ${parts(
      sql`dispute_documents`,
      sql`'kind', x.kind, 'day', x.day, 'note', x.note`,
    )} as documents, ${parts(
      sql`dispute_revisits`,
      sql`'dueAt', ${ms(sql`x.due_at`)}, 'doneAt', ${ms(sql`x.done_at`)}, 'outcome', x.outcome, 'note', x.note`,
    )} as revisits, ${parts(
      sql`dispute_risks`,
      sql`'at', ${ms(sql`x.at`)}, 'by', ${person(sql`x.account_id`)} ->> 'name', 'risk', x.risk, 'proposed', x.proposed,
        'reason', x.reason`,
    )} as risks
    from disputes d where d.id = ${id}::bigint`)
  return found.rows[0] ?? null
}

function parts(table: SQL, fields: SQL): SQL {
  return sql`(select coalesce(json_agg(json_build_object('n', x.n, ${fields}) order by x.n), '[]')
    from ${table} x where x.dispute_id = d.id)`
}

function person(id: SQL): SQL {
  return sql`(select json_build_object('id', a.id, 'name', a.name) from accounts a where a.id = ${id})`
}

export async function listSteps(db: Db, id: number): Promise<DisputeStep[]> {
  const found = await db.execute<
    Row<Omit<DisputeStep, 'at'> & { at: number; more: Partial<DisputeStep> }>
  >(sql`
    select ${ms(sql`s.at`)} as at, s.step,
      json_strip_nulls(json_build_object('name', a.name, 'role', s.role, 'reason', s.data ->> 'reason')) as more
    from steps s left join accounts a on s.actor = 'account/' || a.id
    where s.subject = ${`dispute/${id}`} order by s.xid, s.seq`)
  return found.rows.map(({ at, step, more }) => ({ at: new Date(at).toISOString(), step, ...more }))
}

/** One sealed name for each key that has sealed any; asked by the owner of the tables, outside the wall. */
export async function sealedSamples(db: Db): Promise<string[]> {
  const found = await db.execute<{ name: string }>(
    sql`select distinct on (split_part(name, '.', 2)) name from dispute_parties`,
  )
  return found.rows.map(({ name }) => name)
}
