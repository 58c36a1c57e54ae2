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

  function* keys(a: Lattice, b: Lattice): Generator<number> {
    const [top, bottom] = [cell(Math.max(a[1], b[1])), cell(Math.min(a[1], b[1]))]
    const last = cell(Math.max(a[0], b[0]))
    for (let column = cell(Math.min(a[0], b[0])); column <= last; column++)
      for (let row = bottom; row <= top; row++) yield column * ROWS + row
  }

  return {
    add({ id, points }) {
      for (let i = 1; i < points.length; i++) {
        for (const key of keys(points[i - 1] ?? [0, 0], points[i] ?? [0, 0])) {
          const known = cells.get(key)
          if (known) known.add(id)
          else cells.set(key, new Set([id]))
        }
      }
    },
    remove({ id, points }) {
      for (let i = 1; i < points.length; i++) {
        for (const key of keys(points[i - 1] ?? [0, 0], points[i] ?? [0, 0])) {
          const known = cells.get(key)
          known?.delete(id)
          if (known?.size === 0) cells.delete(key)
        }
      }
    },
    near(...points) {
      const xs = points.map(([x]) => x)
      const ys = points.map(([, y]) => y)
      const found = new Set<number>()
      const [low, high]: readonly [Lattice, Lattice] = [
        [Math.min(...xs), Math.min(...ys)],
        [Math.max(...xs), Math.max(...ys)],
      ]
      for (const key of keys(low, high)) for (const id of cells.get(key) ?? []) found.add(id)
      return found
    },
  }
}

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
