import type { Photo } from '#contract/photos'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { useMetres } from '../ui/Why.tsx'

/** Where a picture or its thumbnail is. */
export const pathOf = (path: string, eventId: number, photoId: number): string =>
  path.replace(':id', String(eventId)).replace(':photo', String(photoId))

/** When and how far away a picture was taken, as far as the camera said. */
export function usePhotoWords() {
  const { t } = useLocal()
  const metres = useMetres()
  const now = useNow(60)
  return {
    taken: ({ takenAt }: Photo) =>
      takenAt === null
        ? t('photos.noTakenAt')
        : t('photos.takenAt', { at: exactWords(t, Date.parse(takenAt), now) }),
    away: ({ takenAwayM }: Photo) =>
      takenAwayM === null ? t('photos.noAway') : t('photos.away', { metres: metres(takenAwayM) }),
    uploaded: ({ uploadedAt }: Photo) =>
      t('photos.uploaded', { at: exactWords(t, Date.parse(uploadedAt), now) }),
  }
}
