import { sql } from 'drizzle-orm'
import { cipherOf, KEY_BYTES, type Cipher } from '#db/cipher'
import type { Db } from '#db/open'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../accounts/contract.ts'
import { as } from '../testing.ts'
import type { DisputeOrder, DisputeRow, NewDispute } from './contract.ts'

/** The key of `wholeApp`. */
export const CIPHER: Cipher = cipherOf([Buffer.alloc(KEY_BYTES, 7)])

export const QUARREL: NewDispute = {
  class: '02',
  subclass: '01',
  gridId: 1,
  summary: '李某0001乙 家空调滴水到 陈某0001甲 家阳台，电话 10012340123。',
  place: '南街1号，陈某0001甲 家',
  parties: [
    { part: 'applicant', name: '陈某0001甲', phone: '10012340123' },
    { part: 'respondent', name: '李某0001乙' },
  ],
}

/** Anything of the quarrel that must not be seen. */
export const SECRET = /某\d{4}[甲乙丙]|10012340123/

export async function send(app: FastifyInstance, role: Role, url: string, body?: unknown) {
  return app.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: as(role),
    ...(body !== undefined && { payload: body as object }),
  })
}

export async function registered(
  app: FastifyInstance,
  change: Partial<NewDispute> = {},
  role: Role = 'director',
): Promise<DisputeRow> {
  const reply = await send(app, role, '/api/disputes', { ...QUARREL, ...change })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return reply.json<DisputeRow>()
}

/** One move on the file as it is now. */
export async function moved(app: FastifyInstance, role: Role, id: number, order: DisputeOrder) {
  const { version } = (await send(app, 'director', `/api/disputes/${id}`)).json<DisputeRow>()
  return send(app, role, `/api/disputes/${id}/moves`, { ...order, version })
}

/** A further mediator, of the whole sub-district or some grids; the account's number. */
export async function mediatorOf(db: Db, login: string, grids: readonly number[] | null): Promise<number> {
  const made = await db.execute<{ id: number }>(sql`
    with person as (insert into accounts (login, name, created_at) values (${login}, ${login}, now()) returning id),
      given as (insert into duties (account_id, role, grids)
        select id, 'mediator', ${sql.param(grids)}::integer[] from person)
    select id from person`)
  return made.rows[0]?.id ?? 0
}

/** Every row of every table as text, as far as it matches; what a dump would show. */
export async function dumped(db: Db, pattern: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    const hits = await db.execute<{ hit: string }>(sql`
      select distinct (regexp_matches(t::text, ${pattern}, 'g'))[1] as hit from ${sql.identifier(name)} t`)
    found.push(...hits.rows.map(({ hit }) => `${name}: ${hit}`))
  }
  return found
}
