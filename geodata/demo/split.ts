import { carve, faces, type Drawn, type Face, type Land } from './land.ts'
import {
  add,
  area,
  at,
  centroid,
  compactness,
  distance,
  dot,
  left,
  metres,
  lattice,
  minus,
  mix,
  pairs,
  simplified,
  toSegment,
  turned,
  unit,
  wedge,
  type Point,
} from './plane.ts'
import type { Random } from './random.ts'

/** How a kind of ground falls into blocks. */
export interface Pattern {
  /** Faces above this many m² are split. */
  readonly above: number
  /** How far a split may turn from square, as a slope. */
  readonly skew: number
  /** Largest arrow of its bow and size of its kinks, as parts of its length. */
  readonly bow: number
  readonly kink: number
  /** Ends this near to a junction on the far side run into it. */
  readonly snapM: number
  /** Least compactness of a piece. */
  readonly floor: number
  readonly drawn: (chord: readonly Point[], face: Face) => Omit<Drawn, 'points'>
}

interface End {
  readonly point: Point
  /** Index of the ring edge that it lies on. */
  readonly edge: number
}

/** Splits faces, the long way across, until none is above its pattern's size. */
export function subdivided(land: Land, pattern: (face: Face) => Pattern | null, rng: Random): Land {
  let result = land
  const stuck = new Set<string>()
  for (let round = 0; round < 16; round++) {
    const strokes = []
    const planned: Point[] = []
    for (const face of faces(result)) {
      const how = pattern(face)
      const key = `${face.id}/${Math.round(face.area)}`
      if (!how || face.area <= how.above || stuck.has(key)) continue
      const chord = bestChord(face, how, planned, rng)
      if (!chord) {
        stuck.add(key)
        continue
      }
      planned.push(at(chord, 0), at(chord, -1))
      strokes.push({ ...how.drawn(chord, face), points: chord, within: new Set([face.id]) })
    }
    if (strokes.length === 0) return result
    result = carve(result, strokes)
  }
  return result
}

function bestChord(
  face: Face,
  how: Pattern,
  planned: readonly Point[],
  rng: Random,
): readonly Point[] | null {
  const outline = simplified(face.ring, 12)
  const axis = longAxis(outline)
  const middle = centroid(face.ring)
  const reach = outline.map((p) => dot(minus(p, middle), axis))
  const span = Math.max(...reach) - Math.min(...reach)
  const near = face.ring
    .map((p) => ({ p }))
    .filter(({ p }, i) => at(face.nodal, i) && !isCorner(face.ring, i) && p)
  const joints = [...near.map(({ p }) => p), ...planned.filter((p) => edgeOf(face.ring, p) >= 0)]
  const corners = outline.slice(1)
  let best: readonly Point[] | null = null
  let top = -Infinity
  for (let i = 0; i < 12; i++) {
    const across = turned(left(axis), unit([1, rng.between(-how.skew, how.skew)]))
    const centre = add(middle, axis, span * rng.between(-0.13, 0.13))
    const chord = chordThrough(face.ring, centre, across, joints, how.snapM)
    if (!chord || corners.some((c) => chord.some((e) => distance(c, e.point) < Math.min(25, how.snapM))))
      continue
    const [a, b] = chord
    const parts = halves(face.ring, a, b)
    const [p, q] = [Math.abs(area(parts[0])), Math.abs(area(parts[1]))]
    const shape = Math.min(compactness(parts[0]), compactness(parts[1]))
    const score =
      shape +
      0.5 * (Math.min(p, q) / Math.max(p, q)) -
      0.15 * (distance(a.point, b.point) / Math.sqrt(face.area))
    if (score <= top || shape < how.floor) continue
    top = score
    best = [a.point, b.point]
  }
  return best && bent(at(best, 0), at(best, -1), how, rng)
}

/** Direction of the side along which the bounding box is smallest; ties go to the longer box. */
function longAxis(outline: readonly Point[]): Point {
  let best: Point = [1, 0]
  let least = Infinity
  for (const [a, b] of pairs(outline)) {
    const u = unit(minus(b, a))
    const v = left(u)
    const range = (w: Point): number => {
      const values = outline.map((p) => dot(p, w))
      return Math.max(...values) - Math.min(...values)
    }
    const [wide, high] = [range(u), range(v)]
    if (wide * high >= least) continue
    least = wide * high
    best = wide >= high ? u : v
  }
  return best
}

function isCorner(ring: readonly Point[], i: number): boolean {
  const last = ring.length - 1
  const before = at(ring, i === 0 ? last - 1 : i - 1)
  const after = at(ring, i === last ? 1 : i + 1)
  const here = at(ring, i)
  return dot(unit(minus(here, before)), unit(minus(after, here))) < 0.85
}

const edgeOf = (ring: readonly Point[], p: Point): number =>
  pairs(ring).findIndex(([a, b]) => toSegment(p, a, b) < 0.05)

function chordThrough(
  ring: readonly Point[],
  centre: Point,
  across: Point,
  joints: readonly Point[],
  snapM: number,
): readonly [End, End] | null {
  let [back, on]: [number, number] = [-Infinity, Infinity]
  let [from, to]: [End | null, End | null] = [null, null]
  pairs(ring).forEach(([a, b], edge) => {
    const side = minus(b, a)
    const down = wedge(across, side)
    if (down === 0) return
    const t = wedge(minus(a, centre), side) / down
    const s = wedge(minus(a, centre), across) / down
    if (s < 0 || s > 1) return
    const end = { point: mix(a, b, s), edge }
    if (t < 0 && t > back) [back, from] = [t, end]
    if (t > 0 && t < on) [on, to] = [t, end]
  })
  if (!from || !to) return null
  const [a, b] = [snapped(ring, from, joints, snapM), snapped(ring, to, joints, snapM)]
  return a.edge === b.edge ? null : [a, b]
}

function snapped(ring: readonly Point[], end: End, joints: readonly Point[], snapM: number): End {
  const near = joints.find((p) => distance(p, end.point) < snapM)
  if (near) return { point: near, edge: edgeOf(ring, near) }
  // Rounded here, so that the chord ends on the very point that the ring gets.
  return { point: metres(lattice(end.point)), edge: end.edge }
}

function halves(ring: readonly Point[], a: End, b: End): readonly [Point[], Point[]] {
  const [low, high] = a.edge < b.edge ? [a, b] : [b, a]
  const inner = [low.point, ...ring.slice(low.edge + 1, high.edge + 1), high.point, low.point]
  const outer = [
    high.point,
    ...ring.slice(high.edge + 1, -1),
    ...ring.slice(0, low.edge + 1),
    low.point,
    high.point,
  ]
  return [inner, outer]
}

function bent(a: Point, b: Point, how: Pattern, rng: Random): Point[] {
  const far = distance(a, b)
  const normal = left(unit(minus(b, a)))
  const bow = far * rng.between(-how.bow, how.bow)
  const count = Math.max(2, Math.round(far / 60))
  return Array.from({ length: count + 1 }, (_, i) => {
    const t = i / count
    if (i === 0) return a
    if (i === count) return b
    const kink = far * how.kink * rng.between(-1, 1)
    return add(mix(a, b, t), normal, 4 * bow * t * (1 - t) + kink)
  })
}
