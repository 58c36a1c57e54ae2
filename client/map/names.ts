import type { ExpressionSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { Band } from './bands.ts'
import { BASEMAP, is, ROAD_CLASSES, type RoadClass } from './basemap.ts'
import { FONT, paletteOf, type Palette } from './palette.ts'
import type { Look, SceneLayer } from './scene.ts'

const nameIn = (look: Look): ExpressionSpecification =>
  look.language === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name']] : ['get', 'name']

/** Grows evenly from one zoom to the other. */
export const textSize = (
  look: Look,
  ...stops: readonly (readonly [zoom: number, px: number])[]
): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops.flatMap(([zoom, px]) => [zoom, px * look.scale])] as never

/** Place classes from most to least important: text size at low and high zoom, first zoom, weight, ink. */
const PLACES = [
  { class: 'estate', from: 14.2, size: [10.5, 13], font: FONT.regular, ink: 'inkSoft' },
  { class: 'office', from: 13.6, size: [10.5, 13], font: FONT.regular, ink: 'inkSoft' },
  { class: 'hospital', from: 13.8, size: [10.5, 13], font: FONT.regular, ink: 'inkSoft' },
  { class: 'market', from: 14, size: [10.5, 13], font: FONT.regular, ink: 'inkSoft' },
  { class: 'school', from: 14, size: [10.5, 13], font: FONT.regular, ink: 'inkSoft' },
  { class: 'park', from: 13.6, size: [10.5, 13], font: FONT.regular, ink: 'inkPark' },
  { class: 'village', from: 11.2, size: [11, 16], font: FONT.regular, ink: 'inkSoft' },
  { class: 'river', from: 12, size: [11, 14], font: FONT.regular, ink: 'inkWater' },
  { class: 'community', from: 11.4, size: [12, 17], font: FONT.medium, ink: 'ink' },
  { class: 'subdistrict', from: 8, size: [14, 22], font: FONT.bold, ink: 'ink' },
] as const satisfies readonly {
  class: string
  from: number
  size: [number, number]
  font: string[]
  ink: keyof Palette
}[]

export function nameLayers(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const places = PLACES.map((place): SymbolLayerSpecification => ({
    id: `place-${place.class}`,
    type: 'symbol',
    source: BASEMAP,
    minzoom: place.from,
    ...(place.class === 'subdistrict' ? { maxzoom: 11.6 } : {}),
    ...(place.class === 'community' ? { maxzoom: 15.5 } : {}),
    filter: is('place', place.class),
    layout: {
      'text-field': nameIn(look),
      'text-font': [...place.font],
      'text-size': textSize(look, [place.from, place.size[0]], [place.from + 4, place.size[1]]),
      'text-letter-spacing': look.language === 'zh' && place.font !== FONT.regular ? 0.12 : 0.03,
      'text-max-width': 8,
      'text-padding': 3,
      // A name may step aside for the marks that lie on its middle.
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.2,
      'text-justify': 'auto',
    },
    paint: {
      'text-color': p[place.ink],
      'text-halo-color': p.halo,
      'text-halo-width': 1.6,
      'text-halo-blur': 0.4,
    },
  }))
  return [...waterNames(look, p), ...roadNames(look, p), ...places].map((spec) => ({ band: 'names', spec }))
}

function roadNames(look: Look, p: Palette): SymbolLayerSpecification[] {
  const from = { lane: 15.6, street: 14.2, main: 13, trunk: 12.4 } satisfies Record<RoadClass, number>
  return ROAD_CLASSES.map((road) => ({
    id: `road-${road}-name`,
    type: 'symbol',
    source: BASEMAP,
    minzoom: from[road],
    filter: is('road', road),
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 380,
      'text-field': nameIn(look),
      'text-font': FONT.regular,
      'text-size': textSize(look, [from[road], 10], [from[road] + 3, 13]),
      'text-letter-spacing': look.language === 'zh' ? 0.15 : 0.02,
      'text-padding': 12,
    },
    paint: { 'text-color': p.inkSoft, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
  }))
}

function waterNames(look: Look, p: Palette): SymbolLayerSpecification[] {
  return [
    {
      id: 'water-name',
      type: 'symbol',
      source: BASEMAP,
      minzoom: 12.4,
      filter: ['all', ['==', ['get', 'layer'], 'water'], ['==', ['geometry-type'], 'LineString']],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 460,
        'text-field': nameIn(look),
        'text-font': FONT.regular,
        'text-size': textSize(look, [12, 10.5], [16, 14]),
        'text-letter-spacing': 0.25,
      },
      paint: { 'text-color': p.inkWater, 'text-halo-color': p.halo, 'text-halo-width': 1.2 },
    },
  ]
}
