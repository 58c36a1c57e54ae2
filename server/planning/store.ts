import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Drawing } from '#geo/plan/drawing'
import type { Patch } from '#geo/plan/patch'
import type { ImpactTotals, LogLine, Origin, PlanOp, Scenario, ScenarioStatus } from './contract.ts'
import { at, iso, type Row } from './store/words.ts'

export { listPlans } from './store/plans.ts'

/** A draft with what only the server works with. */
export type StoredScenario = Scenario & {
  /** Seq of the operation that it stands at, and its number in the log of all drafts; null as it was forked. */
  readonly head: number
  readonly headId: number | null
  readonly basePlan: number
}

const SCENARIO = sql`s.id, s.name, s.status, s.version, s.head, h.id::float8 as "headId", s.base_plan as "basePlan",
  json_build_object('kind', case when s.from_plan is null then 'scenario' else 'plan' end,
    'id', coalesce(s.from_plan, s.from_scenario)) as "from",
  coalesce(f.name, o.name) as "fromName", coalesce(h.depth, 0) as steps,
  c.name as "createdBy", ${iso(sql`s.created_at`)} as "createdAt", ${iso(sql`s.changed_at`)} as "changedAt",
  b.name as "submittedBy", s.submitted_by as submitter, ${iso(sql`s.submitted_at`)} as "submittedAt", s.note,
  d.name as "decidedBy", ${iso(sql`s.decided_at`)} as "decidedAt", s.reason,
  ${iso(sql`lower(p.valid)`)} as "effectiveAt", s.impact,
  (select count(*)::int from scenario_comments where scenario_id = s.id and resolved_at is null) as comments
  from scenarios s
  left join scenario_ops h on h.scenario_id = s.id and h.seq = s.head
  left join plans f on f.id = s.from_plan left join scenarios o on o.id = s.from_scenario
  left join plans p on p.scenario_id = s.id
  left join accounts c on c.id = s.created_by left join accounts b on b.id = s.submitted_by
  left join accounts d on d.id = s.decided_by`

export async function listScenarios(db: Db): Promise<StoredScenario[]> {
  const found = await db.execute<Row<StoredScenario>>(
    sql`select ${SCENARIO} order by s.changed_at desc, s.id desc`,
  )
  return found.rows
}

export async function findScenario(db: Db, id: number): Promise<StoredScenario | null> {
  const found = await db.execute<Row<StoredScenario>>(sql`select ${SCENARIO} where s.id = ${id}::bigint`)
  return found.rows[0] ?? null
}

/** The draft, kept from others until the transaction ends, as they have left it. */
export async function lockScenario(tx: Db, id: number): Promise<StoredScenario | null> {
  await tx.execute(sql`select from scenarios where id = ${id}::bigint for update`)
  return findScenario(tx, id)
}

export async function readBase(db: Db, id: number): Promise<Drawing> {
  const found = await db.execute<{ drawing: Drawing }>(sql`select drawing from scenarios where id = ${id}`)
  const [row] = found.rows
  if (!row) throw new Error(`scenario ${id} vanished`)
  return row.drawing
}

export interface NewScenario {
  readonly name: string
  readonly from: Origin
  readonly basePlan: number
  readonly drawing: Drawing
  readonly by: number | null
  readonly at: Date
}

export async function insertScenario(tx: Db, made: NewScenario): Promise<number> {
  const { from } = made
  const found = await tx.execute<{ id: number }>(sql`
    insert into scenarios (name, from_plan, from_scenario, base_plan, drawing, created_by, created_at, changed_at)
    values (${made.name}, ${from.kind === 'plan' ? from.id : null}::integer, ${from.kind === 'plan' ? null : from.id}::integer,
      ${made.basePlan}, ${JSON.stringify(made.drawing)}::jsonb, ${made.by}::integer, ${at(made.at)}, ${at(made.at)})
    returning id`)
  const id = found.rows[0]?.id
  if (id === undefined) throw new Error('no scenario was made')
  return id
}

/** An operation's place in the log. */
export interface Node {
  readonly id: number
  readonly seq: number
  readonly parent: number
}

