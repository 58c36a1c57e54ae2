import type { ImageSourceSpecification, LayerSpecification } from 'maplibre-gl'

/** GeoJSON as MapLibre takes it. */
export type Feature = GeoJSON.Feature

/** How the map is looked at, apart from what it shows. */
export interface Look {
  readonly theme: 'light' | 'dark'
  readonly language: 'zh' | 'en'
  /** How large text and marks are: 1 at a desk, more on a wall that is read from afar. */
  readonly scale: number
}

/** A MapLibre layer in its band. Bands are the z-order; client/app/layers.ts lists them once for all features. */
export interface SceneLayer<B extends string = string> {
  readonly band: B
  readonly spec: LayerSpecification
  /** Set where a click on the layer means something; the word comes back in the pick. */
  readonly pick?: string
}

/** Values that change colour or width without touching geometry; keyed by feature id. */
export type States = ReadonlyMap<number, StateValues>
export type StateValues = Readonly<Record<string, string | number | boolean | null>>

export interface FeatureSource {
  readonly kind: 'features'
  /** Compared by identity: keep a feature's object while it stays the same, and only changed ones are sent to the worker. */
  readonly features: readonly Feature[]
  readonly cluster?: {
    readonly radius: number
    readonly maxZoom: number
    /** Sums over the members of a cluster; MapLibre clusterProperties. */
    readonly properties: Readonly<Record<string, unknown>>
  }
  readonly states?: States
  /** `exact`: every vertex is drawn, so that what shares a line shows no slit between simplified edges. */
  readonly edges?: 'exact'
}

/** A georeferenced picture, drawn straight from pixels. */
export interface PictureSource {
  readonly kind: 'picture'
  readonly pixels: Pixels
  readonly corners: Corners
}

export type SceneSource = FeatureSource | PictureSource
export type Corners = NonNullable<ImageSourceSpecification['coordinates']>

export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

/** What deck.gl draws; a plain value, so that features need not load deck. */
export type DeckPart<B extends string = string> = DeckDots<B> | DeckHexagons<B>

interface DeckDots<B extends string = string> {
  readonly kind: 'dots'
  readonly id: string
  readonly band: B
  /** Interleaved lng, lat of the dots to draw. */
  readonly positions: Float64Array
  readonly ids: Float64Array
  readonly color: Rgba
  readonly radiusM: number
  readonly minPx: number
  readonly maxPx: number
  readonly pick: string
}

interface DeckHexagons<B extends string = string> {
  readonly kind: 'hexagons'
  readonly id: string
  readonly band: B
  /** Interleaved lng, lat of the centres. */
  readonly centers: Float64Array
  /** Four bytes for each hexagon. */
  readonly colors: Uint8Array
  readonly radiusM: number
}

type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

/** What one feature adds to the map. */
export interface Part<B extends string = string> {
  readonly sources: Readonly<Record<string, SceneSource>>
  readonly layers: readonly SceneLayer<B>[]
  readonly deck?: readonly DeckPart<B>[]
}

/** Everything on the map, in drawing order. */
export interface Scene {
  readonly sources: ReadonlyMap<string, SceneSource>
  readonly layers: readonly SceneLayer[]
  readonly deck: readonly PlacedDeck[]
}

export interface PlacedDeck {
  readonly part: DeckPart
  /** The layer that is drawn right above; undefined on top of all. */
  readonly beforeId: string | undefined
}

export const EMPTY_PART = { sources: {}, layers: [] } as const satisfies Part

/** Sorts the layers of all parts into the bands; parts keep their order within a band. */
export function compose<B extends string>(bands: readonly B[], parts: readonly Part<B>[]): Scene {
  const sources = new Map<string, SceneSource>()
  for (const part of parts) {
    for (const [id, source] of Object.entries(part.sources)) {
      if (sources.has(id)) throw new Error(`two features draw from source ${id}`)
      sources.set(id, source)
    }
  }
  const all = parts.flatMap((part) => part.layers)
  const layers = bands.flatMap((band) => all.filter((layer) => layer.band === band))
  const deck = parts
    .flatMap((part) => part.deck ?? [])
    .map((part) => ({ part, beforeId: firstAbove(bands, layers, part.band) }))
  return { sources, layers, deck }
}

function firstAbove<B extends string>(bands: readonly B[], layers: readonly SceneLayer<B>[], band: B) {
  const above = new Set(bands.slice(bands.indexOf(band) + 1))
  return layers.find((layer) => above.has(layer.band))?.spec.id
}
