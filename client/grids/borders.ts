import type { GridFeature } from '#contract/grids'
import type { Position } from '#geo/geojson'

/** What a border parts: two grids of one community, two communities, or the sub-district from the world. */
export type BorderClass = 'grid' | 'community' | 'outline'

interface Edge {
  readonly ends: readonly [a: string, b: string]
  readonly communities: string[]
}

/**
 * Every border once, as few long lines. Drawing each polygon's own outline would draw shared borders twice, darker than
 * the rest, and could not tell a community border from any other. Rests on neighbours sharing their vertices exactly.
 */
export function borders(
  grids: readonly GridFeature[],
): GeoJSON.Feature<GeoJSON.LineString, { class: BorderClass }>[] {
  const places = new Map<string, Position>()
  const edges = new Map<string, Edge>()
  for (const grid of grids) {
    for (const ring of grid.geometry.coordinates.flat())
      walk(ring as Position[], grid.properties.community.code)
  }

  function walk(ring: readonly Position[], community: string): void {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [keep(ring[i - 1]), keep(ring[i])]
      if (a === b) continue
      const key = a < b ? `${a} ${b}` : `${b} ${a}`
      const edge = edges.get(key) ?? { ends: [a, b], communities: [] }
      edge.communities.push(community)
      edges.set(key, edge)
    }
  }

  function keep(position: Position | undefined): string {
    const key = String(position)
    if (position) places.set(key, position)
    return key
  }

  const classes: readonly BorderClass[] = ['grid', 'community', 'outline']
  return classes.flatMap((name) => {
    const mine = [...edges.values()].filter((edge) => classOf(edge) === name)
    return chains(mine.map((edge) => edge.ends)).map((chain) => lineOf(chain, name, places))
  })
}

function classOf({ communities: [first, second] }: Edge): BorderClass {
  if (second === undefined) return 'outline'
  return first === second ? 'grid' : 'community'
}

function lineOf(chain: readonly string[], name: BorderClass, places: ReadonlyMap<string, Position>) {
  const coordinates = chain.map((key) => places.get(key) ?? [0, 0])
  return {
    type: 'Feature',
    properties: { class: name },
    geometry: { type: 'LineString', coordinates },
  } as const
}

/** Joins edges into lines that end only where other than two edges meet; the rest are closed rings. */
export function chains(edges: readonly (readonly [a: string, b: string])[]): string[][] {
  const next = new Map<string, Set<string>>()
  const link = (a: string, b: string) => next.set(a, (next.get(a) ?? new Set()).add(b))
  for (const [a, b] of edges) {
    link(a, b)
    link(b, a)
  }
  const isEnd = (key: string) => fullDegree.get(key) !== 2
  const fullDegree = new Map([...next].map(([key, others]) => [key, others.size]))

  function follow(start: string, second: string): string[] {
    const chain = [start]
    let [from, to]: [string, string | undefined] = [start, second]
    while (to !== undefined) {
      next.get(from)?.delete(to)
      next.get(to)?.delete(from)
      chain.push(to)
      if (isEnd(to)) break
      from = to
      to = next.get(to)?.values().next().value
    }
    return chain
  }

  const lines: string[][] = []
  for (const start of [...[...next.keys()].filter(isEnd), ...next.keys()]) {
    // An edge that a loop has come back through is gone from the set before its turn.
    for (const second of next.get(start) ?? []) lines.push(follow(start, second))
  }
  return lines
}
