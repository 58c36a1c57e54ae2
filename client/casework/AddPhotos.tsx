import { useEffect, useRef, useState, type DragEvent } from 'react'
import { Button, CloseButton, Progress, Select } from '@mantine/core'
import { IconCameraPlus } from '@tabler/icons-react'
import { PHOTO_STAGES, type PhotoStage } from '#contract/photos'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import css from './photos.module.css'
import { MOST_MB, useUploads, type Upload } from './upload.ts'

interface AddProps {
  readonly eventId: number
  /** The stage to start with. */
  readonly usual: PhotoStage
}

/** Pictures by choosing, dropping or pasting, several at once, each with its progress. */
export function AddPhotos({ eventId, usual }: AddProps) {
  const { t } = useLocal()
  const { uploads, add, again, dismiss } = useUploads(eventId)
  const [chosen, setChosen] = useState<PhotoStage | null>(null)
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const stage = chosen ?? usual
  const latest = useRef((_files: Iterable<File>) => {})
  useEffect(() => {
    latest.current = (files) => void add(files, stage)
  })
  useEffect(() => {
    const onPaste = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])]
      if (files.length > 0) latest.current(files)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [])
  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    latest.current(event.dataTransfer.files)
  }
  return (
    <div
      className={css['drop']}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className={css['adding']}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCameraPlus size={16} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {t('photos.add')}
        </Button>
        <Select
          size="xs"
          w={112}
          aria-label={t('photos.stageLabel')}
          allowDeselect={false}
          value={stage}
          onChange={(value) => setChosen(PHOTO_STAGES.find((each) => each === value) ?? null)}
          data={PHOTO_STAGES.map((value) => ({ value, label: t(`photos.stage.${value}`) }))}
        />
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={t('photos.add')}
          onChange={(event) => {
            latest.current([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
      </div>
      <p className={css['hint']}>{t('photos.dropHint')}</p>
      {uploads.map((upload) => (
        <Going key={upload.key} upload={upload} onAgain={() => void again(upload)} onDismiss={dismiss} />
      ))}
    </div>
  )
}

interface GoingProps {
  readonly upload: Upload
  readonly onAgain: () => void
  readonly onDismiss: (key: number) => void
}

function Going({ upload, onAgain, onDismiss }: GoingProps) {
  const { t } = useLocal()
  const sentence = useSentence()
  const { key, file, sent, error } = upload
  if (error === null) {
    return (
      <output className={css['going']}>
        <span>{t('photos.uploading', { name: file.name })}</span>
        <Progress size="sm" value={sent * 100} aria-label={t('photos.uploading', { name: file.name })} />
      </output>
    )
  }
  const isOurs = error === 'tooLarge' || error === 'notPicture'
  const why = isOurs ? t(`photos.${error}`, { mb: MOST_MB }) : sentence(error)
  return (
    <div className={css['going']} role="alert" data-failed>
      <span>{t('photos.failed', { name: file.name, why })}</span>
      <span>
        {isOurs ? null : (
          <Button size="compact-xs" variant="default" onClick={onAgain}>
            {t('photos.retry')}
          </Button>
        )}
        <CloseButton size="sm" aria-label={t('photos.dismiss')} onClick={() => onDismiss(key)} />
      </span>
    </div>
  )
}
