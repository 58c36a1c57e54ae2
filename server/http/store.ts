import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Actor } from '../accounts/contract.ts'

/** The first answer to a write under a key, as it was sent. */
export interface KeptAnswer {
  readonly key: string
  /** Digest of method, path and body. */
  readonly request: string
  readonly status: number
  readonly reply: string
}

/**
 * Keeps the answer in the transaction of the write itself; false if the key has an answer already. While another
 * transaction holds the same key, this waits for it to end, so that of concurrent repeats one is done.
 */
export async function keepAnswer(tx: Db, answer: KeptAnswer, at: Date): Promise<boolean> {
  const kept = await tx.execute(sql`
    insert into idempotency (key, request, status, reply, at)
    values (${answer.key}, ${answer.request}, ${answer.status}, ${answer.reply}, ${at.toISOString()}::timestamptz)
    on conflict (key) do nothing`)
  return kept.rowCount === 1
}

export async function findAnswer(db: Db, key: string): Promise<KeptAnswer | null> {
  const found = await db.execute<{ key: string; request: string; status: number; reply: string }>(
    sql`select key, request, status, reply from idempotency where key = ${key}`,
  )
  return found.rows[0] ?? null
}

/** Forgets the answers given before `at`; after that a repeat would be done again. */
export async function forgetAnswers(db: Db, at: Date): Promise<number> {
  const gone = await db.execute(sql`delete from idempotency where at < ${at.toISOString()}::timestamptz`)
  return gone.rowCount ?? 0
}

/**
 * A transaction behind the second wall: under a role that owns nothing and is bound by row-level security, with the account
 * by whose duties the policies in the database decide. Both end with the transaction.
 */
export function behindWall<T>(db: Db, actor: Actor, work: (tx: Db) => Promise<T> | T): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      select set_config('role', 'wangge_app', true),
        set_config('wangge.account', ${actor.account === null ? '' : String(actor.account)}, true)`)
    return await work(tx)
  })
}
