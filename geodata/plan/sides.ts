import type { Draft } from './draft.ts'

/** The atoms among these that hang together with the seeds when no barrier is crossed; the seeds belong to them. */
export function reached(
  draft: Draft,
  seeds: Iterable<number>,
  atoms: ReadonlySet<number>,
  barrier: ReadonlySet<number> = new Set(),
): ReadonlySet<number> {
  const found = new Set<number>()
  for (const seed of seeds) if (atoms.has(seed)) found.add(seed)
  for (const atom of found) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      if (!arc || barrier.has(id)) continue
      const beyond = arc.left === atom ? arc.right : arc.left
      if (atoms.has(beyond)) found.add(beyond)
    }
  }
  return found
}

/** An atom that does not hang together with most of the others through arcs, or null. */
export function loose(draft: Draft, atoms: ReadonlySet<number>): number | null {
  const [first] = atoms
  if (first === undefined) return null
  const part = reached(draft, [first], atoms)
  if (part.size === atoms.size) return null
  const rest = [...atoms].filter((atom) => !part.has(atom))
  return (part.size < rest.length ? first : rest[0]) ?? null
}
