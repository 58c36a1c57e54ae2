import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { EventRow, Light } from '#contract/events'
import { light } from '#rules/deadlines'
import type { Position } from '#geo/geojson'
import type { Band } from '../map/bands.ts'
import { textSize } from '../map/names.ts'
import { FONT, paletteOf } from '../map/palette.ts'
import type { Feature, Look, Part, SceneLayer } from '../map/scene.ts'
import { SHARES, URGENCY, type OpenLight } from './icons.ts'

const EVENTS = 'events'
const CHOSEN = 'event-chosen'
const PIN = 'report-pin'

export interface EventRows {
  /** The open events that the filter matches: one marker each, alone or within a cluster. */
  readonly events: readonly EventRow[]
  /** The chosen event, open or not; null while it is not loaded. */
  readonly chosen: Pick<EventRow, 'id' | 'position'> | null
  /** Where a new report would be. */
  readonly pin: Position | null
  readonly now: number
}

/** Clusters open at street scale, where single dots find room. */
const CLUSTER_MAX_ZOOM = 13
const CLUSTER_RADIUS_PX = 38

export function eventsPart(rows: EventRows, look: Look): Part<Band> {
  return {
    sources: {
      [EVENTS]: {
        kind: 'features',
        features: dotsOf(rows),
        cluster: { radius: CLUSTER_RADIUS_PX * look.scale, maxZoom: CLUSTER_MAX_ZOOM, properties: SUMS },
      },
      [CHOSEN]: {
        kind: 'features',
        features: rows.chosen ? [pointOf(rows.chosen.id, rows.chosen.position)] : [],
      },
      [PIN]: { kind: 'features', features: rows.pin ? [pointOf(1, rows.pin)] : [] },
    },
    layers: layers(look),
  }
}

/** How many of each light a cluster holds. */
const SUMS = Object.fromEntries(
  URGENCY.map((name) => [name, ['+', ['case', ['==', ['get', 'light'], name], 1, 0]]]),
)

function dotsOf({ events, now }: EventRows): Feature[] {
  const piles = new Map<string, number>()
  for (const { position } of events) piles.set(spotOf(position), (piles.get(spotOf(position)) ?? 0) + 1)
  return events.map((event) => dotOf(event, light(event, now), piles.get(spotOf(event.position)) ?? 1))
}

/** About a metre: events closer than this cannot be told apart at any zoom. */
const spotOf = ([lng = 0, lat = 0]: readonly number[]): string => `${lng.toFixed(5)} ${lat.toFixed(5)}`

const dots = new WeakMap<EventRow, Feature>()

/** The same object until the row, its light or its pile changes, so that a quiet minute sends nothing to the map. */
function dotOf(event: EventRow, shown: Light, pile: number): Feature {
  const known = dots.get(event)
  if (known?.properties?.['light'] === shown && known.properties['pile'] === pile) return known
  const rank = URGENCY.findIndex((name) => name === shown)
  const made: Feature = {
    type: 'Feature',
    id: event.id,
    properties: { id: event.id, light: shown, rank: rank === -1 ? URGENCY.length : rank, pile },
    geometry: { type: 'Point', coordinates: event.position },
  }
  dots.set(event, made)
  return made
}

function pointOf(id: number, position: readonly number[]): Feature {
  return { type: 'Feature', id, properties: { id }, geometry: { type: 'Point', coordinates: [...position] } }
}

const has = (name: OpenLight): ExpressionSpecification => ['>', ['get', name], 0]
const share = (name: OpenLight): ExpressionSpecification => [
  'to-string',
  ['round', ['/', ['*', SHARES, ['get', name]], ['get', 'point_count']]],
]

/** The name that events/icons.ts draws. */
const clusterIcon = (look: Look): ExpressionSpecification => [
  'concat',
  'cluster/',
  ['step', ['get', 'point_count'], '0', 10, '1', 50, '2'],
  '/',
  ['case', has('red'), 'red', has('amber'), 'amber', has('green'), 'green', 'hold'],
  '/',
  share('red'),
  '-',
  share('amber'),
  '-',
  share('green'),
  '/',
  look.theme,
]

function layers(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const cluster: LayerSpecification = {
    id: 'event-cluster',
    type: 'symbol',
    source: EVENTS,
    filter: ['has', 'point_count'],
    layout: {
      'icon-image': clusterIcon(look),
      'icon-allow-overlap': true,
      'text-field': ['to-string', ['get', 'point_count']],
      'text-font': FONT.bold,
      'icon-size': look.scale,
      'text-size': 12.5 * look.scale,
      'text-allow-overlap': true,
      'symbol-sort-key': ['-', 0, ['get', 'red']],
    },
    paint: { 'text-color': p.ink },
  }
  const dot: LayerSpecification = {
    id: 'event-dot',
    type: 'symbol',
    source: EVENTS,
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['concat', 'event/', ['get', 'light'], '/', look.theme],
      'icon-size': textSize(look, [11, 0.72], [13, 0.86], [15, 1.05], [17, 1.3]),
      'icon-allow-overlap': true,
      // Drawn from low to high: the most urgent lie on top.
      'symbol-sort-key': ['-', 0, ['get', 'rank']],
      // Several on one spot hide each other: their number stands beside them.
      'text-field': ['case', ['>', ['get', 'pile'], 1], ['concat', '×', ['to-string', ['get', 'pile']]], ''],
      'text-font': FONT.bold,
      'text-size': 12 * look.scale,
      'text-anchor': 'left',
      'text-offset': [0.9, -0.7],
      'text-allow-overlap': true,
    },
    paint: { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.8 },
  }
  return [
    { band: 'events', spec: dot, pick: 'event' },
    { band: 'events', spec: cluster, pick: 'cluster' },
    ...marks(look),
  ]
}

function marks(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const chosen: LayerSpecification[] = [
    {
      id: 'event-chosen-halo',
      type: 'circle',
      source: CHOSEN,
      paint: { 'circle-radius': 15 * look.scale, 'circle-color': p.accent, 'circle-opacity': 0.16 },
    },
    {
      id: 'event-chosen-ring',
      type: 'circle',
      source: CHOSEN,
      paint: {
        'circle-radius': 13 * look.scale,
        'circle-opacity': 0,
        'circle-stroke-width': 2.6,
        'circle-stroke-color': p.accent,
      },
    },
  ]
  const pin: LayerSpecification[] = [
    {
      id: 'report-pin-halo',
      type: 'circle',
      source: PIN,
      paint: { 'circle-radius': 18 * look.scale, 'circle-color': p.accent, 'circle-opacity': 0.18 },
    },
    {
      id: 'report-pin',
      type: 'circle',
      source: PIN,
      paint: {
        'circle-radius': 6.5 * look.scale,
        'circle-color': p.accent,
        'circle-stroke-width': 2.5,
        'circle-stroke-color': p.rim,
      },
    },
  ]
  return [...chosen, ...pin].map((spec) => ({ band: 'marks', spec }))
}
