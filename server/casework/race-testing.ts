import type { Pool, PoolClient } from 'pg'
import type { Db } from '#db/open'
import type { Random } from '../../geodata/demo/random.ts'
import { watched } from './wire-testing.ts'

interface Player {
  state: 'out' | 'waiting' | 'stuck' | 'done'
  client: PoolClient | null
  go: () => void
}

/**
 * Runs several pieces of work on connections of their own, one statement at a time, in the order that chance decides. One that
 * waits for another's lock does not hold up the rest.
 */
export async function interleaved<T>(
  pool: Pool,
  chance: Random,
  works: readonly ((db: Db) => Promise<T>)[],
): Promise<PromiseSettledResult<T>[]> {
  let changed = Promise.withResolvers<void>()
  const tell = () => {
    changed.resolve()
    changed = Promise.withResolvers<void>()
  }
  const players = works.map((): Player => ({ state: 'out', client: null, go: () => {} }))

  const play = async (player: Player, work: (db: Db) => Promise<T>): Promise<T> => {
    const ask = (_statement: string, client: PoolClient) =>
      new Promise<void>((resolve) => {
        Object.assign(player, { state: 'waiting', client, go: resolve })
        tell()
      })
    try {
      return await work(watched(pool, ask))
    } finally {
      player.state = 'done'
      tell()
    }
  }

  const conduct = async (): Promise<void> => {
    while (players.some(({ state }) => state !== 'done')) {
      const out = players.find(({ state }) => state === 'out')
      const ready = players.filter(({ state }) => state === 'waiting')
      if (out) await Promise.race([changed.promise, markStuck(pool, out)])
      else if (ready.length === 0) await changed.promise
      else release(chance.pick(ready))
    }
  }

  const settled = Promise.allSettled(works.map((work, n) => play(players[n] ?? NOBODY, work)))
  await conduct()
  return await settled
}

const NOBODY: Player = { state: 'done', client: null, go: () => {} }

function release(player: Player): void {
  player.state = 'out'
  player.go()
}

async function markStuck(pool: Pool, player: Player): Promise<void> {
  const pid = player.client && 'processID' in player.client ? player.client.processID : null
  const { rows } = await pool.query<{ waits: boolean | null }>(
    'select cardinality(pg_blocking_pids($1::integer)) > 0 as waits',
    [pid],
  )
  if (rows[0]?.waits === true && player.state === 'out') player.state = 'stuck'
}
