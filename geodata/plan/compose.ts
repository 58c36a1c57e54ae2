import type { Change, Patch } from './patch.ts'

/** Two patches of which the second was made for the draft after the first, as one. */
export function composed(first: Patch, second: Patch): Patch {
  return {
    nodes: joined(first.nodes, second.nodes),
    arcs: joined(first.arcs, second.arcs),
    atoms: joined(first.atoms, second.atoms),
    labels: joined(first.labels, second.labels),
    grids: joined(first.grids, second.grids),
    next: { before: first.next.before, after: second.next.after },
  }
}

function joined<T>(first: readonly Change<T>[], second: readonly Change<T>[]): readonly Change<T>[] {
  if (first.length === 0) return second
  const changes = new Map(first.map((change) => [change.id, change]))
  for (const { id, before, after } of second) {
    const known = changes.get(id)
    changes.set(id, { id, before: known ? known.before : before, after })
  }
  return [...changes.values()].filter(({ before, after }) => before !== after)
}
