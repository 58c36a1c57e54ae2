import { useEffect } from 'react'
import { ActionIcon } from '@mantine/core'
import { IconMapPinFilled, IconX } from '@tabler/icons-react'
import { useLocal } from '../../i18n/local.ts'
import css from './impact.module.css'
import { unpoint, usePointed } from './pointed.ts'

/** What is marked on the map, and how to be rid of it; with the sheet the marks go too. */
export function PointedBar() {
  const { t } = useLocal()
  const pointed = usePointed(({ pointed: shown }) => shown)
  useEffect(() => unpoint, [])
  if (!pointed) return null
  return (
    <output className={css['pointed']}>
      <IconMapPinFilled size={14} aria-hidden />
      <span>{t('impact.shown', { what: pointed.words })}</span>
      <ActionIcon size="sm" aria-label={t('impact.clear')} title={t('impact.clear')} onClick={unpoint}>
        <IconX size={14} />
      </ActionIcon>
    </output>
  )
}
