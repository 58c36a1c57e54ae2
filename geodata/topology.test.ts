import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, checkPlan } from './check.ts'
import { cut, merge, type Line } from './cut.ts'
import type { Fabric, Lattice } from './fabric.ts'
import type { Polygon } from './geojson.ts'
import { pointInRing, toPosition, type LatticePolygon, type Ring } from './lattice.ts'
import { fabricFromPolygons } from './polygons.ts'
import { area2, atomLabels, dissolve, locate, multiPolygon, neighbours } from './topology.ts'

const polygon = (...rings: readonly Ring[]): { geometry: Polygon; community: string } => ({
  geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map(toPosition)) },
  community: '321299001001',
})
const box = (x0: number, y0: number, x1: number, y1: number): Ring => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
]
const square = (side: number): Fabric => fabricFromPolygons([polygon(box(0, 0, side, side))]).fabric
const line = (...points: Lattice[]): Line => ({ points, kind: 'field' })
const sizes = (fabric: Fabric): readonly bigint[] =>
  [...dissolve(fabric, atomLabels(fabric)).values()].map(area2).toSorted((a, b) => Number(a - b))

function covers(polygons: readonly LatticePolygon[], point: Lattice): 'inside' | 'boundary' | 'outside' {
  for (const [outer, ...holes] of polygons) {
    const where = outer ? pointInRing(point, outer) : 'outside'
    if (where === 'outside') continue
    const inHole = holes.map((hole) => pointInRing(point, hole))
    if (where === 'boundary' || inHole.includes('boundary')) return 'boundary'
    if (!inHole.includes('inside')) return 'inside'
  }
  return 'outside'
}

