import type { Position } from '#geo/geojson'

/**
 * Moves the camera because a person chose something in a list or a search. Nothing else moves it: live data, panels and
 * selections on the map itself leave it where it is.
 */
export type Flight =
  | { readonly kind: 'to'; readonly center: Position; readonly minZoom: number }
  | {
      readonly kind: 'bounds'
      readonly box: readonly [west: number, south: number, east: number, north: number]
    }

type Pilot = (flight: Flight) => void
let pilot: Pilot | null = null
/** Asked for before the map was there. */
let waiting: Flight | null = null

export function flyTo(center: Position, minZoom = 15.5): void {
  fly({ kind: 'to', center, minZoom })
}

export function flyToBox(box: readonly [west: number, south: number, east: number, north: number]): void {
  fly({ kind: 'bounds', box })
}

function fly(flight: Flight): void {
  if (pilot) pilot(flight)
  else waiting = flight
}

/** The map takes the stick; returns how it lets go. */
export function takeFlights(next: Pilot): () => void {
  pilot = next
  if (waiting) next(waiting)
  waiting = null
  return () => {
    if (pilot === next) pilot = null
  }
}
