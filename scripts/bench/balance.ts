import { readFileSync } from 'node:fs'
import { board, withEstate } from '#geo/balance/balance-testing'
import { anneal, walkFrom } from '#geo/balance/anneal'
import { diceOf } from '#geo/balance/dice'
import { eachPlan } from '#geo/balance/enumerate'
import { graphOfUnits, isWhole, loadsOf, type UnitGraph } from '#geo/balance/graph'
import { resplitting } from '#geo/balance/recom'
import { suggest, USUAL } from '#geo/balance/suggest'
import { demoSites } from '#geo/plan/meter-testing'
import { demoDraft } from '#geo/plan/plan-testing'
import { plainFlips, plainResplits } from './balance-plain.ts'
import { compare, doneNow, median, print } from './ratio.ts'

/** A graph of others to be measured too: GerryChain's adjacency JSON, and the name of its population. */
export interface Instance {
  readonly file: string
  readonly population: string
  readonly districts: number
}

/** (k) The search for balance: its steps on graphs of known size, what can be counted out, and the plan after a shock. */
export async function benchBalance(instance: Instance | null): Promise<void> {
  await benchGraph('99 units, 4 districts', planar(99, 4, 5), 0.05)
  await benchGraph('2,300 units, 81 districts', planar(2300, 81, 6), 0.1)
  if (instance) {
    const graph = readGraph(instance)
    await benchGraph(`${instance.file}, ${instance.districts} districts`, graph, 0.1)
  }
  benchBoards()
  benchShock()
}

async function benchGraph(name: string, start: UnitGraph, tolerance: number): Promise<void> {
  const graph = { ...start, district: evened(start, tolerance) }
  const target = graph.total.hours / graph.districts
  const steps = graph.size > 1000 ? 300 : 1000
  const how = { target, tolerance, attempts: 20 }
  const recom = await compare(
    3,
    async () => doneNow(resplits(graph, steps, how)),
    async () => doneNow(plainResplits(graph, steps / 10, how)),
  )
  print({
    name: `(k) ReCom, ${name}`,
    text: `${recom.ours.toFixed(0)} steps/s, ${recom.ratio.toFixed(1)} × a plain one (${recom.baseline.toFixed(0)})`,
    met: undefined,
  })
  const cooling = { weights: { moved: 0.05, border: 0.05 }, hot: 0.02, cold: 1e-4 }
  const flips = await compare(
    3,
    async () => {
      const walk = walkFrom(graph, graph.district)
      anneal(walk, { ...cooling, proposals: 300_000 }, diceOf(1), () => undefined)
      if (!isWhole(graph, walk.plan)) throw new Error('a district fell apart')
      return doneNow(300_000)
    },
    async () => doneNow(plainFlips(graph, 10_000)),
  )
  print({
    name: `(k) flips, ${name}`,
    text: `${flips.ours.toFixed(0)} proposals/s, ${flips.ratio.toFixed(1)} × plain ones (${flips.baseline.toFixed(0)})`,
    met: undefined,
  })
}

interface How {
  readonly target: number
  readonly tolerance: number
  readonly attempts: number
}

/** Re-splits of pairs of neighbours, one after the other; answers how many came off. */
function resplits(graph: UnitGraph, count: number, how: How): number {
  const dice = diceOf(7)
  const resplit = resplitting(graph, dice)
  let [plan, done] = [graph.district, 0]
  while (done < count) {
    const link = dice.below(graph.links.length)
    const pair = [plan[graph.sources[link] ?? 0] ?? 0, plan[graph.links[link] ?? 0] ?? 0]
    if (pair[0] === pair[1]) continue
    const next = resplit(plan, pair, how)
    if (!next) continue
    plan = next
    done++
  }
  if (!isWhole(graph, plan)) throw new Error('a district fell apart')
  return done
}

/** A start within the tolerance, as ReCom needs one: annealed from the districts that the graph came with. */
function evened(graph: UnitGraph, tolerance: number): Int32Array {
  const target = graph.total.hours / graph.districts
  const isEven = (plan: Int32Array): boolean =>
    loadsOf(graph, plan).every((hours) => Math.abs(hours / target - 1) <= tolerance)
  let plan = graph.district
  for (let seed = 1; seed <= 20 && !isEven(plan); seed++) {
    const walk = walkFrom(graph, plan)
    const cooling = { weights: { moved: 0, border: 0.01 }, proposals: 400_000, hot: 0.1, cold: 1e-5 }
    anneal(walk, cooling, diceOf(seed), () => undefined)
    plan = walk.plan
  }
  if (!isEven(plan)) throw new Error('no even start found')
  return plan
}

/**
 * A planar graph of so many units: a board with some of its diagonals, the population of each drawn between 1 and 5, and districts of
 * blocks of about equal size.
 */