describe('cut', () => {
  test.each([
    // the cut                              lines                                                  twice the areas
    ['across', [line([5, -3], [5, 13])], [100n, 100n]],
    ['a cross', [line([5, -3], [5, 13]), line([-1, 2], [11, 2])], [20n, 20n, 80n, 80n]],
    ['a dead end', [line([-2, 5], [7, 5])], [200n]],
    ['two dead ends that meet', [line([-2, 5], [7, 5]), line([7, -1], [7, 6])], [70n, 130n]],
    ['an island', [line([2, 2], [4, 2], [4, 4], [2, 4], [2, 2])], [8n, 192n]],
    ['along the border', [line([0, 0], [10, 0])], [200n]],
    ['outside', [line([20, 0], [20, 10])], [200n]],
    ['islands that touch in a corner', [line(...box(2, 2, 4, 4)), line(...box(4, 4, 6, 6))], [8n, 8n, 184n]],
  ] as const)('%s', (_, lines, areas) => {
    const { fabric } = cut(square(10), lines)
    expect(check(fabric)).toEqual([])
    expect(sizes(fabric)).toEqual(areas)
  })

  test('the largest piece keeps the id, pieces inherit, others stay whole', () => {
    const first = cut(square(10), [line([3, 0], [3, 10])]).fabric
    const { fabric, pieces } = cut(first, [{ ...line([-1, 2], [11, 2]), within: new Set([1]) }])
    expect([...pieces]).toEqual([[1, [1, 3]]])
    expect(sizes(fabric)).toEqual([28n, 60n, 112n])
    expect(new Set(fabric.atoms.map(({ community }) => community))).toEqual(new Set(['321299001001']))
    expect(locate(fabric, [3, 2])).toEqual([1, 2, 3])
    expect(locate(fabric, [1, 5])).toEqual([2])
    expect(locate(fabric, [11, 5])).toEqual([])
  })

  test('random cuts keep every invariant, and locate agrees with the assembled polygons', () => {
    // A tiny lattice makes snapping as bad as it can be: at real scale nothing comes this near.
    const side = 60
    const coordinate = integer({ min: -5, max: side + 5 })
    const path = array(tuple(coordinate, coordinate), { minLength: 2, maxLength: 4 })
    assert(
      property(
        array(array(path, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        array(tuple(coordinate, coordinate), { minLength: 10, maxLength: 10 }),
        (rounds, points) => {
          let fabric = square(side)
          for (const paths of rounds) {
            try {
              fabric = cut(
                fabric,
                paths.map((at) => line(...at)),
              ).fabric
            } catch (error) {
              // An atom of a few units can be snapped away; the kernel must refuse, never lose it in silence.
              expect(error).toBeInstanceOf(RangeError)
            }
          }
          expect(check(fabric)).toEqual([])
          const faces = dissolve(fabric, atomLabels(fabric))
          for (const point of points) {
            const found = [...faces].filter(([, face]) => covers(face, point) !== 'outside').map(([id]) => id)
            expect(found.toSorted((a, b) => a - b)).toEqual(locate(fabric, point))
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('random labels dissolve into valid polygons that add up', () => {
    const grid = cut(square(60), [
      ...[13, 22, 41].map((x) => line([x, -1], [x + 3, 61])),
      ...[11, 29, 44].map((y) => line([-1, y], [61, y - 2])),
    ]).fabric
    assert(
      property(array(integer({ min: 1, max: 3 }), { minLength: 16, maxLength: 16 }), (kinds) => {
        const labels = new Map(grid.atoms.map(({ id }, i) => [id, kinds[i] ?? 1]))
        const shapes = dissolve(grid, labels)
        expect([...shapes.values()].reduce((sum, shape) => sum + area2(shape), 0n)).toBe(7200n)
        for (const ring of [...shapes.values()].flat(2)) {
          expect(new Set(ring.map(String)).size).toBe(ring.length - 1)
        }
        const redone = fabricFromPolygons(
          [...shapes.values()].map((shape) => ({ geometry: multiPolygon(shape), community: '' })),
        )
        expect(redone.overlaps).toEqual([])
        expect(redone.gaps).toEqual([])
        expect(check(redone.fabric)).toEqual([])
        const back = dissolve(redone.fabric, redone.owner)
        const sizeOf = [...shapes.values()].map(area2)
        expect([...back].map(([index, shape]) => [index, area2(shape)])).toEqual(
          expect.arrayContaining(sizeOf.map((size, index) => [index, size])),
        )
      }),
      { numRuns: 100 },
    )
  })
})

describe('merge', () => {
  const grid = cut(square(60), [
    ...[20, 40].map((x) => line([x, -1], [x, 61])),
    ...[20, 40].map((y) => line([-1, y], [61, y])),
  ]).fabric
  const atomAt = (x: number, y: number): number => locate(grid, [x, y])[0] ?? 0

  test('takes the borders away and joins what they left', () => {
    const merged = merge(grid, new Map([[atomAt(10, 10), atomAt(30, 10)]]))
    expect(check(merged)).toEqual([])
    expect(sizes(merged)).toEqual([...Array.from({ length: 7 }, () => 800n), 1600n])
    expect(locate(merged, [10, 10])).toEqual([atomAt(30, 10)])
    expect(merged.nodes).not.toContainEqual([20, 0])
  })

  test('undoes a cut', () => {
    const { fabric, pieces } = cut(grid, [line([25, 21], [35, 21], [30, 39], [25, 21])])
    const back = merge(
      fabric,
      new Map([...pieces].flatMap(([id, ids]) => ids.slice(1).map((piece) => [piece, id]))),
    )
    expect(check(back)).toEqual([])
    expect(sizes(back)).toEqual(sizes(grid))
    expect(back.atoms).toEqual(grid.atoms)
  })

  test('refuses atoms that do not touch', () => {
    expect(() => merge(grid, new Map([[atomAt(10, 10), atomAt(50, 50)]]))).toThrow(RangeError)
  })
})

describe('fabricFromPolygons', () => {
  test('a vertex on the edge of a neighbour becomes a node of both', () => {
    const { fabric } = fabricFromPolygons([
      polygon(box(0, 0, 10, 10)),
      polygon(box(10, 0, 20, 4)),
      polygon(box(10, 4, 20, 10)),
    ])
    expect(check(fabric)).toEqual([])
    expect(fabric.nodes).toContainEqual([10, 4])
    expect(neighbours(fabric, atomLabels(fabric)).get(1)).toEqual(new Set([2, 3]))
  })

  test('overlaps and gaps are named', () => {
    const made = fabricFromPolygons([
      polygon(box(0, 0, 30, 30), box(5, 5, 10, 10).toReversed()),
      polygon(box(28, 0, 40, 30)),
    ])
    expect(made.overlaps.map(({ owners, area2: size }) => [owners, size])).toEqual([[[0, 1], 120n]])
    expect(made.gaps.map(({ area2: size }) => size)).toEqual([50n])
    expect(check(made.fabric)).toEqual([])
  })

  test('a part inside the hole of another is its neighbour', () => {
    const { fabric } = fabricFromPolygons([
      polygon(box(0, 0, 30, 30), box(5, 5, 10, 10).toReversed()),
      polygon(box(5, 5, 10, 10)),
    ])
    expect(check(fabric)).toEqual([])
    expect(locate(fabric, [7, 7])).toEqual([2])
    expect(locate(fabric, [10, 7])).toEqual([1, 2])
  })
})

describe('check', () => {
  const fabric = cut(square(10), [line([5, -3], [5, 13])]).fabric
  test.each([
    ['both sides the same', { left: 1, right: 1 }, 'sides'],
    ['a stranger', { left: 99 }, 'sides'],
    [
      'a bulge over the border',
      {
        points: [
          [5, 0],
          [40, 3],
          [5, 10],
        ] as Lattice[],
      },
      'crossing',
    ],
  ])('%s', (_, change, rule) => {
    const inner = fabric.arcs.find(({ left, right }) => left !== 0 && right !== 0)
    const broken = {
      ...fabric,
      arcs: fabric.arcs.map((arc) => (arc === inner ? { ...arc, ...change } : arc)),
    }
    expect(check(broken).map((fault) => fault.rule)).toContain(rule)
  })

  test('atoms that have changed places are found, though their rings are in order', () => {
    const lens = cut(square(20), [line([5, 7], [5, 5], [4, 5], [5, 7], [5, 8], [8, 6], [5, 5])]).fabric
    expect(check(lens)).toEqual([])
    const [from, to]: readonly [Lattice, Lattice] = [
      [5, 7],
      [1, 1],
    ]
    const moved = (point: Lattice): Lattice => (String(point) === String(from) ? to : point)
    const turned = {
      ...lens,
      nodes: lens.nodes.map(moved),
      arcs: lens.arcs.map((arc) => ({ ...arc, points: arc.points.map(moved) })),
    }
    expect(new Set(check(turned).map(({ rule }) => rule))).toEqual(new Set(['sides']))
  })

  test('a plan must be total, and its labels whole', () => {
    const three = cut(fabric, [line([8, -1], [8, 11])]).fabric
    const labels = new Map(three.atoms.map(({ id }) => [id, id === 2 ? 'b' : 'a']))
    expect(checkPlan(three, atomLabels(three))).toEqual([])
    expect(checkPlan(three, new Map(), ['c']).length).toBe(4)
    const split = three.atoms.find(({ id }) => neighbours(three, atomLabels(three)).get(id)?.size === 2)
    const outer = new Map(three.atoms.map(({ id }) => [id, id === split?.id ? 'b' : 'a']))
    expect(checkPlan(three, outer).map(({ why }) => why)).toEqual(['a lies in 2 parts'])
    expect(labels.size).toBe(3)
  })
})
