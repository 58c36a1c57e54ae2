import { useEffect, useMemo } from 'react'
import { UnstyledButton } from '@mantine/core'
import type { EventRow } from '#contract/events'
import { useGridName } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useLive } from '../data/live.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, RowsComing } from '../ui/States.tsx'
import { useMetres } from '../ui/Why.tsx'
import css from './detail.module.css'
import { EventLine, LINE_HEIGHT } from './EventLine.tsx'
import { useEvent } from './queries.ts'

const HINT_HEIGHT = 34

/** Open events that lie in no grid, oldest deadline first, for a person to place. */
export function DeskPanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number } = useLocal()
  const open = useLive((live) => live.open)
  const loaded = useLive((live) => live.loaded)
  const selection = useView((view) => view.selection)
  const now = useNow(LIGHT_SECONDS)
  const rows = useMemo(
    () =>
      [...open.values()]
        .filter((row) => row.gridId === null)
        .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    [open],
  )
  useEffect(() => {
    useListing.setState({ items: rows.map(({ id }) => ({ kind: 'event', id })) })
  }, [rows])
  return (
    <Panel
      title={t('desk.title')}
      note={
        loaded
          ? `${t('events.total', { count: rows.length, n: number(rows.length) })} · ${t('desk.hint')}`
          : t('desk.hint')
      }
      onClose={onClose}
    >
      {loaded ? (
        <RowList
          label={t('desk.title')}
          items={rows}
          keyOf={(row) => row.id}
          heightOf={() => LINE_HEIGHT + HINT_HEIGHT}
          activeIndex={rows.findIndex((row) => selection.kind === 'event' && row.id === selection.id)}
          render={(row) => <DeskLine row={row} now={now} />}
          footer={rows.length === 0 ? <Empty title={t('desk.empty')} note={t('desk.emptyHint')} /> : null}
        />
      ) : (
        <RowsComing />
      )}
    </Panel>
  )
}

function DeskLine({ row, now }: { readonly row: EventRow; readonly now: number }) {
  const { t } = useLocal()
  const gridName = useGridName()
  const metres = useMetres()
  const set = useView((view) => view.set)
  const nearest = useEvent(row.id).data?.placement.candidates[0]
  const isCurrent = useView(({ selection }) => selection.kind === 'event' && selection.id === row.id)
  return (
    <div className={css['deskLine']} data-current={isCurrent}>
      <div style={{ height: LINE_HEIGHT - 1 }}>
        <EventLine row={row} now={now} />
      </div>
      <div className={css['deskHint']}>
        <span>
          {nearest
            ? t('desk.nearest', {
                grid: gridName(nearest.id) ?? nearest.name,
                metres: metres(nearest.distanceM),
              })
            : null}
        </span>
        <UnstyledButton
          className={css['link']}
          onClick={() => set({ selection: { kind: 'event', id: row.id } })}
        >
          {t('desk.place')}
        </UnstyledButton>
      </div>
    </div>
  )
}
