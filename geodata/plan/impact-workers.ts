import type { GridKey } from './draft.ts'
import type { Flow } from './impact-flows.ts'
import type { Side } from './standards.ts'

/** What somebody answers for, gained or lost. */
export interface Charge {
  readonly households: number
  readonly buildings: number
  /** Open events. */
  readonly open: number
}

/** What a change means for one worker. */
export interface WorkerChange {
  readonly worker: number
  readonly before: readonly GridKey[]
  readonly after: readonly GridKey[]
  readonly gains: Charge
  readonly loses: Charge
  /** A week, of all grids of the worker. */
  readonly hours: { readonly before: number; readonly after: number }
}

type Tally = { -readonly [K in keyof Charge]: Charge[K] }

const nothing = (): Tally => ({ households: 0, buildings: 0, open: 0 })

/** Workers who get or give away ground, homes or whole grids; those who gain or lose most come first. */
export function workersOf(before: Side, after: Side, flows: readonly Flow[]): readonly WorkerChange[] {
  const [was, is] = [rosterOf(before), rosterOf(after)]
  const gains = new Map<number, Tally>()
  const loses = new Map<number, Tally>()
  const pass = (from: GridKey, to: GridKey, charge: Charge): void => {
    const [giver, taker] = [was.workerOf.get(from), is.workerOf.get(to)]
    if (giver === taker) return
    if (giver !== undefined) add(loses, giver, charge)
    if (taker !== undefined) add(gains, taker, charge)
  }
  const stays = new Map([...before.draft.grids.keys()].map((key) => [key, { ...before.meter.of(key) }]))
  for (const { from, to, households, buildings, open } of flows) {
    pass(from, to, { households, buildings: buildings.length, open: open.length })
    const stay = stays.get(from)
    if (!stay) continue
    stays.set(from, {
      ...stay,
      households: stay.households - households,
      buildings: stay.buildings - buildings.length,
      open: stay.open - open.length,
    })
  }
  // Who stays in a grid has another worker when the grid has.
  for (const [key, { households, buildings, open }] of stays) pass(key, key, { households, buildings, open })

  return [...new Set([...was.gridsOf.keys(), ...is.gridsOf.keys()])]
    .map((worker) => ({
      worker,
      before: was.gridsOf.get(worker) ?? [],
      after: is.gridsOf.get(worker) ?? [],
      gains: gains.get(worker) ?? nothing(),
      loses: loses.get(worker) ?? nothing(),
      hours: { before: was.hoursOf(worker), after: is.hoursOf(worker) },
    }))
    .filter(({ before: old, after: now, gains: more, loses: less }) => {
      const isSame = old.length === now.length && old.every((key, i) => key === now[i])
      return !isSame || weight(more) + weight(less) > 0
    })
    .toSorted(
      (a, b) => weight(b.gains) + weight(b.loses) - weight(a.gains) - weight(a.loses) || a.worker - b.worker,
    )
}

function add(tallies: Map<number, Tally>, worker: number, charge: Charge): void {
  const tally = tallies.get(worker) ?? nothing()
  tallies.set(worker, tally)
  tally.households += charge.households
  tally.buildings += charge.buildings
  tally.open += charge.open
}

function weight({ households, buildings, open }: Charge): number {
  return households + buildings + open
}

interface Roster {
  readonly workerOf: ReadonlyMap<GridKey, number>
  readonly gridsOf: ReadonlyMap<number, readonly GridKey[]>
  readonly hoursOf: (worker: number) => number
}

function rosterOf({ draft, meter }: Side): Roster {
  const workerOf = new Map<GridKey, number>()
  const gridsOf = new Map<number, GridKey[]>()
  for (const { key, worker } of draft.grids.values()) {
    if (worker === null) continue
    workerOf.set(key, worker)
    const known = gridsOf.get(worker)
    if (known) known.push(key)
    else gridsOf.set(worker, [key])
  }
  for (const keys of gridsOf.values()) keys.sort((a, b) => a - b)
  return {
    workerOf,
    gridsOf,
    hoursOf: (worker) => (gridsOf.get(worker) ?? []).reduce((sum, key) => sum + meter.of(key).hours.total, 0),
  }
}
