import { sql } from 'drizzle-orm'
import type { CalendarYear } from '../server/deadlines/contract.ts'
import type { Db } from './open.ts'

/** Enters those of the years that the demo reaches, up to the one after `now`, and that the database lacks. */
export async function seedCalendars(db: Db, now: Date, years: readonly CalendarYear[]): Promise<void> {
  const reached = years.filter(({ year }) => year <= now.getUTCFullYear() + 1)
  await db.execute(sql`
    insert into calendars (year, version, kind, off, work, hours, reason)
    select y.year, 1, kind, off, work, hours, reason
    from jsonb_to_recordset(${JSON.stringify(reached)}::jsonb)
      as y (year integer, kind text, off date[], work date[], hours jsonb, reason text)
    where not exists (select from calendars c where c.year = y.year)`)
}
