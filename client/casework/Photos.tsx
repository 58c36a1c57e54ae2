import { useState } from 'react'
import { UnstyledButton } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import type { EventRow, EventStatus } from '#contract/events'
import { PHOTO_STAGES, readThumb, type Photo, type PhotoStage } from '#contract/photos'
import { useMay } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { AddPhotos } from './AddPhotos.tsx'
import css from './photos.module.css'
import { PhotoViewer } from './PhotoViewer.tsx'
import { pathOf, usePhotoWords } from './photowords.ts'

interface PhotosProps {
  readonly event: EventRow
  readonly photos: readonly Photo[]
}

/** The pictures of a case by stage, before and after side by side in their order, and a place to add more. */
export function Photos({ event, photos }: PhotosProps) {
  const { t } = useLocal()
  const may = useMay('events.report')
  const [shown, setShown] = useState<number | null>(null)
  const ordered = PHOTO_STAGES.flatMap((stage) => photos.filter((photo) => photo.stage === stage))
  return (
    <>
      {ordered.length > 0 ? (
        <ul className={css['thumbs']}>
          {ordered.map((photo, k) => (
            <li key={photo.id}>
              <Thumb eventId={event.id} photo={photo} onOpen={() => setShown(k)} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={css['none']}>
          <IconPhoto size={16} stroke={1.5} aria-hidden /> {t('photos.none')}
        </p>
      )}
      {may ? <AddPhotos eventId={event.id} usual={stageAt(event.status)} /> : null}
      <PhotoViewer eventId={event.id} photos={ordered} shown={shown} onShow={setShown} />
    </>
  )
}

/** What a picture taken now most likely shows. */
function stageAt(status: EventStatus): PhotoStage {
  if (status === 'verifying') return 'verify'
  if (status === 'checking') return 'check'
  if (status === 'dispatched' || status === 'signed') return 'before'
  return status === 'handling' || status === 'handled' || status === 'closed' ? 'after' : 'report'
}

interface ThumbProps {
  readonly eventId: number
  readonly photo: Photo
  readonly onOpen: () => void
}

function Thumb({ eventId, photo, onOpen }: ThumbProps) {
  const { t } = useLocal()
  const words = usePhotoWords()
  const stage = t(`photos.stage.${photo.stage}`)
  return (
    <UnstyledButton
      className={css['thumb']}
      onClick={onOpen}
      aria-label={t('photos.view', { stage, at: words.taken(photo) })}
      title={`${words.taken(photo)} · ${words.away(photo)}`}
    >
      <img src={pathOf(readThumb.path, eventId, photo.id)} alt="" loading="lazy" decoding="async" />
      <span>{stage}</span>
    </UnstyledButton>
  )
}
