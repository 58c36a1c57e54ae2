import type { Draft, GridKey } from './draft.ts'
import type { Patch } from './patch.ts'

/** Atoms whose grid, border or being a patch changes; those that it takes away too. */
export function touchedAtoms(patch: Patch): ReadonlySet<number> {
  const found = new Set<number>()
  for (const { id } of patch.atoms) found.add(id)
  for (const { id } of patch.labels) found.add(id)
  for (const { before, after } of patch.arcs) {
    for (const arc of [before, after]) if (arc) found.add(arc.left).add(arc.right)
  }
  found.delete(0)
  return found
}

/** Grids that gain, lose or change anything, those that begin or end too. The draft may stand before the patch or after it. */
export function touchedGrids(draft: Draft, patch: Patch): ReadonlySet<GridKey> {
  const found = new Set<GridKey>()
  for (const { id } of patch.grids) found.add(id)
  for (const { before, after } of patch.labels) {
    if (before !== null) found.add(before)
    if (after !== null) found.add(after)
  }
  for (const atom of touchedAtoms(patch)) {
    const grid = draft.labels.get(atom)
    if (grid !== undefined) found.add(grid)
  }
  return found
}
