import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../db/testing.ts'
import { seedGround } from '../../db/seed.ts'
import type { Lattice } from '../../geodata/fabric.ts'
import { toPosition } from '../../geodata/lattice.ts'
import { locate } from '../../geodata/topology.ts'
import { random } from '../../geodata/demo/random.ts'
import { readDemo } from '../../geodata/demo/read.ts'
import { locateAll } from './actions.ts'
import type { Placed } from './rules.ts'

const demo = readDemo()
const NOW = new Date('2026-03-06T10:00:00+08:00')
const { arcs, nodes } = demo.fabric

/** What the integer fabric says: codes of the grids that cover a point. */
function codesAt(point: Lattice): string[] {
  const codes = locate(demo.fabric, point).map((atom) => demo.plan.get(atom) ?? '')
  return [...new Set(codes)].toSorted()
}

const [xs, ys] = [nodes.map(([x]) => x), nodes.map(([, y]) => y)]
const box = { west: Math.min(...xs), east: Math.max(...xs), south: Math.min(...ys), north: Math.max(...ys) }

function randomPoints(count: number): Lattice[] {
  const rng = random(7)
  return Array.from({ length: count }, () => [
    Math.round(rng.between(box.west, box.east)),
    Math.round(rng.between(box.south, box.north)),
  ])
}

/** Every vertex of the fabric and the lattice point nearest to the middle of every edge. */
function borderPoints(): Lattice[] {
  return arcs.flatMap(({ points }) =>
    points.flatMap((to, n): Lattice[] => {
      const from = points[n - 1]
      if (!from) return [to]
      return [[Math.round((from[0] + to[0]) / 2), Math.round((from[1] + to[1]) / 2)], to]
    }),
  )
}

describe('placement', () => {
  let embedded: TestDatabase
  let postgres: TestDatabase
  beforeAll(async () => {
    embedded = await openTestDatabase('embedded')
    postgres = await openTestDatabase('postgres')
    await seedGround(embedded.db, NOW, demo)
    await seedGround(postgres.db, NOW, demo)
    await postgres.db.execute('analyze')
  })
  afterAll(async () => {
    await embedded.close()
    await postgres.close()
  })

  const placeAll = async (
    { db }: TestDatabase,
    points: readonly Lattice[],
    accuracyM?: number,
  ): Promise<Placed[]> => {
    const placed: Placed[] = []
    for (let from = 0; from < points.length; from += 1000) {
      const chunk = points.slice(from, from + 1000)
      placed.push(
        ...(await locateAll(
          db,
          chunk.map((point) => ({ position: toPosition(point), at: NOW, accuracyM })),
        )),
      )
    }
    return placed
  }

  test('both databases give the same answer for 20,000 points, all vertices and middles of edges among them', async () => {
    const border = borderPoints()
    const points = [...border, ...randomPoints(Math.max(2000, 20_000 - border.length))]
    const [a, b] = [await placeAll(embedded, points), await placeAll(postgres, points)]
    expect(points.length).toBeGreaterThanOrEqual(20_000)
    expect(a).toEqual(b)
    expect(new Set(a.map(({ placement }) => placement.rule))).toEqual(
      new Set(['inside', 'shared-border', 'near', 'outside']),
    )
  }, 120_000)

  test('they agree on the distances that a reported accuracy asks for', async () => {
    const points = randomPoints(300)
    expect(await placeAll(embedded, points, 80)).toEqual(await placeAll(postgres, points, 80))
  })

  test('a random point lies in exactly the grid that the integer fabric gives', async () => {
    const points = randomPoints(2000)
    const placed = await placeAll(postgres, points)
    for (const [n, point] of points.entries()) {
      const codes = codesAt(point)
      if (codes.length === 0) continue
      expect(placed[n]?.grid?.code, String(point)).toBe(codes[0])
      expect(placed[n]?.placement.rule).toBe(codes.length === 1 ? 'inside' : 'shared-border')
    }
  })

  test('looks at the index on geometry and not at the one on periods, which would read every boundary', async () => {
    const used = () =>
      postgres.db.transaction(async (tx) => {
        // So few rows would be read from end to end.
        await tx.execute(sql`set local enable_seqscan = off`)
        await locateAll(tx, [{ position: toPosition([1_199_300_000, 324_600_000]), at: NOW, accuracyM: 20 }])
        await tx.execute(sql`select pg_stat_force_next_flush()`)
      })
    const scans = async () => {
      const found = await postgres.db.execute<{ name: string; scans: number }>(sql`
        select indexrelname as name, idx_scan as scans from pg_stat_user_indexes where relname = 'boundaries'`)
      return new Map(found.rows.map(({ name, scans: count }) => [name, count]))
    }
    const before = await scans()
    for (let n = 0; n < 12; n++) await used()
    const after = await scans()
    const grown = [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name)
    expect(grown).toEqual(['boundaries_geom'])
  })

  test.each([
    ['a vertex', (points: readonly Lattice[]) => points.slice(0, 2)],
    ['a lattice point inside a slanted edge', pointsOnEdges],
  ])('%s shared by grids has all of them as candidates, and the lowest code is chosen', async (_name, on) => {
    const shared = arcs.filter(({ left, right }) => demo.plan.get(left) !== demo.plan.get(right))
    const some = random(3)
      .shuffled(shared.flatMap(({ points }) => on(points)))
      .slice(0, 400)
    expect(some.length).toBeGreaterThan(100)
    const placed = await placeAll(postgres, some)
    for (const [n, point] of some.entries()) {
      const codes = codesAt(point)
      const found = placed[n]
      expect(found?.placement.candidates.map(({ code }) => code)).toEqual(codes)
      expect(found?.grid?.code).toBe(codes[0])
      expect(found?.placement.rule).toBe(codes.length > 1 ? 'shared-border' : 'inside')
    }
    expect(await placeAll(embedded, some)).toEqual(placed)
  })
})

/** Points of the lattice that lie exactly on an edge between its ends; doubles of such points are not exactly on it. */
function pointsOnEdges(points: readonly Lattice[]): Lattice[] {
  return points.flatMap(([x, y], n): Lattice[] => {
    const [fromX, fromY] = points[n - 1] ?? [x, y]
    const [dx, dy] = [x - fromX, y - fromY]
    const parts = divisor(Math.abs(dx), Math.abs(dy))
    return parts > 1 && dx !== 0 && dy !== 0 ? [[fromX + dx / parts, fromY + dy / parts]] : []
  })
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
