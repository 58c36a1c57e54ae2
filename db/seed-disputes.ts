import { sql } from 'drizzle-orm'
import type { Risk, Status } from '#contract/disputes'
import type { DemoDispute } from '../geodata/demo/disputes.ts'
import type { Cipher } from './cipher.ts'
import type { Db } from './open.ts'
import { filed, type FileSteps } from './seed-dispute-rows.ts'

/** What the server knows of dispute files; handed in, because the database layer knows no rules. */
export interface FileRules extends Pick<Cipher, 'seal'> {
  readonly maskName: (name: string) => string
  readonly maskPhone: (phone: string) => string
  readonly firstSessionBy: (risk: Risk, at: number) => number
  readonly monthFrom: (at: number) => number
  readonly revisitsFrom: (risk: Risk, at: number) => readonly number[]
  readonly nextOf: (promises: {
    readonly status: Status
    readonly firstDueAt: number | null
    readonly dueAt: number
    readonly performBy: string | null
    readonly revisits: readonly number[]
  }) => { readonly at: number } | null
}

/** Stores the disputes of the demo as whole files; without a key as no more than what is counted. */
export async function seedDisputes(
  db: Db,
  disputes: readonly DemoDispute[],
  { now, files }: { readonly now: Date; readonly files?: FileRules | null },
): Promise<void> {
  if (!files) return await insertBare(db, disputes)
  const cast = await readCast(db)
  const rows = disputes.map((dispute, n) =>
    filed({ id: n + 1, ...dispute }, cast(dispute, n), now.getTime(), files),
  )
  await insertFiles(
    db,
    rows.map(({ file }) => file),
  )
  await insertParts(db, rows)
  await insertSteps(
    db,
    rows.flatMap(({ steps }) => steps),
  )
}

/** Who handles a file, of the accounts of the demo. */
export interface Handlers {
  readonly lead: number | null
  readonly mediator: number | null
}

interface Known {
  readonly id: number
  readonly role: 'shift-lead' | 'mediator'
  readonly community: string | null
}

async function readCast(db: Db): Promise<(dispute: DemoDispute, n: number) => Handlers> {
  const found = await db.execute<Known & Record<string, unknown>>(sql`
    select a.id, d.role, d.community from duties d join accounts a on a.id = d.account_id
    where a.demo and d.role in ('shift-lead', 'mediator') order by a.id`)
  const mediators = found.rows.filter(({ role }) => role === 'mediator')
  const lead = found.rows.find(({ role }) => role === 'shift-lead')?.id ?? null
  return ({ grid }, n) => {
    // The code of a grid begins with that of its community.
    const near = mediators.filter(({ community }) => community === null || grid.startsWith(community))
    return { lead, mediator: near.at(n % Math.max(1, near.length))?.id ?? null }
  }
}

async function insertBare(db: Db, disputes: readonly DemoDispute[]): Promise<void> {
  await db.execute(sql`
    insert into disputes (class, grid_id, registered_at, closed_at, due_at, next_due_at, status, outcome)
    select class, g.id, registered.at, closed.at, due.at, case when closed.at is null then due.at end,
      case when closed.at is null then 'mediating' else 'archived' end, case when closed.at is not null then 'performed' end
    from jsonb_to_recordset(${JSON.stringify(disputes)}::jsonb)
      as r (class text, grid text, "registeredAt" float8, "closedAt" float8)
    join grids g on g.code = r.grid
    cross join lateral (select to_timestamp("registeredAt" / 1000.0) as at) registered
    cross join lateral (select to_timestamp("closedAt" / 1000.0) as at) closed
    cross join lateral (select registered.at + interval '30 days' as at) due
    order by "registeredAt"`)
}

type Rows = ReturnType<typeof filed>

async function insertFiles(db: Db, files: readonly Rows['file'][]): Promise<void> {
  await db.execute(sql`
    insert into disputes (id, class, subclass, grid_id, registered_at, closed_at, scale, people, signs, risk, source, status,
      summary, place, mediator_id, referred_to, first_due_at, due_at, agreement, effective_on, confirmation, outcome,
      next_due_at, version)
    overriding system value
    select r.id, class, subclass, g.id, ${time('registeredAt')}, ${time('closedAt')}, scale, people, signs, risk, source,
      status, summary, place, mediator, "referredTo", ${time('firstDueAt')}, ${time('dueAt')}, agreement, "effectiveOn",
      confirmation, outcome, ${time('nextAt')}, version
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as r (id integer, class text, subclass text, grid text,
      "registeredAt" float8, "closedAt" float8, scale text, people integer, signs text[], risk text, source text,
      status text, summary text, place text, mediator integer, "referredTo" text, "firstDueAt" float8, "dueAt" float8,
      agreement text, "effectiveOn" date, confirmation text, outcome text, "nextAt" float8, version integer)
    join grids g on g.code = r.grid order by r.id`)
  await db.execute(sql`select setval(pg_get_serial_sequence('disputes', 'id'), ${Math.max(1, files.length)})`)
}

async function insertParts(db: Db, rows: readonly Rows[]): Promise<void> {
  const all = <P>(of: (row: Rows) => readonly P[]) => JSON.stringify(rows.flatMap(of))
  await db.execute(sql`
    insert into dispute_parties (dispute_id, n, part, name, name_masked, phone, phone_masked)
    select id, n, part, name, "nameMasked", phone, "phoneMasked"
    from jsonb_to_recordset(${all(({ parties }) => parties)}::jsonb)
      as r (id integer, n integer, part text, name text, "nameMasked" text, phone text, "phoneMasked" text)`)
  await db.execute(sql`
    insert into dispute_sessions (dispute_id, n, at, mediator_id, note, outcome)
    select id, n, ${time('at')}, mediator, note, outcome from jsonb_to_recordset(${all(({ sessions }) => sessions)}::jsonb)
      as r (id integer, n integer, at float8, mediator integer, note text, outcome text)`)
  await db.execute(sql`
    insert into dispute_documents (dispute_id, n, kind, day, note)
    select id, n, kind, (${time('at')} at time zone 'Asia/Shanghai')::date, note
    from jsonb_to_recordset(${all(({ documents }) => documents)}::jsonb)
      as r (id integer, n integer, kind text, at float8, note text)`)
  await db.execute(sql`
    insert into dispute_revisits (dispute_id, n, due_at, done_at, outcome, note)
    select id, n, ${time('dueAt')}, ${time('doneAt')}, outcome, note
    from jsonb_to_recordset(${all(({ revisits }) => revisits)}::jsonb)
      as r (id integer, n integer, "dueAt" float8, "doneAt" float8, outcome text, note text)`)
  await db.execute(sql`
    insert into dispute_risks (dispute_id, n, at, account_id, risk, proposed, reason)
    select id, n, ${time('at')}, account, risk, proposed, reason
    from jsonb_to_recordset(${all(({ risks }) => risks)}::jsonb)
      as r (id integer, n integer, at float8, account integer, risk text, proposed text, reason text)`)
}

async function insertSteps(db: Db, steps: readonly FileSteps[]): Promise<void> {
  const inOrder = steps.toSorted((a, b) => a.at - b.at)
  await db.execute(sql`
    insert into steps (at, actor, role, subject, step, data)
    select ${time('at')}, actor, role, 'dispute/' || id, step, data
    from jsonb_to_recordset(${JSON.stringify(inOrder)}::jsonb)
      as r (id integer, at float8, actor text, role text, step text, data jsonb)`)
}

/** An instant of a row in milliseconds. */
function time(name: string) {
  return sql`to_timestamp(r.${sql.identifier(name)} / 1000.0)`
}
