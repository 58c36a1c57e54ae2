import { useEffect, useMemo } from 'react'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useLive } from '../data/live.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { EventLine, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, RowsComing } from '../ui/States.tsx'
import { listDesk, type Desk } from './desks.ts'

interface PanelProps {
  readonly onClose: () => void
}

export const IntakePanel = ({ onClose }: PanelProps) => <DeskPanel desk="intake" onClose={onClose} />
export const DispatchPanel = ({ onClose }: PanelProps) => <DeskPanel desk="dispatch" onClose={onClose} />
export const UnitPanel = ({ onClose }: PanelProps) => <DeskPanel desk="unit" onClose={onClose} />
export const BorderPanel = ({ onClose }: PanelProps) => <DeskPanel desk="desk" onClose={onClose} />
export const SupervisionPanel = ({ onClose }: PanelProps) => (
  <DeskPanel desk="supervision" onClose={onClose} />
)

export function DeskPanel({ desk, onClose }: PanelProps & { readonly desk: Desk }) {
  const { t, number } = useLocal()
  const open = useLive((live) => live.open)
  const loaded = useLive((live) => live.loaded)
  const selection = useView((view) => view.selection)
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const rows = useMemo(() => listDesk(desk, open.values(), actor, now), [desk, open, actor, now])
  useEffect(() => {
    useListing.setState({ items: rows.map(({ id }) => ({ kind: 'event', id })) })
  }, [rows])
  return (
    <Panel
      title={t(`panel.${desk}`)}
      note={t('events.total', { count: rows.length, n: number(rows.length) })}
      onClose={onClose}
    >
      {loaded ? (
        <RowList
          label={t(`panel.${desk}`)}
          items={rows}
          keyOf={(row) => row.id}
          heightOf={() => LINE_HEIGHT}
          activeIndex={rows.findIndex((row) => selection.kind === 'event' && row.id === selection.id)}
          render={(row) => <EventLine row={row} now={now} />}
          footer={rows.length === 0 ? <Empty title={t('desk.empty')} note={t('desk.emptyHint')} /> : null}
        />
      ) : (
        <RowsComing />
      )}
    </Panel>
  )
}
