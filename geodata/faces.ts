import type { Lattice } from './fabric.ts'
import { pointInRing, ringArea2, turn, type Ring } from './lattice.ts'

/** Half-edge 2i runs along edge i from a to b, half-edge 2i+1 back. Face 0 is the outside. */
export interface Faces {
  /** Half-edge → the face on its left. */
  readonly of: readonly number[]
  readonly count: number
}

interface Cycle {
  readonly halves: readonly number[]
  readonly ring: Ring
  readonly area2: bigint
  readonly component: number
  readonly box: Box
}

interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** The faces of a noded planar graph, islands given to the face that holds them. */
export function faces(
  vertices: readonly Lattice[],
  edges: readonly { readonly a: number; readonly b: number }[],
): Faces {
  const tail = (half: number): number => (half % 2 === 0 ? edges[half >> 1]?.a : edges[half >> 1]?.b) ?? 0
  const at = (id: number): Lattice => vertices[id] ?? [0, 0]
  const next = successors(vertices.length, edges.length * 2, tail, at)
  const component = components(vertices.length, edges)
  const cycles = trace(next, tail, at, component)

  const bodies = cycles.filter((cycle) => cycle.area2 > 0n)
  const of: number[] = Array.from({ length: edges.length * 2 }, () => 0)
  bodies.forEach((cycle, index) => cycle.halves.forEach((half) => (of[half] = index + 1)))
  for (const cycle of cycles) {
    if (cycle.area2 > 0n) continue
    const face = holder(cycle, bodies)
    for (const half of cycle.halves) of[half] = face
  }
  return { of, count: bodies.length + 1 }
}

/** Half-edges leaving one point, counter-clockwise from east; exact. */
export function byAngle(origin: Lattice, p: Lattice, q: Lattice): number {
  const [ax, ay] = [p[0] - origin[0], p[1] - origin[1]]
  const [bx, by] = [q[0] - origin[0], q[1] - origin[1]]
  const [upperA, upperB] = [isUpper(ax, ay), isUpper(bx, by)]
  if (upperA !== upperB) return upperA ? -1 : 1
  return -turn(ax, ay, bx, by)
}

const isUpper = (x: number, y: number): boolean => y > 0 || (y === 0 && x > 0)

/** For each half-edge the one that follows it around the face on its left. */
function successors(
  points: number,
  halves: number,
  tail: (half: number) => number,
  at: (id: number) => Lattice,
): readonly number[] {
  const leaving: number[][] = Array.from({ length: points }, () => [])
  for (let half = 0; half < halves; half++) leaving[tail(half)]?.push(half)
  const next: number[] = Array.from({ length: halves }, () => 0)
  leaving.forEach((fan, point) => {
    fan.sort((p, q) => byAngle(at(point), at(tail(p ^ 1)), at(tail(q ^ 1))))
    fan.forEach((half, i) => (next[half ^ 1] = fan[(i + fan.length - 1) % fan.length] ?? half))
  })
  return next
}

function trace(
  next: readonly number[],
  tail: (half: number) => number,
  at: (id: number) => Lattice,
  component: readonly number[],
): readonly Cycle[] {
  const seen = new Set<number>()
  const cycles: Cycle[] = []
  for (let start = 0; start < next.length; start++) {
    if (seen.has(start)) continue
    const halves: number[] = []
    for (let half = start; !seen.has(half); half = next[half] ?? start) {
      seen.add(half)
      halves.push(half)
    }
    const ring = [...halves, start].map((half) => at(tail(half)))
    const area2 = ringArea2(ring)
    cycles.push({ halves, ring, area2, component: component[tail(start)] ?? 0, box: boxOf(ring) })
  }
  return cycles
}

/** The smallest face of another component around the cycle, or the outside. */
function holder(cycle: Cycle, bodies: readonly Cycle[]): number {
  const point = cycle.ring[0]
  if (!point) return 0
  let found = 0
  let smallest: bigint | null = null
  bodies.forEach((body, index) => {
    if (body.component === cycle.component || !isIn(point, body.box)) return
    if (smallest !== null && body.area2 >= smallest) return
    if (pointInRing(point, body.ring) !== 'inside') return
    found = index + 1
    smallest = body.area2
  })
  return found
}

function boxOf(ring: Ring): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return { west, south, east, north }
}

function isIn([x, y]: Lattice, { west, south, east, north }: Box): boolean {
  return west <= x && x <= east && south <= y && y <= north
}

function components(
  count: number,
  edges: readonly { readonly a: number; readonly b: number }[],
): readonly number[] {
  const sets = joiner(count)
  for (const { a, b } of edges) sets.join(a, b)
  return Array.from({ length: count }, (_, id) => sets.root(id))
}

/** Disjoint sets; the root of a set is its smallest member. */
export function joiner(count: number): {
  readonly root: (id: number) => number
  readonly join: (a: number, b: number) => void
} {
  const parent = Array.from({ length: count }, (_, id) => id)
  function root(id: number): number {
    let top = id
    while (parent[top] !== top) top = parent[top] ?? top
    for (let step = id; step !== top;) {
      const up = parent[step] ?? top
      parent[step] = top
      step = up
    }
    return top
  }
  return {
    root,
    join(a, b) {
      const [p, q] = [root(a), root(b)]
      parent[Math.max(p, q)] = Math.min(p, q)
    },
  }
}
