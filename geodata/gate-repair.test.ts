import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { at } from './drawing-testing.ts'
import { blocks } from './gate-faults.ts'
import { repairBoundaries, tilingOf, totalArea2, type TiledGrid } from './gate-repair.ts'
import { codeOf, feature, mulberry, partition, type TestCollection } from './gate-testing.ts'
import { checkBoundaries } from './gate.ts'
import type { Position } from './geojson.ts'
import { distanceM } from './metres.ts'
import { fabricFromPolygons } from './polygons.ts'
import { area2, dissolve, multiPolygon } from './topology.ts'

const options = { codeProperty: 'code' } as const
/** Leaving out a bend of these short borders makes gaps of up to 2,000 m². */
const wide = { ...options, gapM2: 3000 } as const
const [COLUMNS, ROWS, BENDS] = [4, 4, 3]

/** A bend of a border that two grids share, spoilt on the side of the first of them only. */
interface Spoil {
  readonly how: 'drop' | 'shift' | 'repeat'
  readonly grid: number
  readonly upright: boolean
  readonly bend: number
  /** Direction of the shift, in turns. */
  readonly turn: number
}

const spoil = fc.record<Spoil>({
  how: fc.constantFrom('drop', 'shift', 'repeat'),
  grid: fc.integer({ min: 0, max: COLUMNS * ROWS - 1 }),
  upright: fc.boolean(),
  bend: fc.integer({ min: 1, max: BENDS - 1 }),
  turn: fc.double({ min: 0, max: 1, noNaN: true }),
})
const plan = fc.tuple(
  fc.integer({ min: 1, max: 1e6 }),
  fc.uniqueArray(spoil, { selector: sideOf, maxLength: 8 }),
)

/** The border to the east (upright) or to the north of a grid. */
function sideOf({ grid, upright }: Spoil): string {
  return `${grid} ${upright}`
}

function neighbourOf({ grid, upright }: Spoil): number | null {
  const column = grid % COLUMNS
  if (upright) return column + 1 < COLUMNS ? grid + 1 : null
  return grid + COLUMNS < COLUMNS * ROWS ? grid + COLUMNS : null
}

/** Rings run south, east, north, west, with BENDS edges each. */
function spoiled(json: TestCollection, spoils: readonly Spoil[]): TestCollection {
  const copy = structuredClone(json)
  // Later places first, so that taking one out or putting one in moves none of the others.
  for (const s of spoils.toSorted((a, b) => Number(a.upright) - Number(b.upright))) {
    const ring = copy.features[s.grid]?.geometry.coordinates[0]
    const place = (s.upright ? BENDS : 2 * BENDS) + s.bend
    const point = ring?.[place]
    if (!ring || !point || neighbourOf(s) === null) continue
    if (s.how === 'drop') ring.splice(place, 1)
    if (s.how === 'repeat') ring.splice(place, 0, [...point])
    if (s.how === 'shift') ring[place] = shifted(point, s.turn)
  }
  return copy
}

function shifted([lng, lat]: Position, turn: number): Position {
  const [dx, dy] = [Math.cos(turn * 2 * Math.PI) * 5, Math.sin(turn * 2 * Math.PI) * 5]
  return [lng + dx / 93_900, lat + dy / 110_900]
}

/** Shared borders identical: every face of the fabric made of the polygons has one owner, and the areas add up exactly. */
function expectExactTiling(grids: readonly TiledGrid[]): void {
  const features = grids.map(({ polygons }) => ({ geometry: multiPolygon(polygons), community: 'c' }))
  const { fabric, overlaps, gaps, owner } = fabricFromPolygons(features)
  expect({ overlaps, gaps }).toEqual({ overlaps: [], gaps: [] })
  expect(check(fabric)).toEqual([])
  expect(new Set(owner.values()).size).toBe(grids.length)
  const outline = dissolve(fabric, new Map(fabric.atoms.map(({ id }) => [id, 'all']))).get('all') ?? []
  expect(area2(outline)).toBe(totalArea2(grids))
}

