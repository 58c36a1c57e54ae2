import type { Arc, Lattice } from '../fabric.ts'
import type { Draft } from './draft.ts'

/** A place on an arc: the lattice point nearest to it, on the segment between `index - 1` and `index` of the arc's points. */
export interface Spot {
  readonly arc: Arc
  readonly index: number
  readonly at: Lattice
  /** In lattice units. */
  readonly distance: number
}

/** A vertex this near, in lattice units, is meant; on short segments a tenth of their length. */
const VERTEX = 100

/** The nearest place on an arc that passes the test and lies no farther away than `reach` lattice units, or null. */
export function nearest(
  draft: Draft,
  point: Lattice,
  reach: number,
  test: (arc: Arc) => boolean = () => true,
): Spot | null {
  for (let radius = Math.min(reach, 1024); ; radius = Math.min(reach, 4 * radius)) {
    const found = nearestIn(draft, point, radius, test)
    if (found || radius >= reach) return found
  }
}

function nearestIn(draft: Draft, point: Lattice, radius: number, test: (arc: Arc) => boolean): Spot | null {
  const [x, y] = point
  let best: Spot | null = null
  for (const id of draft.near.near([x - radius, y - radius], [x + radius, y + radius])) {
    const arc = draft.arcs.get(id)
    if (!arc || !test(arc)) continue
    for (let index = 1; index < arc.points.length; index++) {
      const spot = spotOn(arc, index, point)
      if (spot.distance > radius) continue
      if (!best || spot.distance < best.distance || (spot.distance === best.distance && id < best.arc.id))
        best = spot
    }
  }
  return best
}

function spotOn(arc: Arc, index: number, [x, y]: Lattice): Spot {
  const [[x0, y0], [x1, y1]] = [arc.points[index - 1] ?? [0, 0], arc.points[index] ?? [0, 0]]
  const [dx, dy] = [x1 - x0, y1 - y0]
  const length = Math.hypot(dx, dy)
  const share = length === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length ** 2
  const slack = Math.min(0.1, VERTEX / Math.max(1, length))
  const held = share < slack ? 0 : share > 1 - slack ? 1 : share
  return {
    arc,
    index,
    at: [Math.round(x0 + held * dx), Math.round(y0 + held * dy)],
    distance: Math.hypot(x0 + held * dx - x, y0 + held * dy - y),
  }
}
