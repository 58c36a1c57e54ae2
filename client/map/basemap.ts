import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Band } from './bands.ts'
import { paletteOf, type Palette } from './palette.ts'
import type { Look, SceneLayer } from './scene.ts'

export const BASEMAP = 'basemap'
export const BUILDINGS = 'buildings'
/** Footprints are loaded and drawn from here on. */
export const BUILDINGS_ZOOM = 14

type Stops = readonly (readonly [zoom: number, value: number])[]

/** Drawn by hand for each class: px at zoom, growing by powers between the stops. */
const ROADS = {
  lane: {
    from: 13.6,
    width: [
      [13.6, 0.5],
      [15, 2],
      [16, 4],
      [18, 14],
    ],
    casing: 'casing',
    fill: 'road',
  },
  street: {
    from: 12,
    width: [
      [12, 0.7],
      [13, 1.6],
      [15, 5],
      [16, 8],
      [18, 24],
    ],
    casing: 'casing',
    fill: 'road',
  },
  main: {
    from: 10,
    width: [
      [10, 0.8],
      [12, 1.8],
      [13, 3],
      [15, 8],
      [16, 12],
      [18, 34],
    ],
    casing: 'casing',
    fill: 'roadMain',
  },
  trunk: {
    from: 9,
    width: [
      [9, 1],
      [12, 2.6],
      [13, 4.2],
      [15, 10],
      [16, 15],
      [18, 42],
    ],
    casing: 'casingTrunk',
    fill: 'roadTrunk',
  },
} as const satisfies Record<
  string,
  { from: number; width: Stops; casing: keyof Palette; fill: keyof Palette }
>
export type RoadClass = keyof typeof ROADS
export const ROAD_CLASSES = Object.keys(ROADS) as RoadClass[]

const grow = (stops: Stops, plus = 0): ExpressionSpecification =>
  [
    'interpolate',
    ['exponential', 1.6],
    ['zoom'],
    ...stops.flatMap(([zoom, value]) => [zoom, value + plus]),
  ] as never

export const is = (layer: string, ...classes: readonly string[]): FilterSpecification =>
  ['all', ['==', ['get', 'layer'], layer], ['in', ['get', 'class'], ['literal', classes]]] as never

export function groundLayers(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const tint: ExpressionSpecification = [
    'match',
    ['get', 'class'],
    'school',
    p.civic,
    'market',
    p.civic,
    'industry',
    p.industry,
    'oldtown',
    p.oldtown,
    'estate',
    p.built,
    'village',
    p.village,
    p.field,
  ]
  const specs: LayerSpecification[] = [
    {
      id: 'landuse',
      type: 'fill',
      source: BASEMAP,
      filter: ['all', ['==', ['get', 'layer'], 'landuse'], ['!=', ['get', 'class'], 'park']],
      paint: { 'fill-color': tint, 'fill-antialias': false },
    },
    {
      id: 'field-edge',
      type: 'line',
      source: BASEMAP,
      minzoom: 13,
      filter: is('landuse', 'field'),
      paint: {
        'line-color': p.fieldEdge,
        'line-width': grow([
          [13, 0.4],
          [16, 1.2],
        ]),
      },
    },
  ]
  const paper: LayerSpecification = {
    id: 'paper',
    type: 'background',
    paint: { 'background-color': p.paper },
  }
  return [
    { band: 'paper', spec: paper },
    ...specs.map((spec) => ({ band: 'ground', spec }) as const),
    ...waterLayers(p),
  ]
}

/** Above what colours the grids: rivers and parks keep their own colour, whatever is due beside them. */
function waterLayers(p: Palette): SceneLayer<Band>[] {
  const specs: LayerSpecification[] = [
    {
      id: 'park',
      type: 'fill',
      source: BASEMAP,
      filter: is('landuse', 'park'),
      paint: { 'fill-color': p.park, 'fill-opacity': 0.8, 'fill-antialias': false },
    },
    {
      id: 'water',
      type: 'fill',
      source: BASEMAP,
      filter: ['all', ['==', ['get', 'layer'], 'water'], ['==', ['geometry-type'], 'Polygon']],
      paint: { 'fill-color': p.water },
    },
    {
      id: 'shore',
      type: 'line',
      source: BASEMAP,
      filter: ['all', ['==', ['get', 'layer'], 'water'], ['==', ['geometry-type'], 'Polygon']],
      paint: {
        'line-color': p.shore,
        'line-width': grow([
          [11, 0.4],
          [14, 0.8],
          [17, 1.6],
        ]),
      },
    },
    {
      id: 'canal',
      type: 'line',
      source: BASEMAP,
      filter: ['all', ['==', ['get', 'layer'], 'water'], ['==', ['geometry-type'], 'LineString']],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': p.water,
        'line-width': grow([
          [11, 1],
          [13, 2],
          [15, 6],
          [18, 40],
        ]),
      },
    },
  ]
  return specs.map((spec) => ({ band: 'water', spec }))
}

export function networkLayers(look: Look): SceneLayer<Band>[] {
  const p = paletteOf(look)
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const casings = ROAD_CLASSES.map((road): LayerSpecification => ({
    id: `road-${road}-casing`,
    type: 'line',
    source: BASEMAP,
    minzoom: ROADS[road].from,
    filter: is('road', road),
    layout: round,
    paint: { 'line-color': p[ROADS[road].casing], 'line-width': grow(ROADS[road].width, 1.4) },
  }))
  const fills = ROAD_CLASSES.map((road): LayerSpecification => ({
    id: `road-${road}`,
    type: 'line',
    source: BASEMAP,
    minzoom: ROADS[road].from,
    filter: is('road', road),
    layout: round,
    paint: { 'line-color': p[ROADS[road].fill], 'line-width': grow(ROADS[road].width) },
  }))
  const track: LayerSpecification = {
    id: 'road-track',
    type: 'line',
    source: BASEMAP,
    minzoom: 13,
    filter: is('road', 'track'),
    paint: {
      'line-color': p.track,
      'line-width': grow([
        [13, 0.6],
        [16, 1.8],
      ]),
      'line-dasharray': [3, 2],
    },
  }
  return [track, ...casings, ...fills, ...buildingLayers(p)].map((spec) => ({ band: 'network', spec }))
}

function buildingLayers(p: Palette): LayerSpecification[] {
  const appear: ExpressionSpecification = [
    'interpolate',
    ['linear'],
    ['zoom'],
    BUILDINGS_ZOOM,
    0,
    BUILDINGS_ZOOM + 0.6,
    1,
  ]
  return [
    {
      id: 'building',
      type: 'fill',
      source: BUILDINGS,
      minzoom: BUILDINGS_ZOOM,
      paint: { 'fill-color': p.building, 'fill-opacity': appear, 'fill-antialias': false },
    },
    {
      id: 'building-edge',
      type: 'line',
      source: BUILDINGS,
      minzoom: BUILDINGS_ZOOM + 0.4,
      paint: {
        'line-color': p.buildingEdge,
        'line-opacity': appear,
        'line-width': grow([
          [14, 0.4],
          [17, 1.2],
        ]),
      },
    },
  ]
}
