import type { Lattice } from './fabric.ts'

/** A bucket grid over segments and points: the one index behind noding and checking. */
export interface Buckets {
  readonly add: (id: number, a: Lattice, b: Lattice) => void
  readonly remove: (id: number, a: Lattice, b: Lattice) => void
  /** Ids of everything that may touch the segment; none is missed, some are repeated. */
  readonly near: (a: Lattice, b: Lattice) => Iterable<number>
}

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
  const cells = new Map<number, Set<number>>()

  function* keys(a: Lattice, b: Lattice): Generator<number> {
    const [l, r] = a[0] <= b[0] ? [a, b] : [b, a]
    const slope = r[0] === l[0] ? 0 : (r[1] - l[1]) / (r[0] - l[0])
    const [from, to] = [column(l[0] - 1), column(r[0] + 1)]
    for (let cx = from; cx <= to; cx++) {
      const x0 = Math.max(l[0], minX + cx * size - 1)
      const x1 = Math.min(r[0], minX + (cx + 1) * size + 1)
      const y0 = slope === 0 ? l[1] : l[1] + slope * (x0 - l[0])
      const y1 = slope === 0 ? r[1] : l[1] + slope * (x1 - l[0])
      const low = Math.floor((Math.min(y0, y1) - 2 - minY) / size)
      const high = Math.floor((Math.max(y0, y1) + 2 - minY) / size)
      for (let cy = low; cy <= high; cy++) yield cx * 65536 + cy
    }
  }
  const column = (x: number): number => Math.floor((x - minX) / size)

  return {
    add(id, a, b) {
      for (const key of keys(a, b)) {
        const cell = cells.get(key)
        if (cell) cell.add(id)
        else cells.set(key, new Set([id]))
      }
    },
    remove(id, a, b) {
      for (const key of keys(a, b)) cells.get(key)?.delete(id)
    },
    *near(a, b) {
      for (const key of keys(a, b)) yield* cells.get(key) ?? []
    },
  }
}
