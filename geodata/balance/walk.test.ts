import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anneal, deviationOf, walkFrom } from './anneal.ts'
import { board } from './balance-testing.ts'
import { diceOf } from './dice.ts'
import { eachPlan } from './enumerate.ts'
import { isWhole, loadsOf, movedIn, sparing } from './graph.ts'
import { renamed, resplitting } from './recom.ts'
import { searched } from './search.ts'

const rows = (side: number) => board(side, (_, row) => row)

test.each([
  // side  plans of as many equal, connected districts (mggg.org/table, rook)
  [2, 2],
  [3, 10],
  [4, 117],
  [5, 4006],
])('a board of side %i has %i plans', (side, plans) => {
  const graph = rows(side)
  const known = new Set<string>()
  eachPlan(graph, side, (plan) => {
    known.add(plan.join(' '))
  })
  expect(known.size).toBe(plans)
})

test('every plan told of is whole, and a unit is spared just where what is left is whole', () => {
  const graph = rows(4)
  const spared = sparing(graph)
  eachPlan(graph, 4, (plan) => {
    expect(isWhole(graph, plan)).toBe(true)
    for (let unit = 0; unit < graph.size; unit++) {
      const home = plan[unit] ?? 0
      // The unit becomes a district of its own, so that only the rest of its old one can be broken.
      const without = plan.with(unit, graph.districts)
      expect(spared(plan, unit), `${plan.join('')} without ${unit}`).toBe(
        isWhole({ ...graph, districts: graph.districts + 1 }, without) && without.includes(home),
      )
    }
  })
})

test('ReCom of two or three districts comes by every one of the 117 plans of the board of 4 × 4', () => {
  const graph = rows(4)
  const dice = diceOf(11)
  const resplit = resplitting(graph, dice)
  const seen = new Set<string>()
  let plan = graph.district
  for (let step = 0; step < 20_000 && seen.size < 117; step++) {
    const some = [0, 1, 2, 3].toSpliced(dice.below(4), 1).slice(step % 2)
    plan = resplit(plan, some, { target: 4, tolerance: 0, attempts: 50 }) ?? plan
    const order = [...new Set(plan)]
    seen.add(plan.map((district) => order.indexOf(district)).join(''))
  }
  expect(seen.size).toBe(117)
})

/** Boards with work and homes of any size, in stripes of two columns. */
const boards = fc
  .record({
    side: fc.integer({ min: 4, max: 10 }),
    sizes: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 100, maxLength: 100 }),
    seed: fc.integer(),
  })
  .map(({ side, sizes, seed }) => {
    const plain = board(side, (column) => Math.floor(column / 2))
    const hours = plain.hours.map((_, i) => 1 + (sizes[i] ?? 0))
    const total = { ...plain.total, hours: hours.reduce((a, b) => a + b, 0) }
    return { graph: { ...plain, hours, households: hours, total }, seed }
  })

test('flips keep every district whole, and their books', () => {
  fc.assert(
    fc.property(boards, ({ graph, seed }) => {
      const walk = walkFrom(graph, graph.district)
      const cooling = { weights: { moved: 0.05, border: 0.05 }, proposals: 400, hot: 0.5, cold: 0.01 }
      anneal(walk, cooling, diceOf(seed), ({ plan }) => {
        expect(isWhole(graph, plan)).toBe(true)
      })
      const load = loadsOf(graph, walk.plan)
      expect([...walk.load].map(Math.round)).toEqual([...load].map(Math.round))
      expect(walk.border).toBeCloseTo(walkFrom(graph, walk.plan).border, 6)
      expect(walk.moved).toBe(movedIn(graph, walk.plan, graph.households))
      const { rms } = deviationOf({ graph, load })
      expect(walk.squares).toBeCloseTo(rms * rms * graph.districts, 6)
    }),
    { numRuns: 60 },
  )
})

test('a fixed unit stays', () => {
  const plain = board(6, (column) => Math.floor(column / 2))
  const graph = { ...plain, fixed: plain.fixed.map((_, unit) => Number(unit % 7 === 0)) }
  const walk = walkFrom(graph, graph.district)
  let steps = 0
  anneal(
    walk,
    { weights: { moved: 0, border: 0 }, proposals: 2000, hot: 1, cold: 1 },
    diceOf(3),
    ({ plan }) => {
      steps++
      for (let unit = 0; unit < 36; unit += 7) expect(plan[unit]).toBe(graph.district[unit])
    },
  )
  expect(steps).toBeGreaterThan(100)
})

test('ReCom divides two or three districts anew into whole, balanced ones, and leaves the others', () => {
  fc.assert(
    fc.property(boards, fc.constantFrom(2, 3), ({ graph, seed }, parts) => {
      const merged = Array.from({ length: Math.min(parts, graph.districts) }, (_, i) => i)
      const load = loadsOf(graph, graph.district)
      const target = merged.reduce((sum, i) => sum + (load[i] ?? 0), 0) / merged.length
      const plan = resplitting(graph, diceOf(seed))(graph.district, merged, {
        target,
        tolerance: 0.2,
        attempts: 20,
      })
      if (!plan) return
      expect(isWhole(graph, plan)).toBe(true)
      const after = loadsOf(graph, plan)
      for (const i of merged) expect(Math.abs((after[i] ?? 0) / target - 1)).toBeLessThanOrEqual(0.2 + 1e-9)
      plan.forEach((to, unit) => {
        if (!merged.includes(graph.district[unit] ?? 0)) expect(to).toBe(graph.district[unit])
      })
    }),
    { numRuns: 60 },
  )
})

test('ReCom gives up on what cannot be balanced', () => {
  const plain = board(2, (column) => column)
  const graph = { ...plain, hours: Float64Array.of(10, 1, 1, 1) }
  expect(
    resplitting(graph, diceOf(1))(graph.district, [0, 1], { target: 6.5, tolerance: 0.1, attempts: 50 }),
  ).toBeNull()
})

test('parts are named so that the fewest households move, and no fixed unit', () => {
  const graph = board(3, (column) => column)
  const turned = graph.district.map((district) => (district + 1) % 3)
  expect(renamed(graph, turned, [0, 1, 2])).toEqual(graph.district)
  const apart = Int32Array.of(0, 1, 1, 0, 1, 1, 0, 2, 2)
  const fixed = { ...graph, fixed: graph.fixed.map((_, unit) => Number(unit === 1 || unit === 7)) }
  // Units 1 and 7 are of one district and must stay so, but lie in two parts.
  expect(renamed(fixed, apart, [0, 1, 2])).toBeNull()
})

test.each([1, 2, 3, 4])(
  'the search finds the most even plan of a board small enough to try them all (%i)',
  (seed) => {
    const plain = board(3, (column) => column)
    const dice = diceOf(seed)
    const hours = plain.hours.map(() => 1 + dice.below(30))
    const total = { ...plain.total, hours: hours.reduce((a, b) => a + b, 0) }
    const graph = { ...plain, hours, total }
    let least = Infinity
    for (let code = 0; code < 3 ** 9; code++) {
      const plan = plain.district.map((_, unit) => Math.floor(code / 3 ** unit) % 3)
      if (isWhole(graph, plan))
        least = Math.min(least, deviationOf({ graph, load: loadsOf(graph, plan) }).worst)
    }
    const found = searched(graph, { seed, proposals: 20_000 })
    expect(found.at(-1)?.worst).toBeCloseTo(least, 9)
    expect(found[0]?.plan).toEqual(graph.district)
  },
)
