import { PgDialect, type PgSession } from 'drizzle-orm/pg-core'
import type { SQL } from 'drizzle-orm'
import type { QueryResultRow } from 'pg'
import type { Db } from './open.ts'

const dialect = new PgDialect()

/**
 * A statement that each connection parses and plans once, for what runs on every request: planning a join on geometry
 * costs more than running it. Values stand in `query` as `sql.placeholder(name)`. Give rows as one JSON text
 * (`json_to_recordset`), whose number the planner does not look at: for arrays it would plan anew each time.
 */
export function statement<Row extends QueryResultRow>(name: string, query: SQL) {
  const built = dialect.sqlToQuery(query)
  return async (db: Db, values: Record<string, unknown>): Promise<Row[]> => {
    const session = db._.session as PgSession
    const prepared = session.prepareQuery<{ execute: { rows: Row[] }; all: never; values: never }>(
      built,
      undefined,
      name,
      false,
    )
    const { rows } = await prepared.execute(values)
    return rows
  }
}
