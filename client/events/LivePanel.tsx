import { useEffect, useMemo } from 'react'
import { Button } from '@mantine/core'
import type { EventRow } from '#contract/events'
import { light, midnightOf } from '#rules/deadlines'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { conditions } from '../data/filter.ts'
import { useListing } from '../data/listing.ts'
import { useLive } from '../data/live.ts'
import { useShownEvents } from '../data/shown.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Exports } from '../ui/Exports.tsx'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, RowsComing } from '../ui/States.tsx'
import rowCss from '../ui/rows.module.css'
import { EventLine, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { FilterBar } from './FilterBar.tsx'
import { useFilterWords } from './filterwords.ts'
import { SECTIONS, useSectionJump, type SectionName } from './sections.ts'

type Item =
  | { readonly kind: 'heading'; readonly section: SectionName; readonly count: number }
  | { readonly kind: 'event'; readonly row: EventRow }

const DAY = 86_400_000
const HEADING_HEIGHT = 30

/** Open events, most urgent first: the rows behind the markers of the map, and as many. */
export function LivePanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number } = useLocal()
  const rows = useShownEvents()
  const loaded = useLive((live) => live.loaded)
  const filter = useView((view) => view.filter)
  const selection = useView((view) => view.selection)
  const now = useNow(LIGHT_SECONDS)
  const items = useMemo(() => itemsOf(rows, now), [rows, now])
  const jump = useSectionJump((state) => state.to)
  const words = useFilterWords(filter)

  const order = useMemo(
    () =>
      items.flatMap((item) => (item.kind === 'event' ? [{ kind: 'event' as const, id: item.row.id }] : [])),
    [items],
  )
  useEffect(() => useListing.setState({ items: order }), [order])

  const chosen = items.findIndex(
    (item) => item.kind === 'event' && selection.kind === 'event' && item.row.id === selection.id,
  )
  const jumped = items.findIndex((item) => item.kind === 'heading' && item.section === jump)

  return (
    <Panel
      title={t('live.title')}
      note={
        loaded
          ? `${t('events.total', { count: rows.length, n: number(rows.length) })} · ${t('live.first')}`
          : t('state.loading')
      }
      actions={
        <Exports
          title={t('live.title')}
          total={rows.length}
          filter={{ ...filter, state: 'open' }}
          conditions={words}
          rows={() => Promise.resolve(rows)}
        />
      }
      onClose={onClose}
    >
      <FilterBar over="open" />
      {loaded ? (
        <RowList
          label={t('live.title')}
          items={items}
          keyOf={(item) => (item.kind === 'event' ? item.row.id : item.section)}
          heightOf={(item) => (item.kind === 'event' ? LINE_HEIGHT : HEADING_HEIGHT)}
          activeIndex={chosen === -1 ? jumped : chosen}
          render={(item) =>
            item.kind === 'event' ? (
              <EventLine row={item.row} now={now} />
            ) : (
              <div className={rowCss['heading']}>
                <span>{t(`live.${item.section}`)}</span>
                <span>{number(item.count)}</span>
              </div>
            )
          }
          footer={rows.length === 0 ? <NoRows filtered={conditions(filter)} /> : null}
        />
      ) : (
        <Coming />
      )}
    </Panel>
  )
}

/** The feed goes on trying by itself; there is nothing to press. */
function Coming() {
  const { t } = useLocal()
  const connection = useLive((live) => live.connection)
  if (connection !== 'lost') return <RowsComing />
  return <Empty title={t('feed.lost')} note={t('state.offline')} />
}

function NoRows({ filtered }: { readonly filtered: number }) {
  const { t } = useLocal()
  const set = useView((view) => view.set)
  if (filtered === 0) return <Empty title={t('live.empty')} note={t('live.emptyHint')} />
  return (
    <Empty title={t('live.filtered')}>
      <Button size="xs" variant="default" onClick={() => set({ filter: {} })}>
        {t('filter.clearAll')}
      </Button>
    </Empty>
  )
}

function itemsOf(rows: readonly EventRow[], now: number): Item[] {
  return SECTIONS.flatMap((section) => {
    const members = rows.filter((row) => sectionOf(row, now) === section)
    if (members.length === 0) return []
    return [
      { kind: 'heading' as const, section, count: members.length },
      ...members.map((row) => ({ kind: 'event' as const, row })),
    ]
  })
}

function sectionOf(row: EventRow, now: number): SectionName {
  const shown = light(row, now)
  if (shown === 'hold') return 'hold'
  if (shown === 'red') return 'overdue'
  return Date.parse(row.dueAt) < midnightOf(now) + DAY ? 'today' : 'later'
}
