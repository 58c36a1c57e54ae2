import { sql } from 'drizzle-orm'
import { escapeIdentifier, type Client } from 'pg'
import type { Db } from './open.ts'

/** The one channel of LISTEN; the payload says which subject has news. */
export const CHANNEL = 'wangge'

const RETRY_MS = 500

/** Tells every process, when `tx` commits, that `topic` has news. It carries nothing else: readers ask the tables. */
export async function wake(tx: Db, topic: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${topic})`)
}

export type Wakes = {
  /** Calls back after each commit that woke `topic`, and after a gap in which one may have been missed. */
  readonly on: (topic: string, callback: () => void) => () => void
  readonly fire: (topic: string) => void
  readonly fireAll: () => void
}

export function makeWakes(): Wakes {
  const listeners = new Map<string, Set<() => void>>()
  const fire = (topic: string) => {
    for (const callback of listeners.get(topic) ?? []) callback()
  }
  return {
    fire,
    fireAll: () => {
      for (const topic of listeners.keys()) fire(topic)
    },
    on(topic, callback) {
      const callbacks = listeners.get(topic) ?? new Set()
      listeners.set(topic, callbacks.add(callback))
      return () => callbacks.delete(callback)
    },
  }
}

export type Listener = { close(): Promise<void> }

/** Keeps one connection for LISTEN, for as long as it takes: a lost one is made anew, and then everyone is woken. */
export function listen(connect: () => Client, wakes: Wakes, log: (line: string) => void): Listener {
  const closing = new AbortController()
  let current: Client | undefined

  const session = async () => {
    const client = connect()
    current = client
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    client.on('error', (error) => log(`LISTEN: ${error.message}`))
    client.on('notification', ({ payload }) => wakes.fire(payload ?? ''))
    try {
      await client.connect()
      await client.query(`LISTEN ${escapeIdentifier(CHANNEL)}`)
      wakes.fireAll()
      await ended
    } finally {
      await client.end().catch(() => {})
    }
  }

  const run = async () => {
    while (!closing.signal.aborted) {
      await session().catch((error: unknown) => log(`LISTEN: ${String(error)}`))
      await pause(RETRY_MS, closing.signal)
    }
  }
  const done = run()

  return {
    async close() {
      closing.abort()
      await current?.end().catch(() => {})
      await done
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer)
      resolve()
    },
    { once: true },
  )
  return promise
}
