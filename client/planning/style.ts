import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { PlanTool } from '../data/view.ts'
import type { Band } from '../map/bands.ts'
import { textSize } from '../map/names.ts'
import { FONT, paletteOf, type Palette } from '../map/palette.ts'
import type { Look, SceneLayer } from '../map/scene.ts'
import { SOURCES } from './sources.ts'

type Value = string | number | ExpressionSpecification

const is = (state: string): ExpressionSpecification => ['boolean', ['feature-state', state], false] as never
const when = (state: string, yes: Value, no: Value): ExpressionSpecification =>
  ['case', is(state), yes, no] as never
const parts = (...cases: readonly Value[]): ExpressionSpecification =>
  ['match', ['coalesce', ['feature-state', 'parts'], 'atoms'], ...cases] as never
const kind = (...names: readonly string[]): ExpressionSpecification =>
  ['in', ['get', 'kind'], ['literal', names]] as never
const byZoom = (...stops: readonly Value[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.4], ['zoom'], ...stops] as never

/** Tools that work on atoms show them from afar. */
const ATOM_TOOLS: readonly PlanTool[] = ['paint', 'split']

/** How a draft looks; the layers stay the same objects as long as theme, language and tool do. */
export function layersOf(look: Look, tool: PlanTool): readonly SceneLayer<Band>[] {
  const p = paletteOf(look)
  return [
    ...groundLayers(look, p),
    ...borderLayers(p, tool),
    ...labelLayers(look, p),
    ...handleLayers(p),
    ...sketchLayers(p),
  ]
}

function groundLayers(look: Look, p: Palette): SceneLayer<Band>[] {
  const fill = (
    id: string,
    band: Band,
    paint: NonNullable<Extract<LayerSpecification, { type: 'fill' }>['paint']>,
  ): SceneLayer<Band> => ({
    band,
    spec: { id, type: 'fill', source: SOURCES.atoms, paint: { 'fill-antialias': false, ...paint } },
  })
  const opacity = (shown: number, near: number): ExpressionSpecification =>
    ['interpolate', ['linear'], ['zoom'], 13, shown, 16, near] as never
  return [
    fill('plan-land', 'paper', { 'fill-color': p.field }),
    fill('plan-fill', 'choropleth', {
      'fill-color': ['to-color', ['feature-state', 'color'], 'rgba(0,0,0,0)'] as never,
      'fill-opacity': opacity(0.54, 0.38),
    }),
    fill('plan-changed', 'density', {
      'fill-pattern': `hatch/changed/${look.theme}`,
      'fill-opacity': when('changed', 0.5, 0),
    }),
    fill('plan-locked', 'density', {
      'fill-pattern': `hatch/locked/${look.theme}`,
      'fill-opacity': when('locked', 0.6, 0),
    }),
    fill('plan-lit', 'borders', {
      'fill-color': p.accent,
      'fill-opacity': when('hot', 0.42, when('owner', 0.16, when('chosen', 0.1, 0))),
    }),
  ]
}

function borderLayers(p: Palette, tool: PlanTool): SceneLayer<Band>[] {
  const line = (
    id: string,
    source: string,
    paint: NonNullable<Extract<LayerSpecification, { type: 'line' }>['paint']>,
    minzoom = 0,
  ): SceneLayer<Band> => ({
    band: 'borders',
    spec: { id, type: 'line', source, minzoom, layout: { 'line-join': 'round', 'line-cap': 'round' }, paint },
  })
  const grid = (color: string, other: string): ExpressionSpecification =>
    parts('atoms', other, 'communities', p.borderStrong, 'outline', p.borderStrong, color)
  const width = (factor: number): ExpressionSpecification =>
    parts('atoms', 0, 'communities', 1.5 * factor, 'outline', 2 * factor, factor)
  return [
    line(
      'plan-units',
      SOURCES.arcs,
      {
        'line-color': p.border,
        'line-width': 0.7,
        'line-opacity': parts('atoms', ATOM_TOOLS.includes(tool) ? 0.75 : 0.4, 0),
      },
      ATOM_TOOLS.includes(tool) ? 11.5 : 14.2,
    ),
    line('plan-gone', SOURCES.gone, {
      'line-color': p.ink,
      'line-width': byZoom(11, 1, 16, 2),
      'line-opacity': 0.75,
      'line-dasharray': [2.2, 2],
    }),
    line('plan-borders', SOURCES.arcs, {
      'line-color': grid(p.ink, p.border),
      'line-width': byZoom(11, width(0.8), 13, width(1.2), 16, width(2.2)),
      'line-opacity': parts('atoms', 0, 0.85),
    }),
    line('plan-ring', SOURCES.arcs, {
      'line-color': p.accent,
      'line-width': when('shared', 4.5, 3),
      'line-opacity': when('shared', 1, when('chosen', 0.95, 0)),
    }),
  ]
}

