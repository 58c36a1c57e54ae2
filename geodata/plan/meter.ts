import type { Lattice } from '../fabric.ts'
import type { Draft, GridKey } from './draft.ts'
import { hoursOf, type Hours } from './hours.ts'
import { arcMeasurer, movedBy } from './meter-arcs.ts'
import { labelsBefore, openBook } from './meter-book.ts'
import { openDisputes } from './meter-heirs.ts'
import { RESIDENTS_PER_HOUSEHOLD, type Measures, type Meter, type Sums } from './meter-measures.ts'
import { spotAt, spotsIn } from './meter-spots.ts'
import { openStations } from './meter-stations.ts'
import { addTo, countBuilding, countEvent, emptyTally } from './meter-tally.ts'
import type { Patch } from './patch.ts'
import type { Sites } from './sites.ts'
import { touchedAtoms } from './touched.ts'

export * from './meter-measures.ts'

/**
 * `from` is the meter of the plan that the draft was forked from: grids that have ended since pass their disputes on to whoever
 * holds most of their ground. Without it such disputes are in no sum.
 */
export function openMeter(draft: Draft, sites: Sites, from?: Meter): Meter {
  const origin: Lattice = draft.nodes.values().next().value ?? [0, 0]
  const east = eastOf(draft)
  const buildings = spotsIn(draft, sites.buildings.xs, sites.buildings.ys)
  const events = spotsIn(draft, sites.events.xs, sites.events.ys)
  const stations = openStations(draft, east)
  const book = openBook(draft, arcMeasurer(origin), ({ atom }) => {
    buildings.atoms.forEach((id, i) => countBuilding(atom(id), sites, i, 1))
    events.atoms.forEach((id, i) => countEvent(atom(id), sites, i, 1))
  })
  const changedAt = new Map<GridKey, number>()
  const told = new Map<GridKey, Measures>()
  let revision = 0

  function of(key: GridKey): Measures {
    const known = told.get(key) ?? measure(key)
    told.set(key, known)
    return known
  }

  function measure(key: GridKey): Measures {
    const ground = book.ofGrid(key)
    const perimeterM = book.perimeterM(key)
    const disputes = disputesOf(key)
    const kind = draft.grids.get(key)?.kind
    return {
      ...ground,
      residents: ground.households * RESIDENTS_PER_HOUSEHOLD,
      disputes: disputes.year,
      disputesOpen: disputes.open,
      hours: kind ? hoursOf(kind, { ...ground, disputes: disputes.year }) : IDLE,
      perimeterM,
      compactness: perimeterM > 0 ? (4 * Math.PI * ground.areaM2) / (perimeterM * perimeterM) : 0,
    }
  }

  function update(patch: Patch): void {
    revision++
    told.clear()
    const moved = movedBy(patch)
    const touched = new Set(touchedAtoms(patch))
    const recounts: (() => void)[] = []
    const follow =
      (count: typeof countBuilding) =>
      (i: number, was: number, is: number): void => {
        touched.add(was).add(is)
        recounts.push(() => {
          count(book.atom(was), sites, i, -1)
          count(book.atom(is), sites, i, 1)
        })
      }
    buildings.update(moved, follow(countBuilding))
    events.update(moved, follow(countEvent))
    stations.update(patch, moved)
    book.turn(patch, touched, () => recounts.forEach((recount) => recount()))
    const wasOf = labelsBefore(draft, patch)
    for (const id of touched) changedAt.set(wasOf(id), revision).set(draft.labels.get(id) ?? 0, revision)
    for (const { id } of patch.grids) changedAt.set(id, revision)
  }

  const meter: Meter = {
    draft,
    sites,
    update,
    of,
    ofAtom: book.ofAtom,
    total: () => [...draft.grids.keys()].map(of).reduce<Sums>(plus, NOTHING),
    outside: () => book.ofGrid(0),
    buildings: buildings.atoms,
    events: events.atoms,
    atomAt(place) {
      const { inside, touching } = spotAt(draft, place, east)
      return touching || inside
    },
    stationIn: stations.in,
    revision: () => revision,
    changedAt: (key) => changedAt.get(key) ?? 0,
  }
  const disputesOf = openDisputes(meter, from)
  return meter
}

const IDLE: Hours = { events: 0, visits: 0, patrols: 0, disputes: 0, total: 0 }
const NOTHING: Sums = { ...emptyTally(), residents: 0, disputes: 0, disputesOpen: 0, hours: IDLE }

function plus(a: Sums, b: Sums): Sums {
  const ground = emptyTally()
  addTo(ground, a)
  addTo(ground, b)
  return {
    ...ground,
    residents: a.residents + b.residents,
    disputes: a.disputes + b.disputes,
    disputesOpen: a.disputesOpen + b.disputesOpen,
    hours: {
      events: a.hours.events + b.hours.events,
      visits: a.hours.visits + b.hours.visits,
      patrols: a.hours.patrols + b.hours.patrols,
      disputes: a.hours.disputes + b.hours.disputes,
      total: a.hours.total + b.hours.total,
    },
  }
}

function eastOf(draft: Draft): number {
  let east = -Infinity
  for (const { points } of draft.arcs.values()) for (const [x] of points) if (x > east) east = x
  return east
}
