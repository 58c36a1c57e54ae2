import type { GridKey } from '../plan/draft.ts'
import type { Meter } from '../plan/meter.ts'
import type { Op } from '../plan/op.ts'
import { perform } from '../plan/perform.ts'
import { around } from '../plan/parts.ts'
import type { Given } from './pieces.ts'

/**
 * Paints the atoms in an order in which every grid stays whole after each step, on the draft of the meter; false when it finds none.
 * All atoms between the same two grids go at once where they may, else one by one as they come free.
 */
export function handOver(meter: Meter, given: readonly Given[], ops: Op[]): boolean {
  const { draft } = meter
  const wanted = new Map(
    given.filter(({ atom, grid }) => draft.labels.get(atom) !== grid).map(({ atom, grid }) => [atom, grid]),
  )
  const paint = (atoms: readonly number[], grid: GridKey): boolean => {
    const op: Op = { kind: 'paint', atoms, grid }
    const done = perform(draft, op)
    if (!done.ok) return false
    meter.update(done.patch)
    ops.push(op)
    for (const atom of atoms) wanted.delete(atom)
    return true
  }
  while (wanted.size > 0) {
    const lots = lotsOf(meter, wanted)
    if (lots.some(({ atoms, grid }) => paint(atoms, grid))) continue
    const single = [...wanted].some(([atom, grid]) => paint([atom], grid))
    if (!single) return false
  }
  return true
}

interface Lot {
  readonly atoms: readonly number[]
  readonly grid: GridKey
}

/** What goes to each grid, whole and then by where it comes from, and then in parts that hang together. */
function lotsOf({ draft }: Meter, wanted: ReadonlyMap<number, GridKey>): readonly Lot[] {
  const all = [...wanted].map(([atom, grid]) => ({ atom, grid }))
  const by = (key: (given: Given) => string): readonly Lot[] =>
    [...Map.groupBy(all, key).values()].map((lot) => ({
      atoms: lot.map(({ atom }) => atom),
      grid: lot[0]?.grid ?? 0,
    }))
  const whole = by(({ grid }) => String(grid))
  const pairs = by(({ atom, grid }) => `${draft.labels.get(atom)} ${grid}`)
  return [...whole, ...pairs, ...pairs.flatMap((lot) => patches(lot))]

  function patches({ atoms, grid }: Lot): readonly Lot[] {
    const left = new Set(atoms)
    return atoms.flatMap((start) => {
      if (!left.delete(start)) return []
      const patch = new Set([start])
      for (const atom of patch) for (const next of around(draft, atom)) if (left.delete(next)) patch.add(next)
      return [{ atoms: [...patch], grid }]
    })
  }
}
