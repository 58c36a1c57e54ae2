import type { Lattice } from '../fabric.ts'
import type { Draft, GridKey } from './draft.ts'
import { hoursOf } from './hours.ts'
import { heirsOf } from './meter-heirs.ts'
import type { Side } from './standards.ts'

/** What goes from one grid to another; 0 is the outside. */
export interface Flow {
  readonly from: GridKey
  readonly to: GridKey
  readonly households: number
  /** Ids. */
  readonly buildings: readonly number[]
  /** Of the year. */
  readonly events: number
  /** Ids of open events. */
  readonly open: readonly number[]
  /** Files of the year and open ones: only those of a grid that has ended, which have no place of their own. */
  readonly disputes: number
  readonly disputesOpen: number
  /** Grids whose stations stand on the ground that goes. */
  readonly stations: readonly GridKey[]
  /** A week, as they weigh in the grid that they come to; patrols are not told apart by places. */
  readonly hours: number
}

interface Stream {
  readonly from: GridKey
  readonly to: GridKey
  households: number
  readonly buildings: number[]
  events: number
  minutes: number
  readonly open: number[]
  disputes: number
  disputesOpen: number
  readonly stations: GridKey[]
}

/** All that has another grid after than before, by pair of grids; the largest number of households first. */
export function flowsOf(before: Side, after: Side): readonly Flow[] {
  const streams = new Map<GridKey, Map<GridKey, Stream>>()
  const into = streamIn(streams)
  const gridsOf = passages(before.draft, after.draft)
  const { buildings, events } = after.meter.sites
  moves(gridsOf, before.meter.buildings, after.meter.buildings, (i, from, to) => {
    const stream = into(from, to)
    stream.households += buildings.households[i] ?? 0
    stream.buildings.push(buildings.ids[i] ?? 0)
  })
  moves(gridsOf, before.meter.events, after.meter.events, (i, from, to) => {
    const stream = into(from, to)
    stream.events++
    stream.minutes += events.minutes[i] ?? 0
    if (events.open[i] === 1) stream.open.push(events.ids[i] ?? 0)
  })
  for (const [from, to, key] of stationMoves(before, after)) into(from, to).stations.push(key)
  for (const [from, to] of heirsOf(before.meter, after.meter)) {
    const { disputes, disputesOpen } = before.meter.of(from)
    const stream = into(from, to)
    stream.disputes += disputes
    stream.disputesOpen += disputesOpen
  }
  return [...streams.values()]
    .flatMap((row) => [...row.values()])
    .map((stream) => flowOf(after.draft, stream))
    .toSorted((a, b) => b.households - a.households || a.from - b.from || a.to - b.to)
}

function streamIn(streams: Map<GridKey, Map<GridKey, Stream>>): (from: GridKey, to: GridKey) => Stream {
  return (from, to) => {
    const row = streams.get(from) ?? new Map<GridKey, Stream>()
    streams.set(from, row)
    const known = row.get(to)
    if (known) return known
    const stream: Stream = {
      from,
      to,
      households: 0,
      buildings: [],
      events: 0,
      minutes: 0,
      open: [],
      disputes: 0,
      disputesOpen: 0,
      stations: [],
    }
    row.set(to, stream)
    return stream
  }
}

type Passage = (was: number, is: number) => readonly [from: GridKey, to: GridKey] | null

/** The two grids of a place that was in one atom and is in another or the same; null where they are one. */
function passages(before: Draft, after: Draft): Passage {
  const relabelled = new Set<number>()
  for (const [atom, grid] of after.labels) if (before.labels.get(atom) !== grid) relabelled.add(atom)
  for (const atom of before.labels.keys()) if (!after.labels.has(atom)) relabelled.add(atom)
  return (was, is) => {
    if (was === is && !relabelled.has(was)) return null
    const [from, to] = [before.labels.get(was) ?? 0, after.labels.get(is) ?? 0]
    return from === to ? null : [from, to]
  }
}

function moves(
  gridsOf: Passage,
  before: Int32Array,
  after: Int32Array,
  onMove: (i: number, from: GridKey, to: GridKey) => void,
): void {
  for (let i = 0; i < after.length; i++) {
    const passage = gridsOf(before[i] ?? 0, after[i] ?? 0)
    if (passage) onMove(i, ...passage)
  }
}

/** Stations that stayed where they were while their ground went to another grid; those that a planner moved are no matter of borders. */
function stationMoves(before: Side, after: Side): readonly (readonly [GridKey, GridKey, GridKey])[] {
  return [...before.draft.grids.values()].flatMap(({ key, station }) => {
    const from = before.meter.stationIn(key)
    if (!station || from === null) return []
    const to = groundNow(after, key, station)
    return to === null || to === from ? [] : [[from, to, key] as const]
  })
}

function groundNow({ draft, meter }: Side, key: GridKey, station: Lattice): GridKey | null {
  const grid = draft.grids.get(key)
  // With a grid its station ends too, but somebody gets the house.
  if (!grid) return draft.labels.get(meter.atomAt(station)) ?? 0
  const isThere = grid.station?.[0] === station[0] && grid.station[1] === station[1]
  return isThere ? meter.stationIn(key) : null
}

function flowOf({ grids }: Draft, { minutes, ...stream }: Stream): Flow {
  const kind = grids.get(stream.to)?.kind
  const { households, disputes } = stream
  return { ...stream, hours: kind ? hoursOf(kind, { households, minutes, disputes, roadM: 0 }).total : 0 }
}
