import { assert, integer, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArcKind, Lattice } from '../fabric.ts'
import { cheapest } from './cheapest.ts'
import { draftOf, type Draft } from './draft.ts'
import { demoDraft, squares } from './plan-testing.ts'
import { trace } from './trace.ts'

/** Nine squares of 100; the arcs on these lines are roads, all others borders of fields. */
function fields(roads: readonly string[]): Draft {
  const draft = squares(['aab', 'aab', 'ccc'])
  const kindOf = (points: readonly Lattice[]): ArcKind => {
    const [[x0, y0], [x1, y1]] = [points[0] ?? [0, 0], points.at(-1) ?? [0, 0]]
    return roads.includes(x0 === x1 ? `x${x0}` : '') || roads.includes(y0 === y1 ? `y${y0}` : '')
      ? 'road'
      : 'field'
  }
  const arcs = [...draft.arcs.values()].map((arc) => ({ ...arc, kind: kindOf(arc.points) }))
  const { nodes, atoms, grids, labels, next } = draft
  return draftOf({ nodes, arcs, atoms: atoms.values(), grids: grids.values(), labels, next })
}

const shown = (points: readonly Lattice[]): string => points.map(String).join(' ')

describe('a way along arcs', () => {
  test.each([
    // the way                        roads            from        to          points
    ['straight', [], '0,100', '200,100', '0,100 100,100 200,100'],
    [
      'by the road, not by the fields',
      ['y300', 'x0', 'x300'],
      '0,200',
      '300,200',
      '0,200 0,300 100,300 200,300 300,300 300,200',
    ],
    ['by the fields where the road is far round', ['y0', 'x0', 'x300'], '0,200', '100,200', '0,200 100,200'],
    ['from beside an arc', [], '40,104', '200,97', '40,100 100,100 200,100'],
    ['along one arc', [], '40,99', '70,101', '40,100 70,100'],
    ['and back along it', [], '70,99', '40,101', '70,100 40,100'],
    ['a corner is meant where it is near', [], '98,103', '203,99', '100,100 200,100'],
    ['nowhere', [], '100,100', '100,100', '100,100'],
  ] as const)('%s', (_, roads, from, to, expected) => {
    const point = (text: string): Lattice => [Number(text.split(',')[0]), Number(text.split(',')[1])]
    expect(shown(trace(fields(roads), point(from), point(to))?.points ?? [])).toBe(expected)
  })

  test('within a grid only', () => {
    const roads = fields(['y100', 'x300'])
    expect(shown(trace(roads, [0, 300], [300, 300], new Set([3]))?.points ?? [])).toBe(
      '0,100 100,100 200,100 300,100',
    )
    expect(trace(roads, [0, 300], [300, 300], new Set([9]))).toBeNull()
    expect(trace(roads, [9_000_000, 0], [300, 300])).toBeNull()
  })

  test('names the arcs that it walks', () => {
    const draft = fields([])
    const found = trace(draft, [40, 100], [200, 100])
    expect(found?.arcs.map((id) => shown(draft.arcs.get(id)?.points ?? []))).toEqual([
      '0,100 100,100',
      '100,100 200,100',
    ])
  })
})

test('in the sub-district every step is part of an arc, no arc is walked twice, and the way back is as long', () => {
  const draft = demoDraft()
  const nodes = [...draft.nodes.values()]
  const offset = integer({ min: -4000, max: 4000 })
  assert(
    property(nat(), nat(), offset, offset, (i, j, dx, dy) => {
      const at = (pick: number): Lattice => nodes[pick % nodes.length] ?? [0, 0]
      const to = at(j)
      const from: Lattice = [at(i)[0] + dx, at(i)[1] + dy]
      const [way, back] = [trace(draft, from, to), trace(draft, to, from)]
      if (!way || !back) throw new Error('no way')
      expect(way.lengthM).toBeCloseTo(back.lengthM, -1)
      expect(way.points.at(-1)).toEqual(to)
      expect(new Set(way.arcs).size).toBe(way.arcs.length)
      const walked = new Set(way.arcs.flatMap((id) => (draft.arcs.get(id)?.points ?? []).map(String)))
      expect(way.points.slice(1).filter((point) => !walked.has(String(point)))).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('the cheapest way is the cheapest of all', () => {
  assert(
    property(nat(), (seed) => {
      const size = 8
      const cost = (a: number, b: number): number =>
        1 + ((seed + 31 * Math.min(a, b) + 17 * Math.max(a, b)) % 23)
      const exits = (a: number): readonly number[] =>
        Array.from({ length: size }, (_, b) => b).filter((b) => b !== a && (a + b + seed) % 3 > 0)
      const found = cheapest<readonly [number, number]>(0, size - 1, (a, offer) => {
        for (const b of exits(a)) offer(b, cost(a, b), [a, b])
      })
      // Bellman and Ford, who need no queue.
      const best = Array.from({ length: size }, (_, i) => (i === 0 ? 0 : Infinity))
      for (let round = 0; round < size; round++)
        for (let a = 0; a < size; a++)
          for (const b of exits(a))
            best[b] = Math.min(best[b] ?? Infinity, (best[a] ?? Infinity) + cost(a, b))
      const sum = found?.reduce((total, [a, b]) => total + cost(a, b), 0) ?? Infinity
      expect(sum).toBe(best[size - 1])
    }),
  )
})
