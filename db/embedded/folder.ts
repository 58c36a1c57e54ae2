import { Pool, type PoolClient } from 'pg'
import type { Connected, Log } from '../open.ts'
import { endPool, surviveLostConnections } from '../postgres.ts'
import { DatabaseRefusal } from '../refusal.ts'
import { CHANNEL, makeWakes } from '../wake.ts'
import { postgisBundle } from './bundle.ts'
import { Engine } from './engine.ts'
import { Session } from './session.ts'

/** With one connection, a caller that forgot to pass its transaction on waits for itself: better an error than for ever. */
const CONNECT_MS = 30_000

/** The longest that a timer can wait: 24 days. */
const NO_LIMIT_MS = 2 ** 31 - 1

type FolderOptions = { readonly folder: string; readonly patienceMs: number; readonly log: Log }

/** Opens a PGlite folder as it is. */
export async function openFolder({ folder, patienceMs, log }: FolderOptions): Promise<Connected> {
  const engine = await start({ folder, postgisBundle: postgisBundle(), channel: CHANNEL }, log)
  const wakes = makeWakes()
  let limitMs = patienceMs
  const pool = new Pool({
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECT_MS,
    user: 'postgres',
    database: 'postgres',
    ssl: false,
    stream: () => new Session(engine, () => limitMs),
  })
  surviveLostConnections(pool, log)
  pool.on('connect', (client) => {
    client.on('notification', ({ payload }) => wakes.fire(payload ?? ''))
    client.once('end', () => freeSlot(client))
  })
  return {
    kind: 'embedded',
    pool,
    onWake: wakes.on,
    dedicated: async (work) => {
      const client = await pool.connect()
      limitMs = NO_LIMIT_MS
      try {
        return await work(client)
      } finally {
        limitMs = patienceMs
        client.release()
      }
    },
    close: async () => {
      await endPool(pool, log)
      await engine.close()
    },
  }
}

/** A client that ended in the hands of one who never gives it back must not keep the only place in the pool. */
function freeSlot(client: PoolClient): void {
  try {
    client.release(true)
  } catch {
    // It had been given back: the usual case.
  }
  client.release = () => {}
}

async function start(...given: Parameters<typeof Engine.start>): Promise<Engine> {
  try {
    return await Engine.start(...given)
  } catch (cause) {
    const [{ folder }] = given
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseRefusal(
      'cannot-open',
      `无法打开内嵌数据库 ${folder}（${reason}）。请检查磁盘空间和目录权限。`,
      `The embedded database ${folder} does not open (${reason}). Check the free space and the rights of the folder.`,
      { cause },
    )
  }
}
