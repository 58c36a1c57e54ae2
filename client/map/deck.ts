import { ColumnLayer, ScatterplotLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibre } from 'maplibre-gl'
import type { DeckPart, PlacedDeck } from './scene.ts'

export interface DeckPick {
  readonly pick: string
  readonly id: number
}

export interface DeckStage {
  readonly show: (parts: readonly PlacedDeck[]) => void
  /** What lies at a point of the map, in CSS px. */
  readonly pickAt: (x: number, y: number) => DeckPick | null
  readonly close: () => void
}

/**
 * deck.gl in the map's own WebGL context, so that names and open events stay above it. Loaded only when something asks
 * for it. What was measured and must hold (command.md §3):
 * `@deck.gl/mapbox` cannot draw on MapLibre 6, `@deck.gl/maplibre` can · one interleaved overlay for a map, mercator only ·
 * the overlay is added after the map has loaded, and its layers are set again once the map is idle, because it drops
 * layers while a style is loading · `_reuseDevices`, or React's double mount attaches the context twice · no
 * DataFilterExtension: a time window is a `subarray` of rows sorted by time · no HeatmapLayer: its colours follow the
 * view's maximum (events/density.ts keeps them fixed).
 */
export function openDeck(map: MapLibre): DeckStage {
  let shown: readonly PlacedDeck[] = []
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [], deviceProps: { _reuseDevices: true } })
  map.addControl(overlay)
  const layers = () => shown.map(({ part, beforeId }) => layerOf(part, beforeId))
  const again = () => overlay.setProps({ layers: layers() })
  map.once('idle', again)
  return {
    show: (parts) => {
      shown = parts
      again()
    },
    pickAt: (x, y) => {
      const found = overlay.pickObject({ x, y, radius: 6 })
      const part = shown.find((each) => each.part.id === found?.layer?.id)?.part
      const id = part?.kind === 'dots' ? part.ids[found?.index ?? -1] : undefined
      return part?.kind === 'dots' && id !== undefined ? { pick: part.pick, id } : null
    },
    close: () => {
      map.off('idle', again)
      map.removeControl(overlay)
    },
  }
}

function layerOf(part: DeckPart, beforeId: string | undefined) {
  const placed: { beforeId: string | undefined } = { beforeId }
  switch (part.kind) {
    case 'dots':
      return new ScatterplotLayer({
        id: part.id,
        ...placed,
        data: { length: part.ids.length, attributes: { getPosition: { value: part.positions, size: 2 } } },
        getFillColor: [...part.color],
        getRadius: part.radiusM,
        radiusMinPixels: part.minPx,
        radiusMaxPixels: part.maxPx,
        pickable: true,
        parameters: { depthCompare: 'always' },
        updateTriggers: { getFillColor: part.color, getRadius: part.radiusM },
      })
    case 'hexagons':
      return new ColumnLayer({
        id: part.id,
        ...placed,
        data: {
          length: part.centers.length / 2,
          attributes: {
            getPosition: { value: part.centers, size: 2 },
            getFillColor: { value: part.colors, size: 4 },
          },
        },
        diskResolution: 6,
        angle: 30,
        radius: part.radiusM,
        coverage: 0.94,
        extruded: false,
        parameters: { depthCompare: 'always' },
      })
  }
}
