import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import type { Database } from '#db/open'
import { actorWith, gateFor } from '../accounts/testing.ts'
import type { Role } from '../accounts/contract.ts'
import { httpServer } from '../http/server.ts'
import { deadlineRoutes } from './routes.ts'

/** A day on which the next year's notice is awaited. */
export const NOW = new Date('2026-11-23T10:00:00+08:00')

/** The rules' own API, with somebody of this role at it, who has an account. */
export async function rulesApi({ db }: Pick<Database, 'db'>, role: Role): Promise<FastifyInstance> {
  const { rows } = await db.execute<{ id: number }>(sql`
    insert into accounts (login, name, created_at) values (${role}, '测试员', ${NOW.toISOString()}::timestamptz)
    on conflict (login) do update set name = excluded.name returning id`)
  const actor = actorWith(role, undefined, { account: rows[0]?.id ?? 0 })
  const app = await httpServer({
    db,
    gate: gateFor(actor),
    version: 'test',
    clock: () => NOW,
    logLevel: 'silent',
  })
  deadlineRoutes(app)
  await app.ready()
  return app
}
