import { useMemo } from 'react'
import {
  IconAlertTriangle,
  IconBorderOuter,
  IconClockExclamation,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import type { EventRow } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategoryName, useGridName } from '../data/catalog.ts'
import { useLive } from '../data/live.ts'
import { useOpenFigures } from '../events/Figures.tsx'
import { useSummary } from '../events/queries.ts'
import { alertsOf } from '../events/worst.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords } from '../i18n/span.ts'
import { LightMark } from '../ui/LightMark.tsx'
import { useDataAge } from './FeedState.tsx'
import css from './wall.module.css'
import { WallNews } from './WallNews.tsx'

interface ColumnProps {
  readonly worst: readonly EventRow[]
  readonly followedId: number | null
  readonly now: number
}

export function WallColumn({ worst, followedId, now }: ColumnProps) {
  const { t } = useLocal()
  return (
    <aside className={css['column']}>
      <Numbers />
      <section className={css['block']}>
        <h2>{t('wall.worst')}</h2>
        {worst.length === 0 ? <p className={css['quiet']}>{t('wall.noWorst')}</p> : null}
        <ol className={css['worst']}>
          {worst.map((row) => (
            <Line key={row.id} row={row} now={now} isFollowed={row.id === followedId} />
          ))}
        </ol>
      </section>
      <section className={css['block']}>
        <h2>{t('wall.alerts')}</h2>
        <AlertList now={now} />
      </section>
      <section className={css['block']}>
        <h2>{t('wall.recent')}</h2>
        <WallNews />
      </section>
    </aside>
  )
}

function Numbers() {
  const { t, number } = useLocal()
  const figures = useOpenFigures()
  const summary = useSummary().data
  const cells = [
    ['open', figures?.open],
    ['overdue', figures?.overdue],
    ['dueToday', figures?.dueToday],
    ['reportedToday', summary?.reportedToday],
    ['closedToday', summary?.closedToday],
  ] as const
  return (
    <dl className={css['numbers']}>
      {cells.map(([name, value]) => (
        <div key={name} data-name={name} data-zero={value === 0}>
          <dt>{t(`figure.${name}`)}</dt>
          <dd>{value === undefined ? '–' : number(value)}</dd>
        </div>
      ))}
      <div>
        <dt>{t('figure.onTime')}</dt>
        <dd>{summary ? `${(summary.onTimeRate * 100).toFixed(1)}%` : '–'}</dd>
      </div>
    </dl>
  )
}

interface LineProps {
  readonly row: EventRow
  readonly now: number
  readonly isFollowed: boolean
}

function Line({ row, now, isFollowed }: LineProps) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const gridName = useGridName()
  const shown = light(row, now)
  return (
    <li data-followed={isFollowed}>
      <LightMark light={shown} size={28} />
      <span className={css['what']}>{nameOf(row.category)}</span>
      <span className={css['left']} style={{ color: `var(--ink-${shown})` }}>
        {leftWords(t, Date.parse(row.dueAt), now)}
      </span>
      <span className={css['where']}>
        {[gridName(row.gridId) ?? t('events.noGrid'), row.address].filter(Boolean).join(' · ')}
      </span>
      <span className={css['status']}>{t(`status.${row.status}`)}</span>
    </li>
  )
}

function AlertList({ now }: { readonly now: number }) {
  const { t } = useLocal()
  const open = useLive((live) => live.open)
  const heardAt = useLive((live) => live.heardAt)
  const connection = useLive((live) => live.connection)
  const { freshness } = useDataAge()
  const { unsigned, soon, desk } = useMemo(() => alertsOf([...open.values()], now), [open, now])
  const isLost = freshness !== 'fresh' && connection !== 'live' && heardAt !== null
  if (unsigned + soon + desk === 0 && !isLost) return <p className={css['quiet']}>{t('wall.noAlerts')}</p>
  return (
    <ul className={css['alerts']}>
      {isLost ? (
        <li data-tone="red">
          <IconPlugConnectedX size={28} aria-hidden /> {t('wall.lost', { at: exactWords(t, heardAt, now) })}
        </li>
      ) : null}
      {unsigned > 0 ? (
        <li data-tone="red">
          <IconAlertTriangle size={28} aria-hidden /> {t('wall.unsigned', { count: unsigned })}
        </li>
      ) : null}
      {soon > 0 ? (
        <li data-tone="amber">
          <IconClockExclamation size={28} aria-hidden /> {t('wall.soon', { count: soon })}
        </li>
      ) : null}
      {desk > 0 ? (
        <li>
          <IconBorderOuter size={28} aria-hidden /> {t('wall.desk', { count: desk })}
        </li>
      ) : null}
    </ul>
  )
}
