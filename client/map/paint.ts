import type {
  AddLayerObject,
  FilterSpecification,
  GeoJSONSource,
  GeoJSONSourceDiff,
  GeoJSONSourceSpecification,
  ImageSource,
  LayerSpecification,
  Map as MapLibre,
} from 'maplibre-gl'
import type {
  Feature,
  FeatureSource,
  PictureSource,
  Scene,
  SceneSource,
  States,
  StateValues,
} from './scene.ts'

/** The scene that the map shows before anything is painted. */
export const BLANK: Scene = { sources: new Map(), layers: [], deck: [] }

/**
 * Brings the map from one scene to the next by the smallest change. The style is never replaced: a theme or a language is
 * a change of paint, so that sources, feature states and deck layers survive it.
 */
export function paint(map: MapLibre, from: Scene, to: Scene): void {
  const dropped = new Set(
    [...from.sources].filter(([id, was]) => !canBecome(was, to.sources.get(id))).map(([id]) => id),
  )
  const kept = new Map(to.layers.map((layer) => [layer.spec.id, layer.spec]))
  for (const { spec } of from.layers) {
    const next = kept.get(spec.id)
    if (!next || next.type !== spec.type || dropped.has(sourceOf(spec))) map.removeLayer(spec.id)
  }
  for (const id of dropped) map.removeSource(id)
  for (const [id, source] of to.sources) {
    const was = dropped.has(id) ? undefined : from.sources.get(id)
    if (was !== source) paintSource(map, id, was, source)
  }
  paintLayers(map, from, to)
}

function sourceOf(spec: LayerSpecification): string {
  return 'source' in spec && typeof spec.source === 'string' ? spec.source : ''
}

function canBecome(was: SceneSource, next: SceneSource | undefined): boolean {
  if (next?.kind !== was.kind) return false
  return was.kind === 'picture' || same(was.cluster, (next as FeatureSource).cluster)
}

function paintSource(map: MapLibre, id: string, was: SceneSource | undefined, next: SceneSource): void {
  if (next.kind === 'picture') return paintPicture(map, id, was as PictureSource | undefined, next)
  const before = was as FeatureSource | undefined
  if (!before) map.addSource(id, specOf(next))
  else if (before.features !== next.features) paintFeatures(map.getSource<GeoJSONSource>(id), before, next)
  paintStates(map, id, before?.states, next.states)
}

function specOf(source: FeatureSource): GeoJSONSourceSpecification {
  const data = collection(source.features)
  if (!source.cluster) return { type: 'geojson', data, ...(source.edges ? { tolerance: 0 } : {}) }
  const { radius, maxZoom, properties } = source.cluster
  return {
    type: 'geojson',
    data,
    cluster: true,
    clusterRadius: radius,
    clusterMaxZoom: maxZoom,
    clusterProperties: properties,
  }
}

function paintFeatures(source: GeoJSONSource | undefined, was: FeatureSource, next: FeatureSource): void {
  const diff = changes(was.features, next.features)
  const touched = (diff.add?.length ?? 0) + (diff.remove?.length ?? 0)
  if (touched === 0) return
  // A diff of most of the features costs more than the features.
  void (touched * 2 > next.features.length
    ? source?.setData(collection(next.features))
    : source?.updateData(diff))
}

/** What to remove and what to add so that `was` becomes `next`; a feature added under a known id replaces it. */
export function changes(was: readonly Feature[], next: readonly Feature[]): GeoJSONSourceDiff {
  const known = new Map(was.map((feature) => [feature.id, feature]))
  const add = next.filter((feature) => known.get(feature.id) !== feature)
  for (const feature of next) known.delete(feature.id)
  const remove = [...known.keys()].filter((id) => id !== undefined)
  return { add, remove }
}

function collection(features: readonly Feature[]): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: features as Feature[] }
}

function paintPicture(map: MapLibre, id: string, was: PictureSource | undefined, next: PictureSource): void {
  if (!was) map.addSource(id, { type: 'image', coordinates: next.corners })
  const { data, width, height } = next.pixels
  map
    .getSource<ImageSource>(id)
    ?.updateImage({ image: new ImageData(data, width, height), coordinates: next.corners })
}

function paintStates(map: MapLibre, source: string, was: States | undefined, next: States | undefined): void {
  if (was === next) return
  for (const [id, values] of next ?? []) {
    const known = was?.get(id)
    if (!known || !same(known, values))
      map.setFeatureState({ source, id }, { ...cleared(known, values), ...values })
  }
  for (const [id, values] of was ?? []) {
    if (!next?.has(id)) map.setFeatureState({ source, id }, cleared(values, {}))
  }
}

/** Keys that vanished become null: MapLibre merges states, and hover must outlive a repaint. */
function cleared(was: StateValues | undefined, next: StateValues): StateValues {
  return Object.fromEntries(
    Object.keys(was ?? {})
      .filter((key) => !(key in next))
      .map((key) => [key, null]),
  )
}

function paintLayers(map: MapLibre, from: Scene, to: Scene): void {
  const known = new Map(from.layers.map(({ spec }) => [spec.id, spec]))
  let above: string | undefined
  for (const { spec } of to.layers.toReversed()) {
    const was = known.get(spec.id)
    if (!was || !map.getLayer(spec.id)) map.addLayer(spec as AddLayerObject, above)
    else if (was !== spec) paintLayer(map, was, spec)
    above = spec.id
  }
  order(
    map,
    to.layers.map(({ spec }) => spec.id),
  )
}

/** Layers that are not of the scene, such as those of deck, stay where they are. */
function order(map: MapLibre, ids: readonly string[]): void {
  const wanted = new Set(ids)
  const current = map.getLayersOrder().filter((id) => wanted.has(id))
  if (current.every((id, i) => id === ids[i])) return
  let above: string | undefined
  for (const id of ids.toReversed()) {
    map.moveLayer(id, above)
    above = id
  }
}

type Values = Readonly<Record<string, unknown>>
const valuesOf = (spec: LayerSpecification, part: 'paint' | 'layout'): Values => (spec[part] ?? {}) as Values

function paintLayer(map: MapLibre, was: LayerSpecification, next: LayerSpecification): void {
  for (const [name, value] of changed(valuesOf(was, 'paint'), valuesOf(next, 'paint'))) {
    map.setPaintProperty(next.id, name as never, value as never)
  }
  for (const [name, value] of changed(valuesOf(was, 'layout'), valuesOf(next, 'layout'))) {
    map.setLayoutProperty(next.id, name as never, value as never)
  }
  const filter = filterOf(next)
  if (!same(filterOf(was), filter)) map.setFilter(next.id, filter)
  if (was.minzoom !== next.minzoom || was.maxzoom !== next.maxzoom) {
    map.setLayerZoomRange(next.id, next.minzoom ?? 0, next.maxzoom ?? 24)
  }
}

function filterOf(spec: LayerSpecification): FilterSpecification | null {
  return 'filter' in spec ? (spec.filter ?? null) : null
}

function* changed(was: Values, next: Values): Generator<[string, unknown]> {
  for (const name of new Set([...Object.keys(was), ...Object.keys(next)])) {
    if (!same(was[name], next[name])) yield [name, next[name]]
  }
}

/** Style values are small JSON. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
