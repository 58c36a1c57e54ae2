import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { listEvents, type EventFilter, type EventRow } from '#contract/events'
import { midnightOf } from '#rules/deadlines'
import { call } from '../data/api.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { EventLine, LEAD_LINE_HEIGHT, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { Failure } from '../ui/States.tsx'
import rowCss from '../ui/rows.module.css'
import css from './desk.module.css'
import { DeskPanel } from './DeskPanel.tsx'

const DAY = 86_400_000
const LATELY_DAYS = 7
const SHOWN = 50

/** Checks and closes; below the open rows what only the server knows: requests on ended events, and what was lately closed. */
export function ClosingPanel({ onClose }: { readonly onClose: () => void }) {
  const now = useNow(LIGHT_SECONDS)
  const from = new Date(midnightOf(now) - LATELY_DAYS * DAY).toISOString()
  return (
    <DeskPanel
      desk="closing"
      onClose={onClose}
      more={
        <>
          <EndedList group="asked" filter={{ state: 'ended', asks: ['reopen', 'appeal'] }} now={now} />
          <EndedList group="revisit" filter={{ status: ['closed'], closedFrom: from }} now={now} />
        </>
      }
    />
  )
}

interface EndedProps {
  readonly group: 'asked' | 'revisit'
  readonly filter: EventFilter
  readonly now: number
}

function EndedList({ group, filter, now }: EndedProps) {
  const { t, number } = useLocal()
  const { data, error, refetch } = useQuery({
    queryKey: ['events', 'closing', group, filter],
    queryFn: ({ signal }) => call(listEvents, { query: { ...filter, sort: 'newest', limit: SHOWN }, signal }),
    placeholderData: keepPreviousData,
  })
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />
  if (!data || data.total === 0) return null
  return (
    <section aria-label={t(`deskGroup.${group}`)}>
      <div className={rowCss['heading']} style={{ height: 30 }}>
        <span>{t(`deskGroup.${group}`)}</span>
        <span>{number(data.total)}</span>
      </div>
      <ul className={css['rows']}>
        {data.items.map((row) => (
          <li key={row.id} style={{ height: row.asks.length === 0 ? LINE_HEIGHT : LEAD_LINE_HEIGHT }}>
            <EventLine row={row} now={now} lead={leadOf(row, t)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function leadOf({ asks }: EventRow, t: ReturnType<typeof useLocal>['t']): string | null {
  return asks.length === 0 ? null : asks.map((ask) => t(`ask.${ask}`)).join(' · ')
}
