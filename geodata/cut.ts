import type { Arc, ArcKind, Atom, Fabric, Lattice } from './fabric.ts'
import type { Thread } from './noding.ts'
import { cellsOf, weave, type Cell } from './weave.ts'

/** A line along which atoms are cut. It may cross and overshoot; what bounds nothing is dropped. */
export interface Line {
  readonly points: readonly Lattice[]
  readonly kind: ArcKind
  /** Only these atoms are cut; all of them when absent. */
  readonly within?: ReadonlySet<number>
}

export interface CutFabric {
  readonly fabric: Fabric
  /** Each atom that fell into pieces → the ids of its pieces, the largest first: that one keeps the old id. */
  readonly pieces: ReadonlyMap<number, readonly number[]>
}

/**
 * Cuts atoms along lines. Both sides of a cut share one arc, crossings are nodes on the lattice, pieces inherit kind and community.
 * Atom ids are identities and survive; node and arc ids are positions within one fabric and do not.
 */
export function cut(fabric: Fabric, lines: readonly Line[]): CutFabric {
  const old = fabric.arcs.length
  const threads: Thread[] = [
    ...fabric.arcs,
    ...lines.map(({ points, kind }) => ({ points, kind, left: 0, right: 0 })),
  ]
  const web = weave(threads)
  const woven = cellsOf(
    web,
    (covers) => covers.reduce((least, id) => (least === 0 || id < least ? id : least), 0),
    (edge, owner) =>
      edge.threads.some((thread) => thread >= old && (lines[thread - old]?.within?.has(owner) ?? true)),
  )
  const pieces = piecesOf(fabric.atoms, woven.cells)
  const atoms = new Map(fabric.atoms.map((atom) => [atom.id, atom]))
  const atomOf = new Map<number, Atom>()
  for (const [parent, cells] of pieces) {
    const atom = atoms.get(parent)
    if (!atom || cells.length === 0) throw new RangeError(`the cut would erase atom ${parent}`)
    for (const { cell, id } of cells) atomOf.set(cell, { ...atom, id })
  }
  const name = (cell: number): number => atomOf.get(cell)?.id ?? 0
  const arcs: Arc[] = woven.arcs.map((arc) => ({ ...arc, left: name(arc.left), right: name(arc.right) }))
  return {
    fabric: { nodes: woven.nodes, arcs, atoms: [...atomOf.values()].toSorted((a, b) => a.id - b.id) },
    pieces: new Map(
      [...pieces]
        .filter(([, cells]) => cells.length > 1)
        .map(([parent, cells]) => [parent, cells.map(({ id }) => id)]),
    ),
  }
}

/**
 * Makes atoms one: each key becomes a part of its value. They must touch; the borders between them go, nodes left over with two arcs
 * are joined through.
 */
export function merge(fabric: Fabric, into: ReadonlyMap<number, number>): Fabric {
  const end = (id: number): number => {
    let last = id
    for (let next = into.get(last); next !== undefined && next !== id; next = into.get(last)) last = next
    return last
  }
  const threads = fabric.arcs
    .map((arc) => ({ ...arc, left: end(arc.left), right: end(arc.right) }))
    .filter((arc) => arc.left !== arc.right)
  const woven = cellsOf(
    weave(threads),
    (covers) => covers[0] ?? 0,
    () => false,
  )
  const owner = new Map(woven.cells.map((cell) => [cell.id, cell.owner]))
  if (new Set(owner.values()).size !== owner.size) throw new RangeError('merged atoms must touch')
  const name = (cell: number): number => owner.get(cell) ?? 0
  return {
    nodes: woven.nodes,
    arcs: woven.arcs.map((arc) => ({ ...arc, left: name(arc.left), right: name(arc.right) })),
    atoms: fabric.atoms.filter(({ id }) => !into.has(id)),
  }
}

interface Piece {
  readonly cell: number
  readonly id: number
}

function piecesOf(atoms: readonly Atom[], cells: readonly Cell[]): ReadonlyMap<number, readonly Piece[]> {
  const byOwner = Map.groupBy(cells, (cell) => cell.owner)
  let last = atoms.reduce((most, atom) => Math.max(most, atom.id), 0)
  return new Map(
    atoms.map(({ id }) => {
      const sorted = (byOwner.get(id) ?? []).toSorted((a, b) => compare(b.area2, a.area2) || a.id - b.id)
      return [id, sorted.map((cell, i) => ({ cell: cell.id, id: i === 0 ? id : ++last }))]
    }),
  )
}

const compare = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b)
