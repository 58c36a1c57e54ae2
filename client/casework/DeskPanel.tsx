import { useEffect, useMemo, type ReactNode } from 'react'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useLive } from '../data/live.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Exports } from '../ui/Exports.tsx'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, RowsComing } from '../ui/States.tsx'
import rowCss from '../ui/rows.module.css'
import { BulkBar } from './BulkBar.tsx'
import { checkedOf, useChecked } from './checked.ts'
import { DeskHead } from './DeskHead.tsx'
import { DeskLine, lineHeight } from './DeskLine.tsx'
import { filterOf, GROUPS, groupOf, listDesk, type Desk, type Group } from './desks.ts'
import { bulkMovesOf } from './moves.ts'

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

const HEADING_HEIGHT = 30

type Item =
  | { readonly kind: 'heading'; readonly group: Group; readonly count: number }
  | { readonly kind: 'event'; readonly row: ReturnType<typeof listDesk>[number] }

interface DeskProps extends PanelProps {
  readonly desk: Desk
  /** What the desk asks of the server beside the open rows, after them. */
  readonly more?: ReactNode
}

/** One place of work: its open events by heading and deadline, moves on several at once, and keys for all of it. */
export function DeskPanel({ desk, more = null, onClose }: DeskProps) {
  const { t, number } = useLocal()
  const open = useLive((live) => live.open)
  const loaded = useLive((live) => live.loaded)
  const selection = useView((view) => view.selection)
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const rows = useMemo(() => listDesk(desk, open.values(), actor, now), [desk, open, actor, now])
  const items = useMemo(() => itemsOf(desk, rows, now), [desk, rows, now])
  const canCheck = bulkMovesOf(desk, actor).length > 0
  const checkedIds = useChecked((state) => state.ids)
  const checked = useMemo(() => checkedOf(rows, checkedIds), [rows, checkedIds])
  useEffect(() => {
    useListing.setState({ items: rows.map(({ id }) => ({ kind: 'event', id })) })
  }, [rows])
  const active = items.findIndex(
    (item) => item.kind === 'event' && selection.kind === 'event' && item.row.id === selection.id,
  )
  return (
    <Panel
      title={t(`panel.${desk}`)}
      note={
        loaded
          ? `${t('events.total', { count: rows.length, n: number(rows.length) })} · ${t(`deskHint.${desk}`)}`
          : t('state.loading')
      }
      actions={
        <Exports
          title={t(`panel.${desk}`)}
          total={rows.length}
          filter={filterOf(desk, actor)}
          conditions={t(`deskHint.${desk}`)}
          rows={() => Promise.resolve(rows)}
        />
      }
      onClose={onClose}
    >
      {loaded ? (
        <>
          {rows.length > 0 && canCheck ? <DeskHead desk={desk} rows={rows} checked={checked} /> : null}
          <RowList
            label={t(`panel.${desk}`)}
            items={items}
            keyOf={(item) => (item.kind === 'event' ? item.row.id : item.group)}
            heightOf={(item) => (item.kind === 'event' ? lineHeight(desk, item.row) : HEADING_HEIGHT)}
            activeIndex={active}
            render={(item) =>
              item.kind === 'event' ? (
                <DeskLine desk={desk} row={item.row} order={canCheck ? rows : null} now={now} />
              ) : (
                <div className={rowCss['heading']}>
                  <span>{t(`deskGroup.${item.group}`)}</span>
                  <span>{number(item.count)}</span>
                </div>
              )
            }
            footer={
              <>
                {rows.length === 0 ? (
                  <Empty title={t(`deskEmpty.${desk}`)} note={t('mine.emptyHint')} />
                ) : null}
                {more}
              </>
            }
          />
          <BulkBar desk={desk} checked={checked} />
        </>
      ) : (
        <RowsComing />
      )}
    </Panel>
  )
}

function itemsOf(desk: Desk, rows: ReturnType<typeof listDesk>, now: number): Item[] {
  return GROUPS[desk].flatMap((group) => {
    const members = rows.filter((row) => groupOf(desk, row, now) === group)
    if (members.length === 0) return []
    return [
      { kind: 'heading' as const, group, count: members.length },
      ...members.map((row) => ({ kind: 'event' as const, row })),
    ]
  })
}
