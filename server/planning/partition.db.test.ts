import { sample } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '#db/open'
import type { Lattice } from '#geo/fabric'
import type { Draft } from '#geo/plan/draft'
import { perform } from '#geo/plan/perform'
import { borderLinesOf, polygonsOfGrid } from '#geo/plan/shapes'
import { multiPolygon } from '#geo/topology'
import { toPosition } from '#geo/lattice'
import type { Position } from '#geo/geojson'
import { seedGround } from '../../db/seed.ts'
import { onBothDatabases } from '../../db/testing.ts'
import { focusOf, opOf, wishes } from '../../geodata/plan/moves-testing.ts'
import { demoDraft } from '../../geodata/plan/plan-testing.ts'
import { closeAt, saveBoundaries, saveGrids, type NewGrid } from '../boundaries/store.ts'
import { partitionFaults } from './store/approval.ts'

const NOW = new Date('2026-03-06T10:00:00+08:00')
const timeout = 180_000

/** Says no more than: take all of this back. */
const BACK = new Error('taken back')

/** A second opinion by a machine that has no arcs: what PostGIS finds wrong with the polygons of drafts, as a gate for plans. */
onBothDatabases('boundaries as a tiling', (database, kind) => {
  beforeAll(() => seedGround(database().db, NOW), timeout)

  /** What would be found if these were in force from now on. */
  async function faultsOf(grids: readonly NewGrid[]): Promise<readonly string[]> {
    let faults: readonly string[] = []
    const trial = database().db.transaction(async (tx: Db) => {
      await saveGrids(tx, grids)
      await closeAt(tx, NOW)
      await saveBoundaries(tx, grids, NOW)
      faults = await partitionFaults(tx, NOW, 0)
      throw BACK
    })
    await expect(trial).rejects.toBe(BACK)
    return faults
  }

  test('random edits leave nothing to find', { timeout }, async () => {
    const list = sample(wishes(40), { numRuns: 60, seed: 20261123 }).flat()
    const rounds = kind === 'embedded' ? 3 : 8
    for (let round = 0; round < rounds; round++) {
      const draft = demoDraft()
      const [first, ...more] = list.slice(round * 30, round * 30 + 30)
      if (!first) throw new Error('no wishes left')
      const focus = focusOf(draft, first)
      const done = [first, ...more].filter((wish) => perform(draft, opOf(draft, wish, focus)).ok)
      expect(done.length).toBeGreaterThan(5)
      expect(await faultsOf(gridsOf(draft))).toEqual([])
    }
  })

  test(
    'cuts that end on the outline, which bends to meet them by less than a unit, are no fault',
    { timeout },
    async () => {
      const draft = demoDraft()
      const outline = [...draft.arcs.values()].filter(({ left, right }) => left === 0 || right === 0)
      const cuts = outline.slice(0, 12).filter((arc) => {
        const [a, b] = arc.points
        if (!a || !b) return false
        const middle: Lattice = [Math.round((2 * a[0] + b[0]) / 3), Math.round((2 * a[1] + b[1]) / 3)]
        const across: Lattice = [a[1] - b[1], b[0] - a[0]]
        const line = [-3, 3].map((n): Lattice => [middle[0] + n * across[0], middle[1] + n * across[1]])
        return perform(draft, { kind: 'split-atom', atom: arc.left || arc.right, line }).ok
      })
      expect(cuts.length).toBeGreaterThan(3)
      expect(await faultsOf(gridsOf(draft))).toEqual([])
    },
  )

  test('found: a notch in the outline, which leaves all else in order', { timeout }, async () => {
    const draft = demoDraft()
    const grids = gridsOf(draft)
    const edge = [...draft.grids.keys()].flatMap((key, at) =>
      borderLinesOf(draft, key)
        .filter(({ left, right, points }) => (left === 0 || right === 0) && points.length > 2)
        .map(({ points }) => ({ at, vertex: toPosition(points[1] ?? [0, 0]) })),
    )[0]
    if (!edge) throw new Error('no grid on the outline')
    const moved = (place: Position): Position =>
      place[0] === edge.vertex[0] && place[1] === edge.vertex[1] ? [place[0] + 2e-6, place[1]] : place
    expect(await faultsOf(changed(grids, edge.at, moved))).toEqual(['the outline has moved'])
  })

  test.each([
    ['a grid amid others is not there', without],
    ['a grid is there twice', twice],
    ['a vertex is 2 cm off, for one of its two grids', nudged],
  ])('found: %s', { timeout }, async (_, broken) => {
    const draft = demoDraft()
    const amid = [...draft.grids.keys()].findIndex((key) =>
      borderLinesOf(draft, key).every(({ left, right }) => left !== 0 && right !== 0),
    )
    expect(await faultsOf(broken(gridsOf(draft), amid))).not.toEqual([])
  })
})

function gridsOf(draft: Draft): readonly NewGrid[] {
  return [...draft.grids.values()].map(({ key, code, name, nameEn, kind, community }) => ({
    code: code ?? `${community}9${String(-key).padStart(2, '0')}`,
    name,
    nameEn,
    kind,
    community,
    accepted: true,
    worker: null,
    geometry: multiPolygon(polygonsOfGrid(draft, key)),
  }))
}

function without(grids: readonly NewGrid[], at: number): readonly NewGrid[] {
  return grids.toSpliced(at, 1)
}

function twice(grids: readonly NewGrid[], at: number): readonly NewGrid[] {
  const { geometry } = gridAt(grids, at)
  return grids.with(at + 1, { ...gridAt(grids, at + 1), geometry })
}

function nudged(grids: readonly NewGrid[], at: number): readonly NewGrid[] {
  return changed(grids, at, ([lng, lat], i) => (i === 3 ? [lng + 2e-7, lat] : [lng, lat]))
}

function changed(
  grids: readonly NewGrid[],
  at: number,
  change: (place: Position, i: number) => Position,
): readonly NewGrid[] {
  const grid = gridAt(grids, at)
  const coordinates = grid.geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(change)))
  return grids.with(at, { ...grid, geometry: { type: 'MultiPolygon', coordinates } })
}

function gridAt(grids: readonly NewGrid[], at: number): NewGrid {
  const grid = grids[at]
  if (!grid) throw new Error(`no grid ${at}`)
  return grid
}
