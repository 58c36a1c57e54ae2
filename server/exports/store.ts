import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { EventFacts } from '../events/contract.ts'
import { whereOf, type Match } from '../events/store/match.ts'
import { ROW, type Row } from '../events/store/row.ts'
import type { Words } from '../http/contract.ts'

/** An event with the names of what it refers to. */
export type Named = EventFacts & {
  readonly categoryName: Words
  readonly grid: (Words & { readonly code: string }) | null
  readonly community: Words | null
  readonly unitNames: readonly Words[]
}

/** The ids of the events that match, newest first as the list has them; at most `limit`. */
export async function listIds(db: Db, match: Match, limit: number): Promise<number[]> {
  const found = await db.execute<{ id: number }>(sql`
    select e.id from events e where ${whereOf(match)} order by e.reported_at desc, e.id desc limit ${limit}`)
  return found.rows.map(({ id }) => id)
}

/** The events of these ids, in their order. */
export async function listNamed(db: Db, ids: readonly number[]): Promise<Named[]> {
  const found = await db.execute<Row<Named>>(sql`
    select ${ROW}, json_build_object('zh', c.name_zh, 'en', c.name_en) as "categoryName",
      case when g.id is not null then json_build_object('code', g.code, 'zh', g.name, 'en', g.name_en) end as grid,
      case when m.code is not null then json_build_object('zh', m.name, 'en', m.name_en) end as community,
      coalesce((select json_agg(json_build_object('zh', u.name_zh, 'en', u.name_en) order by array_position(e.units, u.code))
        from units u where u.code = any(e.units)), '[]') as "unitNames"
    from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as wanted (id, n)
    join events e on e.id = wanted.id::bigint
    join categories c on c.code = e.category
    left join grids g on g.id = e.grid_id
    left join communities m on m.code = g.community
    order by wanted.n`)
  return found.rows
}
