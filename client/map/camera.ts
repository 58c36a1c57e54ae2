import type { Map as MapLibre, MapOptions } from 'maplibre-gl'
import type { Position } from '#geo/geojson'
import type { Camera } from '../data/view.ts'
import type { Flight } from './fly.ts'

export type Box = readonly [west: number, south: number, east: number, north: number]

export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

const FLIGHT_MS = 700

/** Where the map opens. */
export function startOf(given: {
  camera: Camera | null
  home: Box
  insets: Insets
}): Pick<MapOptions, 'center' | 'zoom' | 'bounds' | 'fitBoundsOptions'> {
  if (given.camera) return { center: given.camera.center, zoom: given.camera.zoom }
  return { bounds: [...given.home], fitBoundsOptions: { padding: roomOf(given.insets) } }
}

/** What is fitted keeps a margin to what lies over the map. */
export const roomOf = ({ top, right, bottom, left }: Insets): Insets => ({
  top: top + MARGIN_PX,
  right: right + MARGIN_PX,
  bottom: bottom + MARGIN_PX,
  left: left + MARGIN_PX,
})
const MARGIN_PX = 28

export function sameCamera(a: Camera | null, b: Camera | null): boolean {
  if (!a || !b) return a === b
  return (
    Math.abs(a.zoom - b.zoom) < 0.01 &&
    Math.abs(a.center[0] - b.center[0]) < 2e-5 &&
    Math.abs(a.center[1] - b.center[1]) < 2e-5
  )
}

/** Tells of moves that a person made or asked for; a resize or a jump to a given camera is neither. */
export function followCamera(map: MapLibre, tell: (camera: Camera) => void): () => void {
  const onEnd = (event: object) => {
    const byHand = 'originalEvent' in event && event.originalEvent !== undefined
    if (!byHand && !('asked' in event)) return
    const { lng, lat } = map.getCenter()
    tell({ center: [lng, lat], zoom: map.getZoom() })
  }
  map.on('moveend', onEnd)
  return () => void map.off('moveend', onEnd)
}

/** Insets shift the target into the free part of the map by an offset, which, unlike padding, does not stay. */
export function follow(map: MapLibre, flight: Flight, insets: Insets, still: boolean): void {
  const duration = still ? 0 : FLIGHT_MS
  switch (flight.kind) {
    case 'bounds':
      map.fitBounds([...flight.box], { padding: roomOf(insets), duration, maxZoom: 16 }, ASKED)
      return
    case 'zoom':
      map.easeTo({ zoom: map.getZoom() + flight.by, duration: duration / 2 }, ASKED)
      return
    case 'show':
    case 'to': {
      const isShown = map.getZoom() >= flight.minZoom && isInSight(map, flight.center, insets)
      if (flight.kind === 'show' && isShown) return
      const offset: [number, number] = [(insets.left - insets.right) / 2, (insets.top - insets.bottom) / 2]
      const zoom = Math.max(map.getZoom(), flight.minZoom)
      map.easeTo({ center: flight.center, zoom, offset, duration }, ASKED)
    }
  }
}

/** Marks a move that a person asked for by other means than the map's own gestures. */
export const ASKED = { asked: true }
const EDGE_PX = 40

function isInSight(map: MapLibre, center: Position, insets: Insets): boolean {
  const { x, y } = map.project(center)
  const { clientWidth, clientHeight } = map.getContainer()
  return (
    x > insets.left + EDGE_PX &&
    x < clientWidth - insets.right - EDGE_PX &&
    y > insets.top + EDGE_PX &&
    y < clientHeight - insets.bottom - EDGE_PX
  )
}
