import type { CleanRing } from './gate-rings.ts'

/**
 * Each segment of a border lies close to a few others. Where it lies close to this many on average, the lines may cross as often
 * as the square of their number, and nothing is built from them.
 */
const MAX_NEIGHBOURS = 60
const FREE = 100_000

/** Whether the boxes of the segments overlap far more often than those of borders do; a sweep, ended as soon as that is sure. */
export function isCrowded(rings: readonly CleanRing[]): boolean {
  const boxes = boxesOf(rings)
  const count = boxes.length / 4
  const side = (k: number, which: number): number => boxes[k * 4 + which] ?? 0
  const order = Uint32Array.from({ length: count }, (_, k) => k).toSorted(
    (a, b) => side(a, WEST) - side(b, WEST),
  )
  let room = count * MAX_NEIGHBOURS + FREE
  for (let k = 0; k < count && room >= 0; k++) {
    const i = order[k] ?? 0
    const [east, low, high] = [side(i, EAST), side(i, SOUTH), side(i, NORTH)]
    for (let n = k + 1; n < count; n++) {
      const j = order[n] ?? 0
      if (side(j, WEST) > east) break
      if (side(j, SOUTH) <= high && side(j, NORTH) >= low) room--
    }
  }
  return room < 0
}

const [WEST, EAST, SOUTH, NORTH] = [0, 1, 2, 3]

/** West, east, south, north of every segment, one after the other. */
function boxesOf(rings: readonly CleanRing[]): Int32Array {
  const count = rings.reduce((sum, { points }) => sum + points.length - 1, 0)
  const boxes = new Int32Array(count * 4)
  let at = 0
  for (const { points } of rings) {
    let before = points[0]
    for (const point of points.slice(1)) {
      const [ax, ay] = before ?? point
      boxes[at++] = Math.min(ax, point[0])
      boxes[at++] = Math.max(ax, point[0])
      boxes[at++] = Math.min(ay, point[1])
      boxes[at++] = Math.max(ay, point[1])
      before = point
    }
  }
  return boxes
}
