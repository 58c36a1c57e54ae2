import type { GeoJSONSource, Map as MapLibre, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl'
import type { Position } from '#geo/geojson'
import { ASKED } from './camera.ts'
import type { DeckStage } from './deck.ts'
import type { SceneLayer } from './scene.ts'

/** What lies under the pointer. Several ids where several of one kind lie on one spot. */
export interface Pick {
  /** The word of the layer that was hit. */
  readonly what: string
  /** Ground rather than a thing on it. */
  readonly isArea: boolean
  readonly ids: readonly number[]
  readonly position: Position
  /** CSS px within the map. */
  readonly at: readonly [x: number, y: number]
}

/** A finger's or an unsteady hand's worth around dots; areas count only where the pointer is. */
const REACH_PX = 7

interface Target {
  readonly map: MapLibre
  /** Those with a `pick`, from the bottom up. */
  readonly layers: readonly SceneLayer[]
  readonly deck: DeckStage | null
}

export function pickAt({ map, layers, deck }: Target, event: MapMouseEvent): Pick | null {
  const hits = hitsAt(map, layers, event)
  const wordOf = (hit: MapGeoJSONFeature) =>
    layers.find((layer) => layer.spec.id === hit.layer.id)?.pick ?? ''
  const thing = hits.find((hit) => !isArea(hit))
  const dot = thing ? null : deck?.pickAt(event.point.x, event.point.y)
  if (dot) return made(event, dot.pick, false, [dot.id])
  const top = thing ?? hits[0]
  if (!top) return null
  const what = wordOf(top)
  const ids = new Set(hits.filter((hit) => wordOf(hit) === what).map(idOf))
  return made(event, what, isArea(top), isArea(top) ? [idOf(top)] : [...ids])
}

function hitsAt(
  map: MapLibre,
  layers: readonly SceneLayer[],
  { point: { x, y } }: MapMouseEvent,
): MapGeoJSONFeature[] {
  const [areas, dots] = [true, false].map((wanted) =>
    layers
      .filter((layer) => (layer.spec.type === 'fill') === wanted && map.getLayer(layer.spec.id))
      .map((l) => l.spec.id),
  )
  return [
    ...map.queryRenderedFeatures(
      [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ],
      { layers: dots ?? [] },
    ),
    ...map.queryRenderedFeatures([x, y], { layers: areas ?? [] }),
  ]
}

const isArea = (hit: MapGeoJSONFeature): boolean => hit.layer.type === 'fill'
const idOf = (hit: MapGeoJSONFeature): number => Number(hit.properties['cluster_id'] ?? hit.id)

function made({ lngLat, point }: MapMouseEvent, what: string, area: boolean, ids: number[]): Pick {
  return { what, isArea: area, ids, position: [lngLat.lng, lngLat.lat], at: [point.x, point.y] }
}

/** The cluster under a pick opens: the map moves to where it falls apart. */
export async function openCluster(map: MapLibre, layers: readonly SceneLayer[], pick: Pick): Promise<void> {
  const spec = layers.find((layer) => layer.pick === pick.what)?.spec
  const source = spec && 'source' in spec ? map.getSource<GeoJSONSource>(String(spec.source)) : undefined
  const [id] = pick.ids
  if (!source || id === undefined) return
  const zoom = await source.getClusterExpansionZoom(id)
  map.easeTo({ center: pick.position, zoom: zoom + 0.2 }, ASKED)
}
