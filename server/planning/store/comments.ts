import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Position } from '#geo/geojson'
import type { PlanComment } from '../contract.ts'
import { at, iso, type Row } from './words.ts'

const COMMENT = sql`c.id, array[st_x(c.geom), st_y(c.geom)] as position, c.text, a.name as by, ${iso(sql`c.at`)} as at,
  r.name as "resolvedBy", ${iso(sql`c.resolved_at`)} as "resolvedAt"
  from scenario_comments c left join accounts a on a.id = c.account_id left join accounts r on r.id = c.resolved_by`

export async function listComments(db: Db, scenario: number): Promise<PlanComment[]> {
  const found = await db.execute<Row<PlanComment>>(
    sql`select ${COMMENT} where c.scenario_id = ${scenario} order by c.id`,
  )
  return found.rows
}

export async function findComment(db: Db, scenario: number, id: number): Promise<PlanComment | null> {
  const found = await db.execute<Row<PlanComment>>(
    sql`select ${COMMENT} where c.scenario_id = ${scenario} and c.id = ${id}::bigint`,
  )
  return found.rows[0] ?? null
}

export async function insertComment(
  tx: Db,
  scenario: number,
  { position: [lng, lat], text }: { readonly position: Position; readonly text: string },
  by: { readonly account: number | null; readonly now: Date },
): Promise<number> {
  const made = await tx.execute<{ id: number }>(sql`
    insert into scenario_comments (scenario_id, geom, text, account_id, at)
    values (${scenario}, st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326), ${text}, ${by.account}::integer,
      ${at(by.now)})
    returning id`)
  const id = made.rows[0]?.id
  if (id === undefined) throw new Error('no comment was made')
  return id
}

export async function resolveComment(
  tx: Db,
  id: number,
  by: { readonly account: number | null; readonly now: Date },
): Promise<void> {
  await tx.execute(sql`
    update scenario_comments set resolved_by = ${by.account}::integer, resolved_at = ${at(by.now)}
    where id = ${id} and resolved_at is null`)
}
