import { useMay } from './me.ts'
import { GRID_PAINTS, useView, type GridPaint } from './view.ts'

/** What needs no events to be drawn. */
const EVENTLESS = ['kind', 'plain'] as const satisfies readonly GridPaint[]

/** The colours of the grids for this person, and those to choose from: who sees no events has none to colour by. */
export function useGridPaint(): { readonly paint: GridPaint; readonly choices: readonly GridPaint[] } {
  const asked = useView((view) => view.grids)
  const choices: readonly GridPaint[] = useMay('events.read') ? GRID_PAINTS : EVENTLESS
  return { paint: choices.includes(asked) ? asked : 'kind', choices }
}
