import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import css from './panel.module.css'

interface NumberProps {
  readonly number: string
  /** What the button copies, in words. */
  readonly label: string
}

/** A number as people quote it, with a way to take it along. */
export function CopyNumber({ number, label }: NumberProps) {
  const { t } = useLocal()
  return (
    <span className={css['number']}>
      {number}
      <CopyButton value={number}>
        {({ copied, copy }) => {
          const words = copied ? t('app.copied') : label
          return (
            <ActionIcon size={20} onClick={copy} aria-label={words} title={words}>
              {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
            </ActionIcon>
          )
        }}
      </CopyButton>
    </span>
  )
}
