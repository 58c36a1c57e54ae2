import { useMemo } from 'react'
import { Tooltip, UnstyledButton } from '@mantine/core'
import type { EventFilter, EventRow } from '#contract/events'
import { light, midnightOf } from '#rules/deadlines'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLive } from '../data/live.ts'
import { useMay } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import css from './figures.module.css'
import { startOf } from './period.ts'
import { useSummary } from './queries.ts'
import { useSectionJump } from './sections.ts'

const DAY = 86_400_000

export interface OpenFigures {
  readonly open: number
  readonly overdue: number
  readonly dueToday: number
}

/** Figures of the open events, from the same rows as map and list, so that the three never differ. */
function openFigures(rows: Iterable<EventRow>, now: number): OpenFigures {
  const tomorrow = midnightOf(now) + DAY
  let [open, overdue, dueToday] = [0, 0, 0]
  for (const row of rows) {
    const shown = light(row, now)
    open += 1
    overdue += Number(shown === 'red')
    dueToday += Number((shown === 'green' || shown === 'amber') && Date.parse(row.dueAt) < tomorrow)
  }
  return { open, overdue, dueToday }
}

export function useOpenFigures(): OpenFigures | null {
  const rows = useLive((live) => live.open)
  const loaded = useLive((live) => live.loaded)
  const now = useNow(LIGHT_SECONDS)
  return useMemo(() => (loaded ? openFigures(rows.values(), now) : null), [rows, loaded, now])
}

/** The numbers of the day; each opens its rows, for those who may see them. */
export function Figures() {
  const { t, number } = useLocal()
  const set = useView((view) => view.set)
  const hasRows = useMay('events.read')
  const hasCounts = useMay('events.count')
  const figures = useOpenFigures()
  const summary = useSummary().data
  const now = useNow(60)
  if (!hasCounts) return null
  const open = (press: () => void) => (hasRows ? { onClick: press } : {})
  const rows = (filter: EventFilter) => open(() => set({ panel: 'events', filter }))
  const count = (n: number | undefined) => (n === undefined ? null : number(n))
  const counted = hasRows ? figures : summary
  return (
    // On a phone it scrolls: where nothing in it is pressed, the keyboard holds the strip itself.
    <section className={css['figures']} aria-label={t('figure.label')} {...(hasRows ? {} : { tabIndex: 0 })}>
      <Figure name="open" value={count(counted?.open)} {...open(() => set({ panel: 'live', filter: {} }))} />
      <Figure
        name="overdue"
        value={count(counted?.overdue)}
        tone={counted?.overdue ? 'late' : 'plain'}
        {...rows({ state: 'open', light: ['red'] })}
      />
      <Figure
        name="dueToday"
        value={count(counted?.dueToday)}
        {...open(() => {
          useSectionJump.setState({ to: 'today' })
          set({ panel: 'live', filter: {}, selection: { kind: 'none' } })
        })}
      />
      <Figure
        name="reportedToday"
        value={count(summary?.reportedToday)}
        {...rows({ from: startOf('today', now) })}
      />
      <Figure
        name="closedToday"
        value={count(summary?.closedToday)}
        {...rows({ status: ['closed', 'revisited'], closedFrom: startOf('today', now) })}
      />
      <Figure name="onTheSpot" value={count(summary?.onTheSpot)} />
      <OnTime />
    </section>
  )
}

/** The rate with its formula where it stands: what was on time, of what was closed or should have been. */
function OnTime() {
  const { t, number } = useLocal()
  const summary = useSummary().data
  const scored = summary?.scored
  const parts = scored && {
    onTime: number(scored.onTime),
    closed: number(scored.closed),
    overdue: number(scored.overdue),
    all: number(scored.closed + scored.overdue),
  }
  return (
    <Tooltip label={parts ? t('figure.onTimeHow', parts) : t('figure.onTimeHint')}>
      <div className={css['figure']}>
        <span className={css['value']} data-testid="figure-onTime">
          {summary ? `${(summary.onTimeRate * 100).toFixed(1)}%` : '–'}
        </span>
        <span className={css['label']}>{parts ? t('figure.onTimeOf', parts) : t('figure.onTime')}</span>
      </div>
    </Tooltip>
  )
}

type Name = 'open' | 'overdue' | 'dueToday' | 'reportedToday' | 'closedToday' | 'onTheSpot'

interface FigureProps {
  readonly name: Name
  readonly value: string | null
  readonly tone?: 'plain' | 'late'
  readonly onClick?: () => void
}

function Figure({ name, value, tone = 'plain', onClick }: FigureProps) {
  const { t } = useLocal()
  const inner = (
    <>
      <span className={css['value']} data-tone={tone} data-testid={`figure-${name}`}>
        {value ?? '–'}
      </span>
      <span className={css['label']}>{t(`figure.${name}`)}</span>
    </>
  )
  return (
    <Tooltip label={t(`figure.${name}Hint`)}>
      {onClick ? (
        <UnstyledButton className={css['figure']} onClick={onClick}>
          {inner}
        </UnstyledButton>
      ) : (
        <div className={css['figure']}>{inner}</div>
      )}
    </Tooltip>
  )
}
