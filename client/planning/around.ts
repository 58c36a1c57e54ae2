import { sidesOf, type Draft, type GridKey } from '#geo/plan/draft'
import { placeOfGrid } from '#geo/plan/places'
import type { Lattice } from '#geo/fabric'

const METRES_A_DEGREE = 111_320

/** The neighbours of a grid with the length of the shared border in metres, the longest first. */
export function neighboursOf(draft: Draft, grid: GridKey): readonly (readonly [GridKey, number])[] {
  const lengths = new Map<GridKey, number>()
  const flat = Math.cos(((placeOfGrid(draft, grid)?.[1] ?? 0) / 1e7 / 180) * Math.PI)
  for (const { other, points } of bordersOf(draft, grid)) {
    let metres = lengths.get(other) ?? 0
    points.forEach((to, i) => {
      const from = points[i - 1] ?? to
      metres += Math.hypot((to[0] - from[0]) * flat, to[1] - from[1]) * (METRES_A_DEGREE / 1e7)
    })
    lengths.set(other, metres)
  }
  return [...lengths].toSorted((a, b) => b[1] - a[1])
}

interface Border {
  readonly arc: number
  readonly other: GridKey
  readonly points: readonly Lattice[]
}

/** Lines between a grid and its neighbours. */
export function bordersOf(draft: Draft, grid: GridKey): readonly Border[] {
  const found = new Map<number, Border>()
  for (const atom of draft.atomsOfGrid.get(grid) ?? []) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      if (!arc) continue
      const [left, right] = sidesOf(draft, arc)
      const other = left === grid ? right : left
      if (left !== right && other !== 0) found.set(id, { arc: id, other, points: arc.points })
    }
  }
  return [...found.values()]
}
