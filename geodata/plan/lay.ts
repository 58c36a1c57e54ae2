import type { Arc, Lattice } from '../fabric.ts'
import { faces } from '../faces.ts'
import { crosses, crossing, passes, samePoint } from '../lattice.ts'
import { node, plus, type Edge, type Noded, type Thread } from '../noding.ts'
import { windings, type Web } from '../weave.ts'

/** A straight piece of a line, in its direction. */
export type Stroke = readonly [from: Lattice, to: Lattice]

/** Some atoms of a draft with a line laid over them: a planar graph in which each edge knows where it comes from. */
export interface Laid {
  /** Sides are those of the arcs; `threads` are places in `sources`. */
  readonly web: Web
  readonly sources: readonly Source[]
  /** Edge → +1 where the line runs along it, −1 where it runs against it, 0 where it does neither or both. */
  readonly along: readonly number[]
}

/** What an edge comes from: a segment of an arc, or a stroke. */
export type Source =
  | { readonly arc: Arc; readonly from: Lattice; readonly to: Lattice }
  | { readonly arc: null; readonly stroke: number; readonly from: Lattice; readonly to: Lattice }

/** Stands on the left of the line while it is woven; no atom has it. */
const LINE = 2 ** 40

/** Snap rounding may bend what passes this near to the line, in lattice units. */
const REACH = 3

/**
 * Lays strokes over the arcs of whole atoms. Only segments near a stroke are noded, the others stand as they are, so the answer is a
 * planar graph as far as the strokes are concerned; what it does to the rest is for `collision` to say.
 */
export function lay(arcs: readonly Arc[], strokes: readonly Stroke[]): Laid {
  const segments = arcs.flatMap(segmentsOf)
  const [near, far] = parted(segments, ({ from, to }) => strokes.some((stroke) => isNear(from, to, stroke)))
  const laid = strokes.map(([from, to], stroke) => ({ arc: null, stroke, from, to }))
  const sources: readonly Source[] = [...near, ...laid, ...far]
  const noded = nodedOf(near, strokes)

  const vertices = [...noded.vertices]
  const ids = new Map(vertices.map((point, id) => [String(point), id]))
  const vertex = (point: Lattice): number => {
    const known = ids.get(String(point))
    if (known !== undefined) return known
    ids.set(String(point), vertices.length)
    return vertices.push(point) - 1
  }
  const edges = [
    ...noded.edges.map((edge) => asArc(edge, sources)),
    ...far.map((source, i): Edge => {
      const { kind, left, right } = source.arc
      const sides = [left, -right].filter((side) => side !== 0)
      return {
        a: vertex(source.from),
        b: vertex(source.to),
        kind,
        sides,
        threads: [near.length + laid.length + i],
      }
    }),
  ]
  return { web: webOf(vertices, edges), sources, along: edges.map(({ sides }) => runs(sides)) }
}

/** An edge that is part of an arc runs as that arc does. */
function asArc(edge: Edge, sources: readonly Source[]): Edge {
  const arc = edge.threads.map((thread) => sources[thread]?.arc).find((one) => one)
  if (!arc || edge.sides.includes(arc.left === 0 ? -arc.right : arc.left)) return edge
  return { ...edge, a: edge.b, b: edge.a, sides: edge.sides.map((side) => -side) }
}

function webOf(vertices: readonly Lattice[], woven: readonly Edge[]): Web {
  const edges = woven.map((edge) => ({
    ...edge,
    sides: edge.sides.filter((side) => Math.abs(side) !== LINE).reduce(plus, []),
  }))
  const { of: faceOf, count } = faces(vertices, edges)
  const covers = windings(edges, faceOf, count).map((sides) => sides.filter((id) => id > 0))
  return { vertices, edges, faceOf, covers }
}

/**
 * Segments and then strokes, each a thread, led from the start through all the pixels that they pass. Found one by one, a pixel may lie
 * beside what has been bent by then.
 */
