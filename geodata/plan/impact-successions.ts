import type { GridKey } from './draft.ts'
import { areaBetween, homesBetween, sharesOf, type Shares } from './meter-heirs.ts'
import type { Meter } from './meter-measures.ts'

/** Whose ground a grid was before: `share` of the old one's households, of its area where nobody lives. */
export interface Succession {
  readonly old: GridKey
  readonly new: GridKey
  readonly share: number
}

/** By old grid, largest share first; the shares of an old grid add up to 1. */
export function successionsOf(before: Meter, after: Meter): readonly Succession[] {
  const homes = homesBetween(before, after)
  let known: Shares | undefined
  const area = (): Shares => (known ??= areaBetween(before, after))
  return [...before.draft.grids.keys()]
    .toSorted((a, b) => a - b)
    .flatMap((old) => sharesOf(old, homes, area).map(([now, share]) => ({ old, new: now, share })))
}
