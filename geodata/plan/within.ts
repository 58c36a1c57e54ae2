import type { Lattice } from '../fabric.ts'
import type { LatticePolygon } from '../lattice.ts'

/**
 * A point well inside a polygon, in lattice units but between lattice points: on the line half-way between the two neighbouring
 * heights of vertices that lie farthest apart, in the middle of its longest piece inside.
 */
export function pointWithin(polygon: LatticePolygon): Lattice {
  const heights = [...new Set(polygon.flat().map(([, y]) => y))].toSorted((a, b) => a - b)
  let [low, high] = [heights[0] ?? 0, heights[0] ?? 0]
  heights.forEach((height, i) => {
    const before = heights[i - 1] ?? height
    if (height - before > high - low) [low, high] = [before, height]
  })
  const y = (low + high) / 2
  const xs = polygon.flatMap((ring) => crossingsOf(ring, y)).toSorted((a, b) => a - b)
  let [left, right] = [xs[0] ?? 0, xs[0] ?? 0]
  for (let i = 1; i < xs.length; i += 2) {
    const [a, b] = [xs[i - 1] ?? 0, xs[i] ?? 0]
    if (b - a > right - left) [left, right] = [a, b]
  }
  return [(left + right) / 2, y]
}

function crossingsOf(ring: readonly Lattice[], y: number): readonly number[] {
  return ring.flatMap(([x1, y1], i) => {
    const [x0, y0] = ring[i - 1] ?? [x1, y1]
    return y0 > y === y1 > y ? [] : [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)]
  })
}
