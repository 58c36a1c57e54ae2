import type { Arc, Lattice } from '../../geodata/fabric.ts'
import { copyOf, type Draft } from '../../geodata/plan/draft.ts'
import { impactOf, type Side } from '../../geodata/plan/impact.ts'
import { openMeter } from '../../geodata/plan/meter.ts'
import { demoSites, dice, scatter } from '../../geodata/plan/meter-testing.ts'
import type { Op } from '../../geodata/plan/op.ts'
import { apply, inverseOf, type Patch } from '../../geodata/plan/patch.ts'
import { perform } from '../../geodata/plan/perform.ts'
import { demoDraft, wovenDraft } from '../../geodata/plan/plan-testing.ts'
import type { Sites } from '../../geodata/plan/sites.ts'
import { median, print, quantile } from './ratio.ts'

const ROUNDS = 9
const EDITS = 400
const MEDIAN_MS = 1
const P99_MS = 5
const IMPACT_MS = 3
const SLOWER = 2

/**
 * (j) Edits of a plan with all that is counted in it: on the demo, on a plan of many more grids like those, and on one of as many
 * grids with many more atoms in each, where cuts have more to look at.
 */
export function benchEdits(): void {
  const demo = deskOf('the demo', demoDraft(), demoSites(), 3000)
  const wide = woven('more grids', { columns: 102, rows: 102, block: 3, seed: 1 })
  const deep = woven('larger grids', { columns: 99, rows: 99, block: 11, seed: 1 })
  const ratios: number[] = []
  // By turns, so that a noisy neighbour hits all alike; the first round only warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const [few, many] = [demo.round(round), wide.round(round)]
    deep.round(round)
    if (round > 0) ratios.push(median(many) / median(few))
  }
  demo.tell('judged')
  wide.tell('judged')
  deep.tell('told')
  const slower = median(ratios)
  print({
    name: `(j) ${wide.atoms} atoms / ${demo.atoms} atoms`,
    text: `${slower.toFixed(2)} × the time of an edit`,
    met: slower <= SLOWER,
  })
  const impact = median(demo.impacts())
  print({
    name: '(j) impact sheet of the demo, anew',
    text: `median ${impact.toFixed(2)} ms`,
    met: impact <= IMPACT_MS,
  })
}

function woven(name: string, weave: Parameters<typeof wovenDraft>[0]): Desk {
  const draft = wovenDraft(weave)
  return deskOf(name, draft, scatter(draft, 8000, 1), 20_000)
}

interface Desk {
  readonly atoms: number
  /** Milliseconds of each operation done. */
  readonly round: (seed: number) => readonly number[]
  readonly tell: (as: 'judged' | 'told') => void
  readonly impacts: () => readonly number[]
}

/** Milliseconds by the clock and of this thread's own work; they part where the machine does other things too. */
interface Took {
  readonly clock: number
  readonly own: number
}

function deskOf(name: string, draft: Draft, sites: Sites, reach: number): Desk {
  const base = copyOf(draft)
  const before: Side = { draft: base, meter: openMeter(base, sites) }
  const meter = openMeter(draft, sites, before.meter)
  const atoms = draft.atoms.size
  const byKind = new Map<string, Took[]>()
  const done: Took[] = []

  function timed(kind: string, work: () => Patch | null): Patch | null {
    const [from, own] = [performance.now(), process.threadCpuUsage()]
    const patch = work()
    const { user, system } = process.threadCpuUsage(own)
    const took = { clock: performance.now() - from, own: (user + system) / 1000 }
    const key = patch ? kind : 'refused'
    const known = byKind.get(key)
    if (known) known.push(took)
    else byKind.set(key, [took])
    if (patch && kind !== 'undone') done.push(took)
    return patch
  }

  function edit(next: () => number): void {
    const op = anyEdit(draft, next, reach)
    const patch = timed(op.kind, () => {
      const result = perform(draft, op)
      if (!result.ok) return null
      meter.update(result.patch)
      return result.patch
    })
    // Half of what is done is taken back, and all that changes the number of grids, so that the plan stays of its size.
    if (!patch || (next() < 0.5 && patch.grids.length === 0)) return
    timed('undone', () => {
      const back = inverseOf(patch)
      apply(draft, back)
      meter.update(back)
      return back
    })
  }

  function line(label: string, times: readonly Took[], as: 'judged' | 'told'): void {
    const clock = times.map((took) => took.clock)
    const [middle, slow] = [median(clock), quantile(clock, 0.99)]
    const own = quantile(
      times.map((took) => took.own),
      0.99,
    )
    print({
      name: label,
      text: `median ${middle.toFixed(3)} ms, p99 ${slow.toFixed(2)} ms (own work ${own.toFixed(2)} ms)`,
      met: as === 'judged' ? middle <= MEDIAN_MS && slow <= P99_MS : undefined,
    })
  }

  return {
    atoms,
    round(seed) {
      const next = dice(seed)
      if (seed === 1) {
        byKind.clear()
        done.length = 0
      }
      const start = done.length
      for (let tries = 0; tries < EDITS; tries++) edit(next)
      return done.slice(start).map(({ clock }) => clock)
    },
    tell(as) {
      line(`(j) an edit: ${name}, ${draft.grids.size} grids, ${atoms} atoms`, done, as)
      for (const [kind, times] of byKind) line(`    ${kind} × ${times.length}`, times, 'told')
    },
    impacts() {
      const next = dice(99)
      return Array.from({ length: 200 }, () => {
        edit(next)
        const from = performance.now()
        impactOf(before, { draft, meter })
        return performance.now() - from
      })
    },
  }
}

