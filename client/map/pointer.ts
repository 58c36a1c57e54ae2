import type { MapMouseEvent, Map as MapLibre } from 'maplibre-gl'
import type { Position } from '#geo/geojson'
import type { DeckStage } from './deck.ts'
import type { Gesture } from './gesture.ts'
import { openCluster, pickAt, type Pick } from './picks.ts'
import type { Scene } from './scene.ts'

const cursorOver = (pick: Pick | null): string => (pick && !pick.isArea ? 'pointer' : '')

export interface PointerCalls {
  /** Where it is there, the pointer is the gesture's, and nothing is picked. */
  readonly gesture: Gesture | null
  /** A click means a place, not a thing. */
  readonly isAiming: boolean
  readonly onPoint: (position: Position) => void
  /** Null where nothing lies. */
  readonly onPick: (pick: Pick | null) => void
  readonly onHover: (pick: Pick | null) => void
}

interface Given extends PointerCalls {
  readonly scene: Scene
  readonly deck: DeckStage | null
}

interface Hovered {
  readonly source: string
  readonly id: number
}

/** Turns mouse and touch into picks, opens clusters, and keeps the `hover` state of the area under the pointer. */
export function bindPointer(map: MapLibre, given: () => Given): () => void {
  let hovered: Hovered | null = null

  function find(event: MapMouseEvent): Pick | null {
    const { scene, deck } = given()
    return pickAt({ map, deck, layers: scene.layers.filter((layer) => layer.pick !== undefined) }, event)
  }

  function onClick(event: MapMouseEvent): void {
    const { gesture, isAiming, onPoint, onPick, scene } = given()
    if (gesture) return
    if (isAiming) return onPoint([event.lngLat.lng, event.lngLat.lat])
    const pick = find(event)
    if (pick?.what === 'cluster') void openCluster(map, scene.layers, pick)
    else onPick(pick)
  }

  function onMove(event: MapMouseEvent): void {
    const { gesture, isAiming, onHover, scene } = given()
    if (gesture) return
    const pick = isAiming ? null : find(event)
    map.getCanvas().style.cursor = isAiming ? 'crosshair' : cursorOver(pick)
    const spec = pick?.isArea && scene.layers.find((layer) => layer.pick === pick.what)?.spec
    const id = pick?.ids[0]
    hover(spec && 'source' in spec && id !== undefined ? { source: String(spec.source), id } : null)
    onHover(pick)
  }

  function onOut(): void {
    hover(null)
    given().onHover(null)
  }

  function hover(next: Hovered | null): void {
    if (next?.id === hovered?.id && next?.source === hovered?.source) return
    if (hovered && map.getSource(hovered.source)) map.setFeatureState(hovered, { hover: false })
    if (next) map.setFeatureState(next, { hover: true })
    hovered = next
  }

  map.on('click', onClick)
  map.on('mousemove', onMove)
  map.on('mouseout', onOut)
  map.on('movestart', onOut)
  return () => {
    map.off('click', onClick)
    map.off('mousemove', onMove)
    map.off('mouseout', onOut)
    map.off('movestart', onOut)
  }
}
