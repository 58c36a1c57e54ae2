import type { Ground } from './meter-measures.ts'
import type { Sites } from './sites.ts'

/** What is counted on some ground, while it is being counted. */
export type Tally = { -readonly [K in keyof Ground]: Ground[K] }

export function emptyTally(): Tally {
  return {
    households: 0,
    buildings: 0,
    events: 0,
    open: 0,
    minutes: 0,
    area2: 0n,
    areaM2: 0,
    roadM: 0,
  }
}

export function addTo(tally: Tally, ground: Ground): void {
  tally.households += ground.households
  tally.buildings += ground.buildings
  tally.events += ground.events
  tally.open += ground.open
  tally.minutes += ground.minutes
  tally.area2 += ground.area2
  tally.areaM2 += ground.areaM2
  tally.roadM += ground.roadM
}

export function takeFrom(tally: Tally, ground: Ground): void {
  tally.households -= ground.households
  tally.buildings -= ground.buildings
  tally.events -= ground.events
  tally.open -= ground.open
  tally.minutes -= ground.minutes
  tally.area2 -= ground.area2
  tally.areaM2 -= ground.areaM2
  tally.roadM -= ground.roadM
}

/** `sign` is -1 where the building leaves. */
export function countBuilding(tally: Tally, { buildings }: Sites, i: number, sign: 1 | -1): void {
  tally.buildings += sign
  tally.households += sign * (buildings.households[i] ?? 0)
}

/** `sign` is -1 where the event leaves. */
export function countEvent(tally: Tally, { events }: Sites, i: number, sign: 1 | -1): void {
  tally.events += sign
  tally.open += sign * (events.open[i] ?? 0)
  tally.minutes += sign * (events.minutes[i] ?? 0)
}
