import { UnstyledButton } from '@mantine/core'
import { IconAlertSquareRounded, IconEyeExclamation, IconStarFilled } from '@tabler/icons-react'
import type { Case } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import css from './case.module.css'
import { LEVELS } from './moves.ts'

interface FlagsProps {
  readonly event: EventRow
  readonly work: Case | undefined
}

/** What sets a case apart: supervision, importance, how it was solved, and where it went or what went into it. */
export function Flags({ event, work }: FlagsProps) {
  const { t } = useLocal()
  return (
    <div className={css['flags']}>
      {event.supervision > 0 ? <Card supervision={event.supervision} /> : null}
      {event.important ? (
        <span className={css['flag']} data-level="important">
          <IconStarFilled size={12} aria-hidden />
          {t('work.important')}
        </span>
      ) : null}
      {work ? <Past work={work} /> : null}
      {work ? <Links work={work} /> : null}
    </div>
  )
}

function Card({ supervision }: Pick<EventRow, 'supervision'>) {
  const { t } = useLocal()
  const level = LEVELS[supervision] ?? 'none'
  const Icon = level === 'ordinary' ? IconEyeExclamation : IconAlertSquareRounded
  return (
    <span className={css['flag']} data-level={level}>
      <Icon size={14} aria-hidden />
      {t(`level.${level}`)}
    </span>
  )
}

function Past({ work }: { readonly work: Case }) {
  const { t } = useLocal()
  const flags = [
    work.onTheSpot ? t('work.onTheSpot') : null,
    work.unscored ? t('work.unscored') : null,
    work.reworks > 0 ? t('work.reworks', { count: work.reworks }) : null,
    work.reopened > 0 ? t('work.reopened', { count: work.reopened }) : null,
  ].filter((flag) => flag !== null)
  return flags.map((flag) => (
    <span key={flag} className={css['flag']}>
      {flag}
    </span>
  ))
}

function Links({ work }: { readonly work: Case }) {
  const { t } = useLocal()
  const set = useView((view) => view.set)
  const { mergedInto, mergedFrom } = work
  if (mergedInto === null && mergedFrom.length === 0) return null
  const link = (id: number) => (
    <UnstyledButton
      key={id}
      className={css['link']}
      onClick={() => set({ selection: { kind: 'event', id } })}
    >
      #{id}
    </UnstyledButton>
  )
  return (
    <p className={css['links']}>
      {mergedInto === null ? null : (
        <>
          {t('work.mergedInto')} {link(mergedInto)}
        </>
      )}
      {mergedFrom.length > 0 ? (
        <>
          {t('work.mergedFrom', { count: mergedFrom.length })} {mergedFrom.map(link)}
        </>
      ) : null}
    </p>
  )
}
