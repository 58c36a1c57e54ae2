import { IconMinus, IconPlus, IconX, IconZoomScan } from '@tabler/icons-react'
import { ActionIcon } from '@mantine/core'
import type { EventRow } from '#contract/events'
import type { GridFeature } from '#contract/grids'
import { light } from '#rules/deadlines'
import { useCategoryName } from '../data/catalog.ts'
import { EventLine } from '../ui/EventLine.tsx'
import { IDLE, loads } from '../grids/measure.ts'
import { useLocal } from '../i18n/local.ts'
import { leftWords } from '../i18n/span.ts'
import type { Box } from '../map/camera.ts'
import { fly } from '../map/fly.ts'
import css from '../map/map.module.css'
import type { Pick } from '../map/picks.ts'
import { LightMark } from '../ui/LightMark.tsx'

interface Shown {
  readonly grids: readonly GridFeature[]
  readonly events: readonly EventRow[]
  readonly now: number
}

/** Beside the pointer: what it is on, in a few words. */
export function HoverCard({ pick, grids, events, now }: Shown & { readonly pick: Pick | null }) {
  const [id] = pick?.ids ?? []
  const grid = pick?.what === 'grid' ? grids.find((each) => each.id === id) : undefined
  const event = pick?.what === 'event' ? events.find((each) => each.id === id) : undefined
  if (!pick || (!grid && !event)) return null
  return (
    <div
      className={`${css['card']} ${css['hover']}`}
      style={{ translate: beside(pick.at, 260, 90) }}
      aria-hidden
    >
      {grid ? <GridWords grid={grid} events={events} now={now} /> : null}
      {event ? <EventWords event={event} now={now} /> : null}
    </div>
  )
}

/** Near the point, on the side where there is room. */
function beside([x, y]: Pick['at'], width: number, height: number): string {
  const left = x + width + 24 > innerWidth ? x - width - 14 : x + 14
  const top = y + height + 24 > innerHeight ? y - height - 14 : y + 14
  return `${Math.max(8, left)}px ${Math.max(8, top)}px`
}

function GridWords({ grid, events, now }: { readonly grid: GridFeature } & Omit<Shown, 'grids'>) {
  const { t, either } = useLocal()
  const { name, nameEn, kind, worker } = grid.properties
  const load = loads(events, now).get(grid.id) ?? IDLE
  const due =
    load.minutes === null ? null : t('map.first', { left: leftWords(t, now + load.minutes * 60_000, now) })
  return (
    <>
      <strong>{either(name, nameEn)}</strong>
      <p>
        {[t(`kind.${kind}`), worker ? t('map.gridWorker', { name: worker.name }) : null]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        {t('map.gridOpen', { count: load.open })}
        {load.overdue > 0 ? ` · ${t('map.gridOverdue', { count: load.overdue })}` : ''}
      </p>
      {due ? <p>{due}</p> : null}
    </>
  )
}

function EventWords({ event, now }: { readonly event: EventRow; readonly now: number }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const shown = light(event, now)
  return (
    <>
      <strong style={{ display: 'flex', alignItems: 'center', gap: 6 }}>
        <LightMark light={shown} size={14} />
        {nameOf(event.category)}
      </strong>
      <p>{event.address ?? event.number}</p>
      <p>{shown === 'hold' ? t('status.held') : leftWords(t, Date.parse(event.dueAt), now)}</p>
    </>
  )
}

interface HereProps {
  readonly pick: Pick
  readonly events: readonly EventRow[]
  readonly now: number
  readonly onClose: () => void
}

/** Events that lie on one spot, to choose from: no zoom can part them. */
export function HereList({ pick, events, now, onClose }: HereProps) {
  const { t } = useLocal()
  const rows = events.filter((event) => pick.ids.includes(event.id))
  if (rows.length === 0) return null
  const label = t('map.here', { count: rows.length })
  return (
    <section
      className={`${css['card']} ${css['here']}`}
      style={{ translate: beside(pick.at, 320, 300) }}
      aria-label={label}
    >
      <div className={css['hereHead']}>
        {label}
        <ActionIcon aria-label={t('map.closeList')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {rows.map((row) => (
        <EventLine key={row.id} row={row} now={now} />
      ))}
    </section>
  )
}

export function ZoomButtons({ home }: { readonly home: Box }) {
  const { t } = useLocal()
  const buttons = [
    { word: t('map.zoomIn'), Icon: IconPlus, press: () => fly({ kind: 'zoom', by: 1 }) },
    { word: t('map.zoomOut'), Icon: IconMinus, press: () => fly({ kind: 'zoom', by: -1 }) },
    { word: t('map.home'), Icon: IconZoomScan, press: () => fly({ kind: 'bounds', box: home }) },
  ]
  return (
    <div className={`${css['card']} ${css['zoom']}`}>
      {buttons.map(({ word, Icon, press }) => (
        <button key={word} type="button" aria-label={word} title={word} onClick={press}>
          <Icon size={18} stroke={1.7} aria-hidden />
        </button>
      ))}
    </div>
  )
}

/** What must be printed on a map: that the data is invented, and the approval number where the office has one. */
export function Credits({ demo, approval }: { readonly demo: boolean; readonly approval: string | null }) {
  const { t } = useLocal()
  return (
    <div className={css['credits']}>
      {demo ? <span>{t('app.demo')}</span> : null}
      {approval ? <span>{t('map.approval', { number: approval })}</span> : null}
    </div>
  )
}
