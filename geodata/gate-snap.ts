import type { Lattice } from './fabric.ts'
import type { CleanRing } from './gate-rings.ts'
import { beside, nearby, type Nearby, type Scale } from './nearby.ts'

export interface Snapped {
  readonly rings: readonly CleanRing[]
  /** Vertices joined with one of a neighbour. */
  readonly moved: number
  /** Vertices of neighbours written into an edge that they lie beside. */
  readonly inserted: number
  /** Places of the grids whose rings changed, and one place to look at. */
  readonly grids: ReadonlySet<number>
  readonly at: Lattice | null
}

/** After so many rounds what still does not match is left to the faces. */
const ROUNDS = 4

/**
 * Joins borders that nearly match: a vertex within the tolerance of one of another grid takes its place, and a vertex within the
 * tolerance of another grid's edge is written into that edge. Edges that two grids share already stay as they are. Vertices used by
 * more grids stand firm before those used by fewer, then those of the lower code.
 */
export function snap(given: readonly CleanRing[], toleranceM: number, scale: Scale): Snapped {
  const net = netOf(given)
  const changed = { grids: new Set<number>(), at: null as Lattice | null }
  const note = (ring: number, vertex: number): void => {
    changed.grids.add(given[ring]?.grid ?? -1)
    changed.at ??= net.points[vertex] ?? null
  }
  const moved = join(net, given, toleranceM, scale, note)
  let inserted = 0
  for (let round = 0; round < ROUNDS; round++) {
    const added = insert(net, toleranceM, scale, note)
    if (added === 0) break
    inserted += added
  }
  const rings = given.flatMap((ring, i) => {
    const points = (net.chains[i] ?? []).flatMap((id) => (net.points[id] ? [net.points[id]] : []))
    return points.length < 3 ? [] : [{ ...ring, points: [...points, ...points.slice(0, 1)] }]
  })
  return { rings, moved, inserted, grids: changed.grids, at: changed.at }
}

type Note = (ring: number, vertex: number) => void

interface Net {
  readonly points: readonly Lattice[]
  /** Ring → its vertices, the first not repeated. */
  readonly chains: number[][]
  /** Vertex → rings that use it. */
  readonly users: Set<number>[]
}

interface Edge {
  readonly a: number
  readonly b: number
  readonly ring: number
  /** Place of `a` in the chain of the ring. */
  readonly at: number
}

function netOf(rings: readonly CleanRing[]): Net {
  const ids = new Map<string, number>()
  const points: Lattice[] = []
  const users: Set<number>[] = []
  const chains = rings.map((ring, i) =>
    ring.points.slice(0, -1).map((point) => {
      const key = String(point)
      const id = ids.get(key) ?? points.push(point) - 1
      ids.set(key, id)
      users[id] = (users[id] ?? new Set()).add(i)
      return id
    }),
  )
  return { points, chains, users }
}

/** Edges that one ring alone uses: the outline, and everything that does not match. */
function looseEdges({ chains }: Net): readonly Edge[] {
  const edges = new Map<number, Edge | null>()
  chains.forEach((chain, ring) =>
    chain.forEach((a, at) => {
      const b = chain[(at + 1) % chain.length] ?? a
      const key = Math.min(a, b) * 2 ** 26 + Math.max(a, b)
      edges.set(key, edges.has(key) ? null : { a, b, ring, at })
    }),
  )
  return [...edges.values()].filter((edge) => edge !== null)
}