test('a partition spoilt in a few places: exactly these are reported, and a repair gives an exact tiling', () => {
  fc.assert(
    fc.property(plan, ([seed, spoils]) => {
      const good = partition({ columns: COLUMNS, rows: ROWS, bends: BENDS, seed })
      const json = spoiled(good, spoils)
      const checked = checkBoundaries(json, wide)
      const real = spoils.filter((s) => neighbourOf(s) !== null)
      const pairs = real
        .filter(({ how }) => how !== 'repeat')
        .map((s) => `${codeOf(s.grid)} ${codeOf(neighbourOf(s) ?? -1)}`)
      const found = checked.faults.filter((fault) => blocks(fault) || fault.code === 'missing-vertex')
      const named = new Set(found.filter(blocks).map(({ grids }) => grids.join(' ')))
      for (const name of named) expect(pairs).toContain(name)
      // A border dropped or shifted along its own line stays where it was, to the centimetre.
      for (const pair of pairs) {
        if (named.has(pair)) continue
        expect(
          found.some(({ code, grids }) => code === 'missing-vertex' && pair.includes(grids[0] ?? '-')),
        ).toBe(true)
      }
      const repeated = checked.faults
        .filter(({ code }) => code === 'duplicate-point')
        .flatMap(({ grids }) => grids)
      const expected = real.filter(({ how }) => how === 'repeat').map(({ grid }) => codeOf(grid))
      expect(repeated.toSorted()).toEqual([...new Set(expected)].toSorted())

      const { after } = repairBoundaries(json, wide)
      const tiled = after && tilingOf(after)
      expect(after?.faults.filter(blocks)).toEqual([])
      expect(tiled).toHaveLength(COLUMNS * ROWS)
      expectExactTiling(tiled ?? [])
    }),
    { numRuns: 60 },
  )
}, 60_000)

test('hand-drawn borders, no vertex where the neighbour has it: the repair gives an exact tiling near the file', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const json = partition({ columns: 3, rows: 3, bends: 6, seed })
      const random = mulberry(seed)
      for (const { geometry } of json.features) {
        const ring = (geometry.coordinates[0] ?? []).slice(1).filter(() => random() > 0.05)
        const moved = ring.map(([x, y]): Position => [
          x + (random() - 0.5) * 8e-6,
          y + (random() - 0.5) * 7e-6,
        ])
        geometry.coordinates[0] = [...moved, ...moved.slice(0, 1)]
      }
      const { before, after, changes } = repairBoundaries(json, { ...options, gapM2: 20_000 })
      expect(before.faults.some(blocks)).toBe(true)
      const tiled = after && tilingOf(after)
      expect(after?.faults.filter(blocks)).toEqual([])
      expectExactTiling(tiled ?? [])
      for (const { beforeM2, afterM2 } of changes)
        expect(Math.abs(afterM2 - beforeM2) / beforeM2).toBeLessThan(0.3)
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('whatever is drawn, the gate answers, and what it lets through tiles', () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
  const ring = fc.array(point, { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 6 }), (rings) => {
      const features = rings.map((points, i) => {
        const drawn = points.map(([x, y]): Position => at([x * 10, y * 10]))
        return feature(codeOf(i), [...drawn, ...drawn.slice(0, 1)])
      })
      const { before, after } = repairBoundaries(
        { type: 'FeatureCollection', features },
        { ...options, gapM2: 1e6 },
      )
      const tiled = after && tilingOf(after)
      const left = after ?? before
      if (tiled) expectExactTiling(tiled)
      expect(left.faults.some(blocks)).toBe(!tiled)
    }),
    { numRuns: 300 },
  )
}, 60_000)

test('no vertex of a clean file moves by more than a lattice unit', () => {
  const json = partition({ columns: 3, rows: 3, bends: 4, seed: 3 })
  const tiled = tilingOf(checkBoundaries(json, options)) ?? []
  const drawn = tiled.flatMap(({ polygons }) => multiPolygon(polygons).coordinates.flat(2))
  for (const vertex of json.features.flatMap(({ geometry }) => geometry.coordinates.flat())) {
    expect(drawn.some((point) => distanceM(point, vertex, vertex) < 0.012)).toBe(true)
  }
})

test('a repaired file needs no repair', () => {
  const json = spoiled(partition({ columns: 4, rows: 4, bends: 3, seed: 9 }), [
    { how: 'shift', grid: 5, upright: true, bend: 1, turn: 0.1 },
  ])
  const { after } = repairBoundaries(json, options)
  const tiled = (after && tilingOf(after)) ?? []
  const written = {
    type: 'FeatureCollection',
    features: tiled.map(({ code, polygons }) => ({
      type: 'Feature',
      properties: { code },
      geometry: multiPolygon(polygons),
    })),
  }
  const again = checkBoundaries(JSON.parse(JSON.stringify(written)), options)
  expect(again.faults).toEqual([])
  expect(tilingOf(again)?.map(({ polygons }) => polygons)).toEqual(tiled.map(({ polygons }) => polygons))
})
