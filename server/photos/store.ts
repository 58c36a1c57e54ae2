import { sql } from 'drizzle-orm'
import type { Db } from '#db/open'
import type { Photo, PhotoStage } from './contract.ts'

export interface NewPhoto {
  readonly eventId: number
  readonly stage: PhotoStage
  readonly file: string
  readonly thumb: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly takenAt: Date | null
  readonly position: readonly [number, number] | null
  readonly account: number | null
  readonly at: Date
}

type Row<T> = T & Record<string, unknown>

const iso = (column: string) => sql.raw(`to_json(${column} at time zone 'utc') #>> '{}' || 'Z'`)

/** What the rules need of an event beyond its row; it is kept from others until the transaction ends. */
export async function lockSubject(tx: Db, id: number): Promise<{ onTheSpot: boolean; photos: number }> {
  const locked = await tx.execute<{ onTheSpot: boolean }>(
    sql`select on_the_spot as "onTheSpot" from events where id = ${id}::bigint for no key update`,
  )
  // Counted after the lock is had, so that those who waited see what the others have added.
  const counted = await tx.execute<{ photos: number }>(
    sql`select count(*) as photos from photos where event_id = ${id}::bigint`,
  )
  return { onTheSpot: locked.rows[0]?.onTheSpot ?? false, photos: counted.rows[0]?.photos ?? 0 }
}

export async function insertPhoto(tx: Db, photo: NewPhoto): Promise<Photo> {
  const [lng, lat] = photo.position ?? [null, null]
  const found = await tx.execute<Row<Photo>>(sql`
    with p as (
      insert into photos (event_id, stage, file, thumb, width, height, bytes, taken_at, taken_lng, taken_lat, uploaded_by,
        uploaded_at)
      values (${photo.eventId}::bigint, ${photo.stage}, ${photo.file}, ${photo.thumb}, ${photo.width}, ${photo.height},
        ${photo.bytes}, ${photo.takenAt?.toISOString() ?? null}::timestamptz, ${lng}::float8, ${lat}::float8,
        ${photo.account}::integer, ${photo.at.toISOString()}::timestamptz)
      returning *
    )
    select p.id, p.stage, p.width, p.height, p.bytes, ${iso('p.taken_at')} as "takenAt",
      round(st_distance(e.geom::geography, st_setsrid(st_makepoint(p.taken_lng, p.taken_lat), 4326)::geography)::numeric, 1)::float8
        as "takenAwayM",
      ${iso('p.uploaded_at')} as "uploadedAt"
    from p join events e on e.id = p.event_id`)
  const [inserted] = found.rows
  if (!inserted) throw new Error('an insert without a row')
  return inserted
}

/** The files of a picture of an event. */
export async function findFiles(
  db: Db,
  event: number,
  photo: number,
): Promise<{ file: string; thumb: string } | null> {
  const found = await db.execute<{ file: string; thumb: string }>(
    sql`select file, thumb from photos where id = ${photo}::bigint and event_id = ${event}::bigint`,
  )
  return found.rows[0] ?? null
}

/** Those of the names that no picture has. */
export async function listUnwanted(db: Db, names: readonly string[]): Promise<string[]> {
  const found = await db.execute<{ name: string }>(sql`
    select name from json_array_elements_text(${JSON.stringify(names)}::json) as name
    where not exists (select from photos where file = name) and not exists (select from photos where thumb = name)`)
  return found.rows.map(({ name }) => name)
}
