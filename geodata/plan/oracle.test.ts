import { topology } from 'topojson-server'
import { describe, expect, test } from 'vitest'
import { passes, toPosition, type LatticePolygon } from '../lattice.ts'
import { multiPolygon } from '../topology.ts'
import { sidesOf, type Draft } from './draft.ts'
import { apply, inverseOf } from './patch.ts'
import { perform } from './perform.ts'
import { demoDraft, wovenDraft } from './plan-testing.ts'
import { borderLines, polygonsOfGrid } from './shapes.ts'
import { touchedGrids } from './touched.ts'
import { walkerOf } from './walk-testing.ts'

const timeout = 60_000

const key = (a: readonly number[], b: readonly number[]): string =>
  [a.join(' '), b.join(' ')].toSorted().join(' – ')

const segmentsOf = (points: readonly (readonly number[])[]): readonly string[] =>
  points.slice(1).map((to, i) => key(points[i] ?? to, to))

/** What a library that knows nothing of arcs finds to be shared, read off the polygons alone. */
function theirSegments(draft: Draft): readonly string[] {
  const objects = Object.fromEntries(
    [...draft.grids.keys()].map((grid) => {
      const { coordinates } = multiPolygon(polygonsOfGrid(draft, grid))
      const rings = coordinates.map((polygon) => polygon.map((ring) => ring.map(([lng, lat]) => [lng, lat])))
      return [`g${grid}`, { type: 'MultiPolygon' as const, coordinates: rings }]
    }),
  )
  return topology(objects).arcs.flatMap(segmentsOf)
}

const ourSegments = (draft: Draft): readonly string[] =>
  borderLines(draft).flatMap(({ points }) => segmentsOf(points.map(toPosition)))

describe('topojson-server finds the arcs of the draft in its polygons', () => {
  test.each([
    ['the sub-district', demoDraft(), 20],
    ['a fabric of 500 atoms', wovenDraft({ columns: 25, rows: 20, block: 4, seed: 3 }), 20],
  ] as const)('%s after random edits', { timeout }, (_, draft, numRuns) => {
    walkerOf(draft).each({ numRuns, maxLength: 30 }, () => {
      const [ours, theirs] = [ourSegments(draft), theirSegments(draft)]
      expect(new Set(ours).size).toBe(ours.length)
      expect(theirs.toSorted()).toEqual(ours.toSorted())
    })
  })
})

describe('on the sub-district', () => {
  const walker = walkerOf(demoDraft())
  const { draft } = walker

  test('a border that moves takes from one grid what it gives to the other', { timeout }, () => {
    const start = walker.gridAreas()
    let moved = 0
    const kinds = ['move-vertex', 'add-vertex', 'remove-vertex'] as const
    walker.each({ numRuns: 400, maxLength: 1, kinds }, ([step]) => {
      const [change, more] = step?.patch.arcs ?? []
      if (!change?.after || more) return
      const beside = new Set(sidesOf(draft, change.after))
      const won = [...walker.gridAreas()]
        .map(([grid, area]) => ({ grid, by: area - (start.get(grid) ?? 0n) }))
        .filter(({ by }) => by !== 0n)
      expect(won.reduce((sum, { by }) => sum + by, 0n)).toBe(0n)
      expect(won.length).toBeLessThanOrEqual(beside.size === 2 ? 2 : 0)
      for (const { grid } of won) expect(beside).toContain(grid)
      if (won.length === 2) moved++
    })
    expect(moved).toBeGreaterThan(20)
  })

  test(
    'split, then merged again, it is the grid that was, but for vertices on its lines',
    { timeout },
    () => {
      const shapes = new Map([...draft.grids.keys()].map((grid) => [grid, polygonsOfGrid(draft, grid)]))
      let parted = 0
      walker.each({ numRuns: 200, maxLength: 1, kinds: ['split'] }, ([step]) => {
        if (step?.op.kind !== 'split') return
        const merged = perform(draft, {
          kind: 'merge',
          grid: step.patch.next.before.grid,
          into: step.op.grid,
        })
        if (!merged.ok) throw new Error(merged.rule)
        for (const grid of touchedGrids(draft, step.patch))
          expectSame(polygonsOfGrid(draft, grid), shapes.get(grid) ?? [])
        apply(draft, inverseOf(merged.patch))
        parted++
      })
      expect(parted).toBeGreaterThan(50)
    },
  )
})

/** The same rings, but for vertices that rounding has put within half a unit of a line. */
function expectSame(after: readonly LatticePolygon[], before: readonly LatticePolygon[]): void {
  const vertices = new Set(before.flat(2).map(String))
  const segments = before.flat().flatMap((ring) => ring.slice(1).map((to, i) => [ring[i] ?? to, to] as const))
  const extra = after.flat(2).filter((point) => !vertices.has(String(point)))
  for (const point of extra) expect(segments.some(([a, b]) => passes(a, b, point))).toBe(true)
  const kept = (polygons: readonly LatticePolygon[]): readonly string[] =>
    polygons
      .flat()
      .map((ring) =>
        turned(
          ring
            .slice(1)
            .map(String)
            .filter((point) => vertices.has(point)),
        ).join(', '),
      )
      .toSorted()
  expect(kept(after)).toEqual(kept(before))
}

/** A ring has no first point: begins with the least. */
function turned(ring: readonly string[]): readonly string[] {
  const least = ring.indexOf(ring.reduce((min, point) => (point < min ? point : min), ring[0] ?? ''))
  return [...ring.slice(least), ...ring.slice(0, least)]
}
