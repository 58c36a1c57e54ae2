import type { Arc, ArcKind, Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import type { Edge } from '../noding.ts'
import type { Laid, Source } from './lay.ts'

/** An edge with the atoms on its sides, and what it belongs to: an old arc, or null for the line. */
export interface Strand {
  readonly edge: Edge
  readonly left: number
  readonly right: number
  readonly arc: Arc | null
  /** As in `Laid`. */
  readonly along: number
  /** Where on the line it lies; strands that are off it come last. */
  readonly place: readonly [stroke: number, along: number]
}

/** Strands joined end to end, in the direction of their edges. */
export interface Chain {
  readonly strands: readonly Strand[]
  readonly points: readonly Lattice[]
  /** Vertices of the web. */
  readonly ends: readonly [number, number]
}

/** Whether an edge lies on the line. */
export function isLine(laid: Laid, edge: Edge): boolean {
  return edge.threads.some((thread) => laid.sources[thread]?.arc === null)
}

/** The arc that an edge is part of; undefined where snap rounding laid two on each other. */
export function arcOf(laid: Laid, edge: Edge): Arc | null | undefined {
  const arcs = edge.threads.flatMap((thread) => laid.sources[thread]?.arc ?? [])
  if (arcs.length > 1) return undefined
  return arcs[0] ?? null
}

export function placeOf(laid: Laid, edge: Edge): Strand['place'] {
  const source = edge.threads.map((thread) => laid.sources[thread]).find((one) => one?.arc === null)
  const [a, b] = [laid.web.vertices[edge.a], laid.web.vertices[edge.b]]
  if (!source || source.arc || !a || !b) return [Infinity, 0]
  return [source.stroke, shareOf(source, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])]
}

function shareOf({ from, to }: Source, at: Lattice): number {
  return (to[0] - from[0]) * (at[0] - from[0]) + (to[1] - from[1]) * (at[1] - from[1])
}

/**
 * Joins strands through every vertex in which just two of one arc meet, head to tail. `isNode` names vertices that stay nodes, since
 * arcs elsewhere hang on them.
 */
export function chainsOf(
  vertices: readonly Lattice[],
  strands: readonly Strand[],
  isNode: (vertex: number) => boolean,
): readonly Chain[] {
  const leaving = Map.groupBy(strands, ({ edge }) => edge.a)
  const arriving = Map.groupBy(strands, ({ edge }) => edge.b)
  const follower = (strand: Strand): Strand | undefined => {
    const vertex = strand.edge.b
    const [next, fork] = leaving.get(vertex) ?? []
    if (!next || fork || arriving.get(vertex)?.length !== 1 || isNode(vertex)) return undefined
    return next.arc === strand.arc && next.left === strand.left && next.right === strand.right
      ? next
      : undefined
  }
  const followers = new Set(strands.map(follower))
  const heads = strands.filter((strand) => !followers.has(strand))
  const seen = new Set<Strand>()
  const chains: Chain[] = []
  for (const start of [...heads, ...strands]) {
    if (seen.has(start)) continue
    const chain: Strand[] = []
    for (let strand: Strand | undefined = start; strand && !seen.has(strand); strand = follower(strand)) {
      seen.add(strand)
      chain.push(strand)
    }
    chains.push(joined(vertices, chain, start))
  }
  return chains
}

function joined(vertices: readonly Lattice[], strands: readonly Strand[], start: Strand): Chain {
  const ids = [start.edge.a, ...strands.map(({ edge }) => edge.b)]
  return {
    strands,
    points: ids.map((id) => vertices[id] ?? [0, 0]),
    ends: [start.edge.a, ids.at(-1) ?? start.edge.a],
  }
}

/** Names for the chains: the first part of an arc keeps its id, the others and the line get new ones. */
export function arcsOf(
  chains: readonly Chain[],
  nodeAt: (vertex: number) => number,
  kind: ArcKind,
  next: number,
): readonly Arc[] {
  let free = next
  const kept = new Map<number, Chain>()
  for (const chain of chains) {
    const arc = chain.strands[0]?.arc
    if (!arc) continue
    const known = kept.get(arc.id)
    if (!known || startsAt(chain, arc)) kept.set(arc.id, chain)
  }
  return chains.flatMap((chain): readonly Arc[] => {
    const [first] = chain.strands
    if (!first) return []
    const { arc, left, right } = first
    return [
      {
        id: arc && kept.get(arc.id) === chain ? arc.id : free++,
        n0: nodeAt(chain.ends[0]),
        n1: nodeAt(chain.ends[1]),
        points: chain.points,
        left,
        right,
        kind: arc ? arc.kind : kind,
      },
    ]
  })
}

function startsAt({ points }: Chain, arc: Arc): boolean {
  const [first, start] = [points[0], arc.points[0]]
  return first !== undefined && start !== undefined && samePoint(first, start)
}
