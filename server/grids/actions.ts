import type { Db } from '#db/open'
import { place, reachM, type Placed } from './rules.ts'
import { findCovering, findNear, type Spot } from './store.ts'

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
