import { create } from 'zustand'
import type { Position } from '#geo/geojson'
import type { GridKey } from '#geo/plan/draft'
import type { Band } from '../../map/bands.ts'
import { textSize } from '../../map/names.ts'
import { FONT, paletteOf } from '../../map/palette.ts'
import type { Feature, FeatureSource, Look, Part, SceneLayer } from '../../map/scene.ts'
import { SOURCES } from '../sources.ts'
import { clipLine, clipRing, liesIn, type Strip } from './clip.ts'
import { linesOnlyIn, type SideShapes } from './sideshapes.ts'

export const SHOWN = ['this', 'both', 'other', 'swipe'] as const
type Shown = (typeof SHOWN)[number]

/** What of a comparison the map shows, and the meridian of the swipe; null: the middle. */
export const useShown = create<{ readonly shown: Shown; readonly lng: number | null }>()(() => ({
  shown: 'both',
  lng: null,
}))

const OTHER = { fill: 'plan-other-fill', lines: 'plan-other-lines', names: 'plan-other-names' } as const
const CURTAIN = 'plan-curtain'

/** Neither of the lights nor of the lines of the open draft. */
const INK = { light: '#a3247d', dark: '#ff86d3' } as const

export interface Drawn {
  readonly shapes: SideShapes
  readonly colors: ReadonlyMap<GridKey, string>
}

interface Pair {
  readonly here: Drawn
  readonly other: Drawn
  readonly shown: Shown
  readonly lng: number
}

/** The open draft together with the other side, as the comparison is to be seen. */
export function withOther(part: Part<Band>, pair: Pair, look: Look): Part<Band> {
  const { here, other, shown, lng } = pair
  if (shown === 'this') return part
  if (shown === 'both') {
    const lines = linesOnlyIn(other.shapes, here.shapes).map(lineFeature)
    return {
      sources: { ...part.sources, [OTHER.lines]: source(lines) },
      layers: [...part.layers, lineLayer(look, 'dashed')],
    }
  }
  const strips: readonly (readonly [Drawn, Strip])[] =
    shown === 'other'
      ? [[other, { side: 'all' }]]
      : [
          [here, { side: 'west', lng }],
          [other, { side: 'east', lng }],
        ]
  const lines = strips.flatMap(([{ shapes }, strip]) => shapes.lines.flatMap((line) => clipLine(line, strip)))
  return {
    sources: {
      ...part.sources,
      [OTHER.fill]: source(strips.flatMap(([side, strip]) => fillsOf(side, strip))),
      [OTHER.lines]: source(lines.map(lineFeature)),
      [OTHER.names]: source(strips.flatMap(([side, strip]) => namesOf(side, strip, look))),
      [CURTAIN]: source(shown === 'swipe' ? [curtain(here.shapes, lng)] : []),
    },
    layers: [
      ...part.layers.filter(({ spec }) => !HIDDEN.has(sourceOf(spec)) || spec.id === 'plan-land'),
      ...sideLayers(look),
      lineLayer(look, shown === 'other' ? 'other' : 'plain'),
      curtainLayer(look),
    ],
  }
}

/** What would show the open draft where the other side is to be seen. */
const HIDDEN: ReadonlySet<string> = new Set([
  SOURCES.atoms,
  SOURCES.arcs,
  SOURCES.gone,
  SOURCES.labels,
  SOURCES.stations,
])

const sourceOf = (spec: SceneLayer<Band>['spec']): string => ('source' in spec ? String(spec.source) : '')

const source = (features: readonly Feature[]): FeatureSource => ({
  kind: 'features',
  features,
  edges: 'exact',
})

const mutable = (line: readonly Position[]): number[][] => line.map((at) => [...at])

function lineFeature(line: readonly Position[], i: number): Feature {
  return {
    type: 'Feature',
    id: i + 1,
    properties: {},
    geometry: { type: 'LineString', coordinates: mutable(line) },
  }
}

let nextId = 1

function fillsOf({ shapes, colors }: Drawn, strip: Strip): readonly Feature[] {
  return shapes.grids.flatMap(({ key, polygons }) =>
    polygons.flatMap((rings) => {
      const [outer = [], ...holes] = rings.map((ring) => clipRing(ring, strip))
      if (outer.length === 0) return []
      nextId++
      return {
        type: 'Feature' as const,
        id: nextId,
        properties: { color: colors.get(key) ?? '' },
        geometry: {
          type: 'Polygon' as const,
          coordinates: [outer, ...holes.filter((hole) => hole.length > 0)].map(mutable),
        },
      }
    }),
  )
}

function namesOf({ shapes }: Drawn, strip: Strip, { language }: Look): readonly Feature[] {
  return shapes.grids.flatMap(({ name, nameEn, middle }) => {
    if (!middle || !liesIn(middle, strip)) return []
    nextId++
    return {
      type: 'Feature' as const,
      id: nextId,
      properties: { name: language === 'en' && nameEn ? nameEn : name },
      geometry: { type: 'Point' as const, coordinates: [...middle] },
    }
  })
}

function curtain({ lines }: SideShapes, lng: number): Feature {
  const lats = lines.flatMap((line) => line.map(([, lat]) => lat))
  const south = lats.reduce((least, lat) => Math.min(least, lat), 90)
  const north = lats.reduce((most, lat) => Math.max(most, lat), -90)
  return lineFeature(
    [
      [lng, south - 0.01],
      [lng, north + 0.01],
    ],
    0,
  )
}

function sideLayers(look: Look): readonly SceneLayer<Band>[] {
  const p = paletteOf(look)
  return [
    {
      band: 'choropleth',
      spec: {
        id: OTHER.fill,
        type: 'fill',
        source: OTHER.fill,
        paint: {
          'fill-antialias': false,
          'fill-color': ['to-color', ['get', 'color'], 'rgba(0,0,0,0)'],
          'fill-opacity': 0.48,
        },
      },
    },
    {
      band: 'titles',
      spec: {
        id: OTHER.names,
        type: 'symbol',
        source: OTHER.names,
        minzoom: 13.7,
        layout: {
          'text-field': ['get', 'name'],
          'text-font': FONT.medium,
          'text-size': textSize(look, [13.7, 11.5], [16, 14]),
          'text-max-width': 9,
        },
        paint: { 'text-color': p.ink, 'text-halo-color': p.halo, 'text-halo-width': 1.6 },
      },
    },
  ]
}

function lineLayer(look: Look, as: 'dashed' | 'other' | 'plain'): SceneLayer<Band> {
  const color = as === 'plain' ? paletteOf(look).ink : INK[look.theme]
  return {
    band: 'borders',
    spec: {
      id: OTHER.lines,
      type: 'line',
      source: OTHER.lines,
      layout: { 'line-join': 'round', 'line-cap': as === 'dashed' ? 'butt' : 'round' },
      paint: {
        'line-color': color,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1.4, 16, as === 'dashed' ? 3.4 : 2.4],
        ...(as === 'dashed' ? { 'line-dasharray': [2, 1.4] } : {}),
      },
    },
  }
}

function curtainLayer(look: Look): SceneLayer<Band> {
  return {
    band: 'marks',
    spec: {
      id: CURTAIN,
      type: 'line',
      source: CURTAIN,
      paint: { 'line-color': paletteOf(look).accent, 'line-width': 4 },
    },
  }
}
