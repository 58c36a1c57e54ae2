import { useMemo, useState } from 'react'
import type { EventRow } from '#contract/events'
import type { GridFeature } from '#contract/grids'
import type { Columns } from '#geo/columns'
import { useGesture } from '../data/gesture.ts'
import { useLive } from '../data/live.ts'
import { useGridPaint } from '../data/paint.ts'
import { useView, type Selection } from '../data/view.ts'
import type { EventRows } from '../events/layer.ts'
import type { Span } from '../events/timeline.ts'
import { useLocal } from '../i18n/local.ts'
import { BUILDINGS_ZOOM } from '../map/basemap.ts'
import type { Box } from '../map/camera.ts'
import { useGuest } from '../map/guest.ts'
import type { Look, Scene } from '../map/scene.ts'
import { useBasemap, useBuildings } from '../places/queries.ts'
import { PARTS, sceneOf } from './layers.ts'

interface Given {
  readonly look: Look
  readonly grids: readonly GridFeature[]
  readonly events: readonly EventRow[]
  readonly chosen: EventRows['chosen']
  readonly columns: Columns | null
  readonly window: Span
  readonly bbox: Box
  readonly now: number
}

/** The scene of the console: each feature's part is made anew only when its own rows change. */
export function useScene({ look, grids, events, chosen, columns, window, bbox, now }: Given): {
  readonly scene: Scene
  readonly onZoom: (zoom: number) => void
} {
  const [isNear, setNear] = useState(false)
  const basemap = useBasemap()
  const buildings = useBuildings(isNear ? 'now' : 'never')
  const { paint } = useGridPaint()
  const heat = useView((view) => view.heat)
  const selection = useView((view) => view.selection)
  const pin = useGesture((gesture) => gesture.at)
  const outlined = useGesture((gesture) => gesture.gridIds)

  const { t } = useLocal()
  const openWords = useMemo(() => (count: number) => t('map.gridOpen', { count }), [t])

  const places = useMemo(() => PARTS.places({ basemap, buildings }, look), [basemap, buildings, look])
  const areas = useMemo(
    () => PARTS.grids({ grids, events, now, outlined, openWords }, { grids: paint, heat, selection }, look),
    [grids, events, now, outlined, openWords, paint, heat, selection, look],
  )
  const history = useMemo(
    () => PARTS.history({ columns, window, bbox }, { heat }, look),
    [columns, window, bbox, heat, look],
  )
  const dots = useMemo(
    () => PARTS.events({ events, chosen, pin, now }, look),
    [events, chosen, pin, now, look],
  )
  const guest = useGuest((now) => now.part)
  const hasGrids = useGuest((now) => now.grids === 'in-force')
  const scene = useMemo(
    () => (hasGrids ? sceneOf([places, areas, history, dots, guest]) : sceneOf([places, guest])),
    [places, areas, history, dots, guest, hasGrids],
  )
  return { scene, onZoom: (zoom) => setNear((was) => was || zoom >= BUILDINGS_ZOOM - 0.2) }
}

/** The chosen event and its place, whether it is open, has just ended, or is history. */
export function useChosen(selection: Selection, columns: Columns | null): EventRows['chosen'] {
  const id = selection.kind === 'event' ? selection.id : null
  const row = useLive((live) => (id === null ? undefined : (live.open.get(id) ?? live.ended.get(id))))
  return useMemo(() => {
    if (id === null || row) return row ?? null
    const at = columns?.id.indexOf(id) ?? -1
    if (!columns || at === -1) return null
    return { id, position: [columns.positions[2 * at] ?? 0, columns.positions[2 * at + 1] ?? 0] }
  }, [id, row, columns])
}