export function nodedOf(segments: readonly Segment[], strokes: readonly Stroke[]): Noded {
  const laid = strokes.map(([from, to]): Straight => ({ from, to, kind: 'field', left: LINE, right: 0 }))
  const threads = [...segments.map(({ arc, from, to }): Straight => ({ ...arc, from, to })), ...laid]
  const pixels = new Map<string, Lattice>()
  const add = (point: Lattice): unknown => pixels.set(String(point), point)
  for (const { from, to } of threads) for (const point of [from, to]) add(point)
  for (const [i, line] of laid.entries()) {
    for (const { from, to } of threads.slice(0, segments.length + i)) {
      if (crosses(line.from, line.to, from, to)) add(crossing(from, to, line.from, line.to))
    }
  }
  const all = [...pixels.values()]
  return node(threads.map((thread) => ({ ...thread, points: routeOf(thread, all) })))
}

interface Straight extends Omit<Thread, 'points'> {
  readonly from: Lattice
  readonly to: Lattice
}

function routeOf({ from, to }: Straight, pixels: readonly Lattice[]): readonly Lattice[] {
  const along = ([x, y]: Lattice): number =>
    (to[0] - from[0]) * (x - from[0]) + (to[1] - from[1]) * (y - from[1])
  const inner = pixels.filter(
    (point) => passes(from, to, point) && !samePoint(point, from) && !samePoint(point, to),
  )
  return [from, ...inner.toSorted((p, q) => along(p) - along(q)), to]
}

export interface Segment {
  readonly arc: Arc
  readonly from: Lattice
  readonly to: Lattice
}

export function segmentsOf(arc: Arc): readonly Segment[] {
  return arc.points.slice(1).map((to, i) => ({ arc, from: arc.points[i] ?? to, to }))
}

const runs = (sides: readonly number[]): number =>
  Math.sign(sides.find((side) => Math.abs(side) === LINE) ?? 0)

function parted<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  const [yes, no]: [T[], T[]] = [[], []]
  for (const one of all) (test(one) ? yes : no).push(one)
  return [yes, no]
}

/** Whether the segment may come within reach of the stroke; never a false no. */
export function isNear(p: Lattice, q: Lattice, [from, to]: Stroke): boolean {
  if (Math.max(p[0], q[0]) + REACH < Math.min(from[0], to[0])) return false
  if (Math.min(p[0], q[0]) - REACH > Math.max(from[0], to[0])) return false
  if (Math.max(p[1], q[1]) + REACH < Math.min(from[1], to[1])) return false
  if (Math.min(p[1], q[1]) - REACH > Math.max(from[1], to[1])) return false
  return !isBeside(p, q, from, to) && !isBeside(from, to, p, q)
}

/** Whether both points lie clearly on one side of the line through the others. Doubles will do: the margin is wide. */
function isBeside(p: Lattice, q: Lattice, from: Lattice, to: Lattice): boolean {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const margin = 2 * REACH * (Math.abs(dx) + Math.abs(dy)) + 1
  const first = dx * (p[1] - from[1]) - dy * (p[0] - from[0])
  const second = dx * (q[1] - from[1]) - dy * (q[0] - from[0])
  return (first > margin && second > margin) || (first < -margin && second < -margin)
}

/** A line as strokes; points that stand still are left out. */
export function strokesOf(line: readonly Lattice[]): readonly Stroke[] {
  return line.slice(1).flatMap((to, i): readonly Stroke[] => {
    const from = line[i] ?? to
    return samePoint(from, to) ? [] : [[from, to]]
  })
}

/** A line that crosses itself more often than this is a scribble, and would take as long as it is tangled. */
const TANGLE = 20

/** Where the line has crossed itself too often, or null. */
export function tangle(strokes: readonly Stroke[]): Lattice | null {
  let found = 0
  for (const [i, [a, b]] of strokes.entries()) {
    for (const [c, d] of strokes.slice(0, i)) {
      if (crosses(a, b, c, d) && ++found > TANGLE) return crossing(a, b, c, d)
    }
  }
  return null
}
