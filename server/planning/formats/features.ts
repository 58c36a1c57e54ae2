import type { MultiPolygon } from '#geo/geojson'

/** What a plan's grid is in a file. */
interface GridProperties {
  readonly code: string
  readonly name: string
  readonly name_en: string
  readonly kind: string
  readonly community: string
}

export interface PlanFeature {
  readonly type: 'Feature'
  readonly properties: GridProperties
  readonly geometry: MultiPolygon
}
