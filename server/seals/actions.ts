import { createHash, type Hash } from 'node:crypto'
import type { Db } from '#db/open'
import { append } from '../trail/store.ts'
import {
  BEGINNING,
  findLastLook,
  hasUnsealed,
  insertSeal,
  isSealer,
  listSettled,
  readLastSeal,
  type Seal,
  type StoredStep,
} from './store.ts'
import { verify, type Verdict } from './actions/verify.ts'
import { FIRST, markOf, MARK_BYTES, writeOwn, writeStep } from './actions/canonical.ts'

const BATCH = 5000
const DAY = 86_400_000

/**
 * Seals the steps that have their place for ever, in the order that every process agrees on. Returns how many; 0 too where
 * another process is at it.
 */
export function seal(db: Db, now: Date, limit = BATCH): Promise<number> {
  return db.transaction(async (tx) => {
    if (!(await isSealer(tx))) return 0
    const last = await readLastSeal(tx)
    const steps = await listSettled(tx, last ?? BEGINNING, limit)
    if (steps.length > 0) await insertSeal(tx, sealOf(last, steps, now))
    return steps.length
  })
}

function sealOf(last: Seal | null, steps: readonly StoredStep[], now: Date): Seal {
  const end = steps.at(-1)
  if (!end) throw new Error('a seal without steps')
  const own = {
    n: (last?.n ?? 0) + 1,
    xid: end.xid,
    seq: end.seq,
    count: steps.length,
    at: secondsOf(now),
  }
  const hash: Hash = createHash('sha256')
  writeOwn(hash, last?.hash ?? FIRST, own)
  const marks = Buffer.alloc(MARK_BYTES * steps.length)
  steps.forEach((step, i) => markOf(writeStep(hash, step)).copy(marks, i * MARK_BYTES))
  return { ...own, hash: hash.digest(), marks }
}

/** As PostgreSQL writes the seconds of an instant. */
function secondsOf(now: Date): string {
  const ms = now.getTime()
  return `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000`
}

export interface SealerOptions {
  readonly now: () => Date
  readonly onError: (error: unknown) => void
  /** Longest time that a step waits for its seal, but for transactions that still run. */
  readonly everyMs?: number
}

export interface Sealer {
  close(): Promise<void>
}

const HOUR = 3_600_000
const EVERY_MS = 1000

/** Seals what is appended, every second; catches up after downtime; and looks at the whole chain once a day. */
export function openSealer(db: Db, { now, onError, everyMs = EVERY_MS }: SealerOptions): Sealer {
  let closed = false
  let working: Promise<void> | null = null

  async function sealAll(): Promise<void> {
    if (!(await hasUnsealed(db))) return
    while (!closed && (await seal(db, now())) === BATCH);
  }

  async function lookDaily(): Promise<void> {
    const last = await findLastLook(db, LOOKED)
    if (last !== null && now().getTime() - Date.parse(last.at) < DAY) return
    const verdict = await look(db, { id: 'sealer', now: now() })
    if (verdict.faults.length > 0)
      onError(new Error(`the trail is damaged: ${JSON.stringify(verdict.faults[0])}`))
  }

  function start(work: () => Promise<void>): void {
    if (closed || working !== null) return
    working = work()
      .catch(onError)
      .finally(() => {
        working = null
      })
  }

  const sealing = setInterval(() => start(sealAll), everyMs)
  const looking = setInterval(() => void (working ?? Promise.resolve()).then(() => start(lookDaily)), HOUR)
  start(sealAll)
  return {
    close: async () => {
      closed = true
      clearInterval(sealing)
      clearInterval(looking)
      await working
    },
  }
}

/** What a look at the whole chain is called in the trail. */
const LOOKED = 'trail.verified'

/** Verifies the whole chain and says in the trail what was found. */
export async function look(
  db: Db,
  by: { readonly id: string; readonly now: Date; readonly role?: string },
): Promise<Verdict> {
  const verdict = await verify(db)
  const { faults, ...found } = verdict
  const data = { ...found, ok: faults.length === 0, ...(faults[0] && { fault: faults[0] }) }
  await append(db, [
    { step: LOOKED, subject: 'trail', actor: by.id, at: by.now, data, ...(by.role && { role: by.role }) },
  ])
  return verdict
}

/** The last look at the whole chain, whoever took it; null before the first. */
export async function lastLook(db: Db): Promise<{ at: string; ok: boolean; seals: number } | null> {
  const last = await findLastLook(db, LOOKED)
  if (last === null) return null
  const { ok, seals } = last.data as { ok: boolean; seals: number }
  return { at: new Date(last.at).toISOString(), ok, seals }
}
