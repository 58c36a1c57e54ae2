import type { ReactNode } from 'react'
import { Button, Skeleton } from '@mantine/core'
import { IconCloudOff, IconInbox, IconRefresh } from '@tabler/icons-react'
import { Refusal } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import css from './panel.module.css'

interface EmptyProps {
  readonly title: string
  readonly note?: string
  readonly children?: ReactNode
}

export function Empty({ title, note, children }: EmptyProps) {
  return (
    <div className={css['state']}>
      <IconInbox size={30} stroke={1.4} aria-hidden />
      <p className={css['stateTitle']}>{title}</p>
      {note ? <p className={css['stateNote']}>{note}</p> : null}
      {children}
    </div>
  )
}

/** What went wrong, in the reader's words: the server's own sentence where it gave one. */
export function useSentence(): (error: unknown) => string {
  const { t, language } = useLocal()
  return (error) => {
    if (!(error instanceof Refusal)) return t('state.failed')
    const { status, type } = error.problem
    if (status === 0) return t('state.offline')
    return type === 'about:blank' ? t('state.server', { status }) : error.sentence(language)
  }
}

export function Failure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useLocal()
  const sentence = useSentence()
  const status = error instanceof Refusal ? error.problem.status : null
  if (status === 404) return <Empty title={t('state.missing')} note={t('state.missingHint')} />
  if (status === 403) return <Empty title={t('state.forbidden')} note={sentence(error)} />
  return (
    <div className={css['state']} role="alert">
      <IconCloudOff size={30} stroke={1.4} aria-hidden />
      <p className={css['stateTitle']}>{t('state.failed')}</p>
      <p className={css['stateNote']}>{sentence(error)}</p>
      <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={retry}>
        {t('state.retry')}
      </Button>
    </div>
  )
}

/** The outline of rows that are still on their way. */
export function RowsComing({ rows = 8 }: { readonly rows?: number }) {
  const { t } = useLocal()
  return (
    <output className={css['coming']} aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, k) => (
        <div key={k} className={css['skeleton']}>
          <Skeleton height={12} width={`${58 - ((k * 13) % 30)}%`} />
          <Skeleton height={10} width={`${88 - ((k * 17) % 40)}%`} />
        </div>
      ))}
    </output>
  )
}
