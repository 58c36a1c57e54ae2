import type { Arc, Lattice } from '../fabric.ts'
import { cellsOf, type Cells } from '../weave.ts'
import { lay, type Laid, type Stroke } from './lay.ts'
import { arcOf, isLine, placeOf, type Strand } from './stitch.ts'

export interface Woven {
  readonly laid: Laid
  readonly cells: Cells
  /** By edge: whether it parts two cells. */
  readonly parts: readonly boolean[]
}

/** Lays the line, and lays what is left of it anew as long as something that bounds nothing has bent an arc. */
export function settle(
  arcs: readonly Arc[],
  line: readonly Stroke[],
  atoms: ReadonlySet<number>,
  within: ReadonlySet<number>,
): Woven {
  const old = new Set(arcs.flatMap(({ points }) => points.map(String)))
  let woven = wovenOf(arcs, line, atoms, within)
  for (let round = 0; round < 4; round++) {
    const loose = looseIn(woven, old)
    if (loose.size === 0) return woven
    woven = wovenOf(arcs, keptOf(woven, loose), atoms, within)
  }
  return woven
}

function wovenOf(
  arcs: readonly Arc[],
  strokes: readonly Stroke[],
  atoms: ReadonlySet<number>,
  within: ReadonlySet<number>,
): Woven {
  const laid = lay(arcs, strokes)
  const { web } = laid
  const cells = cellsOf(
    web,
    (covers) => covers.reduce((least, id) => (atoms.has(id) && (least === 0 || id < least) ? id : least), 0),
    (edge, owner) => within.has(owner) && isLine(laid, edge),
  )
  const cell = (half: number): number => cells.cellOf[web.faceOf[half] ?? 0] ?? 0
  return { laid, cells, parts: web.edges.map((_, i) => cell(2 * i) !== cell(2 * i + 1)) }
}

/** What of the line parts cells, in its order and direction, but for runs along arcs to loose vertices. */
function keptOf({ laid, parts }: Woven, loose: ReadonlySet<number>): readonly Stroke[] {
  const at = (vertex: number): Lattice => laid.web.vertices[vertex] ?? [0, 0]
  return laid.web.edges
    .flatMap((edge, i) => (parts[i] && isLine(laid, edge) ? [{ edge, i, place: placeOf(laid, edge) }] : []))
    .filter(({ edge: { a, b } }) => !loose.has(a) && !loose.has(b))
    .toSorted((p, q) => p.place[0] - q.place[0] || p.place[1] - q.place[1])
    .map(({ edge, i }): Stroke => {
      const stroke: Stroke = [at(edge.a), at(edge.b)]
      return (laid.along[i] ?? 0) < 0 ? [stroke[1], stroke[0]] : stroke
    })
}

/** New vertices of arcs in which nothing ends that leaves the arcs and parts cells. */
function looseIn({ laid, parts }: Woven, old: ReadonlySet<string>): ReadonlySet<number> {
  const { edges, vertices } = laid.web
  const loose = new Set<number>()
  for (const edge of edges) {
    if (!arcOf(laid, edge)) continue
    for (const vertex of [edge.a, edge.b]) if (!old.has(String(vertices[vertex]))) loose.add(vertex)
  }
  edges.forEach((edge, i) => {
    if (!parts[i] || arcOf(laid, edge)) return
    loose.delete(edge.a)
    loose.delete(edge.b)
  })
  return loose
}

/** Where rounding laid two arcs on each other, or null. */
export function overlaid({ laid }: Woven): Lattice | null {
  const edge = laid.web.edges.find((one) => arcOf(laid, one) === undefined)
  return edge ? (laid.web.vertices[edge.a] ?? null) : null
}

/** The edges that stay, with the atoms on their sides. */
export function strandsOf(
  { laid, cells, parts }: Woven,
  atoms: ReadonlySet<number>,
  names: ReadonlyMap<number, number>,
): readonly Strand[] {
  const { edges, faceOf } = laid.web
  const side = (half: number, beyond: number): number =>
    names.get(cells.cellOf[faceOf[half] ?? 0] ?? 0) || (atoms.has(beyond) ? 0 : beyond)
  return edges.flatMap((edge, i): readonly Strand[] => {
    const arc = arcOf(laid, edge) ?? null
    if (!arc && !parts[i]) return []
    return [
      {
        edge,
        arc,
        left: side(2 * i, arc?.left ?? 0),
        right: side(2 * i + 1, arc?.right ?? 0),
        along: laid.along[i] ?? 0,
        place: placeOf(laid, edge),
      },
    ]
  })
}