export async function listTree(db: Db, scenario: number): Promise<Node[]> {
  const found = await db.execute<Row<Node>>(
    sql`select id::float8 as id, seq, parent from scenario_ops where scenario_id = ${scenario} order by seq`,
  )
  return found.rows
}

export async function readPatches(
  db: Db,
  scenario: number,
  seqs: readonly number[],
): Promise<Map<number, Patch>> {
  const found = await db.execute<{ seq: number; patch: Patch }>(sql`
    select seq, patch from scenario_ops where scenario_id = ${scenario} and seq = any(${sql.param(seqs)}::int[])`)
  return new Map(found.rows.map(({ seq, patch }) => [seq, patch]))
}

/** The log, or what was added to it since a version of the draft. */
export async function listLog(db: Db, scenario: number, sinceVersion = -1): Promise<LogLine[]> {
  const found = await db.execute<Row<LogLine>>(sql`
    select o.seq, o.parent, o.version as gesture, o.op, a.name as by, ${iso(sql`o.at`)} as at
    from scenario_ops o left join accounts a on a.id = o.account_id
    where o.scenario_id = ${scenario} and o.version > ${sinceVersion} order by o.seq`)
  return found.rows
}

export interface NewOps {
  readonly scenario: number
  /** What the first of them follows, and how many operations lie before it. */
  readonly parent: number
  readonly depth: number
  readonly version: number
  readonly done: readonly { readonly op: PlanOp; readonly patch: Patch }[]
  readonly by: number | null
  readonly at: Date
}

/** Appends operations, each following the one before; the last one's place. */
export async function insertOps(tx: Db, ops: NewOps): Promise<Node> {
  const rows = JSON.stringify(ops.done.map(({ op, patch }, n) => ({ n, op, patch })))
  const found = await tx.execute<Row<Node>>(sql`
    insert into scenario_ops (scenario_id, seq, parent, depth, version, op, patch, account_id, at)
    select ${ops.scenario}::integer, f.last + r.n + 1, case when r.n = 0 then ${ops.parent}::integer else f.last + r.n end,
      ${ops.depth}::integer + r.n + 1, ${ops.version}::integer, r.op, r.patch, ${ops.by}::integer, ${at(ops.at)}
    from jsonb_to_recordset(${rows}::jsonb) as r (n integer, op jsonb, patch jsonb),
      (select coalesce(max(seq), 0) as last from scenario_ops where scenario_id = ${ops.scenario}) f
    order by r.n
    returning id::float8 as id, seq, parent`)
  const last = found.rows.reduce<Node | null>((most, row) => (most && most.seq > row.seq ? most : row), null)
  if (!last) throw new Error('no operation was written')
  return last
}

export async function saveHead(tx: Db, id: number, head: number, version: number, now: Date): Promise<void> {
  await tx.execute(sql`
    update scenarios set head = ${head}, version = ${version}, changed_at = ${at(now)} where id = ${id}`)
}

export async function saveName(tx: Db, id: number, name: string, now: Date): Promise<void> {
  await tx.execute(sql`update scenarios set name = ${name}, changed_at = ${at(now)} where id = ${id}`)
}

/** What a move as a whole changes; what is left out stays. */
export interface Moved {
  readonly status: ScenarioStatus
  readonly version: number
  readonly submitted?: {
    readonly by: number | null
    readonly note: string | null
    readonly impact: ImpactTotals
  }
  readonly decided?: { readonly by: number | null; readonly reason: string | null }
}

export async function saveStatus(tx: Db, id: number, moved: Moved, now: Date): Promise<void> {
  const { submitted, decided } = moved
  const submission = submitted
    ? sql`, submitted_by = ${submitted.by}::integer, submitted_at = ${at(now)}, note = ${submitted.note},
        impact = ${JSON.stringify(submitted.impact)}::jsonb, decided_by = null, decided_at = null, reason = null`
    : sql``
  const decision = decided
    ? sql`, decided_by = ${decided.by}::integer, decided_at = ${at(now)}, reason = ${decided.reason}`
    : sql``
  await tx.execute(sql`
    update scenarios set status = ${moved.status}, version = ${moved.version}, changed_at = ${at(now)} ${submission} ${decision}
    where id = ${id}`)
}
