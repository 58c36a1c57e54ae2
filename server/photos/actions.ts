import type { Db } from '#db/open'
import { reachOf, reaches, RIGHTS } from '#rules/accounts'
import { audienceOf, dutyFor, rowOf } from '#rules/events'
import { plausible, whyNot } from '#rules/photos'
import { findVisible } from '../events/actions.ts'
import type { StoredWhole } from '../events/store.ts'
import type { Ctx } from '../http/mount.ts'
import { refuse } from '../http/problems.ts'
import { append } from '../trail/store.ts'
import type { Files } from './actions/files.ts'
import { encode } from './actions/picture.ts'
import type { Photo, PhotoStage } from './contract.ts'
import { findFiles, insertPhoto, listUnwanted, lockSubject, type NewPhoto } from './store.ts'

/** A picture that lies in its files and has no row yet. */
export type Stored = Pick<NewPhoto, 'file' | 'thumb' | 'width' | 'height' | 'bytes' | 'takenAt' | 'position'>

/**
 * Encodes an upload and puts it on the disk, for whoever may add it to the event. No transaction is open meanwhile: it takes
 * long, and others wait for connections.
 */
export async function store(ctx: Ctx, id: number, bytes: Buffer, files: Files): Promise<Stored> {
  await findReportable(ctx, id)
  const { full, thumb, width, height, camera } = await encode(bytes)
  return {
    file: await files.put(full),
    thumb: await files.put(thumb),
    width,
    height,
    bytes: full.length,
    takenAt: plausible(camera.takenAt, ctx.now),
    position: camera.position,
  }
}

/** Adds a stored picture to its event. The event keeps its version: nobody's move is refused because of a picture. */
export async function add(ctx: Ctx, id: number, stage: PhotoStage, stored: Stored): Promise<Photo> {
  const { actor, now } = ctx
  const event = await findReportable(ctx, id)
  const subject = { ...event, ...(await lockSubject(ctx.db, id)) }
  const why = whyNot(subject, stage, { account: actor.account, now: now.getTime() })
  if (why !== null) throw refuse('refused', why, { field: '/id' })
  const photo = await insertPhoto(ctx.db, { ...stored, eventId: id, stage, account: actor.account, at: now })
  const role = dutyFor(actor, RIGHTS['events.report'])
  await append(ctx.db, [
    {
      step: 'event.photographed',
      subject: `event/${id}`,
      actor: actor.id,
      at: now,
      data: { ...rowOf(event), stage, photo: photo.id },
      audience: audienceOf(event),
      ...(role !== null && { role }),
    },
  ])
  return photo
}

/** The event, for whoever sees it and has the right to report there. */
async function findReportable(ctx: Ctx, id: number): Promise<StoredWhole> {
  const event = await findVisible(ctx, id)
  if (reaches(reachOf(ctx.actor, 'events.report'), event)) return event
  throw refuse(
    'forbidden',
    { zh: '您在这里没有上报的权限。', en: 'You may not report here.' },
    { field: '/id' },
  )
}

export type Size = 'file' | 'thumb'

/** A picture for whoever sees its event; null where the caller has it already. */
export async function read(
  ctx: Ctx,
  asked: {
    readonly id: number
    readonly photo: number
    readonly size: Size
    readonly etag: string | undefined
  },
  files: Files,
): Promise<{ readonly etag: string; readonly bytes: Buffer | null }> {
  await findVisible(ctx, asked.id)
  const found = await findFiles(ctx.db, asked.id, asked.photo)
  if (!found) throw noPhoto()
  const name = found[asked.size]
  const etag = `"${name}"`
  if (etag === asked.etag) return { etag, bytes: null }
  const bytes = await files.read(name)
  if (!bytes) throw noPhoto()
  return { etag, bytes }
}

function noPhoto() {
  return refuse('not-found', { zh: '没有这张照片。', en: 'There is no such picture.' }, { field: '/photo' })
}

const HOUR = 3_600_000

/** Deletes files that no picture has, an hour after they were put there: of requests that ended before their row. */
export function sweep(db: Db, files: Files, now: Date): Promise<number> {
  return files.sweep(new Date(now.getTime() - HOUR), (names) => listUnwanted(db, names))
}
