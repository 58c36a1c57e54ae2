import { useMemo } from 'react'
import type { EventRow } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategoryName, useGridName, useSubdistrict } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { isUnacknowledged, worstFirst } from '../events/worst.ts'
import { useLocal } from '../i18n/local.ts'
import { dayWords, leftWords, timeOf } from '../i18n/span.ts'
import { LightMark } from '../ui/LightMark.tsx'
import { useAgeWords, useDataAge } from './FeedState.tsx'
import { MapBoundary } from './MapBoundary.tsx'
import { MapStage } from './MapStage.tsx'
import { useRefresh } from './refresh.ts'
import { useTour } from './tour.ts'
import css from './wall.module.css'
import { WallColumn } from './WallColumn.tsx'

const NO_INSETS = { top: 24, right: 24, bottom: 24, left: 24 }

/** The screen on the wall: nothing to press, nothing that runs out, and honest about the age of what it shows. */
export default function Wall() {
  const { t, either } = useLocal()
  useRefresh()
  const place = useSubdistrict().data
  const { freshness } = useDataAge()
  const open = useLive((live) => live.open)
  const now = useNow(LIGHT_SECONDS)
  const worst = useMemo(() => worstFirst(open.values(), now), [open, now])
  const followed = useTour(worst.find(isUnacknowledged) ?? worst[0])
  return (
    <div className={css['wall']} data-freshness={freshness} data-testid="wall">
      <header className={css['head']}>
        <h1>
          {place ? either(place.name, place.nameEn) : t('app.title')}
          <span>{t('wall.title')}</span>
        </h1>
        {place?.demo ? <span className={css['demo']}>{t('app.demo')}</span> : null}
        <Age />
        <Clock />
      </header>
      <main className={css['map']}>
        <MapBoundary>
          <MapStage insets={NO_INSETS} controls="wall" />
        </MapBoundary>
        {followed ? <Followed row={followed} now={now} /> : null}
      </main>
      <WallColumn worst={worst.slice(0, 5)} followedId={followed?.id ?? null} now={now} />
    </div>
  )
}

/** What the map is showing while it is away from the whole. */
function Followed({ row, now }: { readonly row: EventRow; readonly now: number }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const gridName = useGridName()
  const shown = light(row, now)
  return (
    <div className={css['followed']} data-testid="followed">
      <span className={css['following']}>{t('wall.following')}</span>
      <LightMark light={shown} size={30} />
      <strong>{nameOf(row.category)}</strong>
      <strong style={{ color: `var(--ink-${shown})` }}>{leftWords(t, Date.parse(row.dueAt), now)}</strong>
      <span>{gridName(row.gridId) ?? t('events.noGrid')}</span>
      <span>{t(`status.${row.status}`)}</span>
    </div>
  )
}

function Clock() {
  const { t } = useLocal()
  const now = useNow(1)
  return (
    <div className={css['clock']}>
      <span>{dayWords(t, now)}</span>
      <strong>{timeOf(now)}</strong>
    </div>
  )
}

function Age() {
  const { t } = useLocal()
  const ageWords = useAgeWords()
  const { ageMs, freshness } = useDataAge()
  return (
    <div className={css['age']} data-freshness={freshness}>
      <i aria-hidden />
      {ageMs === null ? t('feed.connecting') : ageWords(ageMs)}
    </div>
  )
}
