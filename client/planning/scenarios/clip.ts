import type { Position } from '#geo/geojson'

/** Which part of the ground: all of it, or what lies west or east of a meridian. */
export type Strip = { readonly side: 'all' } | { readonly side: 'west' | 'east'; readonly lng: number }

const isIn = ([x]: readonly [lng: number, lat: number], strip: Strip): boolean =>
  strip.side === 'all' || (strip.side === 'west' ? x <= strip.lng : x >= strip.lng)

function crossing(a: Position, b: Position, lng: number): Position {
  const share = (lng - a[0]) / (b[0] - a[0])
  return [lng, a[1] + share * (b[1] - a[1])]
}

/** A closed ring cut along the meridian; empty where it lies beyond. A ring that is cut into several keeps edges on the cut. */
export function clipRing(ring: readonly Position[], strip: Strip): readonly Position[] {
  if (strip.side === 'all') return ring
  const kept: Position[] = []
  ring.slice(1).forEach((to, i) => {
    const from = ring[i] ?? to
    if (isIn(from, strip) !== isIn(to, strip)) kept.push(crossing(from, to, strip.lng))
    if (isIn(to, strip)) kept.push(to)
  })
  return kept.length < 3 ? [] : [...kept, ...kept.slice(0, 1)]
}

/** The pieces of a line that lie within. */
export function clipLine(line: readonly Position[], strip: Strip): readonly (readonly Position[])[] {
  if (strip.side === 'all') return [line]
  const pieces: Position[][] = []
  let piece: Position[] = []
  line.forEach((to, i) => {
    const from = line[i - 1]
    if (from && isIn(from, strip) !== isIn(to, strip)) piece.push(crossing(from, to, strip.lng))
    if (isIn(to, strip)) piece.push(to)
    if (isIn(to, strip) || piece.length === 0) return
    pieces.push(piece)
    piece = []
  })
  return [...pieces, piece].filter((each) => each.length > 1)
}

export const liesIn = isIn
