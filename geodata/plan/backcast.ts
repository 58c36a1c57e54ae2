import type { Draft, GridKey } from './draft.ts'
import { spotsIn } from './meter-spots.ts'
import type { Places } from './sites.ts'

/** Events of a period, as columns. */
export interface PastEvents extends Places {
  /** Grid that the event had by the borders of its day; null outside of all. */
  readonly grids: readonly (GridKey | null)[]
  /** 1 where it was closed too late, or is late. */
  readonly overdue: readonly number[]
}

interface BackcastRow {
  readonly grid: GridKey
  readonly had: number
  readonly hadOverdue: number
  /** As if the draft had been in force. */
  readonly drawn: number
  readonly drawnOverdue: number
}

export interface Backcast {
  /** Grids of the draft, and those that had events and are no longer there; ascending. */
  readonly rows: readonly BackcastRow[]
  /** Events in no grid of the draft. */
  readonly outside: number
}

/** The grid that each place lies in, 0 outside: on a border the atom with the lowest id decides. */
export function gridsAt(draft: Draft, { xs, ys }: Places): readonly GridKey[] {
  return Array.from(spotsIn(draft, xs, ys).atoms, (atom) => draft.labels.get(atom) ?? 0)
}

export function backcastOf(draft: Draft, events: PastEvents): Backcast {
  const rows = new Map<GridKey, { -readonly [K in keyof BackcastRow]: BackcastRow[K] }>()
  const rowOf = (grid: GridKey) => {
    const known = rows.get(grid)
    if (known) return known
    const row = { grid, had: 0, hadOverdue: 0, drawn: 0, drawnOverdue: 0 }
    rows.set(grid, row)
    return row
  }
  for (const key of draft.grids.keys()) rowOf(key)
  let outside = 0
  gridsAt(draft, events).forEach((grid, i) => {
    const late = events.overdue[i] ?? 0
    const had = events.grids[i] ?? null
    if (had !== null) {
      rowOf(had).had++
      rowOf(had).hadOverdue += late
    }
    if (grid === 0) {
      outside++
      return
    }
    rowOf(grid).drawn++
    rowOf(grid).drawnOverdue += late
  })
  return { rows: [...rows.values()].toSorted((a, b) => a.grid - b.grid), outside }
}
