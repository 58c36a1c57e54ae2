import { byAngle } from '../faces.ts'
import type { Arc, Lattice } from '../fabric.ts'
import type { LatticePolygon, Ring } from '../lattice.ts'
import { polygons, simpleLoops } from '../topology.ts'
import type { Draft, GridKey } from './draft.ts'

/** Outer ring counter-clockwise first, then holes; the same as `dissolve` of topology.ts gives for the whole fabric. */
export function polygonsOfAtom(draft: Draft, atom: number): readonly LatticePolygon[] {
  return polygonsAround(draft, new Set([atom]))
}

export function polygonsOfGrid(draft: Draft, grid: GridKey): readonly LatticePolygon[] {
  return polygonsAround(draft, draft.atomsOfGrid.get(grid) ?? new Set())
}

/** The polygons of whatever these atoms cover together. */
export function polygonsAround(draft: Draft, atoms: ReadonlySet<number>): readonly LatticePolygon[] {
  const walls = wallsAround(draft, atoms)
  const fans = Map.groupBy(walls, tail)
  const seen = new Set<Wall>()
  const rings: Ring[] = []
  for (const start of walls) {
    if (seen.has(start)) continue
    const walk: Wall[] = []
    for (let wall = start; !seen.has(wall); wall = successor(draft, fans, wall)) {
      seen.add(wall)
      walk.push(wall)
    }
    const loops = simpleLoops(
      walk.map((_, i) => i),
      (i) => tail(walk[i] ?? start),
    )
    for (const loop of loops) rings.push(ringOf(loop.map((i) => walk[i] ?? start)))
  }
  return polygons(rings)
}

/** An arc with the covered ground on its left when walked. */
interface Wall {
  readonly arc: Arc
  readonly walked: 'forth' | 'back'
}

const tail = ({ arc, walked }: Wall): number => (walked === 'forth' ? arc.n0 : arc.n1)
const head = ({ arc, walked }: Wall): number => (walked === 'forth' ? arc.n1 : arc.n0)

function wallsAround(draft: Draft, atoms: ReadonlySet<number>): readonly Wall[] {
  const found: Wall[] = []
  for (const atom of atoms) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      if (!arc || atoms.has(arc.left) === atoms.has(arc.right)) continue
      found.push({ arc, walked: arc.left === atom ? 'forth' : 'back' })
    }
  }
  return found.toSorted((a, b) => a.arc.id - b.arc.id)
}

/** The next wall around the ground on the left: where several leave the node, the first clockwise from where this one came. */
function successor(draft: Draft, fans: ReadonlyMap<number, readonly Wall[]>, wall: Wall): Wall {
  const node = head(wall)
  const fan = fans.get(node) ?? []
  const [only] = fan
  if (only && fan.length === 1) return only
  const origin = draft.nodes.get(node) ?? [0, 0]
  const back = along(wall).at(-2) ?? origin
  const sorted = fan.toSorted((p, q) => byAngle(origin, toward(p), toward(q)))
  const before = sorted.findLast((other) => byAngle(origin, toward(other), back) < 0)
  return before ?? sorted.at(-1) ?? wall
}

const toward = (wall: Wall): Lattice => along(wall)[1] ?? [0, 0]

function along({ arc, walked }: Wall): readonly Lattice[] {
  return walked === 'forth' ? arc.points : arc.points.toReversed()
}

function ringOf(walls: readonly Wall[]): Ring {
  return walls.flatMap((wall, i) => (i === 0 ? along(wall) : along(wall).slice(1)))
}

/** A line that parts two grids, or a grid from the outside (0), with those on its left and right. */
export interface BorderLine {
  readonly arc: number
  readonly points: readonly Lattice[]
  readonly left: GridKey
  readonly right: GridKey
}

export function borderLines(draft: Draft): readonly BorderLine[] {
  return [...draft.arcs.values()].flatMap((arc) => borderLine(draft, arc) ?? [])
}

/** Those of one grid, each once. */
export function borderLinesOf(draft: Draft, grid: GridKey): readonly BorderLine[] {
  return wallsAround(draft, draft.atomsOfGrid.get(grid) ?? new Set()).flatMap(
    ({ arc }) => borderLine(draft, arc) ?? [],
  )
}

function borderLine(draft: Draft, { id, points, left, right }: Arc): BorderLine | null {
  const [l, r] = [draft.labels.get(left) ?? 0, draft.labels.get(right) ?? 0]
  return l === r ? null : { arc: id, points, left: l, right: r }
}
