import type { GridKey } from './draft.ts'
import { areaBetween, homesBetween, sharesOf, type Shares } from './meter-heirs.ts'
import type { Meter } from './meter-measures.ts'

/** Whose ground a grid was before: `share` of the old one's households, of its area where nobody lives. */
export interface Succession {
  readonly old: GridKey
  readonly new: GridKey
  readonly share: number
}

/**
 * By old grid, largest share first; the shares of an old grid add up to 1. A grid on ground where nobody lives, cut out of one where
 * people do, follows it by its share of the area, on top of those.
 */
export function successionsOf(before: Meter, after: Meter): readonly Succession[] {
  const homes = homesBetween(before, after)
  let known: Shares | undefined
  const area = (): Shares => (known ??= areaBetween(before, after))
  const olds = [...before.draft.grids.keys()].toSorted((a, b) => a - b)
  const found = olds.flatMap((old) =>
    sharesOf(old, homes, area).map(([now, share]) => ({ old, new: now, share })),
  )
  const followed = new Set(found.map((succession) => succession.new))
  const orphans = new Set([...after.draft.grids.keys()].filter((key) => !followed.has(key)))
  if (orphans.size === 0) return found
  const bare = olds.flatMap((old) =>
    sharesOf(old, NOBODY, area).flatMap(([now, share]) => (orphans.has(now) ? { old, new: now, share } : [])),
  )
  return [...found, ...bare].toSorted((a, b) => a.old - b.old || b.share - a.share || a.new - b.new)
}

const NOBODY: Shares = new Map()
