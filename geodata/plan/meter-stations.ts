import type { Lattice } from '../fabric.ts'
import type { Draft, GridKey } from './draft.ts'
import type { Moved } from './meter-arcs.ts'
import { boxOf, holdsPlace, spotAfter, spotAt, type Spot } from './meter-spots.ts'
import type { Patch } from './patch.ts'

interface Stations {
  /** Grid whose ground the station of this one stands on, 0 outside of all; null without a station. */
  readonly in: (key: GridKey) => GridKey | null
  readonly update: (patch: Patch, moved: readonly Moved[]) => void
}

/** Where the stations stand; they are few, and may themselves move. */
export function openStations(draft: Draft, east: number): Stations {
  const spots = new Map<GridKey, { readonly place: Lattice; readonly spot: Spot }>()
  for (const { key, station } of draft.grids.values()) put(key, station)

  function put(key: GridKey, station: Lattice | null): void {
    if (station) spots.set(key, { place: station, spot: spotAt(draft, station, east) })
    else spots.delete(key)
  }

  return {
    in(key) {
      const known = spots.get(key)
      if (!known) return null
      return draft.labels.get(known.spot.touching || known.spot.inside) ?? 0
    },
    update(patch, moved) {
      if (moved.length > 0) {
        const box = boxOf(moved)
        for (const [key, { place, spot }] of spots)
          if (holdsPlace(box, place)) spots.set(key, { place, spot: spotAfter(draft, ...place, spot, moved) })
      }
      for (const { id, before, after } of patch.grids)
        if (before?.station !== after?.station) put(id, after?.station ?? null)
    },
  }
}
