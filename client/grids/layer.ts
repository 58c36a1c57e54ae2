import type { Feature } from 'geojson'
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { EventRow } from '#contract/events'
import type { GridFeature } from '#contract/grids'
import type { View } from '../data/view.ts'
import type { Band } from '../map/bands.ts'
import { FONT, paletteOf, type Palette } from '../map/palette.ts'
import type { Look, Part, SceneLayer, States } from '../map/scene.ts'
import { borders } from './borders.ts'
import { countClass, deadlineClass, IDLE, loads, type Load } from './measure.ts'

export const GRIDS = 'grids'
const BORDERS = 'grid-borders'
const LABELS = 'grid-labels'

export interface GridRows {
  readonly grids: readonly GridFeature[]
  /** The open events that the filter matches: the same rows as the list and the dots. */
  readonly events: readonly EventRow[]
  readonly now: number
  /** Grids that a gesture points at, such as the candidates for a new report. */
  readonly outlined: readonly number[]
}

export function gridsPart(rows: GridRows, view: Pick<View, 'grids' | 'selection'>, look: Look): Part<Band> {
  const load = loads(rows.events, rows.now)
  return {
    sources: {
      [GRIDS]: { kind: 'features', features: polygons(rows.grids), states: states(rows, load, view, look) },
      [BORDERS]: { kind: 'features', features: lines(rows.grids) },
      [LABELS]: {
        kind: 'features',
        features: rows.grids.map((grid) => label(grid, load.get(grid.id)?.open ?? 0)),
      },
    },
    layers: layers(look),
  }
}

/** Colour by what the view asks for, as feature states: a new minute or event recolours without new geometry. */
function states(
  rows: GridRows,
  load: ReadonlyMap<number, Load>,
  view: Pick<View, 'grids' | 'selection'>,
  look: Look,
): States {
  const p = paletteOf(look)
  return new Map(
    rows.grids.map((grid) => [
      grid.id,
      {
        color: colorOf(grid, load.get(grid.id) ?? IDLE, view.grids, p),
        selected: view.selection.kind === 'grid' && view.selection.id === grid.id,
        outlined: rows.outlined.includes(grid.id),
      },
    ]),
  )
}

export function colorOf(grid: GridFeature, load: Load, by: View['grids'], p: Palette): string | null {
  switch (by) {
    case 'deadline':
      return load.minutes === null ? null : (p.deadline[deadlineClass(load.minutes)] ?? null)
    case 'open':
      return p.counts[countClass(load.open)] ?? null
    case 'kind':
      return p.kinds[grid.properties.kind]
    case 'plain':
      return null
  }
}

/** Kept by the array that they are made of, so that equal rows make the same sources. */
const polygonsOf = new WeakMap<readonly GridFeature[], Feature[]>()
const linesOf = new WeakMap<readonly GridFeature[], Feature[]>()

function polygons(grids: readonly GridFeature[]): Feature[] {
  const known = polygonsOf.get(grids)
  if (known) return known
  const made = grids.map(({ id, geometry }): Feature => ({
    type: 'Feature',
    id,
    properties: { id },
    geometry: geometry as Feature['geometry'],
  }))
  polygonsOf.set(grids, made)
  return made
}

function lines(grids: readonly GridFeature[]): Feature[] {
  const known = linesOf.get(grids)
  if (known) return known
  const made = borders(grids)
  linesOf.set(grids, made)
  return made
}

const labelOf = new WeakMap<GridFeature, Feature>()

function label(grid: GridFeature, open: number): Feature {
  const known = labelOf.get(grid)
  if (known?.properties?.['open'] === open) return known
  const { id, code, name, nameEn } = grid.properties
  const made: Feature = {
    type: 'Feature',
    id,
    properties: { id, short: shortName(code), name, nameEn, open },
    geometry: { type: 'Point', coordinates: grid.properties.label },
  }
  labelOf.set(grid, made)
  return made
}

/** The number within the community, the last three digits of the code, as people say it. */
export function shortName(code: string): string {
  return code.slice(-3).replace(/^0+(?=\d)/, '')
}

const when = (
  state: string,
  yes: number | string,
  no: number | string | ExpressionSpecification,
): ExpressionSpecification => ['case', ['boolean', ['feature-state', state], false], yes, no] as never

