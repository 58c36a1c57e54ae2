import type { Arc, Lattice } from '../fabric.ts'
import { isNear, nodedOf, segmentsOf, strokesOf, type Stroke } from './lay.ts'

/** A point of the lattice in which a line meets arcs once both are snap-rounded. */
export interface Meeting {
  readonly at: Lattice
  /** The stroke that it lies on. */
  readonly stroke: number
}

/** Where the strokes meet the arcs, in their order. */
export function meetings(strokes: readonly Stroke[], arcs: Iterable<Arc>): readonly Meeting[] {
  const near = [...arcs]
    .flatMap(segmentsOf)
    .filter(({ from, to }) => strokes.some((stroke) => isNear(from, to, stroke)))
  const { vertices, edges } = nodedOf(near, strokes)
  const onArcs = new Set<number>()
  const onStrokes = new Map<number, Set<number>>()
  for (const { a, b, threads } of edges) {
    for (const thread of threads) {
      const stroke = thread - near.length
      if (stroke < 0) onArcs.add(a).add(b)
      else onStrokes.set(stroke, (onStrokes.get(stroke) ?? new Set()).add(a).add(b))
    }
  }
  return [...onStrokes]
    .toSorted(([p], [q]) => p - q)
    .flatMap(([stroke, found]) => {
      const [from, to] = strokes[stroke] ?? [
        [0, 0],
        [0, 0],
      ]
      const along = ([x, y]: Lattice): number =>
        (to[0] - from[0]) * (x - from[0]) + (to[1] - from[1]) * (y - from[1])
      return [...found]
        .filter((vertex) => onArcs.has(vertex))
        .map((vertex) => vertices[vertex] ?? from)
        .toSorted((p, q) => along(p) - along(q))
        .map((at) => ({ at, stroke }))
    })
}

/** The line between its first and its last meeting with the arcs; null when it has but one. */
export function between(line: readonly Lattice[], arcs: readonly Arc[]): readonly Lattice[] | null {
  const strokes = strokesOf(line)
  const found = meetings(strokes, arcs)
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last || String(first.at) === String(last.at)) return null
  return [first.at, ...strokes.slice(first.stroke, last.stroke).map(([, to]) => to), last.at]
}
