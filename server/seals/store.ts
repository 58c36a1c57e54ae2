import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'

/** A place in the trail, both numbers in decimal since they may exceed what a number holds. */
export interface Place {
  readonly xid: string
  readonly seq: string
}

export const BEGINNING: Place = { xid: '0', seq: '0' }

/** A step with every column as text, just as it is stored. */
export interface StoredStep extends Place {
  /** Seconds since 1970 with six decimals. */
  readonly at: string | null
  readonly actor: string | null
  readonly role: string | null
  readonly subject: string | null
  readonly step: string | null
  readonly data: string | null
  readonly audience: readonly (string | null)[] | null
}

/** The columns of `steps` that a seal covers: all there are (a test holds them together). */
export const COVERED = ['xid', 'seq', 'at', 'actor', 'role', 'subject', 'step', 'data', 'audience'] as const

/** Covers the steps after the seal before it, up to its place. */
export interface Seal extends Place {
  readonly n: number
  readonly count: number
  readonly hash: Buffer
  readonly marks: Buffer
  /** Seconds since 1970 with six decimals. */
  readonly at: string
}

type Row<T> = T & Record<string, unknown>

const SEAL = sql`n, xid::text as xid, seq::text as seq, count, hash, marks, extract(epoch from at)::text as at`

// Sort by `s.xid, s.seq`: the bare names are these texts.
const COLUMNS = sql`xid::text as xid, seq::text as seq, extract(epoch from at)::text as at, actor, role, subject, step,
  data::text as data, audience`

const place = ({ xid, seq }: Place) => sql`(${xid}::xid8, ${seq}::bigint)`

/** Whether this transaction is the one that seals; the others need not. */
export async function isSealer(tx: Db): Promise<boolean> {
  const found = await tx.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('wangge.seals')) as mine`,
  )
  return found.rows[0]?.mine === true
}

/** Whether there is a step to seal. */
export async function hasUnsealed(db: Db): Promise<boolean> {
  const found = await db.execute<{ some: boolean }>(sql`
    select exists (select from steps
      where (xid, seq) > (coalesce((select xid from seals order by n desc limit 1), '0'),
          coalesce((select seq from seals order by n desc limit 1), 0))
        and xid < pg_snapshot_xmin(pg_current_snapshot())) as some`)
  return found.rows[0]?.some === true
}

export async function readLastSeal(db: Db): Promise<Seal | null> {
  const found = await db.execute<Row<Seal>>(sql`select ${SEAL} from seals order by n desc limit 1`)
  return found.rows[0] ?? null
}

export async function listSeals(db: Db, after: number, limit: number): Promise<Seal[]> {
  const found = await db.execute<Row<Seal>>(
    sql`select ${SEAL} from seals where n > ${after}::bigint order by n limit ${limit}`,
  )
  return found.rows
}

/** The steps after a place that have their place for ever: no transaction may still commit one before them. */
export async function listSettled(db: Db, after: Place, limit: number): Promise<StoredStep[]> {
  const found = await db.execute<Row<StoredStep>>(sql`
    select ${COLUMNS} from steps s
    where (xid, seq) > ${place(after)} and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by s.xid, s.seq limit ${limit}`)
  return found.rows
}

/** The steps after a place. */
export async function listAfter(db: Db, after: Place, limit: number): Promise<StoredStep[]> {
  const found = await db.execute<Row<StoredStep>>(sql`
    select ${COLUMNS} from steps s where (xid, seq) > ${place(after)} order by s.xid, s.seq limit ${limit}`)
  return found.rows
}

/** How many steps stand up to a seal and after it, and how many seals up to it. */
export async function countAround(
  db: Db,
  last: Place & Pick<Seal, 'n'>,
): Promise<{ upTo: number; after: number; seals: number }> {
  const found = await db.execute<{ upTo: number; after: number; seals: number }>(sql`
    select count(*) filter (where (xid, seq) <= ${place(last)}) as "upTo",
      count(*) filter (where (xid, seq) > ${place(last)}) as after,
      (select count(*) from seals where n <= ${last.n}::bigint) as seals
    from steps`)
  return found.rows[0] ?? { upTo: 0, after: 0, seals: 0 }
}

/** How many steps stand after a place, by the index alone. */
export async function countAfter(db: Db, at: Place): Promise<number> {
  const found = await db.execute<{ count: number }>(
    sql`select count(*) as count from steps where (xid, seq) > ${place(at)}`,
  )
  return found.rows[0]?.count ?? 0
}

export async function insertSeal(tx: Db, seal: Seal): Promise<void> {
  await tx.execute(sql`
    insert into seals (n, xid, seq, count, hash, marks, at)
    values (${seal.n}::bigint, ${seal.xid}::xid8, ${seal.seq}::bigint, ${seal.count}, ${seal.hash}, ${seal.marks},
      timestamptz 'epoch' + ${seal.at}::numeric * interval '1 second')`)
}

/** What the last look at the whole chain found. */
export interface Looked {
  readonly at: string
  readonly data: unknown
}

/** The last step of a kind about the trail itself. */
export async function findLastLook(db: Db, step: string): Promise<Looked | null> {
  const found = await db.execute<Row<Looked>>(sql`
    select to_json(at at time zone 'utc') #>> '{}' || 'Z' as at, data from steps
    where subject = 'trail' and step = ${step} order by seq desc limit 1`)
  return found.rows[0] ?? null
}
