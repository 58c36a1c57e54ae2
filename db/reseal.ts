import { sql } from 'drizzle-orm'
import type { Cipher } from './cipher.ts'
import type { Db } from './open.ts'
import { purposeOf, SEALED, type SealedColumn, type SealedTable } from './sealed.ts'

const CHUNK = 500

/**
 * Seals anew, by the key that seals now, whatever a former key has sealed; then that one may be forgotten. Returns how many
 * texts it were. As the owner of the tables, in small transactions, so that the server may go on meanwhile: a text that
 * changes in between is left as it then is.
 */
export async function resealAll(db: Db, cipher: Cipher): Promise<number> {
  let count = 0
  for (const table of Object.keys(SEALED) as SealedTable[]) {
    for (const column of SEALED[table]) {
      const name = `${table}.${column}` as SealedColumn
      count += await resealColumn(db, cipher, name, table, column)
    }
  }
  return count
}

interface Sealed {
  readonly id: number
  readonly n: number
  readonly sealed: string
}

async function resealColumn(
  db: Db,
  cipher: Cipher,
  name: SealedColumn,
  table: SealedTable,
  column: string,
): Promise<number> {
  const [id, n] = table === 'disputes' ? [sql`id`, sql`0`] : [sql`dispute_id`, sql`n::int`]
  const [from, field] = [sql.identifier(table), sql.identifier(column)]
  const found = await db.execute<Sealed & Record<string, unknown>>(
    sql`select ${id} as id, ${n} as n, ${field} as sealed from ${from} where ${field} is not null order by 1, 2`,
  )
  const old = found.rows.filter(({ sealed }) => !cipher.isCurrent(sealed))
  for (let k = 0; k < old.length; k += CHUNK) {
    const rows = old.slice(k, k + CHUNK).map((row) => {
      const purpose = purposeOf(name, row.id, row.n)
      return { ...row, next: cipher.seal(cipher.open(row.sealed, purpose), purpose) }
    })
    const key = table === 'disputes' ? sql`t.id = r.id` : sql`t.dispute_id = r.id and t.n = r.n`
    await db.execute(sql`
      update ${from} t set ${field} = r.next
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id integer, n integer, sealed text, next text)
      where ${key} and t.${field} = r.sealed`)
  }
  return old.length
}
