import { drizzle } from 'drizzle-orm/node-postgres'
import type { Pool, PoolClient } from 'pg'
import type { Db } from '#db/open'

/** Asked before each statement goes out; what it throws is what the caller gets. */
export type Before = (statement: string, client: PoolClient) => Promise<void> | void

/** The same database, with somebody standing between the program and the wire. */
export function watched(pool: Pool, before: Before): Db {
  const connect = async (): Promise<PoolClient> => watch(await pool.connect(), before)
  return drizzle(
    new Proxy(pool, {
      get: (target, name) => {
        if (name === 'connect') return connect
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    }),
  )
}

function watch(client: PoolClient, before: Before): PoolClient {
  let isBroken = false
  const query = async (...asked: unknown[]): Promise<unknown> => {
    if (isBroken) throw new Error('the connection is gone')
    try {
      await before(textOf(asked[0]), client)
    } catch (error) {
      isBroken = true
      // drizzle forgets a connection on which no transaction could begin.
      if (textOf(asked[0]).startsWith('begin')) client.release(true)
      throw error
    }
    const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
    return await send(...asked)
  }
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'query') return query
      // A connection that broke is not given back but ended, in whatever it was doing.
      if (name === 'release') return () => target.release(isBroken)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked
  const { text, name } = asked as { text?: string; name?: string }
  return name ?? text ?? ''
}

/** Counts statements, and breaks the connection before the one of that number. */
export function breakingAt(pool: Pool, number: number): { readonly db: Db; readonly sent: () => number } {
  let count = 0
  const db = watched(pool, () => {
    count++
    if (count === number) throw new Error('killed')
  })
  return { db, sent: () => count }
}
