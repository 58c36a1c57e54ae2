import { lazy, Suspense, useMemo, useState, type CSSProperties } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import type { GridFeature } from '#contract/grids'
import { allows } from '#rules/accounts'
import { useGrids, useSubdistrict } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useGesture } from '../data/gesture.ts'
import { useShownEvents } from '../data/shown.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { usePoints, useWindow } from '../events/points.ts'
import { openLaterWords } from '../i18n/index.ts'
import { useLocal } from '../i18n/local.ts'
import type { Box, Insets } from '../map/camera.ts'
import { useGuest } from '../map/guest.ts'
import css from '../map/map.module.css'
import { paletteOf } from '../map/palette.ts'
import type { Pick } from '../map/picks.ts'
import type { Look } from '../map/scene.ts'
import { Credits, HereList, HoverCard, ZoomButtons } from './MapCards.tsx'
import { MapLegend, WallKey } from './MapLegend.tsx'
import { selectionOf, stepByArrow, useFollowing, useFresh } from './following.ts'
import { iconOf } from './layers.ts'
import { panelFor } from './rights.ts'
import { useChosen, useScene } from './scene.ts'

const MapView = lazy(() => import('../map/MapView.tsx'))
const PlanningStage = lazy(async () => {
  const [{ PlanningStage: component }] = await Promise.all([
    import('../planning/PlanningStage.tsx'),
    openLaterWords(),
  ])
  return { default: component }
})

export interface StageProps {
  /** What lies over the map's edges; controls and flights keep clear of it, the map itself does not shrink. */
  readonly insets: Insets
  /** A wall has no controls. */
  readonly controls: 'desk' | 'wall'
}

const NO_GRIDS: readonly GridFeature[] = []
/** Grid numbers reach 20 px, which is read from 5 m. */
const WALL_SCALE = 1.7

/** The map with everything on it, for whichever page shows it. */
export function MapStage({ insets, controls }: StageProps) {
  const subdistrict = useSubdistrict().data
  const look = useLook(controls === 'wall' ? WALL_SCALE : 1)
  const grids = useFeatures()
  const events = useShownEvents()
  const now = useNow(LIGHT_SECONDS)
  const [hovered, setHovered] = useState<Pick | null>(null)
  const [here, setHere] = useState<Pick | null>(null)
  const isPlanning = usePlanningMode()
  const home = useMemo(() => boxOf(subdistrict?.bbox), [subdistrict])
  const edges = {
    '--map-left': `${insets.left}px`,
    '--map-right': `${insets.right}px`,
    '--map-bottom': `${insets.bottom}px`,
  }
  return (
    <div className={css['stage']} style={edges as CSSProperties} data-controls={controls}>
      {subdistrict ? (
        <Suspense fallback={null}>
          <Ground
            {...{ insets: isPlanning ? belowTools(insets) : insets, look, grids, events, now, home }}
            onHover={setHovered}
            onPile={setHere}
          />
        </Suspense>
      ) : null}
      <HoverCard pick={hovered} grids={grids} events={events} now={now} />
      {here ? <HereList pick={here} events={events} now={now} onClose={() => setHere(null)} /> : null}
      {isPlanning ? (
        <Suspense fallback={null}>
          <PlanningStage look={look} />
        </Suspense>
      ) : (
        <Key controls={controls} look={look} events={events} now={now} />
      )}
      {controls === 'desk' ? <ZoomButtons home={home} /> : null}
      <Credits demo={subdistrict?.demo ?? false} approval={subdistrict?.mapApproval ?? null} />
    </div>
  )
}

/** Those in force. */
function useFeatures(): readonly GridFeature[] {
  return useGrids().data?.features ?? NO_GRIDS
}

interface KeyProps {
  readonly controls: StageProps['controls']
  readonly look: Look
  readonly events: GroundProps['events']
  readonly now: number
}

function Key({ controls, look, events, now }: KeyProps) {
  return controls === 'wall' ? <WallKey look={look} /> : <MapLegend look={look} events={events} now={now} />
}

/** Room for the tools of a draft over the top of the map. */
const belowTools = (insets: Insets): Insets => ({ ...insets, top: insets.top + 92 })

/** A draft has the map while its panel is open, or none is. */
function usePlanningMode(): boolean {
  const actor = useActor()
  const isOpen = useView((view) => view.plan.open !== null)
  const panel = panelFor(
    useView((view) => view.panel),
    actor,
  )
  return isOpen && (panel === null || panel === 'planning') && allows(actor, 'plans.read')
}

interface GroundProps {
  readonly insets: Insets
  readonly look: Look
  readonly grids: readonly GridFeature[]
  readonly events: ReturnType<typeof useShownEvents>
  readonly now: number
  readonly home: Box
  readonly onHover: (pick: Pick | null) => void
  /** Several events lie on one spot. */
  readonly onPile: (pick: Pick | null) => void
}

/** The map itself between the view and what is drawn. */
function Ground({ insets, look, grids, events, now, home, onHover, onPile }: GroundProps) {
  const { t } = useLocal()
  const columns = usePoints()
  const { window } = useWindow(columns)
  const { camera, mode, selection, set } = useView()
  const gesture = useGuest((guest) => guest.gesture)
  const point = useGesture((gesture) => gesture.point)
  const chosen = useChosen(selection, columns)
  const { scene, onZoom } = useScene({ look, grids, events, chosen, columns, window, bbox: home, now })
  const select = useFollowing(grids, chosen)
  const fresh = useFresh(events)

  function onPick(pick: Pick | null): void {
    const isPile = pick?.what === 'event' && pick.ids.length > 1
    onPile(isPile ? pick : null)
    if (!isPile) select(selectionOf(pick))
  }

  return (
    <MapView
      scene={scene}
      icon={iconOf}
      home={home}
      camera={camera}
      insets={insets}
      label={t('map.label')}
      fresh={fresh}
      freshColor={paletteOf(look).accent}
      gesture={gesture}
      isAiming={mode === 'report'}
      onPoint={point}
      onPick={onPick}
      onHover={onHover}
      onCamera={(next) => set({ camera: next })}
      onZoom={onZoom}
      onKey={(event) => stepByArrow(event, grids)}
    />
  )
}

function useLook(scale: number): Look {
  const { language } = useLocal()
  const theme = useComputedColorScheme('light')
  return useMemo(() => ({ theme, language, scale }), [theme, language, scale])
}

const boxOf = ([west = 0, south = 0, east = 0, north = 0]: readonly number[] = []): Box => [
  west,
  south,
  east,
  north,
]
