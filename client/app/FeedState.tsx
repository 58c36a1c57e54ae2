import { useState } from 'react'
import { Popover, UnstyledButton } from '@mantine/core'
import { useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { useLocal } from '../i18n/local.ts'
import { Fact, Facts } from '../ui/Panel.tsx'
import css from './strip.module.css'

/** Data older than this is worth a look; the wall's border turns at the same ages. */
const STALE_MS = 30_000
const DEAD_MS = 90_000

export type Freshness = 'fresh' | 'stale' | 'dead'

/** Age of the data by this machine's own clock, and what to think of it. */
export function useDataAge(): { readonly ageMs: number | null; readonly freshness: Freshness } {
  const now = useNow(1)
  const heardAt = useLive((live) => live.heardAt)
  const skewMs = useLive((live) => live.skewMs)
  if (heardAt === null) return { ageMs: null, freshness: 'stale' }
  const ageMs = Math.max(0, now - skewMs - heardAt)
  return { ageMs, freshness: ageMs >= DEAD_MS ? 'dead' : ageMs >= STALE_MS ? 'stale' : 'fresh' }
}

export function useAgeWords(): (ageMs: number) => string {
  const { t } = useLocal()
  return (ageMs) => {
    const seconds = Math.floor(ageMs / 1000)
    if (seconds < 100) return t('feed.ageSeconds', { count: seconds })
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return t('feed.ageMinutes', { count: minutes })
    return t('feed.ageHours', { count: Math.floor(minutes / 60) })
  }
}

/** How old the picture is; opened, how the line to the server has been. */
export function FeedState() {
  const { t, number } = useLocal()
  const [opened, setOpened] = useState(false)
  const { ageMs, freshness } = useDataAge()
  const ageWords = useAgeWords()
  const { connection, gaps, snapshots, open } = useLive()
  const state = connection === 'live' ? freshness : 'dead'
  const age = ageMs === null ? t('feed.never') : ageWords(ageMs)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={280} returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={css['feed']}
          data-state={state}
          onClick={() => setOpened((was) => !was)}
          title={t('feed.title')}
        >
          <span className={css['dot']} aria-hidden />
          <span>{t(`feed.${connection}`)}</span>
          <span className={css['age']}>{age}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <h2 className={css['feedTitle']}>{t('feed.title')}</h2>
        <Facts>
          <Fact label={t('feed.connection')}>{t(`feed.${connection}`)}</Fact>
          <Fact label={t('feed.heard')}>{age}</Fact>
          <Fact label={t('feed.rows')}>{number(open.size)}</Fact>
          <Fact label={t('feed.snapshots')}>{t('feed.times', { count: snapshots })}</Fact>
          <Fact label={t('feed.gaps')}>
            <span data-testid="gaps">{number(gaps)}</span>
          </Fact>
        </Facts>
        <p className={css['feedNote']}>{t('feed.gapsHint')}</p>
      </Popover.Dropdown>
    </Popover>
  )
}
