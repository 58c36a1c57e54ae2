import { sql, type SQL } from 'drizzle-orm'
import type { Db } from '#db/open'
import type {
  DocumentKind,
  Part,
  Referral,
  RevisitOutcome,
  Risk,
  Scale,
  SessionOutcome,
  Sign,
  Source,
  Status,
} from '../contract.ts'

/** Takes the id of a file that is about to be written: its texts are sealed for it. */
export async function takeId(db: Db): Promise<number> {
  const taken = await db.execute<{ id: number }>(
    sql`select nextval(pg_get_serial_sequence('disputes', 'id'))::int as id`,
  )
  const [row] = taken.rows
  if (!row) throw new Error('a sequence has a next value')
  return row.id
}

/** The changing columns of a file; instants in milliseconds. */
export interface SavedState {
  readonly status: Status
  readonly risk: Risk
  readonly signs: readonly Sign[]
  readonly mediatorId: number | null
  readonly referredTo: Referral | null
  readonly firstDueAt: number | null
  readonly dueAt: number
  readonly extendedAt: number | null
  readonly agreement: 'written' | 'oral' | null
  readonly effectiveOn: string | null
  readonly performBy: string | null
  readonly confirmation: 'asked' | 'declined' | null
  readonly closedAt: number | null
  readonly outcome: 'performed' | 'failed' | 'referred' | null
  readonly next: { readonly at: number } | null
}

function at(instant: number | null): SQL {
  return sql`${instant === null ? null : new Date(instant).toISOString()}::timestamptz`
}

export interface NewFile {
  readonly id: number
  readonly class: string
  readonly subclass: string
  readonly gridId: number
  readonly registeredAt: number
  readonly scale: Scale
  readonly people: number
  readonly signs: readonly Sign[]
  readonly risk: Risk
  readonly source: Source
  /** Sealed, as is `place`. */
  readonly summary: string
  readonly place: string | null
  readonly firstDueAt: number
  readonly dueAt: number
  readonly nextAt: number
}

export async function insertFile(db: Db, file: NewFile): Promise<void> {
  await db.execute(sql`
    insert into disputes (id, class, subclass, grid_id, registered_at, scale, people, signs, risk, source, summary, place,
      first_due_at, due_at, next_due_at)
    overriding system value
    values (${file.id}, ${file.class}, ${file.subclass}, ${file.gridId}, ${at(file.registeredAt)}, ${file.scale},
      ${file.people}, ${sql.param(file.signs)}::text[], ${file.risk}, ${file.source}, ${file.summary}, ${file.place},
      ${at(file.firstDueAt)}, ${at(file.dueAt)}, ${at(file.nextAt)})`)
}

/** Saves a file that still has the version that the person saw; false if it has not. */
export async function saveState(
  db: Db,
  { id, version }: { readonly id: number; readonly version: number },
  state: SavedState,
): Promise<boolean> {
  const saved = await db.execute(sql`
    update disputes set status = ${state.status}, risk = ${state.risk}, signs = ${sql.param(state.signs)}::text[],
      mediator_id = ${state.mediatorId}, referred_to = ${state.referredTo}, first_due_at = ${at(state.firstDueAt)},
      due_at = ${at(state.dueAt)}, extended_at = ${at(state.extendedAt)}, agreement = ${state.agreement},
      effective_on = ${state.effectiveOn}::date, perform_by = ${state.performBy}::date,
      confirmation = ${state.confirmation}, closed_at = ${at(state.closedAt)}, outcome = ${state.outcome},
      next_due_at = ${at(state.next?.at ?? null)}, version = version + 1
    where id = ${id}::bigint and version = ${version}`)
  return saved.rowCount === 1
}

type PartTable =
  | 'dispute_parties'
  | 'dispute_sessions'
  | 'dispute_documents'
  | 'dispute_revisits'
  | 'dispute_risks'

/** The number that the next row of a part of the file gets. The file's version keeps two writers apart. */
export async function nextNumber(db: Db, table: PartTable, id: number): Promise<number> {
  const found = await db.execute<{ n: number }>(sql`
    select coalesce(max(n), 0)::int + 1 as n from ${sql.identifier(table)} where dispute_id = ${id}::bigint`)
  return found.rows[0]?.n ?? 1
}

/** Texts of all parts are sealed. */
export interface SealedNewParty {
  readonly n: number
  readonly part: Part
  readonly name: string
  readonly nameMasked: string
  readonly phone: string | null
  readonly phoneMasked: string | null
}

export async function insertParties(db: Db, id: number, parties: readonly SealedNewParty[]): Promise<void> {
  await db.execute(sql`
    insert into dispute_parties (dispute_id, n, part, name, name_masked, phone, phone_masked)
    select ${id}::integer, n, part, name, "nameMasked", phone, "phoneMasked"
    from jsonb_to_recordset(${JSON.stringify(parties)}::jsonb)
      as r (n smallint, part text, name text, "nameMasked" text, phone text, "phoneMasked" text)`)
}

export async function insertSession(
  db: Db,
  id: number,
  session: {
    readonly n: number
    readonly at: number
    readonly mediatorId: number | null
    readonly note: string | null
    readonly outcome: SessionOutcome
  },
): Promise<void> {
  await db.execute(sql`
    insert into dispute_sessions (dispute_id, n, at, mediator_id, note, outcome)
    values (${id}, ${session.n}, ${at(session.at)}, ${session.mediatorId}, ${session.note}, ${session.outcome})`)
}

export async function insertDocument(
  db: Db,
  id: number,
  document: {
    readonly n: number
    readonly kind: DocumentKind
    readonly day: string
    readonly note: string | null
  },
): Promise<void> {
  await db.execute(sql`
    insert into dispute_documents (dispute_id, n, kind, day, note)
    values (${id}, ${document.n}, ${document.kind}, ${document.day}::date, ${document.note})`)
}

export async function insertRisk(
  db: Db,
  id: number,
  change: {
    readonly n: number
    readonly at: number
    readonly accountId: number | null
    readonly risk: Risk
    readonly proposed: Risk
    readonly reason: string | null
  },
): Promise<void> {
  await db.execute(sql`
    insert into dispute_risks (dispute_id, n, at, account_id, risk, proposed, reason)
    values (${id}, ${change.n}, ${at(change.at)}, ${change.accountId}, ${change.risk}, ${change.proposed},
      ${change.reason})`)
}

export async function insertRevisits(
  db: Db,
  id: number,
  first: number,
  dueAts: readonly number[],
): Promise<void> {
  const rows = dueAts.map((dueAt, k) => ({ n: first + k, dueAt: new Date(dueAt).toISOString() }))
  await db.execute(sql`
    insert into dispute_revisits (dispute_id, n, due_at)
    select ${id}::integer, n, "dueAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (n smallint, "dueAt" timestamptz)`)
}

/** The number of the earliest revisit that was not made. */
export async function dueRevisit(db: Db, id: number): Promise<number | null> {
  const found = await db.execute<{ n: number }>(sql`
    select n from dispute_revisits where dispute_id = ${id}::bigint and done_at is null order by due_at, n limit 1`)
  return found.rows[0]?.n ?? null
}

export async function saveRevisit(
  db: Db,
  id: number,
  made: {
    readonly n: number
    readonly at: number
    readonly outcome: RevisitOutcome
    readonly note: string | null
  },
): Promise<void> {
  await db.execute(sql`
    update dispute_revisits set done_at = ${at(made.at)}, outcome = ${made.outcome}, note = ${made.note}
    where dispute_id = ${id}::bigint and n = ${made.n}`)
}
