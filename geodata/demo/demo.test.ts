import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check, checkPlan } from '../check.ts'
import { cut } from '../cut.ts'
import type { Lattice } from '../fabric.ts'
import { areaM2 } from '../metres.ts'
import { pointInRing, toLattice } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { area2, atomLabels, dissolve, locate, multiPolygon, neighbours } from '../topology.ts'
import { buildDemo } from './build.ts'
import { decode, encode } from './codec.ts'
import { random } from './random.ts'
import { DATA, FILES, readDemo } from './read.ts'

const demo = readDemo()
const { fabric, grids, plan, buildings } = demo
const shapes = dissolve(fabric, plan)
const whole = dissolve(fabric, new Map(fabric.atoms.map(({ id }) => [id, 'all']))).get('all') ?? []
const atomShapes = dissolve(fabric, atomLabels(fabric))

describe('the committed files', () => {
  test('are what the generator draws', () => {
    const drawn = buildDemo()
    const files = encode(drawn)
    for (const name of FILES) {
      expect(JSON.stringify(files[name]) === readFileSync(new URL(name, DATA), 'utf8').trim(), name).toBe(
        true,
      )
    }
    expect(decode(files)).toEqual(drawn)
  }, 30_000)

  test('are small', () => {
    const bytes = FILES.reduce((sum, name) => sum + readFileSync(new URL(name, DATA)).length, 0)
    expect(bytes).toBeLessThan(1_700_000)
  })
})

describe('the 81 grids', () => {
  test.each([
    ['urban-full-time', 15],
    ['urban-comprehensive', 16],
    ['rural-comprehensive', 50],
  ])('%s: %d', (kind, count) => expect(grids.filter((grid) => grid.kind === kind).length).toBe(count))

  test('54 are accepted, 15 workers are full-time, names and codes are unique', () => {
    expect(grids.filter(({ accepted }) => accepted).length).toBe(54)
    expect(grids.filter(({ worker, kind }) => worker.fullTime && kind === 'urban-full-time').length).toBe(15)
    expect(grids.filter(({ worker }) => worker.fullTime).length).toBe(15)
    for (const key of ['code', 'name', 'nameEn'] as const)
      expect(new Set(grids.map((grid) => grid[key])).size).toBe(81)
    expect(new Set(grids.map(({ worker }) => worker.name)).size).toBe(81)
  })

  test('tile the sub-district exactly', () => {
    expect(check(fabric)).toEqual([])
    expect(
      checkPlan(
        fabric,
        plan,
        grids.map(({ code }) => code),
      ),
    ).toEqual([])
    expect([...shapes.values()].reduce((sum, shape) => sum + area2(shape), 0n)).toBe(area2(whole))
    expect(whole.length).toBe(1)
    expect(areaM2(whole[0] ?? []) / 1e6).toBeGreaterThan(60)
    expect(areaM2(whole[0] ?? []) / 1e6).toBeLessThan(68)
  })

  test('lie in one community each, their codes begin with its code', () => {
    const communities = new Map(demo.communities.map((community) => [community.code, community]))
    const byCode = new Map(grids.map((grid) => [grid.code, grid]))
    for (const atom of fabric.atoms)
      expect(byCode.get(plan.get(atom.id) ?? '')?.community).toBe(atom.community)
    for (const { code, community } of grids) {
      expect(code).toMatch(/^321299001\d{3}\d{3}$/)
      expect(code.slice(0, 12)).toBe(community)
      expect(communities.has(community)).toBe(true)
    }
  })

  test('hold every random point once, unless it lies on a border', () => {
    const rng = random(5)
    for (let i = 0; i < 1500; i++) {
      const point = toLattice([rng.between(119.88, 119.98), rng.between(32.42, 32.5)])
      const covering = [...shapes].filter(([, polygons]) =>
        polygons.some(
          ([outer = [], ...holes]) =>
            pointInRing(point, outer) !== 'outside' &&
            holes.every((hole) => pointInRing(point, hole) !== 'inside'),
        ),
      )
      const located = new Set(locate(fabric, point).map((id) => plan.get(id)))
      expect(new Set(covering.map(([code]) => code))).toEqual(located)
    }
  })

  test('have their station inside', () => {
    for (const { code, station } of grids) {
      expect(locate(fabric, toLattice(station.position)).map((id) => plan.get(id))).toEqual([code])
    }
  })

  test('touch one another', () => {
    const beside = neighbours(fabric, plan)
    for (const { code } of grids) expect(beside.get(code)?.size).toBeGreaterThan(1)
  })
})

