import { buckets } from './buckets.ts'
import type { ArcKind, Lattice } from './fabric.ts'
import { crosses, crossing, passes } from './lattice.ts'

/** A polyline to be woven in. `left`/`right` name the faces that it separates (0 = none); a free line has 0 on both sides. */
export interface Thread {
  readonly points: readonly Lattice[]
  readonly kind: ArcKind
  readonly left: number
  readonly right: number
}

/** A noded segment: it meets the others in vertices only. */
export interface Edge {
  readonly a: number
  readonly b: number
  readonly kind: ArcKind
  /** Signed face ids from the threads that run here: +id lies left of a→b, −id right. */
  readonly sides: readonly number[]
  /** Indices of the threads that run here. */
  readonly threads: readonly number[]
}

export interface Noded {
  readonly vertices: readonly Lattice[]
  readonly edges: readonly Edge[]
}

/**
 * Iterated snap rounding: every vertex is a hot pixel, every crossing becomes a vertex on the lattice, and every segment that passes
 * through a hot pixel is bent to its centre, again until nothing moves. Nothing moves farther than a few lattice units, and the
 * result has no two segments that meet outside a vertex. Where threads coincide, the earlier one gives the kind.
 */
export function node(threads: readonly Thread[]): Noded {
  const all = threads.flatMap((thread) => thread.points)
  const vertices: Lattice[] = []
  const ids = new Map<string, number>()
  const edges: (Edge | null)[] = []
  const between = new Map<number, number>()
  const pixels = buckets(all)
  const segments = buckets(all)
  const queue: Edge[] = []

  const at = (id: number): Lattice => vertices[id] ?? [0, 0]

  function vertex(point: Lattice): number {
    const key = `${point[0]},${point[1]}`
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = vertices.push(point) - 1
    ids.set(key, id)
    pixels.add(id, point, point)
    for (const index of segments.near(point, point)) {
      const edge = edges[index]
      if (edge && passes(at(edge.a), at(edge.b), point)) split(index, edge, id)
    }
    return id
  }

  function split(index: number, edge: Edge, via: number): void {
    edges[index] = null
    between.delete(pair(edge.a, edge.b))
    queue.push({ ...edge, b: via }, { ...edge, a: via })
  }

  function pixelOn({ a, b }: Edge): number | undefined {
    const [from, to] = [at(a), at(b)]
    for (const id of pixels.near(from, to)) if (id !== a && id !== b && passes(from, to, at(id))) return id
    return undefined
  }

  function crossed({ a, b }: Edge): Edge | undefined {
    const [from, to] = [at(a), at(b)]
    for (const index of segments.near(from, to)) {
      const other = edges[index]
      if (other && crosses(from, to, at(other.a), at(other.b))) return other
    }
    return undefined
  }

  function insert(edge: Edge): void {
    if (edge.a === edge.b) return
    const via = pixelOn(edge)
    if (via !== undefined) {
      queue.push({ ...edge, a: via }, { ...edge, b: via })
      return
    }
    const twin = between.get(pair(edge.a, edge.b))
    const known = twin === undefined ? undefined : edges[twin]
    if (twin !== undefined && known) {
      edges[twin] = merged(known, edge)
      return
    }
    const other = crossed(edge)
    if (other) {
      vertex(crossing(at(edge.a), at(edge.b), at(other.a), at(other.b)))
      queue.push(edge)
      return
    }
    const index = edges.push(edge) - 1
    between.set(pair(edge.a, edge.b), index)
    segments.add(index, at(edge.a), at(edge.b))
  }

  for (const point of all) vertex(point)
  threads.forEach(({ points, kind, left, right }, index) => {
    const sides = [left, -right].filter((side) => side !== 0)
    for (let i = 1; i < points.length; i++) {
      const [from, to] = [points[i - 1], points[i]]
      if (from && to) queue.push({ a: vertex(from), b: vertex(to), kind, sides, threads: [index] })
      for (let next = queue.pop(); next; next = queue.pop()) insert(next)
    }
  })
  return { vertices, edges: edges.filter((edge) => edge !== null) }
}

/** A key for the unordered pair; exact below 2^26 vertices. */
const pair = (a: number, b: number): number => Math.min(a, b) * 67108864 + Math.max(a, b)

function merged(known: Edge, edge: Edge): Edge {
  const sides = edge.a === known.a ? edge.sides : edge.sides.map((side) => -side)
  return {
    ...known,
    sides: sides.reduce(plus, known.sides),
    threads: [...known.threads, ...edge.threads],
  }
}

/** Adds a signed id to a sum of signed ids, in which +id and −id cancel. */
export function plus(sum: readonly number[], side: number): readonly number[] {
  const opposite = sum.indexOf(-side)
  return opposite < 0 ? [...sum, side] : sum.toSpliced(opposite, 1)
}
