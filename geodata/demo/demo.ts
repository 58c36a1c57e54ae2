import type { Position } from '../geojson.ts'
import type { Fabric } from '../fabric.ts'

/** The invented sub-district 滨河街道 (Binhe), as committed in `data/`. Nothing in it is a real place or person. */
export interface Demo {
  readonly subdistrict: {
    readonly code: string
    readonly name: string
    readonly nameEn: string
    readonly center: Position
  }
  readonly communities: readonly DemoCommunity[]
  readonly fabric: Fabric
  readonly grids: readonly DemoGrid[]
  /** Atom id → grid code; total over `fabric.atoms`. */
  readonly plan: ReadonlyMap<number, string>
  readonly buildings: readonly DemoBuilding[]
  readonly basemap: readonly DemoFeature[]
}

interface DemoCommunity {
  /** 12-digit statistical code. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly area: 'urban' | 'rural'
}

export interface DemoGrid {
  /** Community code + 3 digits. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly kind: 'urban-full-time' | 'urban-comprehensive' | 'rural-comprehensive'
  readonly community: string
  readonly worker: { readonly name: string; readonly fullTime: boolean }
  readonly station: { readonly name: string; readonly position: Position }
  /** Preliminarily passed acceptance (初步通过验收). */
  readonly accepted: boolean
}

export interface DemoBuilding {
  readonly id: number
  readonly kind: 'housing' | 'farmhouse' | 'shop' | 'industry' | 'school' | 'public' | 'market'
  /** Full address below the sub-district, as people write it: 人民路18号, 金河花园3幢, 王家庄二组12号. */
  readonly address: string
  readonly households: number
  readonly floors: number
  /** Closed ring, counter-clockwise, [lng, lat] rounded to 1e-7. */
  readonly ring: readonly Position[]
  readonly atom: number
}

/** One feature of the drawn basemap. */
export interface DemoFeature {
  readonly layer: 'water' | 'road' | 'landuse' | 'place'
  /**
   * water: river canal pond · road: trunk main street lane track · landuse: field park school market hospital office commercial
   * industry oldtown estate village pitch · place: subdistrict community village hamlet estate market school park hospital office
   * commercial river. Lines carry no width; README.md has the metres.
   */
  readonly class: string
  readonly name: string | null
  readonly nameEn: string | null
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: Position }
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
}
