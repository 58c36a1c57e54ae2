import type { Draft, GridKey } from '../plan/draft.ts'
import { areaOf, type Area } from '../plan/hours.ts'
import type { Meter } from '../plan/meter.ts'
import { deviationOf, type Deviation } from './anneal.ts'
import { loadsOf } from './graph.ts'
import { wardsOf, type Ward } from './wards.ts'

/** How evenly work is shared, said in two ways that differ: what redrawing can reach, and what the planner sees. */
export interface Balance {
  /**
   * Of the grids that may change, each against the mean of its ward (those of its community that may change), by one norm for the ward.
   * Redrawing within communities can bring this down to nought.
   */
  readonly own: Deviation
  /** Of all grids, each against the mean of its kind of area, by the norm of its own kind. What communities differ by stays in it. */
  readonly area: Deviation
}

export function balanceOf(meter: Meter, scope: ReadonlySet<GridKey> | null): Balance {
  return { own: ownDeviation(wardsOf(meter, scope)), area: areaDeviation(meter) }
}

export function ownDeviation(wards: readonly Ward[]): Deviation {
  const each = wards.map(({ graph }) => ({
    count: graph.districts,
    ...deviationOf({ graph, load: loadsOf(graph, graph.district) }),
  }))
  const count = each.reduce((sum, ward) => sum + ward.count, 0)
  const squares = each.reduce((sum, { rms, count: grids }) => sum + rms * rms * grids, 0)
  return {
    worst: Math.max(0, ...each.map(({ worst }) => worst)),
    rms: Math.sqrt(squares / Math.max(1, count)),
  }
}

function areaDeviation(meter: Meter): Deviation {
  const means = areaMeans(meter)
  const shares = [...meter.draft.grids.values()].map(({ key, kind }) => {
    const mean = means[areaOf(kind)]
    return mean === 0 ? 0 : meter.of(key).hours.total / mean - 1
  })
  return {
    worst: Math.max(0, ...shares.map(Math.abs)),
    rms: Math.sqrt(shares.reduce((sum, off) => sum + off * off, 0) / Math.max(1, shares.length)),
  }
}

/** Mean hours a week of the grids of each kind of area; 0 where there is none. */
export function areaMeans({ draft, of }: Meter): Readonly<Record<Area, number>> {
  const mean = (area: Area): number => {
    const hours = [...draft.grids.values()]
      .filter(({ kind }) => areaOf(kind) === area)
      .map(({ key }) => of(key).hours.total)
    return hours.reduce((a, b) => a + b, 0) / Math.max(1, hours.length)
  }
  return { urban: mean('urban'), rural: mean('rural') }
}

/** What has another grid in the draft than in the one before. */
export interface Change {
  readonly households: number
  readonly grids: ReadonlySet<GridKey>
}

/** Counted home by home, so that cuts through atoms make no difference. */
export function changeBetween(before: Meter, after: Meter): Change {
  const grids = new Set<GridKey>()
  let households = 0
  before.buildings.forEach((atom, i) => {
    const [from, to] = [gridAt(before.draft, atom), gridAt(after.draft, after.buildings[i] ?? 0)]
    if (from !== to) households += before.sites.buildings.households[i] ?? 0
  })
  for (const [atom, from] of before.draft.labels) {
    const to = gridAt(after.draft, atom)
    if (from !== to) grids.add(from).add(to)
  }
  for (const [atom, to] of after.draft.labels) {
    const cut = before.draft.labels.get(atom) === undefined
    if (cut) grids.add(to)
  }
  return { households, grids }
}

const gridAt = ({ labels }: Draft, atom: number): GridKey => labels.get(atom) ?? 0
