import type { Feature } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { EventRow } from '#contract/events'
import { light } from '#rules/deadlines'
import type { Position } from '#geo/geojson'
import type { Band } from '../map/bands.ts'
import { FONT, paletteOf } from '../map/palette.ts'
import type { Look, Part, SceneLayer } from '../map/scene.ts'
import { SHARES, URGENCY, type OpenLight } from './icons.ts'

export const EVENTS = 'events'
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
        features: rows.events.map((event) => dotOf(event, rows.now)),
        cluster: { radius: CLUSTER_RADIUS_PX, maxZoom: CLUSTER_MAX_ZOOM, properties: SUMS },
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

const dots = new WeakMap<EventRow, Feature>()

/** The same object until the row or its light changes, so that a quiet minute sends nothing to the map. */
function dotOf(event: EventRow, now: number): Feature {
  const shown = light(event, now)
  const known = dots.get(event)
  if (known?.properties?.['light'] === shown) return known
  const rank = URGENCY.indexOf(shown as OpenLight)
  const made: Feature = {
    type: 'Feature',
    id: event.id,
    properties: { id: event.id, light: shown, rank: rank === -1 ? URGENCY.length : rank },
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
      'text-size': ['step', ['get', 'point_count'], 12, 10, 12.5, 50, 13.5],
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
      'icon-size': ['interpolate', ['linear'], ['zoom'], 11, 0.72, 13, 0.86, 15, 1.05, 17, 1.3],
      'icon-allow-overlap': true,
      // Drawn from low to high: the most urgent lie on top.
      'symbol-sort-key': ['-', 0, ['get', 'rank']],
      'symbol-z-order': 'source',
    },
    paint: {},
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
      paint: { 'circle-radius': 15, 'circle-color': p.accent, 'circle-opacity': 0.16 },
    },
    {
      id: 'event-chosen-ring',
      type: 'circle',
      source: CHOSEN,
      paint: {
        'circle-radius': 13,
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
      paint: { 'circle-radius': 18, 'circle-color': p.accent, 'circle-opacity': 0.18 },
    },
    {
      id: 'report-pin',
      type: 'circle',
      source: PIN,
      paint: {
        'circle-radius': 6.5,
        'circle-color': p.accent,
        'circle-stroke-width': 2.5,
        'circle-stroke-color': p.rim,
      },
    },
  ]
  return [...chosen, ...pin].map((spec) => ({ band: 'marks', spec }))
}