function planar(units: number, districts: number, seed: number): UnitGraph {
  const dice = diceOf(seed)
  const wide = Math.ceil(Math.sqrt(units))
  const blocks = Math.round(Math.sqrt(districts))
  const high = Math.ceil(units / wide)
  const block = (at: number, span: number): number => Math.min(blocks - 1, Math.floor((at * blocks) / span))
  const made = Array.from({ length: units }, (_, i) => {
    const people = 1 + dice.below(5)
    const district = block(i % wide, wide) + blocks * block(Math.floor(i / wide), high)
    return { hours: people, households: people, district }
  })
  const pairs = made.flatMap((_, i): [number, number, number][] => {
    const isLast = i % wide === wide - 1
    const near = [...(isLast ? [] : [i + 1]), i + wide, ...(!isLast && dice.below(2) ? [i + wide + 1] : [])]
    return near.filter((other) => other < units).map((other) => [i, other, 1])
  })
  return graphOfUnits(made, pairs)
}

interface AdjacencyJson {
  readonly nodes: readonly Readonly<Record<string, unknown>>[]
  readonly adjacency: readonly (readonly { readonly id: number | string }[])[]
}

/** The graph of a file as GerryChain writes it; the districts grow from seeds by the search itself, since files seldom have as many. */
function readGraph({ file, population, districts }: Instance): UnitGraph {
  const { nodes, adjacency } = JSON.parse(readFileSync(file, 'utf8')) as AdjacencyJson
  const place = new Map(nodes.map((node, i) => [node['id'] ?? i, i]))
  const people = nodes.map((node) => {
    const count = Number(node[population])
    if (!Number.isFinite(count)) throw new RangeError(`a node has no ${population}`)
    return count
  })
  const pairs = adjacency.flatMap((near, a) =>
    near.flatMap(({ id }): [number, number, number][] => {
      const b = place.get(id)
      return b !== undefined && a < b ? [[a, b, 1]] : []
    }),
  )
  const whole = graphOfUnits(
    people.map((count) => ({ hours: count, households: count, district: 0 })),
    pairs,
  )
  return graphOfUnits(
    [...grown(whole, districts)].map((district, i) => ({
      hours: people[i] ?? 0,
      households: people[i] ?? 0,
      district,
    })),
    pairs,
  )
}

/** Districts that grow from random seeds, the one with the fewest people first. */
function grown(graph: UnitGraph, districts: number): Int32Array {
  const dice = diceOf(1)
  const plan = new Int32Array(graph.size).fill(-1)
  const load = new Float64Array(districts)
  const fringe = Array.from({ length: districts }, (): number[] => [])
  const take = (unit: number, district: number): void => {
    plan[unit] = district
    load[district] = (load[district] ?? 0) + (graph.hours[unit] ?? 0)
    fringe[district]?.push(...graph.links.subarray(graph.first[unit], graph.first[unit + 1]))
  }
  for (let district = 0; district < districts;) {
    const unit = dice.below(graph.size)
    if (plan[unit] === -1) take(unit, district++)
  }
  for (;;) {
    const open = fringe
      .map((_, district) => district)
      .filter((district) => (fringe[district]?.length ?? 0) > 0)
    const least = open.toSorted((a, b) => (load[a] ?? 0) - (load[b] ?? 0))[0]
    if (least === undefined) break
    const unit = fringe[least]?.shift()
    if (unit !== undefined && plan[unit] === -1) take(unit, least)
  }
  if (plan.includes(-1)) throw new RangeError('the graph is not connected')
  return plan
}

/** mggg.org/table, rook contiguity, districts of equal size. */
const BOARDS = [
  [5, 4006],
  [6, 451_206],
] as const

function benchBoards(): void {
  for (const [side, known] of BOARDS) {
    const start = performance.now()
    let count = 0
    eachPlan(
      board(side, (_, row) => row),
      side,
      () => {
        count++
      },
    )
    print({
      name: `(k) every plan of the board of ${side} × ${side}`,
      text: `${count} plans in ${(performance.now() - start).toFixed(0)} ms`,
      met: count === known,
    })
  }
}

/** Atoms with room for an estate: parks in town, fields in villages. */
const GROUNDS = [97, 119, 39, 627]

/** The demo with 1,200 households more on one atom; deviations are those within wards, see `Balance`. */
function benchShock(): void {
  const draft = demoDraft()
  const plain = demoSites()
  const times: number[] = []
  for (const atom of GROUNDS) {
    const sites = withEstate(draft, plain, atom, 1200)
    const [start, work] = [performance.now(), process.cpuUsage()]
    const answer = suggest(draft, sites, { ...USUAL, scope: null })
    const [ms, { user }] = [performance.now() - start, process.cpuUsage(work)]
    times.push(ms)
    const even = answer.plans.find(({ balance }) => balance.own.worst <= 0.1)
    const share = (even?.moved ?? Infinity) / answer.households
    const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
    const { own, community, kind } = even?.balance ?? answer.before
    print({
      name: `(k) 1,200 households more on atom ${atom}`,
      text:
        `${percent(answer.before.own.worst)} → ${percent(own.worst)} of the ward's mean ` +
        `(community's ${percent(community.worst)}, kind's ${percent(kind.worst)}), ` +
        `${percent(share)} of households move, ${(ms / 1000).toFixed(1)} s (${(user / 1e6).toFixed(1)} s of processor)`,
      met: share <= 0.15 && own.worst <= 0.1 && ms <= 10_000,
    })
  }
  print({
    name: '(k) balance of all 81 grids, median',
    text: `${(median(times) / 1000).toFixed(1)} s`,
    met: undefined,
  })
}
