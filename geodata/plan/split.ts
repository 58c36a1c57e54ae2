import type { Lattice } from '../fabric.ts'
import { composed } from './compose.ts'
import { divideAtoms, type Divided, type Stretch } from './divide.ts'
import type { Draft, PlanGrid } from './draft.ts'
import type { Op, Refused } from './op.ts'
import { apply, inverseOf, patchOf } from './patch.ts'
import type { Performed } from './perform.ts'
import { liesIn, placeOfAtom } from './places.ts'
import { refused } from './refusals.ts'
import { loose, reached } from './sides.ts'

/** Both pieces of the atom stay with its grid. */
export function splitAtom(draft: Draft, { atom, line }: Extract<Op, { kind: 'split-atom' }>): Performed {
  const grid = draft.grids.get(draft.labels.get(atom) ?? 0)
  if (!grid) return refused('unknown')
  if (grid.locked) return refused('locked', [grid.key], placeOfAtom(draft, atom))
  const divided = divideAtoms(draft, line, new Set([atom]))
  if (!divided.ok) return divided
  apply(draft, inverseOf(divided.patch))
  if (divided.pieces.size === 0) return refused('line', [grid.key], line.at(-1) ?? null)
  return { ok: true, patch: divided.patch }
}

/**
 * The line must cross the grid from border to border. What lies on its left stays the old grid, with number, worker and station,
 * wherever that stands; what lies on its right becomes the new one. Left and right are told by walking from the line over atoms
 * without crossing it.
 */
export function splitGrid(draft: Draft, op: Extract<Op, { kind: 'split' }>): Performed {
  const grid = draft.grids.get(op.grid)
  if (!grid) return refused('unknown', [op.grid])
  if (grid.locked) return refused('locked', [grid.key], op.line[0] ?? null)
  const divided = divideAtoms(draft, op.line, draft.atomsOfGrid.get(op.grid) ?? new Set())
  if (!divided.ok) return divided
  const parting = partingOf(draft, op.line, divided, grid)
  if (!parting.ok) {
    apply(draft, inverseOf(divided.patch))
    return parting
  }
  const key = draft.next.grid
  const second = patchOf(
    draft,
    {
      labels: [...parting.right].map((id) => ({ id, before: grid.key, after: key })),
      grids: [{ id: key, before: null, after: newGrid(grid, op, key) }],
    },
    { grid: key - 1 },
  )
  apply(draft, inverseOf(divided.patch))
  return { ok: true, patch: composed(divided.patch, second) }
}

function newGrid(
  { kind, community }: PlanGrid,
  { name, nameEn }: Extract<Op, { kind: 'split' }>,
  key: number,
): PlanGrid {
  return { key, code: null, name, nameEn, kind, community, worker: null, station: null, locked: false }
}

type Parting = { readonly ok: true; readonly right: ReadonlySet<number> } | Refused

function partingOf(draft: Draft, line: readonly Lattice[], { way }: Divided, grid: PlanGrid): Parting {
  const atoms = draft.atomsOfGrid.get(grid.key) ?? new Set<number>()
  const inside = way.filter(({ left, right }) => atoms.has(left) && atoms.has(right))
  const [first] = inside
  if (!first) return refused('line', [grid.key], endIn(draft, line, grid.key) ?? line[0] ?? null)
  const barrier = new Set(inside.map(({ arc }) => arc))
  const left = reached(
    draft,
    inside.map((stretch) => stretch.left),
    atoms,
    barrier,
  )
  const right = reached(
    draft,
    inside.map((stretch) => stretch.right),
    atoms,
    barrier,
  )
  if ([...left].some((atom) => right.has(atom)))
    return refused('line', [grid.key], endIn(draft, line, grid.key) ?? gapOf(draft, inside, atoms))
  for (const part of [left, right]) {
    const lost = loose(draft, part)
    if (lost !== null) return refused('parts', [grid.key], placeOfAtom(draft, lost))
  }
  return { ok: true, right }
}

/** The end of the line that lies in the grid. */
function endIn(draft: Draft, line: readonly Lattice[], grid: number): Lattice | null {
  return [line.at(-1), line[0]].find((end) => end !== undefined && liesIn(draft, grid, end)) ?? null
}

/** Where what parts atoms of the grid comes to an end among them. */
function gapOf(draft: Draft, way: readonly Stretch[], atoms: ReadonlySet<number>): Lattice | null {
  const isInside = (node: number): boolean =>
    [...(draft.arcsOfNode.get(node) ?? [])].every((id) => {
      const arc = draft.arcs.get(id)
      return arc !== undefined && atoms.has(arc.left) && atoms.has(arc.right)
    })
  const [first, last] = [way[0], way.at(-1)]
  const node = [last?.to, first?.from].find((end) => end !== undefined && isInside(end))
  return draft.nodes.get(node ?? last?.to ?? -1) ?? null
}