describe('the kernel on real ground', () => {
  test('the 81 polygons alone give back the same borders', () => {
    const features = [...shapes].map(([code, polygons]) => ({
      geometry: multiPolygon(polygons),
      community: code,
    }))
    const { fabric: redone, owner, overlaps, gaps } = fabricFromPolygons(features)
    expect({ overlaps, gaps, faults: check(redone) }).toEqual({ overlaps: [], gaps: [], faults: [] })
    const again = dissolve(redone, owner)
    const codes = [...shapes.keys()]
    for (const [index, polygons] of again)
      expect(area2(polygons)).toBe(area2(shapes.get(codes[index] ?? '') ?? []))
    const beside = neighbours(fabric, plan)
    for (const [index, others] of neighbours(redone, owner)) {
      expect(new Set([...others].map((other) => codes[other]))).toEqual(beside.get(codes[index] ?? ''))
    }
  })

  test('a cut across the town keeps the tiling, the labels and everything not cut', () => {
    const rng = random(9)
    for (let round = 0; round < 4; round++) {
      const spot = (): Lattice => toLattice([rng.between(119.89, 119.97), rng.between(32.43, 32.49)])
      const { fabric: cutFabric, pieces } = cut(fabric, [{ points: [spot(), spot(), spot()], kind: 'field' }])
      expect(check(cutFabric)).toEqual([])
      const before = new Map(fabric.atoms.map((atom) => [atom.id, atom]))
      const labels = new Map(plan)
      for (const [parent, ids] of pieces) {
        expect(ids[0]).toBe(parent)
        for (const id of ids) labels.set(id, plan.get(parent) ?? '')
      }
      for (const atom of cutFabric.atoms) if (before.has(atom.id)) expect(atom).toEqual(before.get(atom.id))
      expect(checkPlan(cutFabric, labels)).toEqual([])
      const after = dissolve(cutFabric, labels)
      expect([...after.values()].reduce((sum, shape) => sum + area2(shape), 0n)).toBe(area2(whole))
    }
  })
})

describe('the ground', () => {
  test('is drawn with roads and canals that lie on borders to the coordinate', () => {
    const vertices = new Set(fabric.arcs.flatMap(({ points }) => points.map(String)))
    const named = demo.basemap.filter(
      ({ layer, class: rank, name }) => layer === 'road' && rank !== 'lane' && name,
    )
    expect(named.length).toBeGreaterThan(40)
    for (const { geometry, name } of named) {
      if (geometry.type !== 'LineString') continue
      for (const p of geometry.coordinates) expect(vertices.has(String(toLattice(p))), name ?? '').toBe(true)
    }
  })

  test('is of about 700 atoms without slivers', () => {
    expect(fabric.atoms.length).toBeGreaterThan(600)
    expect(fabric.atoms.length).toBeLessThan(820)
    for (const { id, kind } of fabric.atoms) {
      const shape = atomShapes.get(id)?.[0] ?? []
      const size = areaM2(shape)
      expect(shape.length, `atom ${id} has a hole`).toBe(1)
      expect(size, `atom ${id}`).toBeGreaterThan(3000)
      expect(roundness(shape[0] ?? [], size), `atom ${id} ${kind}`).toBeGreaterThan(
        kind === 'water' ? 0.07 : 0.2,
      )
    }
  })

  test('carries about 6,000 houses, each in its atom, with an address of its own', () => {
    expect(buildings.length).toBeGreaterThan(5500)
    expect(buildings.length).toBeLessThan(6800)
    expect(new Set(buildings.map(({ address }) => address)).size).toBe(buildings.length)
    for (const { ring, atom, id } of buildings) {
      const outer = atomShapes.get(atom)?.[0]?.[0] ?? []
      for (const corner of ring)
        expect(pointInRing(toLattice(corner), outer), `building ${id}`).toBe('inside')
    }
  })

  test('has about 27,000 households, 300 to 500 in each urban grid', () => {
    const load = new Map<string, number>()
    for (const { households, atom } of buildings) {
      const code = plan.get(atom) ?? ''
      load.set(code, (load.get(code) ?? 0) + households)
    }
    expect([...load.values()].reduce((sum, n) => sum + n, 0)).toBe(27046)
    for (const { code, kind } of grids) {
      const [least, most] = kind === 'rural-comprehensive' ? [100, 600] : [300, 500]
      expect(load.get(code) ?? 0, code).toBeGreaterThanOrEqual(least)
      expect(load.get(code) ?? 0, code).toBeLessThanOrEqual(most)
    }
  })
})

function roundness(ring: readonly (readonly [number, number])[], size: number): number {
  let around = 0
  ring.slice(1).forEach(([x, y], i) => {
    const [px, py] = ring[i] ?? [x, y]
    around += Math.hypot((x - px) * 0.0094, (y - py) * 0.01109)
  })
  return (4 * Math.PI * size) / around ** 2
}
