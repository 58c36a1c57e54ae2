import type { GridKey } from './draft.ts'
import type { Meter } from './meter-measures.ts'
import { middleOf } from './meter-spots.ts'

/** Grid before → grid after → how much of the one has become the other. */
export type Shares = ReadonlyMap<GridKey, ReadonlyMap<GridKey, number>>

/** The last answer for each pair of meters: several ask between two updates. */
const lastHomes = new WeakMap<
  Meter,
  { readonly before: Meter; readonly at: string; readonly homes: Shares }
>()

/** Households by the grids that they lived and live in. */
export function homesBetween(before: Meter, after: Meter): Shares {
  const at = `${before.revision()} ${after.revision()}`
  const last = lastHomes.get(after)
  if (last?.before === before && last.at === at) return last.homes
  const homes = countHomes(before, after)
  lastHomes.set(after, { before, at, homes })
  return homes
}

function countHomes(before: Meter, after: Meter): Shares {
  const found = new Map<GridKey, Map<GridKey, number>>()
  const { households } = after.sites.buildings
  const [was, is] = [before.draft.labels, after.draft.labels]
  for (let i = 0; i < households.length; i++)
    count(
      found,
      was.get(before.buildings[i] ?? 0) ?? 0,
      is.get(after.buildings[i] ?? 0) ?? 0,
      households[i] ?? 0,
    )
  return found
}

/**
 * Area by the grids that it lay and lies in, by whole atoms: the strip beside a border that has moved counts for nothing. An atom
 * that has another shape than before lay where its middle did.
 */
export function areaBetween(before: Meter, after: Meter): Shares {
  const found = new Map<GridKey, Map<GridKey, number>>()
  for (const [atom, now] of after.draft.labels) {
    const { area2, areaM2 } = after.ofAtom(atom)
    const isSame = before.ofAtom(atom).area2 === area2
    const was = isSame ? atom : before.atomAt(middleOf(after.draft, atom))
    count(found, before.draft.labels.get(was) ?? 0, now, Math.max(0, areaM2))
  }
  return found
}

function count(found: Map<GridKey, Map<GridKey, number>>, old: GridKey, now: GridKey, amount: number): void {
  if (amount === 0) return
  const known = found.get(old)
  if (known) known.set(now, (known.get(now) ?? 0) + amount)
  else found.set(old, new Map([[now, amount]]))
}

/** Shares of an old grid, largest first: of its households, of its area where nobody lived. They add up to 1. */
export function sharesOf(
  old: GridKey,
  homes: Shares,
  area: () => Shares,
): readonly (readonly [now: GridKey, share: number])[] {
  const lived = [...(homes.get(old) ?? [])]
  const parts = lived.length > 0 ? lived : [...(area().get(old) ?? [])]
  const whole = parts.reduce((sum, [, part]) => sum + part, 0)
  return parts
    .filter(([now]) => now !== 0)
    .map(([now, part]) => [now, part / whole] as const)
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
}

/** Who takes over from grids that have ended: whoever holds most of their ground. */
export function heirsOf(before: Meter, after: Meter): ReadonlyMap<GridKey, GridKey> {
  const ended = [...before.draft.grids.keys()].filter((key) => !after.draft.grids.has(key))
  if (ended.length === 0) return new Map()
  const homes = homesBetween(before, after)
  let area: Shares | undefined
  const areas = (): Shares => (area ??= areaBetween(before, after))
  return new Map(
    ended.flatMap((old) => {
      const heir = sharesOf(old, homes, areas)[0]
      return heir ? [[old, heir[0]] as const] : []
    }),
  )
}

interface Files {
  readonly year: number
  readonly open: number
}

const NONE: Files = { year: 0, open: 0 }

/** Disputes by grid, those of grids that have ended with their heirs. */
export function openDisputes(meter: Meter, from: Meter | undefined): (key: GridKey) => Files {
  const known = new Map<GridKey, Files>(meter.sites.disputes.map((files) => [files.grid, files]))
  let inherited: ReadonlyMap<GridKey, Files> = new Map()
  let countedAt = -1
  return (key) => {
    if (from && countedAt !== meter.revision()) {
      countedAt = meter.revision()
      inherited = inheritance(heirsOf(from, meter), known)
    }
    const own = meter.draft.grids.has(key) ? (known.get(key) ?? NONE) : NONE
    return sum(own, inherited.get(key) ?? NONE)
  }
}

function inheritance(
  heirs: ReadonlyMap<GridKey, GridKey>,
  known: ReadonlyMap<GridKey, Files>,
): ReadonlyMap<GridKey, Files> {
  const found = new Map<GridKey, Files>()
  for (const [old, heir] of heirs) found.set(heir, sum(found.get(heir) ?? NONE, known.get(old) ?? NONE))
  return found
}

function sum(a: Files, b: Files): Files {
  return { year: a.year + b.year, open: a.open + b.open }
}
