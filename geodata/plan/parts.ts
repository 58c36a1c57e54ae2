import type { Draft, GridKey } from './draft.ts'

/**
 * An atom of a smaller part that a grid would lose if these of its atoms left it, or null while the rest hangs together. It does now, so
 * every part of the rest touches one that leaves: the walk starts beside them and ends as soon as it has met all that stand there.
 */
export function severed(draft: Draft, grid: GridKey, leaving: ReadonlySet<number>): number | null {
  const beside = new Set<number>()
  for (const atom of leaving) {
    for (const next of within(draft, atom, grid)) if (!leaving.has(next)) beside.add(next)
  }
  const [start] = beside
  if (start === undefined || beside.size === 1) return null
  const seen = reachedFrom(start, beside, (atom) => within(draft, atom, grid), leaving)
  if (beside.size === 0) return null
  const rest = (draft.atomsOfGrid.get(grid)?.size ?? 0) - leaving.size
  const [lost = start] = beside
  return 2 * seen.size < rest ? start : lost
}

/** What hangs together with an atom without passing through some; strikes from `wanted` what it meets, and ends when nothing is left there. */
function reachedFrom(
  start: number,
  wanted: Set<number>,
  neighbours: (atom: number) => Iterable<number>,
  without: ReadonlySet<number>,
): ReadonlySet<number> {
  const seen = new Set([start])
  wanted.delete(start)
  for (const atom of seen) {
    for (const next of neighbours(atom)) {
      if (without.has(next)) continue
      seen.add(next)
      wanted.delete(next)
    }
    if (wanted.size === 0) break
  }
  return seen
}

/** One of the atoms that would not hang together with the grid if they joined it, or null. A grid of no atoms has their first as its seed. */
export function astray(draft: Draft, grid: GridKey, joining: ReadonlySet<number>): number | null {
  const left = new Set(joining)
  const reached = seeds(draft, grid, joining)
  for (const atom of reached) {
    left.delete(atom)
    for (const next of around(draft, atom)) if (left.has(next)) reached.add(next)
  }
  const [lost] = left
  return lost ?? null
}

function seeds(draft: Draft, grid: GridKey, joining: ReadonlySet<number>): Set<number> {
  if (!draft.atomsOfGrid.has(grid)) return new Set([...joining].slice(0, 1))
  const found = [...joining].filter((atom) => {
    for (const _ of within(draft, atom, grid)) return true
    return false
  })
  return new Set(found)
}

/** Atoms of the grid across an arc of the atom. */
function* within(draft: Draft, atom: number, grid: GridKey): Generator<number> {
  for (const next of around(draft, atom)) if (draft.labels.get(next) === grid) yield next
}

/** Atoms across an arc. A shared corner is no arc. */
export function* around(draft: Draft, atom: number): Generator<number> {
  for (const id of draft.arcsOfAtom.get(atom) ?? []) {
    const arc = draft.arcs.get(id)
    if (!arc) continue
    const next = arc.left === atom ? arc.right : arc.left
    if (next !== 0) yield next
  }
}
