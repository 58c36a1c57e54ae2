import type { Db } from '#db/open'
import { place, reachM, type Placed } from './rules.ts'
import { findCovering, findNear, readRedrawn, type Spot } from './store.ts'

/** A spot as it was reported: with the error of its position, where that is known. */
export interface Report extends Spot {
  readonly accuracyM?: number | undefined
}

/**
 * The grid of each spot, with the reason. Most spots lie inside one grid and have no error: they cost one look at the
 * index; the others' surroundings are measured in a second statement.
 */
export async function locateAll(db: Db, spots: readonly Report[]): Promise<Placed[]> {
  const candidates = await findCovering(db, spots)
  const open = spots.flatMap((spot, n) => {
    const reach = reachM(candidates[n]?.length !== 0, spot.accuracyM)
    return reach > 0 ? [{ ...spot, reachM: reach, n }] : []
  })
  if (open.length > 0) {
    const near = await findNear(db, open)
    open.forEach(({ n }, k) => candidates[n]?.push(...(near[k] ?? [])))
  }
  return spots.map((spot, n) => place(candidates[n] ?? [], spot.accuracyM))
}

export async function locateOne(db: Db, spot: Report): Promise<Placed> {
  const [placed] = await locateAll(db, [spot])
  return placed ?? place([])
}

/**
 * The grid that has taken each spot over with the ground: that of `now`, where the plan has changed since the instant of the spot
 * and the grid with it; null where it has not.
 */
export async function keepersOf(
  db: Db,
  spots: readonly Report[],
  placed: readonly Placed[],
  now: Date,
): Promise<(number | null)[]> {
  const redrawn = spots.some(({ at }) => at < now) ? await readRedrawn(db, now) : null
  const old = spots.flatMap((spot, n) =>
    redrawn !== null && spot.at.getTime() < redrawn ? [{ spot, n }] : [],
  )
  const keepers: (number | null)[] = spots.map(() => null)
  if (old.length === 0) return keepers
  const present = await locateAll(
    db,
    old.map(({ spot }) => ({ ...spot, at: now })),
  )
  old.forEach(({ n }, k) => {
    const [then, since] = [placed[n]?.grid?.id, present[k]?.grid?.id]
    if (then !== undefined && since !== undefined && then !== since) keepers[n] = since
  })
  return keepers
}
