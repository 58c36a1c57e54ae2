import { traced } from './borders.ts'
import { isUrban } from './ground.ts'
import type { Drawn, Land } from './land.ts'
import { CLOSES, LANES, STREETS, type Name } from './names.ts'
import { at } from './plane.ts'

/** Names the streets and lanes of the town, each drawn line once; country tracks and field canals stay nameless. */
export function named(land: Land): Land {
  const trace = traced(land)
  const atoms = new Map(land.fabric.atoms.map((atom) => [atom.id, atom]))
  const old = new Set<Drawn>()
  const town = new Set<Drawn>()
  for (const arc of land.fabric.arcs) {
    const drawn = trace.get(arc.id)
    const sides = [atoms.get(arc.left), atoms.get(arc.right)]
    if (!drawn?.road || drawn.name || !sides.some((atom) => atom && isUrban(atom))) continue
    town.add(drawn)
    if (sides.some((atom) => atom?.kind === 'block')) old.add(drawn)
  }
  const lists: Record<'street' | 'old' | 'new', { readonly names: readonly Name[]; used: number }> = {
    street: { names: STREETS, used: 0 },
    old: { names: LANES, used: 0 },
    new: { names: CLOSES, used: 0 },
  }
  return {
    ...land,
    drawn: land.drawn.map((drawn) => {
      if (!town.has(drawn)) return drawn
      const list = lists[drawn.road === 'street' ? 'street' : old.has(drawn) ? 'old' : 'new']
      const name = at(list.names, list.used++)
      return { ...drawn, name: name.zh, nameEn: name.en }
    }),
  }
}
