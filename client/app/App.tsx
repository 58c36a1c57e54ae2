import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useElementSize, useMediaQuery, useViewportSize } from '@mantine/hooks'
import type { Actor } from '#contract/accounts'
import { allows } from '#rules/accounts'
import { useActor, useMay } from '../data/me.ts'
import { START, useView, type PanelName, type Selection } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import css from './app.module.css'
import { useKeys } from './keys.ts'
import { MapBoundary } from './MapBoundary.tsx'
import { PANEL_ENTRIES } from './panels.tsx'
import { Rail } from './Rail.tsx'
import { panelFor } from './rights.ts'
import { useRefresh } from './refresh.ts'
import { RowsComing } from '../ui/States.tsx'
import { TopStrip } from './TopStrip.tsx'

const MapStage = lazy(() =>
  import('./MapStage.tsx').then(({ MapStage: component }) => ({ default: component })),
)

const Help = lazy(() => import('./Help.tsx').then(({ Help: component }) => ({ default: component })))
const EventDetail = lazy(() =>
  import('../casework/EventDetail.tsx').then(({ EventDetail: component }) => ({ default: component })),
)
const ReportPanel = lazy(() =>
  import('../events/ReportPanel.tsx').then(({ ReportPanel: component }) => ({ default: component })),
)
const TimeStrip = lazy(() =>
  import('../events/TimeStrip.tsx').then(({ TimeStrip: component }) => ({ default: component })),
)
const GridDetail = lazy(() =>
  import('../grids/GridDetail.tsx').then(({ GridDetail: component }) => ({ default: component })),
)
const DisputeDetail = lazy(() =>
  import('../disputes/DisputeDetail.tsx').then(({ DisputeDetail: component }) => ({ default: component })),
)

const LIST_PX = 360
const DETAIL_PX = 420
const NO_INSETS = { top: 0, left: 0, right: 0, bottom: 0 }
/** The part of a phone's screen that a sheet takes of the map. */
const SHEET_SHARE = 0.44

/** The console: the map is the room, everything else stands on it. */
export function App() {
  const { t } = useLocal()
  const search = useRef<HTMLInputElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const panel = usePanel()
  const hasEvents = useMay('events.read')
  const actor = useActor()
  const hasDetail = useView((view) => isShown(view.selection, actor) || view.mode === 'report')
  const { ref: timeRef, height: timeHeight } = useElementSize()
  useRefresh()
  useKeys(
    useMemo(
      () => ({ actor, focusSearch: () => search.current?.focus(), openHelp: () => setHelpOpen(true) }),
      [actor],
    ),
  )
  return (
    <div className={css['console']}>
      <TopStrip search={search} onHelp={() => setHelpOpen(true)} />
      <Rail />
      <main className={css['stage']}>
        <Suspense fallback={<div className={css['coming']}>{t('app.mapLoading')}</div>}>
          <MapBoundary>
            <Stage isLeftTaken={panel !== null} isRightTaken={hasDetail} bottomPx={timeHeight} />
          </MapBoundary>
        </Suspense>
        <div className={css['over']}>
          <div className={css['sides']}>
            <ListSide />
            <DetailSide />
          </div>
          <div ref={timeRef} className={css['time']}>
            {hasEvents ? (
              <Suspense>
                <TimeStrip />
              </Suspense>
            ) : null}
          </div>
        </div>
      </main>
      {isHelpOpen ? (
        <Suspense>
          <Help opened onClose={() => setHelpOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

interface StageProps {
  readonly isLeftTaken: boolean
  readonly isRightTaken: boolean
  readonly bottomPx: number
}

function Stage({ isLeftTaken, isRightTaken, bottomPx }: StageProps) {
  const isPhone = useMediaQuery('(width <= 720px)') ?? false
  const { height } = useViewportSize()
  const insets = useMemo(() => {
    if (isPhone) return { ...NO_INSETS, bottom: isLeftTaken || isRightTaken ? height * SHEET_SHARE : 0 }
    return {
      top: 0,
      left: isLeftTaken ? LIST_PX : 0,
      right: isRightTaken ? DETAIL_PX : 0,
      bottom: bottomPx,
    }
  }, [isPhone, isLeftTaken, isRightTaken, bottomPx, height])
  return <MapStage insets={insets} controls="desk" />
}

/** The open panel, or another where the address names one that is not for this person. */
function usePanel(): PanelName | null {
  return panelFor(
    useView((view) => view.panel),
    useActor(),
  )
}

function ListSide() {
  const { t } = useLocal()
  const panel = usePanel()
  const set = useView((view) => view.set)
  if (panel === null) return null
  const { Panel, width } = PANEL_ENTRIES[panel]
  return (
    <aside className={css['list']} data-width={width} aria-label={t('app.list')}>
      <Suspense fallback={<RowsComing />}>
        <Panel key={panel} onClose={() => set({ panel: null })} />
      </Suspense>
    </aside>
  )
}

function DetailSide() {
  const { t } = useLocal()
  const mode = useView((view) => view.mode)
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const actor = useActor()
  if (mode !== 'report' && !isShown(selection, actor)) return null
  const close = () => set({ selection: START.selection, mode: 'browse' })
  return (
    <aside
      className={css['detail']}
      data-mode={mode}
      aria-label={mode === 'report' ? t('report.title') : t('app.detail')}
    >
      <Suspense fallback={<RowsComing />}>
        {mode === 'report' ? <ReportPanel onClose={close} /> : null}
        {mode === 'browse' && selection.kind === 'event' ? (
          <EventDetail key={selection.id} id={selection.id} onClose={close} />
        ) : null}
        {mode === 'browse' && selection.kind === 'grid' ? (
          <GridDetail key={selection.id} id={selection.id} onClose={close} />
        ) : null}
        {mode === 'browse' && selection.kind === 'dispute' ? (
          <DisputeDetail key={selection.id} id={selection.id} onClose={close} />
        ) : null}
      </Suspense>
    </aside>
  )
}

/** A link may name what is not for its reader. */
function isShown(selection: Selection, actor: Actor): boolean {
  if (selection.kind === 'none') return false
  if (selection.kind === 'dispute') return allows(actor, 'disputes.read')
  return selection.kind === 'grid' || allows(actor, 'events.read')
}
