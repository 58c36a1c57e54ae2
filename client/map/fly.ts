import type { Position } from '#geo/geojson'

/**
 * Moves the camera because a person asked: chose something in a list or a search, or pressed a button. Nothing else moves
 * it: live data, panels and picks on the map itself leave it where it is.
 */
export type Flight =
  /** Centres on a point, at `minZoom` or closer. */
  | { readonly kind: 'to'; readonly center: Position; readonly minZoom: number }
  /** The same, unless the point can be seen already. */
  | { readonly kind: 'show'; readonly center: Position; readonly minZoom: number }
  | {
      readonly kind: 'bounds'
      readonly box: readonly [west: number, south: number, east: number, north: number]
    }
  | { readonly kind: 'zoom'; readonly by: number }

type Pilot = (flight: Flight) => void
let pilot: Pilot | null = null
/** Asked for before the map was there. */
let waiting: Flight | null = null

export function fly(flight: Flight): void {
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