const byZoom = (...stops: readonly number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.4], ['zoom'], ...stops] as never

function layers(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const wash = look.theme === 'dark' ? 0.62 : 0.56
  const fill: LayerSpecification = {
    id: 'grid-fill',
    type: 'fill',
    source: GRIDS,
    paint: {
      'fill-color': ['to-color', ['feature-state', 'color'], 'rgba(0,0,0,0)'],
      // Close up the ground matters more than the class.
      'fill-opacity': [
        'interpolate',
        ['linear'],
        ['zoom'],
        13,
        when('hover', wash + 0.14, wash),
        16,
        when('hover', 0.4, 0.28),
      ] as never,
      'fill-antialias': false,
    },
  }
  const chosen: LayerSpecification = {
    id: 'grid-chosen',
    type: 'fill',
    source: GRIDS,
    paint: {
      'fill-color': p.accentWash,
      'fill-opacity': when('selected', 0.12, when('hover', 0.05, 0)),
      'fill-antialias': false,
    },
  }
  const ring: LayerSpecification = {
    id: 'grid-ring',
    type: 'line',
    source: GRIDS,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': p.accent,
      'line-width': when('selected', 3, 2),
      'line-opacity': when('selected', 1, when('outlined', 0.9, when('hover', 0.55, 0))),
    },
  }
  return [
    { band: 'choropleth', spec: fill, pick: 'grid' },
    ...borderLayers(p),
    { band: 'borders', spec: chosen },
    { band: 'borders', spec: ring },
    ...labelLayers(look, p),
  ]
}

function borderLayers(p: Palette): SceneLayer<Band>[] {
  const kind = (name: string) => ['==', ['get', 'class'], name] as ExpressionSpecification
  const join = { 'line-join': 'round', 'line-cap': 'round' } as const
  const specs: LayerSpecification[] = [
    {
      id: 'border-grid',
      type: 'line',
      source: BORDERS,
      filter: kind('grid'),
      layout: join,
      paint: {
        'line-color': p.border,
        'line-width': byZoom(11, 0.5, 13, 0.9, 16, 1.6),
        'line-opacity': 0.75,
      },
    },
    {
      id: 'border-community',
      type: 'line',
      source: BORDERS,
      filter: kind('community'),
      layout: join,
      paint: {
        'line-color': p.borderStrong,
        'line-width': byZoom(11, 1, 13, 1.7, 16, 2.8),
        'line-opacity': 0.85,
      },
    },
    {
      id: 'border-outline',
      type: 'line',
      source: BORDERS,
      filter: kind('outline'),
      layout: join,
      paint: { 'line-color': p.borderStrong, 'line-width': byZoom(11, 1.8, 13, 2.6, 16, 4) },
    },
  ]
  return specs.map((spec) => ({ band: 'borders', spec }))
}

function labelLayers(look: Look, p: Palette): SceneLayer<Band>[] {
  const name: ExpressionSpecification = look.language === 'en' ? ['get', 'nameEn'] : ['get', 'name']
  const paint = { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.5 }
  const count: ExpressionSpecification = [
    'case',
    ['>', ['get', 'open'], 0],
    ['concat', '\n', ['to-string', ['get', 'open']]],
    '',
  ]
  const specs: LayerSpecification[] = [
    {
      id: 'grid-number',
      type: 'symbol',
      source: LABELS,
      minzoom: 12,
      maxzoom: 13.7,
      layout: {
        'text-field': ['get', 'short'],
        'text-font': FONT.medium,
        'text-size': byZoom(12, 10, 13.7, 12.5),
      },
      paint: { ...paint, 'text-color': p.inkSoft },
    },
    {
      id: 'grid-name',
      type: 'symbol',
      source: LABELS,
      minzoom: 13.7,
      layout: {
        'text-field': [
          'format',
          name,
          { 'font-scale': 1 },
          count,
          { 'font-scale': 0.9, 'text-color': p.inkSoft },
        ],
        'text-font': FONT.medium,
        'text-size': byZoom(13.7, 11.5, 16, 14),
        'text-max-width': 9,
        'text-padding': 4,
      },
      paint,
    },
  ]
  return specs.map((spec) => ({ band: 'names', spec }))
}
