import type { Words } from '../http/contract.ts'
import type { PhotoStage } from './contract.ts'

export { readExif, SAID_NOTHING, type Camera } from './rules/exif.ts'

const MAX_PHOTOS = 20

const MINUTE = 60_000
const AFTER_THE_SPOT = 30 * MINUTE

/** What decides whether a picture may still be added. */
export interface Subject {
  /** Null while it is open. */
  readonly closedAt: number | null
  readonly onTheSpot: boolean
  readonly reporter: number | null
  readonly photos: number
}

/**
 * Why no picture can be added now, or null. An ended event has all its pictures; but who reported and closed in one may still
 * send, for a while, those of the report.
 */
export function whyNot(
  { closedAt, onTheSpot, reporter, photos }: Subject,
  stage: PhotoStage,
  by: { readonly account: number | null; readonly now: number },
): Words | null {
  if (photos >= MAX_PHOTOS) {
    return { zh: `每个事件最多 ${MAX_PHOTOS} 张照片。`, en: `An event has at most ${MAX_PHOTOS} pictures.` }
  }
  if (closedAt === null) return null
  const isOwn = onTheSpot && stage === 'report' && reporter !== null && reporter === by.account
  if (isOwn && by.now - closedAt <= AFTER_THE_SPOT) return null
  return {
    zh: '事件已办结，不能再添加照片。',
    en: 'The event has ended; no more pictures can be added.',
  }
}

const EARLIEST = Date.parse('2000-01-01T00:00:00+08:00')
const DAY = 86_400_000

/** When a picture was taken, unless the camera's clock is plainly wrong. */
export function plausible(takenAt: Date | null, now: Date): Date | null {
  if (takenAt === null) return null
  const at = takenAt.getTime()
  return at >= EARLIEST && at <= now.getTime() + DAY ? takenAt : null
}
