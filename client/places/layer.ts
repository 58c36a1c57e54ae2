import { BASEMAP, BUILDINGS, groundLayers, networkLayers } from '../map/basemap.ts'
import { nameLayers } from '../map/names.ts'
import type { Band } from '../map/bands.ts'
import type { Feature, Look, Part } from '../map/scene.ts'

export interface PlaceRows {
  readonly basemap: readonly Feature[]
  /** Empty until the map is close enough to draw them. */
  readonly buildings: readonly Feature[]
}

/** The ground that all else is drawn on: paper, water, roads, buildings and their names. */
export function placesPart(rows: PlaceRows, look: Look): Part<Band> {
  return {
    sources: {
      [BASEMAP]: { kind: 'features', features: rows.basemap },
      [BUILDINGS]: { kind: 'features', features: rows.buildings },
    },
    layers: [...groundLayers(look), ...networkLayers(look), ...nameLayers(look)],
  }
}
