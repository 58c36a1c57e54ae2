import type { Lattice } from './fabric.ts'

/** A bucket grid over segments and points: the one index behind noding and checking. */
export interface Buckets {
  readonly add: (id: number, a: Lattice, b: Lattice) => void
  /** Ids of everything that may touch the segment; none is missed, some are repeated. */
  readonly near: (a: Lattice, b: Lattice) => readonly number[]
}

/** Room for this many rows in a column's keys. */
const ROWS = 65536

/** `points` only size the grid: about two points to a cell, at most 1024 cells to a side. */
export function buckets(points: readonly Lattice[]): Buckets {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    minX = Math.min(minX, x)
    maxX = Math.max(maxX, x)
    minY = Math.min(minY, y)
    maxY = Math.max(maxY, y)
  }
  const span = Math.max(1, maxX - minX, maxY - minY)
  const size = Math.ceil(span / Math.min(1024, Math.max(1, Math.sqrt(points.length / 2))))
  const cells = new Map<number, number[]>()
  const column = (x: number): number => Math.floor((x - minX) / size)
  const row = (y: number): number => Math.floor((y - minY) / size)

  /** Cells that a segment may touch: in each column the rows between its ends there, a little more for rounding. */
  function keys(a: Lattice, b: Lattice): readonly number[] {
    const found: number[] = []
    const [l, r] = a[0] <= b[0] ? [a, b] : [b, a]
    const slope = r[0] === l[0] ? 0 : (r[1] - l[1]) / (r[0] - l[0])
    const last = column(r[0] + 1)
    for (let cx = column(l[0] - 1); cx <= last; cx++) {
      const x0 = Math.max(l[0], minX + cx * size - 1)
      const x1 = Math.min(r[0], minX + (cx + 1) * size + 1)
      const y0 = slope === 0 ? l[1] : l[1] + slope * (x0 - l[0])
      const y1 = slope === 0 ? r[1] : l[1] + slope * (x1 - l[0])
      const high = row(Math.max(y0, y1) + 2)
      for (let cy = row(Math.min(y0, y1) - 2); cy <= high; cy++) found.push(cx * ROWS + cy)
    }
    return found
  }

  return {
    add(id, a, b) {
      for (const key of keys(a, b)) {
        const cell = cells.get(key)
        if (cell) cell.push(id)
        else cells.set(key, [id])
      }
    },
    near(a, b) {
      const found: number[] = []
      for (const key of keys(a, b)) {
        const cell = cells.get(key)
        if (cell) for (const id of cell) found.push(id)
      }
      return found
    },
  }
}