function labelLayers(look: Look, p: Palette): SceneLayer<Band>[] {
  const paint = { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.6 }
  return [
    {
      band: 'numbers',
      spec: {
        id: 'plan-number',
        type: 'symbol',
        source: SOURCES.labels,
        minzoom: 11.6,
        maxzoom: 13.7,
        layout: {
          'text-field': ['get', 'short'],
          'text-font': FONT.medium,
          'text-size': textSize(look, [11.6, 10.5], [13.7, 13]),
        },
        paint,
      },
    },
    {
      band: 'titles',
      spec: {
        id: 'plan-name',
        type: 'symbol',
        source: SOURCES.labels,
        minzoom: 13.7,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': FONT.medium,
          'text-size': textSize(look, [13.7, 11.5], [16, 14]),
          'text-max-width': 9,
          'text-padding': 4,
        },
        paint,
      },
    },
  ]
}

function handleLayers(p: Palette): SceneLayer<Band>[] {
  const circle = (
    id: string,
    source: string,
    filter: ExpressionSpecification,
    paint: NonNullable<Extract<LayerSpecification, { type: 'circle' }>['paint']>,
  ): SceneLayer<Band> => ({ band: 'marks', spec: { id, type: 'circle', source, filter, paint } })
  const rim = { 'circle-stroke-color': p.accent, 'circle-stroke-width': 1.6 }
  return [
    circle('plan-station', SOURCES.stations, ['has', 'station'] as never, {
      'circle-radius': byZoom(11, 1.6, 14, 3.4, 17, 5),
      'circle-color': p.accent,
      'circle-stroke-color': p.rim,
      'circle-stroke-width': byZoom(11, 0.6, 14, 1.4),
    }),
    circle('plan-marked', SOURCES.marked, ['has', 'marked'] as never, {
      'circle-radius': byZoom(11, 2.5, 14, 5, 17, 8),
      'circle-color': p.lights.amber,
      'circle-stroke-color': p.ink,
      'circle-stroke-width': byZoom(11, 0.6, 14, 1.2),
    }),
    circle('plan-vertex', SOURCES.handles, kind('vertex'), {
      ...rim,
      'circle-radius': byZoom(11, 1.4, 14, 3, 16, 4.5),
      'circle-stroke-width': byZoom(11, 0.8, 14, 1.4),
      'circle-color': p.rim,
    }),
    circle('plan-node', SOURCES.handles, kind('node'), {
      'circle-stroke-color': p.rim,
      'circle-stroke-width': byZoom(11, 0.8, 14, 1.4),
      'circle-radius': byZoom(11, 2.2, 14, 4.2, 16, 6),
      'circle-color': p.accent,
    }),
    circle('plan-held', SOURCES.sketch, kind('held', 'edge', 'chosen', 'corner'), {
      'circle-radius': ['match', ['get', 'kind'], 'corner', 3, 'edge', 5, 'chosen', 7.5, 8] as never,
      'circle-color': ['match', ['get', 'kind'], 'corner', p.accent, p.rim] as never,
      'circle-stroke-color': p.accent,
      'circle-stroke-width': ['match', ['get', 'kind'], 'chosen', 3.5, 2.5] as never,
    }),
    circle('plan-refused', SOURCES.sketch, kind('refused'), {
      'circle-radius': 13,
      'circle-color': p.lights.red,
      'circle-opacity': 0.2,
      'circle-stroke-color': p.lights.red,
      'circle-stroke-width': 2.5,
    }),
  ]
}

function sketchLayers(p: Palette): SceneLayer<Band>[] {
  return [
    {
      band: 'borders',
      spec: {
        id: 'plan-sketch-area',
        type: 'fill',
        source: SOURCES.sketch,
        filter: kind('area', 'brush'),
        paint: { 'fill-color': p.accent, 'fill-opacity': 0.14 },
      },
    },
    {
      band: 'borders',
      spec: {
        id: 'plan-sketch-line',
        type: 'line',
        source: SOURCES.sketch,
        filter: kind('line', 'area', 'brush'),
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': p.accent, 'line-width': 2.4, 'line-dasharray': [1.6, 1.4] },
      },
    },
  ]
}
