import type { Lattice } from '../fabric.ts'
import { UNIT } from '../lattice.ts'

/** Metres east and north of the centre of the demo. */
export type Point = readonly [x: number, y: number]

/** The centre, and metres per degree there. Literals, so that no machine's cosine can move the demo. */
export const CENTRE = [119.93, 32.46] as const
const METRES = [94018.6, 110895.2] as const

export function lattice([x, y]: Point): Lattice {
  return [
    Math.round(CENTRE[0] * UNIT + (x / METRES[0]) * UNIT),
    Math.round(CENTRE[1] * UNIT + (y / METRES[1]) * UNIT),
  ]
}

export function metres([x, y]: Lattice): Point {
  return [((x - CENTRE[0] * UNIT) / UNIT) * METRES[0], ((y - CENTRE[1] * UNIT) / UNIT) * METRES[1]]
}

export const add = (a: Point, b: Point, times = 1): Point => [a[0] + b[0] * times, a[1] + b[1] * times]
export const minus = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]]
export const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1]
export const wedge = (a: Point, b: Point): number => a[0] * b[1] - a[1] * b[0]
const size = (a: Point): number => Math.sqrt(a[0] * a[0] + a[1] * a[1])
export const distance = (a: Point, b: Point): number => size(minus(a, b))
export const mix = (a: Point, b: Point, t: number): Point => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
]
/** A quarter turn to the left. */
export const left = (a: Point): Point => [-a[1], a[0]]

export function unit(a: Point): Point {
  const far = size(a)
  return far === 0 ? [1, 0] : [a[0] / far, a[1] / far]
}

/** Turns `a` as the x axis is turned into the unit vector `by`. */
export const turned = (a: Point, by: Point): Point => [
  a[0] * by[0] - a[1] * by[1],
  a[0] * by[1] + a[1] * by[0],
]

export function at<T>(items: readonly T[], index: number): T {
  const item = items.at(index)
  if (item === undefined) throw new RangeError(`no item ${index} of ${items.length}`)
  return item
}

/** Consecutive pairs. */
export function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.slice(1).map((item, i) => [at(items, i), item])
}

export function length(line: readonly Point[]): number {
  return pairs(line).reduce((sum, [a, b]) => sum + distance(a, b), 0)
}

/** Signed area of a closed ring; positive counter-clockwise. */
export function area(ring: readonly Point[]): number {
  const origin = at(ring, 0)
  return pairs(ring).reduce((sum, [a, b]) => sum + wedge(minus(a, origin), minus(b, origin)), 0) / 2
}

/** Polsby-Popper: 1 for a circle, 0.785 for a square, near 0 for a sliver. */
export function compactness(ring: readonly Point[]): number {
  const around = length(ring)
  return around === 0 ? 0 : (4 * Math.PI * Math.abs(area(ring))) / (around * around)
}

export function centroid(ring: readonly Point[]): Point {
  const origin = at(ring, 0)
  let [x, y, sum] = [0, 0, 0]
  for (const [a, b] of pairs(ring)) {
    const w = wedge(minus(a, origin), minus(b, origin))
    x += (a[0] + b[0] - 2 * origin[0]) * w
    y += (a[1] + b[1] - 2 * origin[1]) * w
    sum += 3 * w
  }
  return sum === 0 ? origin : [origin[0] + x / sum, origin[1] + y / sum]
}

/** Where a line is after `far` metres, and its direction there. */
export function along(
  line: readonly Point[],
  far: number,
): { readonly point: Point; readonly heading: Point } {
  let rest = far
  for (const [a, b] of pairs(line)) {
    const step = distance(a, b)
    if (rest <= step && step > 0) return { point: mix(a, b, rest / step), heading: unit(minus(b, a)) }
    rest -= step
  }
  return { point: at(line, -1), heading: unit(minus(at(line, -1), at(line, -2))) }
}

/** Even steps of about `step` metres; both ends are kept. */
export function resampled(line: readonly Point[], step: number): Point[] {
  const total = length(line)
  const count = Math.max(1, Math.round(total / step))
  return Array.from({ length: count + 1 }, (_, i) => along(line, (total * i) / count).point)
}

/** Catmull-Rom through the points, sampled about every `step` metres. */
export function smooth(points: readonly Point[], step: number): Point[] {
  const last = points.length - 1
  const closed = distance(at(points, 0), at(points, last)) === 0
  const get = (i: number): Point => {
    if (i >= 0 && i <= last) return at(points, i)
    if (closed) return at(points, i < 0 ? last - 1 : 1)
    return i < 0
      ? add(at(points, 0), minus(at(points, 0), at(points, 1)))
      : add(at(points, last), minus(at(points, last), at(points, last - 1)))
  }
  const line: Point[] = [at(points, 0)]
  for (let i = 0; i < last; i++) {
    const [p, a, b, q] = [get(i - 1), get(i), get(i + 1), get(i + 2)]
    const count = Math.max(1, Math.round(distance(a, b) / step))
    for (let k = 1; k <= count; k++) line.push(bend(p, a, b, q, k / count))
  }
  return line
}

function bend(p: Point, a: Point, b: Point, q: Point, t: number): Point {
  const one = (i: 0 | 1): number =>
    a[i] +
    0.5 *
      t *
      (b[i] - p[i] + t * (2 * p[i] - 5 * a[i] + 4 * b[i] - q[i] + t * (3 * (a[i] - b[i]) + q[i] - p[i])))
  return [one(0), one(1)]
}

/** The line moved to its left by `far(i / count)` metres. */
export function offset(line: readonly Point[], far: (t: number) => number): Point[] {
  const last = line.length - 1
  return line.map((point, i) => {
    const heading = unit(minus(at(line, Math.min(last, i + 1)), at(line, Math.max(0, i - 1))))
    return add(point, left(heading), far(i / last))
  })
}

/** The line made longer at both ends, straight on. */
export function extended(line: readonly Point[], by: number): Point[] {
  const back = unit(minus(at(line, 0), at(line, 1)))
  const on = unit(minus(at(line, -1), at(line, -2)))
  return [add(at(line, 0), back, by), ...line, add(at(line, -1), on, by)]
}

export function toSegment(p: Point, a: Point, b: Point): number {
  const d = minus(b, a)
  const length2 = dot(d, d)
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, dot(minus(p, a), d) / length2))
  return distance(p, add(a, d, t))
}

export function contains(ring: readonly Point[], p: Point): boolean {
  let inside = false
  for (const [a, b] of pairs(ring)) {
    if (a[1] > p[1] === b[1] > p[1]) continue
    if (p[0] < a[0] + ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1])) inside = !inside
  }
  return inside
}

/** The ring without the points that lie within `tolerance` of the chord of their neighbours (Douglas-Peucker). */
export function simplified(line: readonly Point[], tolerance: number): Point[] {
  if (line.length < 3) return [...line]
  const [first, last] = [at(line, 0), at(line, -1)]
  let [worst, far] = [0, -1]
  for (let i = 1; i < line.length - 1; i++) {
    const off =
      distance(first, last) === 0 ? distance(at(line, i), first) : toSegment(at(line, i), first, last)
    if (off > far) [worst, far] = [i, off]
  }
  if (far <= tolerance) return [first, last]
  return [
    ...simplified(line.slice(0, worst + 1), tolerance).slice(0, -1),
    ...simplified(line.slice(worst), tolerance),
  ]
}
