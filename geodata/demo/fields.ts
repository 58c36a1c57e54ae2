import { cut } from '../cut.ts'
import { toPosition } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { faces, type Face } from './land.ts'
import {
  add,
  area,
  at,
  contains,
  dot,
  lattice,
  left,
  minus,
  pairs,
  simplified,
  turned,
  unit,
  wedge,
  type Point,
} from './plane.ts'
import { random, seedOf } from './random.ts'

/** How a field atom is worked: long strips, or fish ponds in a lattice of dykes. */
export interface Strips {
  readonly wide: readonly [number, number]
  readonly long: readonly [number, number]
  /** Half the width of the bund or dyke between two. */
  readonly edge: number
}

export const PLOUGHED: Strips = { wide: [56, 104], long: [210, 360], edge: 2.4 }
export const PONDS: Strips = { wide: [62, 92], long: [110, 170], edge: 6 }

/** Parts a face into strips along its more northerly sides; what is drawn keeps off the face's border. */
export function strips(face: Face, how: Strips): readonly (readonly Point[])[] {
  const rng = random(seedOf('strips', ...at(face.ring, 0).map(Math.round)))
  const north = turned(northward(face), unit([1, rng.between(-0.03, 0.03)]))
  const east: Point = [north[1], -north[0]]
  const us = face.ring.map((p) => dot(p, east))
  const vs = face.ring.map((p) => dot(p, north))
  const [u0, u1, v0, v1] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)]
  const place = (u: number, v: number): Point => add(add([0, 0], east, u), north, v)
  const lines: Point[][] = []
  const wide = rng.between(...how.wide)
  for (let u = u0 + wide; u < u1 - wide * 0.6; u += wide * rng.between(0.85, 1.15))
    lines.push([place(u, v0 - 9), place(u + rng.between(-4, 4), v1 + 9)])
  const rows = Math.round((v1 - v0) / rng.between(...how.long))
  for (let k = 1; k < rows; k++) {
    const v = v0 + ((v1 - v0) * k) / rows + rng.between(-12, 12)
    lines.push([place(u0 - 9, v), place(u1 + 9, v)])
  }
  const coordinates = [face.ring.map((p) => toPosition(lattice(p)))]
  const alone = fabricFromPolygons([{ geometry: { type: 'Polygon', coordinates }, community: '' }]).fabric
  const { fabric } = cut(
    alone,
    lines.map((line) => ({ points: line.map(lattice), kind: 'field' })),
  )
  return faces({ fabric, drawn: [] }).flatMap((piece) => {
    const ring = inset(piece.ring, how.edge)
    return ring ? [ring] : []
  })
}

/** The direction of the sides nearest to north, weighed by length. */
function northward(face: Face): Point {
  let sum: Point = [0, 0.001]
  for (const [a, b] of pairs(simplified(face.ring, 12))) {
    const side = minus(b, a)
    if (Math.abs(side[1]) > 1.3 * Math.abs(side[0])) sum = add(sum, side, side[1] > 0 ? 1 : -1)
  }
  return unit(sum)
}

/** The ring drawn in by `edge` metres; null when little is left. Pieces are nearly convex, so moving corners is enough. */
function inset(ring: readonly Point[], edge: number): readonly Point[] | null {
  // A bund needs no inset where the piece is too odd for one; a dyke does.
  const whole = edge < 4 && area(ring) > 1500 ? ring : null
  const open = simplified(ring, 1.5).slice(0, -1)
  if (open.length < 3) return null
  const moved = open.map((p, i) => {
    const before = unit(minus(p, at(open, i - 1)))
    const after = unit(minus(at(open, (i + 1) % open.length), p))
    const bend = 1 + dot(before, after)
    const normal = add(left(before), left(after))
    return bend < 0.25 ? null : add(p, normal, edge / bend)
  })
  const corners = moved.filter((p) => p !== null)
  if (corners.length < 3) return whole
  const result = [...corners, at(corners, 0)]
  const least = edge > 4 ? 1200 : 500
  const sound = area(result) > least && corners.every((p) => contains(ring, p)) && convexish(corners)
  return sound ? result : whole
}

const convexish = (corners: readonly Point[]): boolean =>
  corners.every((p, i) => {
    const before = minus(p, at(corners, i - 1))
    const after = minus(at(corners, (i + 1) % corners.length), p)
    return wedge(unit(before), unit(after)) > -0.35
  })
