import type { View } from '../data/view.ts'
import { eventIcon } from '../events/icons.ts'
import { eventsPart, type EventRows } from '../events/layer.ts'
import { historyPart, type HistoryRows } from '../events/history.ts'
import { gridsPart, type GridRows } from '../grids/layer.ts'
import type { Band } from '../map/bands.ts'
import { hatchIcon } from '../map/hatch.ts'
import { compose, type Look, type Part, type Pixels, type Scene } from '../map/scene.ts'
import { placesPart, type PlaceRows } from '../places/layer.ts'

/** Z-order of everything on the map, lowest first. */
const ORDER = [
  'paper',
  'ground',
  'choropleth',
  'water',
  'network',
  'density',
  'borders',
  'dots',
  'numbers',
  'names',
  'titles',
  'events',
  'marks',
] as const satisfies readonly Band[]

/** What every feature draws, one line each; all pure, so that each is made anew only when its own input changes. */
export const PARTS = {
  places: (rows: PlaceRows, look: Look): Part<Band> => placesPart(rows, look),
  grids: (rows: GridRows, view: Pick<View, 'grids' | 'heat' | 'selection'>, look: Look): Part<Band> =>
    gridsPart(rows, view, look),
  history: (rows: HistoryRows, view: Pick<View, 'heat'>, look: Look): Part<Band> =>
    historyPart(rows, view.heat, look),
  events: (rows: EventRows, look: Look): Part<Band> => eventsPart(rows, look),
}

export const sceneOf = (parts: readonly Part<Band>[]): Scene => compose<Band>(ORDER, parts)

/** Every image that a layer may name. */
export const iconOf = (name: string): Pixels | null => eventIcon(name) ?? hatchIcon(name)
