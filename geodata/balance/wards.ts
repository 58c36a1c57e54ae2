import type { Arc, ArcKind } from '../fabric.ts'
import { UNIT } from '../lattice.ts'
import { metresPerDegree } from '../metres.ts'
import type { Draft, GridKey, GridKind, PlanGrid } from '../plan/draft.ts'
import { areaOf, hoursOf, type Area } from '../plan/hours.ts'
import type { Meter } from '../plan/meter.ts'
import { around } from '../plan/parts.ts'
import { graphOfUnits, type Link, type Unit, type UnitGraph } from './graph.ts'

/**
 * Grids that can exchange ground, be it through others: neighbours of one community and one kind of area that are asked for and not
 * locked. Nothing passes from ward to ward, so each is balanced by itself, against its own mean.
 */
export interface Ward {
  readonly community: string
  readonly area: Area
  /** The kind by whose norms the ground is measured, for all grids alike: that of most of them. */
  readonly kind: GridKind
  /** District → grid. */
  readonly grids: readonly GridKey[]
  /** Unit → atom. */
  readonly atoms: readonly number[]
  readonly graph: UnitGraph
}

/** What a metre of border costs: grids end at rivers and main roads rather than in a lane, a field, or between houses. */
const COSTS: Readonly<Record<ArcKind, number>> = {
  outline: 1,
  community: 1,
  river: 0.3,
  canal: 0.4,
  road: 0.45,
  lane: 1.1,
  field: 1.2,
}

/** A border through an atom: per metre, and as if it were so much longer, since it has to be drawn at all. */
const CUT = 4
const CUT_M = 150

const UNCUT: ReadonlyMap<number, number> = new Map()

/** The wards of a draft, in the order of their grids; `scope` null is all grids. */
export function wardsOf(meter: Meter, scope: ReadonlySet<GridKey> | null): readonly Ward[] {
  const free = new Map(freeGrids(meter.draft, scope).map((grid) => [grid.key, grid]))
  const wards: Ward[] = []
  for (const grid of free.values()) {
    const together = joined(meter.draft, grid, free)
    for (const { key } of together) free.delete(key)
    wards.push(wardOf(meter, together))
  }
  return wards
}

/** The grid and all that it reaches over borders within its community and kind of area. */
function joined(draft: Draft, grid: PlanGrid, free: ReadonlyMap<GridKey, PlanGrid>): readonly PlanGrid[] {
  const reached = new Set([grid])
  for (const { key } of reached) {
    for (const other of beside(draft, key)) {
      const next = free.get(other)
      if (next?.community === grid.community && areaOf(next.kind) === areaOf(grid.kind)) reached.add(next)
    }
  }
  return [...reached].toSorted((a, b) => a.key - b.key)
}

/** Grids across a border of the grid. */
export function beside(draft: Draft, key: GridKey): ReadonlySet<GridKey> {
  const found = new Set<GridKey>()
  for (const atom of draft.atomsOfGrid.get(key) ?? []) {
    for (const next of around(draft, atom)) {
      const other = draft.labels.get(next)
      if (other !== undefined && other !== key) found.add(other)
    }
  }
  return found
}

/** Grids that may change. */
function freeGrids({ grids }: Draft, scope: ReadonlySet<GridKey> | null): readonly PlanGrid[] {
  return [...grids.values()]
    .filter(({ key, locked }) => !locked && (scope === null || scope.has(key)))
    .toSorted((a, b) => a.key - b.key)
}

/** The ward of these grids, which are of one community and area. `origins` names the atom that a piece was part of. */
export function wardOf(meter: Meter, grids: readonly PlanGrid[], origins = UNCUT): Ward {
  const { draft } = meter
  const kind = commonest(grids.map((grid) => grid.kind))
  // Their ground stays, so that no station is left in another grid.
  const stations = new Set(grids.map(({ station }) => (station ? meter.atomAt(station) : 0)))
  const atoms: number[] = []
  const units: Unit[] = []
  grids.forEach(({ key }, district) => {
    for (const atom of [...(draft.atomsOfGrid.get(key) ?? [])].toSorted((a, b) => a - b)) {
      atoms.push(atom)
      units.push({
        hours: hoursIn(meter, atom, kind),
        households: meter.ofAtom(atom).households,
        district,
        fixed: stations.has(atom),
      })
    }
  })
  const base = Float64Array.from(grids, ({ key }) => {
    const { disputes } = meter.of(key)
    return hoursOf(kind, { households: 0, minutes: 0, roadM: 0, disputes }).total
  })
  return {
    community: grids[0]?.community ?? '',
    area: areaOf(kind),
    kind,
    grids: grids.map(({ key }) => key),
    atoms,
    graph: graphOfUnits(units, linksOf(draft, atoms, origins), base),
  }
}

/** Hours a week on the ground of an atom, by the norms of a kind. */
export function hoursIn(meter: Meter, atom: number, kind: GridKind): number {
  const { households, minutes, roadM } = meter.ofAtom(atom)
  return hoursOf(kind, { households, minutes, roadM, disputes: 0 }).total
}

function commonest(kinds: readonly GridKind[]): GridKind {
  const counts = Map.groupBy(kinds, (kind) => kind)
  const [most] = [...counts.values()].toSorted((a, b) => b.length - a.length)
  return most?.[0] ?? 'urban-comprehensive'
}

function* linksOf(draft: Draft, atoms: readonly number[], origins = UNCUT): Generator<Link> {
  const unit = new Map(atoms.map((atom, i) => [atom, i]))
  for (const atom of atoms) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      // Each arc is met from both sides, and counts from its left.
      if (!arc || arc.left !== atom) continue
      const [a, b] = [unit.get(arc.left), unit.get(arc.right)]
      if (a === undefined || b === undefined) continue
      const isCut = (origins.get(arc.left) ?? -1) === origins.get(arc.right)
      yield [a, b, isCut ? (lengthM(arc) + CUT_M) * CUT : lengthM(arc) * COSTS[arc.kind]]
    }
  }
}

function lengthM({ points }: Arc): number {
  const [east, north] = metresPerDegree((points[0]?.[1] ?? 0) / UNIT)
  return points.reduce((sum, [x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y]
    return sum + Math.hypot(((x - px) / UNIT) * east, ((y - py) / UNIT) * north)
  }, 0)
}
