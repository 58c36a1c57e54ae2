import type { Arc, ArcKind, Lattice } from './fabric.ts'
import { faces, joiner } from './faces.ts'
import { cross } from './lattice.ts'
import { node, plus, type Edge, type Thread } from './noding.ts'

/** Threads woven into a planar graph, and for each face the ids of the threads' sides that cover it. Face 0 is the outside. */
export interface Web {
  readonly vertices: readonly Lattice[]
  readonly edges: readonly Edge[]
  /** Half-edge → face on its left. */
  readonly faceOf: readonly number[]
  readonly covers: readonly (readonly number[])[]
}

/** A face of the finished fabric. Cell ids are dense from 1. */
export interface Cell {
  readonly id: number
  /** What `owner` said of its faces. */
  readonly owner: number
  readonly area2: bigint
}

export interface Cells {
  readonly nodes: readonly Lattice[]
  /** `left` and `right` are cell ids. */
  readonly arcs: readonly Arc[]
  readonly cells: readonly Cell[]
  /** Face of the web → cell id, 0 for the outside. */
  readonly cellOf: readonly number[]
}

export function weave(threads: readonly Thread[]): Web {
  const { vertices, edges } = node(threads)
  const { of: faceOf, count } = faces(vertices, edges)
  return {
    vertices,
    edges,
    faceOf,
    covers: windings(edges, faceOf, count).map((sides) => sides.filter((id) => id > 0)),
  }
}

/**
 * Floods from the outside: what winds around a face is what winds around its neighbour, changed by the sides of the edge
 * crossed on the way. Sides are signed: a ring that runs the other way stands negative.
 */
export function windings(
  edges: readonly Edge[],
  faceOf: readonly number[],
  count: number,
): readonly (readonly number[])[] {
  const fences: number[][] = Array.from({ length: count }, () => [])
  faceOf.forEach((face, half) => fences[face]?.push(half))
  const sums: (readonly number[] | undefined)[] = [[]]
  const queue = [0]
  for (let face = queue.pop(); face !== undefined; face = queue.pop()) {
    for (const half of fences[face] ?? []) {
      const beyond = faceOf[half ^ 1]
      if (beyond === undefined || sums[beyond]) continue
      const sides = edges[half >> 1]?.sides ?? []
      const crossed = half % 2 === 0 ? sides.map((side) => -side) : sides
      sums[beyond] = crossed.reduce(plus, sums[face] ?? [])
      queue.push(beyond)
    }
  }
  return Array.from({ length: count }, (_, face) => sums[face] ?? [])
}

/**
 * Merges faces into cells: across every edge with the same owner on both sides, except where `keeps` says that the edge is a wanted
 * cut. Owner 0 is the outside. Edges that end up with one cell on both sides (dead ends, lines outside) are dropped.
 */
export function cellsOf(
  web: Web,
  owner: (covers: readonly number[]) => number,
  keeps: (edge: Edge, owner: number) => boolean,
): Cells {
  const owners = web.covers.map((covers, face) => (face === 0 ? 0 : owner(covers)))
  const side = (half: number): number => web.faceOf[half] ?? 0
  const sets = joiner(owners.length)
  owners.forEach((id, face) => id === 0 && sets.join(0, face))
  web.edges.forEach((edge, i) => {
    const [left, right] = [owners[side(2 * i)] ?? 0, owners[side(2 * i + 1)] ?? 0]
    if (left === right && (left === 0 || !keeps(edge, left))) sets.join(side(2 * i), side(2 * i + 1))
  })

  const ids = new Map<number, number>([[0, 0]])
  const cellOf = owners.map((_, face) => {
    const root = sets.root(face)
    const id = ids.get(root) ?? ids.size
    ids.set(root, id)
    return id
  })
  const ownerOf = new Map(cellOf.map((cell, face) => [cell, owners[face] ?? 0]))
  const sided = web.edges.map((edge, i) => ({
    edge,
    left: cellOf[side(2 * i)] ?? 0,
    right: cellOf[side(2 * i + 1)] ?? 0,
  }))
  const kept = sided.filter(({ left, right }) => left !== right)
  const areas = areas2(web.vertices, kept, ids.size)
  const cells = Array.from({ length: ids.size - 1 }, (_, i) => ({
    id: i + 1,
    owner: ownerOf.get(i + 1) ?? 0,
    area2: areas[i + 1] ?? 0n,
  }))
  return { ...chains(web.vertices, kept), cells, cellOf }
}

interface Sided {
  readonly edge: Edge
  readonly left: number
  readonly right: number
}

function areas2(vertices: readonly Lattice[], edges: readonly Sided[], count: number): readonly bigint[] {
  const areas = Array.from({ length: count }, () => 0n)
  const [ox, oy] = vertices[0] ?? [0, 0]
  for (const { edge, left, right } of edges) {
    const [a, b] = [vertices[edge.a], vertices[edge.b]]
    if (!a || !b) continue
    const part = cross(a[0] - ox, a[1] - oy, b[0] - ox, b[1] - oy)
    areas[left] = (areas[left] ?? 0n) + part
    areas[right] = (areas[right] ?? 0n) - part
  }
  return areas
}

/** Joins edges end to end into arcs; a vertex becomes a node where the chain forks or changes kind. */
function chains(
  vertices: readonly Lattice[],
  edges: readonly Sided[],
): { readonly nodes: readonly Lattice[]; readonly arcs: readonly Arc[] } {
  const at: number[][] = vertices.map(() => [])
  edges.forEach(({ edge }, i) => {
    at[edge.a]?.push(2 * i)
    at[edge.b]?.push(2 * i + 1)
  })
  const kindOf = (half: number | undefined): ArcKind | undefined => edges[(half ?? -2) >> 1]?.edge.kind
  const isNode = (vertex: number): boolean => {
    const fan = at[vertex] ?? []
    return fan.length !== 2 || kindOf(fan[0]) !== kindOf(fan[1])
  }
  const head = (half: number): number =>
    (half % 2 === 0 ? edges[half >> 1]?.edge.b : edges[half >> 1]?.edge.a) ?? 0

  const nodes: Lattice[] = []
  const nodeIds = new Map<number, number>()
  const arcs: Arc[] = []
  const used = new Set<number>()
  function nodeAt(vertex: number): number {
    const id = nodeIds.get(vertex) ?? nodes.push(vertices[vertex] ?? [0, 0]) - 1
    nodeIds.set(vertex, id)
    return id
  }
  function walk(start: number, first: number): void {
    const sided = edges[first >> 1]
    if (!sided) return
    const points: Lattice[] = [vertices[start] ?? [0, 0]]
    let half: number | undefined = first
    let end = start
    while (half !== undefined && !used.has(half >> 1)) {
      used.add(half >> 1)
      end = head(half)
      points.push(vertices[end] ?? [0, 0])
      const back: number = half ^ 1
      half = end === start || isNode(end) ? undefined : at[end]?.find((out) => out !== back)
    }
    const [left, right] = first % 2 === 0 ? [sided.left, sided.right] : [sided.right, sided.left]
    arcs.push({
      id: arcs.length + 1,
      n0: nodeAt(start),
      n1: nodeAt(end),
      points,
      left,
      right,
      kind: sided.edge.kind,
    })
  }

  at.forEach((fan, vertex) => {
    if (isNode(vertex)) for (const half of fan) if (!used.has(half >> 1)) walk(vertex, half)
  })
  at.forEach((fan, vertex) => {
    for (const half of fan) if (!used.has(half >> 1)) walk(vertex, half)
  })
  return { nodes, arcs }
}
