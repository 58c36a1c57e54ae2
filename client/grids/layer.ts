import type { ExpressionSpecification, LayerSpecification, LineLayerSpecification } from 'maplibre-gl'
import type { EventRow } from '#contract/events'
import type { GridFeature } from '#contract/grids'
import type { View } from '../data/view.ts'
import type { Band } from '../map/bands.ts'
import { textSize } from '../map/names.ts'
import { FONT, paletteOf, type Palette } from '../map/palette.ts'
import type { Feature, Look, Part, SceneLayer, States } from '../map/scene.ts'
import { borders } from './borders.ts'
import { countClass, deadlineClass, IDLE, loads, type Load } from './measure.ts'

const GRIDS = 'grids'
const BORDERS = 'grid-borders'
const LABELS = 'grid-labels'

export interface GridRows {
  readonly grids: readonly GridFeature[]
  /** The open events that the filter matches: the same rows as the list and the dots. */
  readonly events: readonly EventRow[]
  readonly now: number
  /** How many are open, in the reader's words. */
  readonly openWords: (count: number) => string
  /** Grids that a gesture points at, such as the candidates for a new report. */
  readonly outlined: readonly number[]
}

export function gridsPart(
  rows: GridRows,
  view: Pick<View, 'grids' | 'heat' | 'selection'>,
  look: Look,
): Part<Band> {
  const load = loads(rows.events, rows.now)
  return {
    sources: {
      [GRIDS]: { kind: 'features', features: polygons(rows.grids), states: states(rows, load, view, look) },
      [BORDERS]: { kind: 'features', features: lines(rows.grids) },
      [LABELS]: {
        kind: 'features',
        features: rows.grids.map((grid) => label(grid, load.get(grid.id)?.open ?? 0, rows.openWords)),
      },
    },
    layers: layers(look),
  }
}

/** Colour by what the view asks for, as feature states: a new minute or event recolours without new geometry. */
function states(
  rows: GridRows,
  load: ReadonlyMap<number, Load>,
  view: Pick<View, 'grids' | 'heat' | 'selection'>,
  look: Look,
): States {
  const p = paletteOf(look)
  return new Map(
    rows.grids.map((grid) => [
      grid.id,
      {
        color: colorOf(grid, load.get(grid.id) ?? IDLE, paintUnder(view.grids, view.heat), p),
        selected: view.selection.kind === 'grid' && view.selection.id === grid.id,
        outlined: rows.outlined.includes(grid.id),
      },
    ]),
  )
}

/** Two fields of colour at once say nothing: density takes the ground for itself. */
export function paintUnder(paint: View['grids'], heat: View['heat']): View['grids'] {
  return heat === 'heat' || heat === 'hexagon' ? 'plain' : paint
}

function colorOf(grid: GridFeature, load: Load, by: View['grids'], p: Palette): string | null {
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

function label(grid: GridFeature, count: number, openWords: GridRows['openWords']): Feature {
  const open = count > 0 ? `\n${openWords(count)}` : ''
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
  const wash = p.wash
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
  const land: LayerSpecification = {
    id: 'land',
    type: 'fill',
    source: GRIDS,
    paint: { 'fill-color': p.field, 'fill-antialias': false },
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
    { band: 'paper', spec: land },
    { band: 'choropleth', spec: fill, pick: 'grid' },
    ...borderLayers(p),
    { band: 'borders', spec: chosen },
    { band: 'borders', spec: ring },
    ...labelLayers(look, p),
  ]
}

/** Dashed close up, where a border runs along the middle of a road that must stay readable. */
const dashed = (...dashes: readonly number[]): ExpressionSpecification =>
  ['step', ['zoom'], ['literal', [1, 0]], 13.4, ['literal', dashes]] as never

function borderLayers(p: Palette): SceneLayer<Band>[] {
  const kind = (name: string) => ['==', ['get', 'class'], name] as ExpressionSpecification
  const line = (id: string, of: string, paint: LineLayerSpecification['paint']): LayerSpecification => ({
    id,
    type: 'line',
    source: BORDERS,
    filter: kind(of),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': p.borderStrong, ...paint },
  })
  const shade = byZoom(11, 8, 13, 16, 16, 30)
  const specs = [
    line('border-grid', 'grid', {
      'line-color': p.border,
      'line-width': byZoom(11, 0.5, 13, 0.8, 16, 1.4),
      'line-opacity': 0.8,
      'line-dasharray': dashed(4, 2.5),
    }),
    line('border-community', 'community', {
      'line-width': byZoom(11, 0.9, 13, 1.3, 16, 2),
      'line-opacity': 0.8,
      'line-dasharray': dashed(7, 2, 1.4, 2),
    }),
    line('border-shade', 'outline', { 'line-width': shade, 'line-blur': shade, 'line-opacity': 0.28 }),
    line('border-outline', 'outline', { 'line-width': byZoom(11, 1.6, 13, 2.2, 16, 3.4) }),
  ]
  return specs.map((spec) => ({ band: 'borders', spec }))
}

function labelLayers(look: Look, p: Palette): SceneLayer<Band>[] {
  const name: ExpressionSpecification = look.language === 'en' ? ['get', 'nameEn'] : ['get', 'name']
  const paint = { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.5 }
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
        'text-size': textSize(look, [12, 10], [13.7, 12.5]),
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
          ['get', 'open'],
          { 'font-scale': 0.9, 'text-color': p.inkSoft },
        ],
        'text-font': FONT.medium,
        'text-size': textSize(look, [13.7, 11.5], [16, 14]),
        'text-max-width': 9,
        'text-padding': 4,
      },
      paint,
    },
  ]
  return specs.map((spec) => ({ band: spec.id === 'grid-number' ? 'numbers' : 'titles', spec }))
}
