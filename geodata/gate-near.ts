import type { Coverage } from './gate-cover.ts'
import { fault, rounded, type BoundaryFault } from './gate-faults.ts'
import { toPosition } from './lattice.ts'
import { beside, nearby, type Nearby } from './nearby.ts'

/** Two borders that open from a common corner by more than this are a corner, not a near miss. */
const WEDGE = 0.2

interface Outline {
  readonly a: number
  readonly b: number
  readonly grids: readonly number[]
}

interface Miss {
  readonly pair: readonly [number, number]
  readonly vertices: Set<number>
  widestM: number
  at: number
}

/** Outer borders of two grids that run within the tolerance of each other without meeting: a slit that is open at one end. */
export function nearMisses(
  coverage: Coverage,
  codes: readonly string[],
  isQuiet: ReadonlySet<number>,
  toleranceM: number,
): readonly BoundaryFault[] {
  if (toleranceM <= 0) return []
  const outline = outlineOf(coverage, isQuiet)
  const users = usersOf(outline)
  const index = indexed(coverage, users, toleranceM)
  const misses = new Map<string, Miss>()
  for (const edge of outline) {
    const [from, to] = [coverage.vertices[edge.a], coverage.vertices[edge.b]]
    if (!from || !to) continue
    for (const id of new Set(index.near(from, to))) {
      const distanceM = missOf(coverage, edge, id, users)
      if (distanceM !== null && distanceM <= toleranceM) record(misses, edge, id, users, distanceM)
    }
  }
  return [...misses.values()].map(({ pair, vertices, widestM, at }) => {
    const grids = pair.map((grid) => codes[grid] ?? '')
    const point = coverage.vertices[at]
    const words = { width: rounded(widestM) }
    return fault('near-miss', { grids, at: point ? toPosition(point) : null, count: vertices.size, words })
  })
}

/** Vertex of the outline → grids that use it. */
type Users = ReadonlyMap<number, ReadonlySet<number>>

function usersOf(outline: readonly Outline[]): Users {
  const users = new Map<number, Set<number>>()
  for (const { a, b, grids } of outline) {
    for (const id of [a, b]) {
      const known = users.get(id) ?? new Set<number>()
      users.set(id, known)
      for (const grid of grids) known.add(grid)
    }
  }
  return users
}

function indexed({ vertices, scale }: Coverage, users: Users, toleranceM: number): Nearby {
  const found = [...users.keys()].map((id) => ({ id, point: vertices[id] ?? ([0, 0] as const) }))
  const index = nearby(
    scale,
    toleranceM,
    found.map(({ point }) => point),
  )
  for (const { id, point } of found) index.add(id, point)
  return index
}

function outlineOf({ edges, faceOf, grids }: Coverage, isQuiet: ReadonlySet<number>): readonly Outline[] {
  return edges.flatMap(({ a, b }, i): readonly Outline[] => {
    const [left, right] = [faceOf[2 * i] ?? 0, faceOf[2 * i + 1] ?? 0]
    if (isQuiet.has(left) === isQuiet.has(right)) return []
    return [{ a, b, grids: grids[isQuiet.has(left) ? right : left] ?? [] }]
  })
}

/** Metres between the vertex and the edge of another grid; null where they have nothing to do with each other. */
function missOf({ vertices, scale }: Coverage, edge: Outline, id: number, users: Users): number | null {
  const [from, to, point] = [vertices[edge.a], vertices[edge.b], vertices[id]]
  const mine = users.get(id)
  if (!from || !to || !point || !mine || edge.grids.some((grid) => mine.has(grid))) return null
  const { distanceM } = beside(point, from, to, scale)
  for (const [end, corner] of [
    [edge.a, from],
    [edge.b, to],
  ] as const) {
    const isShared = [...mine].some((grid) => users.get(end)?.has(grid))
    if (isShared && distanceM > WEDGE * beside(point, corner, corner, scale).distanceM) return null
  }
  return distanceM
}

function record(misses: Map<string, Miss>, edge: Outline, id: number, users: Users, distanceM: number): void {
  const [mine, theirs] = [Math.min(...(users.get(id) ?? [])), Math.min(...edge.grids)]
  const pair = [Math.min(mine, theirs), Math.max(mine, theirs)] as const
  const key = pair.join(' ')
  const miss = misses.get(key) ?? { pair, vertices: new Set(), widestM: -1, at: id }
  misses.set(key, miss)
  miss.vertices.add(id)
  if (distanceM <= miss.widestM) return
  miss.widestM = distanceM
  miss.at = id
}
