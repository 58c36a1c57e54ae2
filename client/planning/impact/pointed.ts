import { create } from 'zustand'
import type { Position } from '#geo/geojson'
import { toPosition } from '#geo/lattice'
import { placeAt, type Places, type Sites } from '#geo/plan/sites'
import { fly } from '../../map/fly.ts'

/** Places that somebody asked to see on the map, and what they are. */
export interface Pointed {
  readonly points: readonly Position[]
  readonly words: string
}

export const usePointed = create<{ readonly pointed: Pointed | null }>(() => ({ pointed: null }))

/** Marks buildings or events on the map, and takes the camera to them. */
export function pointTo(
  sites: Sites,
  kind: 'buildings' | 'events',
  ids: readonly number[],
  words: string,
): void {
  const points = placesOf(sites[kind], new Set(ids))
  if (points.length === 0) return
  usePointed.setState({ pointed: { points, words } })
  flyTo(points)
}

export function unpoint(): void {
  usePointed.setState({ pointed: null })
}

function placesOf(
  places: Places & { readonly ids: readonly number[] },
  ids: ReadonlySet<number>,
): readonly Position[] {
  return places.ids.flatMap((id, i) => (ids.has(id) ? [toPosition(placeAt(places, i))] : []))
}

/** Room around the places, so that a single one is not met nose to nose: about 150 m. */
const ROOM = 0.0015

export function flyTo(points: readonly Position[]): void {
  const [lngs, lats] = [points.map(([lng]) => lng), points.map(([, lat]) => lat)]
  fly({
    kind: 'bounds',
    box: [
      Math.min(...lngs) - ROOM,
      Math.min(...lats) - ROOM,
      Math.max(...lngs) + ROOM,
      Math.max(...lats) + ROOM,
    ],
  })
}
