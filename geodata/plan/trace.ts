import type { Arc, ArcKind, Lattice } from '../fabric.ts'
import { samePoint, toPosition } from '../lattice.ts'
import { metresPerDegree } from '../metres.ts'
import { cheapest } from './cheapest.ts'
import { sidesOf, type Draft, type GridKey } from './draft.ts'
import { nearest, type Spot } from './snap.ts'

/** A way along arcs. */
export interface Trace {
  readonly points: readonly Lattice[]
  /** Those that it runs along, wholly or in part, in its order. */
  readonly arcs: readonly number[]
  readonly lengthM: number
}

/** What a metre costs: people know a road or a canal when they stand on it, and not the edge of a field. */
const COSTS: Readonly<Record<ArcKind, number>> = {
  road: 1,
  river: 1,
  canal: 1,
  lane: 1.2,
  community: 1.2,
  outline: 1.5,
  field: 2.5,
}

/** Farther than this from any arc nothing is meant; about 2 km in lattice units. */
const REACH = 200_000

/**
 * The best way along arcs from the place nearest to one point to that nearest to another, or null. `within` keeps it to the arcs of
 * these grids.
 */
export function trace(draft: Draft, from: Lattice, to: Lattice, within?: ReadonlySet<GridKey>): Trace | null {
  const isOpen = (arc: Arc): boolean =>
    within === undefined || sidesOf(draft, arc).some((key) => within.has(key))
  const [start, goal] = [nearest(draft, from, REACH, isOpen), nearest(draft, to, REACH, isOpen)]
  if (!start || !goal) return null
  const metres = metresAround(from)
  const [starting, ending] = [runsFrom(start), runsFrom(goal)]
  const direct = runBetween(start, goal)
  const steps = (place: number, offer: (to: number, cost: number, by: Run) => void): void => {
    const leave = (to: number, run: Run): void =>
      offer(to, lengthAlong(run.points, metres) * COSTS[run.arc.kind], run)
    if (place === START) {
      for (const run of starting) leave(run.node, run)
      if (direct) leave(GOAL, direct)
      return
    }
    for (const run of ending) if (run.node === place) leave(GOAL, run)
    for (const id of draft.arcsOfNode.get(place) ?? []) {
      const arc = draft.arcs.get(id)
      if (arc && isOpen(arc))
        offer(arc.n0 === place ? arc.n1 : arc.n0, costOf(arc), { arc, points: arc.points })
    }
  }
  const atLeast = (place: number): number => {
    const at = place === START ? start.at : place === GOAL ? goal.at : draft.nodes.get(place)
    return at ? NEARLY * metres(at, goal.at) : 0
  }
  const runs = cheapest(START, GOAL, steps, atLeast)
  return runs && traceOf(runs, start.at, metres)
}

/** Lengths of arcs are measured where they lie, distances at the start. */
const NEARLY = 0.999

/** Places that are no nodes. */
const START = -1
const GOAL = -2

/** An arc, or the part of one between a node and a place on it; walked in either direction. */
interface Run {
  readonly arc: Arc
  readonly points: readonly Lattice[]
}

interface Ending extends Run {
  readonly node: number
}

type Metres = (a: Lattice, b: Lattice) => number

function metresAround(point: Lattice): Metres {
  const [east, north] = metresPerDegree(toPosition(point)[1])
  return (a, b) => Math.hypot((b[0] - a[0]) * east, (b[1] - a[1]) * north) / 1e7
}

/** From a place on an arc to both of its nodes. */
function runsFrom({ arc, index, at }: Spot): readonly Ending[] {
  return [
    { arc, node: arc.n0, points: [at, ...arc.points.slice(0, index).toReversed()] },
    { arc, node: arc.n1, points: [at, ...arc.points.slice(index)] },
  ]
}

/** From one place on an arc to another on the same. */
function runBetween(a: Spot, b: Spot): Run | null {
  const { arc } = a
  if (arc !== b.arc) return null
  if (a.index <= b.index) return { arc, points: [a.at, ...arc.points.slice(a.index, b.index), b.at] }
  return { arc, points: [a.at, ...arc.points.slice(b.index, a.index).toReversed(), b.at] }
}

/** Arcs are never changed in place, so what was reckoned once holds. */
const costs = new WeakMap<Arc, number>()

function costOf(arc: Arc): number {
  const known = costs.get(arc)
  if (known !== undefined) return known
  const cost = lengthAlong(arc.points, metresAround(arc.points[0] ?? [0, 0])) * COSTS[arc.kind]
  costs.set(arc, cost)
  return cost
}

function lengthAlong(points: readonly Lattice[], metres: Metres): number {
  return points.reduce((sum, to, i) => sum + metres(points[i - 1] ?? to, to), 0)
}

function traceOf(runs: readonly Run[], start: Lattice, metres: Metres): Trace {
  const points: Lattice[] = [start]
  const arcs: number[] = []
  for (const { arc, points: chain } of runs) {
    const here = points.at(-1) ?? start
    const walked = samePoint(chain[0] ?? here, here) ? chain : chain.toReversed()
    const ahead = walked.slice(1).filter((point, i) => !samePoint(point, walked[i] ?? point))
    if (ahead.length > 0) arcs.push(arc.id)
    points.push(...ahead)
  }
  return { points, arcs, lengthM: lengthAlong(points, metres) }
}
