import type { Arc, Lattice } from '../fabric.ts'

/** Which arcs may touch a box. Boxes of arcs are looked at as they are now, so it answers for the present only. */
export interface ArcIndex {
  readonly add: (arc: Arc) => void
  readonly remove: (arc: Arc) => void
  /** Ids of the arcs with a segment whose cells meet the box of the points; none is missed, none repeated. */
  readonly near: (...points: readonly Lattice[]) => ReadonlySet<number>
}

/** Room for this many rows in a column's keys. */
const ROWS = 2 ** 21

/** The arcs give the size of a cell only: about that of their segments. `add` puts them in. */
export function arcIndex(arcs: ReadonlyMap<number, Arc>): ArcIndex {
  const size = cellSize(arcs)
  const cells = new Map<number, Set<number>>()
  const cell = (value: number): number => Math.floor(value / size) + ROWS / 2

  function* keys([west, south, east, north]: Span): Generator<number> {
    for (let column = west; column <= east; column++)
      for (let row = south; row <= north; row++) yield column * ROWS + row
  }

  /** Of those in use; a box drawn round half the world holds more cells than there are. */
  function* used(span: Span): Generator<number> {
    const [west, south, east, north] = span
    if ((east - west + 1) * (north - south + 1) <= cells.size) return yield* keys(span)
    for (const key of cells.keys()) {
      const [column, row] = [Math.floor(key / ROWS), key % ROWS]
      if (column >= west && column <= east && row >= south && row <= north) yield key
    }
  }

  const spanOf = (points: readonly Lattice[]): Span => {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const [x, y] of points) {
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
    return [cell(west), cell(south), cell(east), cell(north)]
  }

  return {
    add({ id, points }) {
      for (let i = 1; i < points.length; i++) {
        for (const key of keys(spanOf(points.slice(i - 1, i + 1)))) {
          const known = cells.get(key)
          if (known) known.add(id)
          else cells.set(key, new Set([id]))
        }
      }
    },
    remove({ id, points }) {
      for (let i = 1; i < points.length; i++) {
        for (const key of keys(spanOf(points.slice(i - 1, i + 1)))) {
          const known = cells.get(key)
          known?.delete(id)
          if (known?.size === 0) cells.delete(key)
        }
      }
    },
    near(...points) {
      const found = new Set<number>()
      for (const key of used(spanOf(points))) for (const id of cells.get(key) ?? []) found.add(id)
      return found
    },
  }
}

/** Columns and rows of cells. */
type Span = readonly [west: number, south: number, east: number, north: number]

/** Twice the mean extent of a segment. */
function cellSize(arcs: ReadonlyMap<number, Arc>): number {
  let [sum, count] = [0, 0]
  for (const { points } of arcs.values()) {
    for (let i = 1; i < points.length; i++) {
      const [[x0, y0], [x1, y1]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]]
      sum += Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
      count++
    }
  }
  // Never so small that a long segment would lie in thousands of cells, nor that the cells of the globe outnumber the keys.
  return Math.max(4096, Math.ceil((2 * sum) / Math.max(1, count)))
}
