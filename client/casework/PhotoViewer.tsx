import { ActionIcon, Modal } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { readPhoto, type Photo } from '#contract/photos'
import { useLocal } from '../i18n/local.ts'
import css from './photos.module.css'
import { pathOf, usePhotoWords } from './photowords.ts'

interface ViewerProps {
  readonly eventId: number
  readonly photos: readonly Photo[]
  readonly shown: number | null
  readonly onShow: (at: number | null) => void
}

/** One picture large, with what the camera said; arrow keys go on. */
export function PhotoViewer({ eventId, photos, shown, onShow }: ViewerProps) {
  const { t } = useLocal()
  const words = usePhotoWords()
  const photo = shown === null ? undefined : photos[shown]
  const go = (by: 1 | -1) => {
    if (shown !== null && photos[shown + by]) onShow(shown + by)
  }
  function onKeyDown({ key }: KeyboardEvent): void {
    if (key === 'ArrowRight') go(1)
    if (key === 'ArrowLeft') go(-1)
  }
  return (
    <Modal
      opened={photo !== undefined}
      onClose={() => onShow(null)}
      onKeyDown={onKeyDown}
      title={photo ? t('photos.viewer', { n: (shown ?? 0) + 1, total: photos.length }) : null}
      size="min(1100px, 94vw)"
      centered
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {photo ? (
        <figure className={css['large']}>
          <div className={css['frame']}>
            <ActionIcon
              size={36}
              aria-label={t('photos.previous')}
              disabled={shown === 0}
              onClick={() => go(-1)}
            >
              <IconChevronLeft size={22} />
            </ActionIcon>
            <img
              src={pathOf(readPhoto.path, eventId, photo.id)}
              width={photo.width}
              height={photo.height}
              alt={t('photos.view', { stage: t(`photos.stage.${photo.stage}`), at: words.taken(photo) })}
            />
            <ActionIcon
              size={36}
              aria-label={t('photos.next')}
              disabled={shown === photos.length - 1}
              onClick={() => go(1)}
            >
              <IconChevronRight size={22} />
            </ActionIcon>
          </div>
          <figcaption>
            <strong>{t(`photos.stage.${photo.stage}`)}</strong>
            {[words.taken(photo), words.away(photo), words.uploaded(photo)].join(' · ')}
          </figcaption>
        </figure>
      ) : null}
    </Modal>
  )
}
