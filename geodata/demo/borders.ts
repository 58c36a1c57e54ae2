import type { Arc } from '../fabric.ts'
import type { Drawn, Land } from './land.ts'
import { at, metres, mix, pairs, toSegment, type Point } from './plane.ts'

/** Metres from the middle of each kind of border to the nearest wall of a house. */
export const SETBACK = {
  trunk: 34,
  main: 23,
  street: 15,
  lane: 6.5,
  drive: 4.6,
  track: 6,
  canal: 17,
  river: 16,
  field: 5,
  outline: 12,
} as const

export type Border = keyof typeof SETBACK

const CELL = 100

/** Arc id → the drawn line that runs along it. */
export function traced(land: Land): ReadonlyMap<number, Drawn> {
  const index = new Map<string, (readonly [Point, Point, Drawn])[]>()
  for (const drawn of land.drawn) {
    for (const [a, b] of pairs(drawn.points)) {
      for (const key of cellsAlong(a, b)) {
        const cell = index.get(key)
        if (cell) cell.push([a, b, drawn])
        else index.set(key, [[a, b, drawn]])
      }
    }
  }
  const found = new Map<number, Drawn>()
  for (const arc of land.fabric.arcs) {
    const middle = middleOf(arc)
    const near = index.get(cellOf(middle)) ?? []
    const hit = near.find(([a, b, drawn]) => drawn.kind === arc.kind && toSegment(middle, a, b) < 0.2)
    if (hit) found.set(arc.id, hit[2])
  }
  return found
}

export function borderOf(arc: Arc, drawn: Drawn | undefined): Border {
  if (drawn?.road) return drawn.road
  if (arc.kind === 'road') return 'street'
  return arc.kind === 'community' ? 'outline' : arc.kind
}

function middleOf({ points }: Arc): Point {
  const i = Math.max(1, points.length >> 1)
  return mix(metres(at(points, i - 1)), metres(at(points, i)), 0.5)
}

const cellOf = ([x, y]: Point): string => `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`

function cellsAlong(a: Point, b: Point): ReadonlySet<string> {
  const keys = new Set<string>()
  const [x0, x1] = [Math.min(a[0], b[0]) - 1, Math.max(a[0], b[0]) + 1]
  const [y0, y1] = [Math.min(a[1], b[1]) - 1, Math.max(a[1], b[1]) + 1]
  for (let x = Math.floor(x0 / CELL); x <= Math.floor(x1 / CELL); x++)
    for (let y = Math.floor(y0 / CELL); y <= Math.floor(y1 / CELL); y++) keys.add(`${x},${y}`)
  return keys
}
