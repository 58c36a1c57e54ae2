import { byAngle } from './faces.ts'
import type { Arc, Fabric, Lattice } from './fabric.ts'
import type { MultiPolygon } from './geojson.ts'
import {
  onSegment,
  orient,
  pointInRing,
  ringArea2,
  toPosition,
  type LatticePolygon,
  type Ring,
} from './lattice.ts'

/** Atom id → what it belongs to. The outside and unlabelled atoms have no label. */
export type Labels<L> = ReadonlyMap<number, L>

/** Every atom labelled with itself. */
export function atomLabels(fabric: Fabric): Labels<number> {
  return new Map(fabric.atoms.map(({ id }) => [id, id]))
}

/**
 * The polygons of each label, made of the arcs on which labels differ: neighbours share their border to the coordinate. Outer rings
 * counter-clockwise, holes clockwise, every ring simple (a ring that touches itself in a node is parted there).
 */
export function dissolve<L>(fabric: Fabric, labels: Labels<L>): ReadonlyMap<L, readonly LatticePolygon[]> {
  const walls = fabric.arcs.filter((arc) => labels.get(arc.left) !== labels.get(arc.right))
  const tail = (half: number): number => (half % 2 === 0 ? walls[half >> 1]?.n0 : walls[half >> 1]?.n1) ?? 0
  const next = successors(fabric, walls, tail)
  const rings = new Map<L, Ring[]>()
  const seen = new Set<number>()
  for (let start = 0; start < walls.length * 2; start++) {
    const wall = walls[start >> 1]
    const label = wall && labels.get(start % 2 === 0 ? wall.left : wall.right)
    if (label === undefined || seen.has(start)) continue
    const halves: number[] = []
    for (let half = start; !seen.has(half); half = next[half] ?? start) {
      seen.add(half)
      halves.push(half)
    }
    const found = rings.get(label) ?? []
    rings.set(label, found)
    for (const loop of simpleLoops(halves, tail)) found.push(loop.flatMap((half, i) => run(walls, half, i)))
  }
  return new Map([...rings].map(([label, found]) => [label, polygons(found)]))
}

/** Half-arc → the next boundary half-arc around the region on its left: the first one clockwise from where it came. */
function successors(
  fabric: Fabric,
  walls: readonly Arc[],
  tail: (half: number) => number,
): readonly number[] {
  const fans: number[][] = fabric.nodes.map(() => [])
  for (let half = 0; half < walls.length * 2; half++) fans[tail(half)]?.push(half)
  const toward = (half: number): Lattice => run(walls, half, 0)[1] ?? [0, 0]
  const next: number[] = []
  fans.forEach((fan, node) => {
    const origin = fabric.nodes[node] ?? [0, 0]
    fan.sort((p, q) => byAngle(origin, toward(p), toward(q)))
    fan.forEach((half, i) => (next[half ^ 1] = fan[(i + fan.length - 1) % fan.length] ?? half))
  })
  return next
}

/** Parts a closed walk at every node that it visits twice. */
export function simpleLoops(halves: readonly number[], tail: (half: number) => number): readonly number[][] {
  const loops: number[][] = []
  const stack: number[] = []
  const depth = new Map<number, number>()
  for (const half of halves) {
    const known = depth.get(tail(half))
    if (known !== undefined) {
      const loop = stack.splice(known)
      for (const inner of loop) depth.delete(tail(inner))
      loops.push(loop)
    }
    depth.set(tail(half), stack.length)
    stack.push(half)
  }
  return [...loops, stack]
}

/** The points of a half-arc; without the first when it continues a ring. */
function run(walls: readonly Arc[], half: number, continues: number): readonly Lattice[] {
  const points = walls[half >> 1]?.points ?? []
  const walked = half % 2 === 0 ? points : points.toReversed()
  return continues === 0 ? walked : walked.slice(1)
}

/** Simple rings as polygons, the smallest first: those that run clockwise are holes of the smallest around them. */
export function polygons(rings: readonly Ring[]): readonly LatticePolygon[] {
  const sized = rings.map((ring) => ({ ring, twice: ringArea2(ring) }))
  const outers = sized
    .filter(({ twice }) => twice > 0n)
    .toSorted((a, b) => Number(a.twice > b.twice) - Number(a.twice < b.twice))
    .map(({ ring }) => ({ ring, holes: [] as Ring[] }))
  for (const { ring, twice } of sized)
    if (twice <= 0n) outers.find((o) => holds(o.ring, ring))?.holes.push(ring)
  return outers.toReversed().map(({ ring, holes }) => [ring, ...holes])
}

function holds(outer: Ring, hole: Ring): boolean {
  for (const point of hole) {
    const where = pointInRing(point, outer)
    if (where !== 'boundary') return where === 'inside'
  }
  return true
}

export function multiPolygon(polygonsOf: readonly LatticePolygon[]): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: polygonsOf.map((rings) => rings.map((ring) => ring.map(toPosition))),
  }
}

/** Twice the area, exact. */
export function area2(polygonsOf: readonly LatticePolygon[]): bigint {
  return polygonsOf.flat().reduce((sum, ring) => sum + ringArea2(ring), 0n)
}

/** Label → labels across a shared arc (a shared corner does not count). */
export function neighbours<L>(fabric: Fabric, labels: Labels<L>): ReadonlyMap<L, ReadonlySet<L>> {
  const found = new Map<L, Set<L>>()
  for (const label of labels.values()) found.set(label, new Set())
  for (const { left, right } of fabric.arcs) {
    const [a, b] = [labels.get(left), labels.get(right)]
    if (a === undefined || b === undefined || a === b) continue
    found.get(a)?.add(b)
    found.get(b)?.add(a)
  }
  return found
}

/**
 * The atoms that cover a point, ascending: one inside, all that touch on a border or corner, none outside. Reads the arcs alone (it
 * counts crossings of a ray), so it is an oracle for everything that works on assembled polygons.
 */
export function locate(fabric: Fabric, point: Lattice): readonly number[] {
  const touching = new Set<number>()
  const odd = new Set<number>()
  for (const { points, left, right } of fabric.arcs) {
    let from = points[0]
    for (const to of points) {
      if (!from) break
      if (from !== to && onSegment(point, from, to)) touching.add(left).add(right)
      if (crossesRay(point, from, to)) toggle(odd, left, right)
      from = to
    }
  }
  const atoms = touching.size > 0 ? touching : odd
  atoms.delete(0)
  return [...atoms].toSorted((a, b) => a - b)
}

/** Whether the segment crosses the ray from the point to the east; the lower end counts, the upper does not. */
function crossesRay(point: Lattice, from: Lattice, to: Lattice): boolean {
  if (from[1] > point[1] === to[1] > point[1]) return false
  return to[1] > from[1] ? orient(from, to, point) > 0 : orient(from, to, point) < 0
}

function toggle(set: Set<number>, ...ids: readonly number[]): void {
  for (const id of ids) if (!set.delete(id)) set.add(id)
}
