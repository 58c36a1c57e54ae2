import type { Lattice } from '../fabric.ts'
import { onSegment, orient } from '../lattice.ts'
import type { Draft, GridKey } from './draft.ts'

/** Somewhere about the middle of an atom: where to look, not what lies inside. */
export function placeOfAtom(draft: Draft, atom: number): Lattice | null {
  return middle(draft, draft.arcsOfAtom.get(atom) ?? [])
}

export function placeOfGrid(draft: Draft, grid: GridKey): Lattice | null {
  const { station = null } = draft.grids.get(grid) ?? {}
  if (station) return station
  const [atom] = draft.atomsOfGrid.get(grid) ?? []
  return atom === undefined ? null : placeOfAtom(draft, atom)
}

/** Middle of the box around the arcs. */
function middle(draft: Draft, arcs: Iterable<number>): Lattice | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const id of arcs) {
    for (const [x, y] of draft.arcs.get(id)?.points ?? []) {
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
  }
  return west === Infinity ? null : [Math.round((west + east) / 2), Math.round((south + north) / 2)]
}

/** Whether a place counts as the grid's: inside it, or on a border whose touching atom with the lowest id is its. */
export function liesIn(draft: Draft, grid: GridKey, at: Lattice): boolean {
  const owner = touching(draft, at)
  if (owner !== null) return draft.labels.get(owner) === grid
  let inside = false
  for (const atom of draft.atomsOfGrid.get(grid) ?? []) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      // An arc between two atoms of the grid is met from both, and so leaves the answer as it was.
      if (oddCrossings(at, draft.arcs.get(id)?.points ?? [])) inside = !inside
    }
  }
  return inside
}

/** The lowest atom whose border holds the place. */
function touching(draft: Draft, at: Lattice): number | null {
  let lowest: number | null = null
  for (const id of draft.near.near(at)) {
    const arc = draft.arcs.get(id)
    if (!arc?.points.some((to, i) => onSegment(at, arc.points[i - 1] ?? to, to))) continue
    for (const atom of [arc.left, arc.right])
      if (atom !== 0 && (lowest === null || atom < lowest)) lowest = atom
  }
  return lowest
}

/** Whether a ray from the place to the east crosses the chain an odd number of times. */
function oddCrossings(at: Lattice, points: readonly Lattice[]): boolean {
  let odd = false
  let from = points[0]
  for (const to of points) {
    if (from && crossesRay(at, from, to)) odd = !odd
    from = to
  }
  return odd
}

/** Whether the segment crosses the ray from the point to the east; the lower end counts, the upper does not. */
export function crossesRay(at: Lattice, from: Lattice, to: Lattice): boolean {
  if (from[1] > at[1] === to[1] > at[1]) return false
  return to[1] > from[1] ? orient(from, to, at) > 0 : orient(from, to, at) < 0
}
