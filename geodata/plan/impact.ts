import type { GridKey, PlanGrid } from './draft.ts'
import { flowsOf, type Flow } from './impact-flows.ts'
import { successionsOf, type Succession } from './impact-successions.ts'
import { workersOf, type WorkerChange } from './impact-workers.ts'
import { openMeter, type Measures, type Meter } from './meter.ts'
import { standingOf, type Breach, type Side } from './standards.ts'

export type { Flow } from './impact-flows.ts'
export type { Charge, WorkerChange } from './impact-workers.ts'
export { successionsOf, type Succession } from './impact-successions.ts'
export type { Side } from './standards.ts'

/** `ImpactTotals` of the contract: a change in one line. */
export interface Totals {
  readonly grids: number
  readonly gridsChanged: number
  readonly householdsMoved: number
  readonly buildingsMoved: number
  readonly openMoved: number
  readonly worstDeviation: number
  readonly broken: number
}

/** `begun` and `ended` grids are on one side only; `ground` is other land, homes or length; `details` are name, kind, worker, station. */
type Fate = 'begun' | 'ended' | 'ground' | 'details' | 'same'

export interface GridSide {
  readonly grid: PlanGrid
  readonly measures: Measures
  /** Hours over the mean of its kind, as a share. */
  readonly deviation: number
  readonly breaches: readonly Breach[]
}

export interface GridImpact {
  readonly key: GridKey
  readonly fate: Fate
  readonly before: GridSide | null
  readonly after: GridSide | null
  /** Households that come and go. */
  readonly gained: number
  readonly lost: number
}

/** What a change of borders does, in total and to whom. */
export interface Impact {
  readonly totals: Totals
  readonly was: Pick<Totals, 'grids' | 'worstDeviation' | 'broken'>
  /** All grids of both sides, ascending by key; those that the draft makes come last. */
  readonly grids: readonly GridImpact[]
  readonly flows: readonly Flow[]
  readonly workers: readonly WorkerChange[]
  /** Of the grids that begin or end. */
  readonly successions: readonly Succession[]
  /** Rules that are broken now and were not, and the other way round. */
  readonly breaks: readonly Breach[]
  readonly mends: readonly Breach[]
}

/** What happens when the one side becomes the other. */
export function impactOf(older: Side, after: Side): Impact {
  const before = countedAlike(older, after)
  const [was, is] = [standingOf(before), standingOf(after)]
  const flows = flowsOf(before, after)
  const grids = gridsOf(before, after, flows)
  const moved = flows.filter(({ from, to }) => from !== to)
  const sum = (amount: (flow: Flow) => number): number => moved.reduce((all, flow) => all + amount(flow), 0)
  return {
    totals: {
      grids: after.draft.grids.size,
      gridsChanged: grids.filter(({ fate }) => fate !== 'same').length,
      householdsMoved: sum(({ households }) => households),
      buildingsMoved: sum(({ buildings }) => buildings.length),
      openMoved: sum(({ open }) => open.length),
      worstDeviation: is.worstDeviation,
      broken: is.breaches.length,
    },
    was: {
      grids: before.draft.grids.size,
      worstDeviation: was.worstDeviation,
      broken: was.breaches.length,
    },
    grids,
    flows,
    workers: workersOf(before, after, flows),
    successions: successionsBetween(before, after),
    breaks: missing(is.breaches, was.breaches),
    mends: missing(was.breaches, is.breaches),
  }
}

/** Meters that were opened on other lists of places, counted again on those of the later side. */
const recounted = new WeakMap<Meter, { readonly sites: Meter['sites']; readonly meter: Meter }>()

function countedAlike(before: Side, after: Side): Side {
  const { sites } = after.meter
  if (before.meter.sites === sites) return before
  const known = recounted.get(before.meter)
  if (known?.sites === sites) return { draft: before.draft, meter: known.meter }
  const meter = openMeter(before.draft, sites)
  recounted.set(before.meter, { sites, meter })
  return { draft: before.draft, meter }
}

function gridsOf(before: Side, after: Side, flows: readonly Flow[]): readonly GridImpact[] {
  const gained = new Map<GridKey, number>()
  const lost = new Map<GridKey, number>()
  const touched = new Set<GridKey>()
  for (const { from, to, households } of flows) {
    gained.set(to, (gained.get(to) ?? 0) + households)
    lost.set(from, (lost.get(from) ?? 0) + households)
    touched.add(from).add(to)
  }
  const [sideBefore, sideAfter] = [sides(before), sides(after)]
  const keys = [...new Set([...before.draft.grids.keys(), ...after.draft.grids.keys()])]
  return keys.toSorted(olderFirst).map((key) => {
    const [was, is] = [sideBefore(key), sideAfter(key)]
    return {
      key,
      fate: fateOf(was, is, touched.has(key)),
      before: was,
      after: is,
      gained: gained.get(key) ?? 0,
      lost: lost.get(key) ?? 0,
    }
  })
}

/** Grids that a draft makes have negative keys, counting down. */
function olderFirst(a: GridKey, b: GridKey): number {
  if (a > 0 === b > 0) return Math.abs(a) - Math.abs(b)
  return b - a
}

function sides({ draft, meter }: Side): (key: GridKey) => GridSide | null {
  const { breaches, deviations } = standingOf({ draft, meter })
  const byGrid = Map.groupBy(breaches, (breach) => breach.grid)
  return (key) => {
    const grid = draft.grids.get(key)
    if (!grid) return null
    return {
      grid,
      measures: meter.of(key),
      deviation: deviations.get(key) ?? 0,
      breaches: byGrid.get(key) ?? [],
    }
  }
}

function fateOf(was: GridSide | null, is: GridSide | null, isTouched: boolean): Fate {
  if (!was) return 'begun'
  if (!is) return 'ended'
  if (isTouched || !isSameGround(was.measures, is.measures)) return 'ground'
  return isSameGrid(was.grid, is.grid) ? 'same' : 'details'
}

function isSameGround(a: Measures, b: Measures): boolean {
  return a.area2 === b.area2 && Math.abs(a.perimeterM - b.perimeterM) < 1e-3
}

function isSameGrid(a: PlanGrid, b: PlanGrid): boolean {
  return (
    a.name === b.name &&
    a.nameEn === b.nameEn &&
    a.kind === b.kind &&
    a.worker === b.worker &&
    a.station?.[0] === b.station?.[0] &&
    a.station?.[1] === b.station?.[1]
  )
}

function successionsBetween({ draft, meter }: Side, after: Side): readonly Succession[] {
  const [old, now] = [draft.grids, after.draft.grids]
  const isSame = old.size === now.size && [...old.keys()].every((key) => now.has(key))
  if (isSame) return []
  return successionsOf(meter, after.meter).filter((found) => !now.has(found.old) || !old.has(found.new))
}

function missing(breaches: readonly Breach[], elsewhere: readonly Breach[]): readonly Breach[] {
  const known = new Set(elsewhere.map(({ rule, grid }) => `${grid} ${rule}`))
  return breaches.filter(({ rule, grid }) => !known.has(`${grid} ${rule}`))
}
