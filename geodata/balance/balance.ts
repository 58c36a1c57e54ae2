import type { Draft, GridKey } from '../plan/draft.ts'
import { areaOf } from '../plan/hours.ts'
import type { Meter } from '../plan/meter.ts'
import { evennessOf } from '../plan/standards.ts'
import type { Deviation } from './anneal.ts'
import { loadsOf } from './graph.ts'
import { wardOf, wardsOf, type Ward } from './wards.ts'

/** How evenly work is shared, against three means: what redrawing can reach, and what it cannot. */
export interface Balance {
  /**
   * Of the grids that may change, each against the mean of its ward: of those of its community that it can exchange ground with, by one
   * norm for all of them. Redrawing within communities can bring this down to nought.
   */
  readonly own: Deviation
  /** Of all grids, each against the mean of its community, again by one norm. Those that are locked or border no other of it stay off. */
  readonly community: Deviation
  /** Of all grids, each against the mean of its kind in the sub-district. What communities differ by stays in it. */
  readonly kind: Deviation
}

export function balanceOf(meter: Meter, scope: ReadonlySet<GridKey> | null): Balance {
  const grids = [...meter.draft.grids.values()]
  const communities = Map.groupBy(grids, ({ community, kind }) => `${community} ${areaOf(kind)}`)
  return {
    own: ownDeviation(wardsOf(meter, scope)),
    community: ownDeviation([...communities.values()].map((own) => wardOf(meter, own))),
    kind: overall([...evennessOf(meter).deviations.values()]),
  }
}

function ownDeviation(wards: readonly Ward[]): Deviation {
  return overall(
    wards.flatMap(({ graph }) => {
      const target = graph.total.hours / graph.districts
      return [...loadsOf(graph, graph.district)].map((hours) => (target === 0 ? 0 : hours / target - 1))
    }),
  )
}

function overall(shares: readonly number[]): Deviation {
  return {
    worst: Math.max(0, ...shares.map(Math.abs)),
    rms: Math.sqrt(shares.reduce((sum, off) => sum + off * off, 0) / Math.max(1, shares.length)),
  }
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
