import type { Lattice } from '../fabric.ts'
import type { Draft, GridKey } from './draft.ts'
import type { Hours } from './hours.ts'
import type { Patch } from './patch.ts'
import type { Sites } from './sites.ts'

/** Mean size of a household: "about 300 households, 1,000 people" of shared/domain.md §3. An estimate, so it is not rounded here. */
export const RESIDENTS_PER_HOUSEHOLD = 1000 / 300

/** What is counted on some ground. */
interface Counts {
  readonly households: number
  readonly buildings: number
  /** Of the year. */
  readonly events: number
  /** Events that are open. */
  readonly open: number
  /** Of the grid worker's time on the events of the year. */
  readonly minutes: number
}

/** What adds up: the whole is the sum of its parts. */
export interface Ground extends Counts {
  /** Twice the area in lattice units, exact. */
  readonly area2: bigint
  readonly areaM2: number
  /** Roads and lanes inside in full, those along the edge by half. */
  readonly roadM: number
}

export interface Sums extends Ground {
  readonly residents: number
  /** Files of the year. A dispute has no place: it stays with its grid, and goes to the main successor of one that has ended. */
  readonly disputes: number
  readonly disputesOpen: number
  /** A week. */
  readonly hours: Hours
}

export interface Measures extends Sums {
  readonly perimeterM: number
  /** Polsby–Popper, 4πA/P²: 1 for a circle, about 0.785 for a square. */
  readonly compactness: number
}

/** What the grids of a draft add up to, kept up to date with each patch in time proportional to what it touches. */
export interface Meter {
  readonly draft: Draft
  readonly sites: Sites
  /** To be called after `apply`, with the same patch: also for undo and redo. */
  readonly update: (patch: Patch) => void
  /** Noughts for a grid that is not there. */
  readonly of: (key: GridKey) => Measures
  readonly ofAtom: (atom: number) => Ground
  /** Sum over the grids. */
  readonly total: () => Sums
  /** What lies in no atom. */
  readonly outside: () => Counts
  /** Place in `sites.buildings` → atom, 0 outside. */
  readonly buildings: Int32Array
  /** Place in `sites.events` → atom, 0 outside. */
  readonly events: Int32Array
  /** The atom that a place lies in, 0 outside. */
  readonly atomAt: (place: Lattice) => number
  /** Grid whose ground the station of this one stands on; null without a station. */
  readonly stationIn: (key: GridKey) => GridKey | null
  /** Rises with each update. */
  readonly revision: () => number
  /** The revision in which something of the grid changed last. */
  readonly changedAt: (key: GridKey) => number
}
