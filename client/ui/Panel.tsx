import type { ReactNode } from 'react'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import css from './panel.module.css'

interface PanelProps {
  readonly title: ReactNode
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A sheet over the map: a fixed head, and a body that scrolls by itself. */
export function Panel({ title, note, actions, onClose, children }: PanelProps) {
  const { t } = useLocal()
  return (
    <div className={css['panel']}>
      <header className={css['head']}>
        <div className={css['titles']}>
          <h2 className={css['title']}>{title}</h2>
          {note ? <p className={css['note']}>{note}</p> : null}
        </div>
        <div className={css['actions']}>
          {actions}
          <ActionIcon onClick={onClose} aria-label={t('app.close')} title={t('app.close')}>
            <IconX size={17} />
          </ActionIcon>
        </div>
      </header>
      <div className={css['body']}>{children}</div>
    </div>
  )
}

export function Scroll({ children }: { readonly children: ReactNode }) {
  return <div className={css['scroll']}>{children}</div>
}

interface SectionProps {
  readonly heading?: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Section({ heading, aside, children }: SectionProps) {
  return (
    <section className={css['section']}>
      {heading ? (
        <h3 className={css['heading']}>
          <span>{heading}</span>
          {aside}
        </h3>
      ) : null}
      {children}
    </section>
  )
}

export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={css['facts']}>{children}</dl>
}

export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
