import type { Db } from '#db/open'
import { EVENT_MINUTES } from '#geo/plan/hours'
import type { PlanSites } from '../contract.ts'
import { listBuildings, listDisputeCounts, listEventSpots, listWorkers } from '../store/sites.ts'

export const YEAR = 365 * 86_400_000

/** What is counted in the grids of a plan: homes, a year of events with the work they were, disputes by grid, workers. */
export async function sites(db: Db, now: Date): Promise<PlanSites> {
  const from = new Date(now.getTime() - YEAR)
  const buildings = await listBuildings(db)
  const events = await listEventSpots(db, from, now)
  return {
    buildings: { ...columnsOf(buildings), households: buildings.map(({ households }) => households) },
    events: {
      ...columnsOf(events),
      minutes: events.map(({ urgency }) => EVENT_MINUTES[urgency]),
      open: events.map(({ open }) => Number(open)),
    },
    disputes: await listDisputeCounts(db, from),
    workers: await listWorkers(db),
  }
}

function columnsOf(spots: readonly { readonly id: number; readonly x: number; readonly y: number }[]) {
  return { xs: spots.map(({ x }) => x), ys: spots.map(({ y }) => y), ids: spots.map(({ id }) => id) }
}