interface Place {
  readonly arc: Arc
  readonly index: number
  readonly grid: number
  readonly other: number
  /** Somewhere around the point of the arc, up to so many reaches away. */
  readonly near: (far?: number) => Lattice
}

const NAMES = { name: '新网格', nameEn: 'New grid' }

/** By weight: what planners do most, most often. */
const EDITS_BY_WEIGHT: readonly (readonly [weight: number, make: (place: Place) => Op])[] = [
  [35, ({ arc, grid }) => ({ kind: 'paint', atoms: [arc.right], grid })],
  [15, ({ arc, near }) => ({ kind: 'move-node', node: arc.n0, to: near() })],
  [15, ({ arc, index, near }) => ({ kind: 'move-vertex', arc: arc.id, index, to: near() })],
  [
    10,
    ({ arc, index, near }) => ({
      kind: 'add-vertex',
      arc: arc.id,
      index: Math.max(1, index),
      at: near(0.3),
    }),
  ],
  [8, ({ arc, index }) => ({ kind: 'remove-vertex', arc: arc.id, index })],
  [
    8,
    ({ arc, grid, other, near }) => ({ kind: 'reshape', grids: [grid, other], line: reshaping(arc, near()) }),
  ],
  [3, ({ arc, near }) => ({ kind: 'split-atom', atom: arc.left, line: [near(5), near(0), near(5)] })],
  [2, ({ grid, near }) => ({ kind: 'split', grid, line: [near(20), near(0), near(20)], ...NAMES })],
  [2, ({ grid, other }) => ({ kind: 'merge', grid, into: other })],
  [2, ({ arc }) => ({ kind: 'make', atoms: [arc.left], ...NAMES })],
]

function anyEdit(draft: Draft, next: () => number, reach: number): Op {
  const arc = anyArc(draft, next)
  const index = Math.floor(next() * arc.points.length)
  const [x, y] = arc.points[index] ?? [0, 0]
  const place: Place = {
    arc,
    index,
    grid: draft.labels.get(arc.left) ?? 0,
    other: draft.labels.get(arc.right) ?? 0,
    near: (far = 1) => [
      x + Math.round((next() - 0.5) * 2 * far * reach),
      y + Math.round((next() - 0.5) * 2 * far * reach),
    ],
  }
  let draw = next() * 100
  for (const [weight, make] of EDITS_BY_WEIGHT) {
    if (draw < weight) return make(place)
    draw -= weight
  }
  throw new RangeError('the weights are a hundred')
}

/** From one end of the arc to the other by another way. */
function reshaping({ points }: Arc, by: Lattice): readonly Lattice[] {
  return [points[0] ?? by, by, points.at(-1) ?? by]
}

/** Every other one on a border of grids. */
function anyArc(draft: Draft, next: () => number): Arc {
  const wantsBorder = next() < 0.5
  for (let tries = 0; ; tries++) {
    const arc = draft.arcs.get(Math.floor(next() * draft.next.arc))
    if (!arc || arc.left === 0 || arc.right === 0) continue
    const isBorder = draft.labels.get(arc.left) !== draft.labels.get(arc.right)
    if (tries > 500 || isBorder === wantsBorder) return arc
  }
}
