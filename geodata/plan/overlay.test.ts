import { describe, expect, test } from 'vitest'
import { check, checkPlan } from '../check.ts'
import { readDemo } from '../demo/read.ts'
import type { LatticePolygon } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { area2, dissolve, multiPolygon } from '../topology.ts'
import { type Draft, type GridKey, type PlanGrid } from './draft.ts'
import { draftOfFabric, drawingOf, fabricOf } from './drawing.ts'
import { overlay, type Incoming } from './overlay.ts'

const demo = readDemo()
const keys = new Map(demo.grids.map(({ code }, i) => [code, i + 1]))
const base = draftOfFabric(
  demo.fabric,
  new Map([...demo.plan].map(([atom, code]) => [atom, keys.get(code) ?? 0])),
  demo.grids.map(({ code, name, nameEn, kind, community }, i): PlanGrid => ({
    key: i + 1,
    code,
    name,
    nameEn,
    kind,
    community,
    worker: null,
    station: null,
    locked: false,
  })),
)

const shapesOf = (draft: Draft) => dissolve(fabricOf(draft), draft.labels)
const incomingOf = (shapes: ReadonlyMap<GridKey, readonly LatticePolygon[]>): Incoming[] =>
  [...base.grids.values()].map((grid) => ({ grid, polygons: shapes.get(grid.key) ?? [] }))

/** The rings as sets of points from the same start, since where a ring begins means nothing. */
const plain = (polygons: readonly LatticePolygon[] = []) =>
  polygons
    .flat()
    .map((ring) => ring.slice(1).map(String).toSorted().join(' '))
    .toSorted()

describe('a tiling laid over a plan', () => {
  test('is the plan itself, to the byte, where it uses its borders', () => {
    const again = overlay(base, incomingOf(shapesOf(base)))
    expect(JSON.stringify(drawingOf(again))).toBe(JSON.stringify(drawingOf(base)))
  })

  test('divides the atoms that a new border runs through, and keeps the others with their ids', () => {
    const [a, b] = neighboursWithin(base)
    const shapes = shifted(a, b)
    const made = overlay(base, incomingOf(shapes))
    const fabric = fabricOf(made)
    expect(check(fabric)).toEqual([])
    expect(checkPlan(fabric, made.labels, [...base.grids.keys()])).toEqual([])
    const got = shapesOf(made)
    for (const key of base.grids.keys()) expect(area2(got.get(key) ?? [])).toBe(area2(shapes.get(key) ?? []))
    for (const key of base.grids.keys()) {
      if (key !== a && key !== b) expect(plain(got.get(key))).toEqual(plain(shapes.get(key)))
    }
    const untouched = [...base.labels].filter(([, key]) => key !== a && key !== b)
    for (const [atom, key] of untouched) expect(made.labels.get(atom)).toBe(key)
  })
})

/** Two grids of one community that share a border of at least three points. */
function neighboursWithin(draft: Draft): readonly [GridKey, GridKey] {
  for (const { left, right, points } of draft.arcs.values()) {
    const [a, b] = [draft.labels.get(left) ?? 0, draft.labels.get(right) ?? 0]
    const same = draft.grids.get(a)?.community === draft.grids.get(b)?.community
    if (a !== b && a !== 0 && b !== 0 && same && points.length > 2) return [a, b]
  }
  throw new Error('no two grids share a border')
}

/** The plan with one vertex moved that only the two share, by about 5 m, where that leaves both rings simple. */
function shifted(a: GridKey, b: GridKey): Map<GridKey, readonly LatticePolygon[]> {
  const shapes = shapesOf(base)
  const times = new Map<string, number>()
  for (const ring of [...shapes.values()].flat(2))
    for (const point of ring.slice(1)) times.set(String(point), (times.get(String(point)) ?? 0) + 1)
  const inB = new Set((shapes.get(b) ?? []).flat(2).map(String))
  const spots = (shapes.get(a) ?? []).flat(2).map(String)
  for (const spot of spots.filter((point) => inB.has(point) && times.get(point) === 2)) {
    const moved = new Map([...shapes].map(([key, polygons]) => [key, withMoved(polygons, spot)]))
    const { fabric, owner } = fabricFromPolygons(
      [...moved.values()].map((polygons) => ({ geometry: multiPolygon(polygons), community: '' })),
    )
    const areas = [...dissolve(fabric, owner)].map(
      ([i, polygons]) => area2(polygons) === area2([...moved.values()][i] ?? []),
    )
    if (areas.every(Boolean)) return moved
  }
  throw new Error('no vertex can be moved')
}

function withMoved(polygons: readonly LatticePolygon[], spot: string): readonly LatticePolygon[] {
  return polygons.map((rings) =>
    rings.map((ring) => ring.map((p) => (String(p) === spot ? ([p[0] + 300, p[1] + 300] as const) : p))),
  )
}