function join(net: Net, rings: readonly CleanRing[], toleranceM: number, scale: Scale, note: Note): number {
  const loose = new Set(looseEdges(net).flatMap(({ a, b }) => [a, b]))
  const gridsOf = (id: number): number => new Set([...(net.users[id] ?? [])].map((r) => rings[r]?.grid)).size
  const order = [...loose].map((id) => ({ id, grids: gridsOf(id) }))
  order.sort((p, q) => q.grids - p.grids || p.id - q.id)
  const firm = nearby(scale, toleranceM, net.points)
  const becomes = new Map<number, number>()
  for (const { id } of order) {
    const target = nearest(net, id, firm, toleranceM, scale)
    const point = net.points[id]
    if (target === null && point) firm.add(id, point)
    if (target === null) continue
    becomes.set(id, target)
    for (const ring of net.users[id] ?? []) {
      net.users[target]?.add(ring)
      note(ring, target)
    }
    net.users[id] = new Set()
  }
  if (becomes.size === 0) return 0
  net.chains.forEach((chain, ring) => {
    net.chains[ring] = tidy(chain.map((id) => becomes.get(id) ?? id))
  })
  return becomes.size
}

/** The nearest firm vertex that no ring of this vertex uses: a ring never swallows its own detail. */
function nearest(
  { points, users }: Net,
  id: number,
  firm: Nearby,
  toleranceM: number,
  scale: Scale,
): number | null {
  const [point, mine] = [points[id], users[id]]
  if (!point || !mine) return null
  let found: number | null = null
  let least = toleranceM
  for (const other of firm.near(point, point)) {
    const there = points[other]
    if (!there || shareOne(mine, users[other] ?? mine)) continue
    const { distanceM } = beside(point, there, there, scale)
    if (distanceM > least || (distanceM === least && found !== null)) continue
    found = other
    least = distanceM
  }
  return found
}

function shareOne(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const id of a) if (b.has(id)) return true
  return false
}

function insert(net: Net, toleranceM: number, scale: Scale, note: Note): number {
  const edges = looseEdges(net)
  const index = indexed(net, edges, toleranceM, scale)
  const wanted = new Map<number, Map<number, readonly number[]>>()
  let count = 0
  for (const edge of edges) {
    const via = along(net, edge, index, toleranceM, scale)
    if (via.length === 0) continue
    count += via.length
    for (const id of via) note(edge.ring, id)
    const ofRing = wanted.get(edge.ring) ?? new Map<number, readonly number[]>()
    wanted.set(edge.ring, ofRing.set(edge.at, via))
  }
  for (const [ring, via] of wanted) {
    const chain = (net.chains[ring] ?? []).flatMap((id, i) => [id, ...(via.get(i) ?? [])])
    for (const id of chain) net.users[id]?.add(ring)
    net.chains[ring] = tidy(chain)
  }
  return count
}

function indexed({ points }: Net, edges: readonly Edge[], toleranceM: number, scale: Scale): Nearby {
  const index = nearby(scale, toleranceM, points)
  for (const id of new Set(edges.flatMap(({ a, b }) => [a, b]))) {
    const point = points[id]
    if (point) index.add(id, point)
  }
  return index
}

/** Loose vertices of other rings beside the edge, in walking order. */
function along({ points, users }: Net, edge: Edge, index: Nearby, toleranceM: number, scale: Scale) {
  const [from, to] = [points[edge.a], points[edge.b]]
  if (!from || !to) return []
  const found = new Map<number, number>()
  for (const id of index.near(from, to)) {
    const point = points[id]
    if (!point || found.has(id) || users[id]?.has(edge.ring)) continue
    const { distanceM, t } = beside(point, from, to, scale)
    if (distanceM <= toleranceM && t > 0 && t < 1) found.set(id, t)
  }
  return [...found].toSorted((p, q) => p[1] - q[1]).map(([id]) => id)
}

/** Takes out repeats and the there-and-back that joining can leave. */
function tidy(chain: readonly number[]): number[] {
  const out: number[] = []
  for (const id of chain) {
    if (out.at(-1) === id) continue
    if (out.at(-2) === id) out.pop()
    else out.push(id)
  }
  while (out.length > 1 && out.at(-1) === out[0]) out.pop()
  while (out.length > 2 && (out.at(-2) === out[0] || out.at(-1) === out[1])) {
    if (out.at(-2) === out[0]) out.splice(-2)
    else out.splice(0, 1)
    while (out.length > 1 && out.at(-1) === out[0]) out.pop()
  }
  return out
}
