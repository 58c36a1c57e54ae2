import { area, booleanPointInPolygon, multiPolygon as turfPolygon, point } from '@turf/turf'
import { expect, test } from 'vitest'
import { random } from './demo/random.ts'
import { readDemo } from './demo/read.ts'
import { toLattice } from './lattice.ts'
import { areaM2 } from './metres.ts'
import { dissolve, locate, multiPolygon } from './topology.ts'

/** A second opinion by a library that knows nothing of the fabric. */
const demo = readDemo()
const dissolved = dissolve(demo.fabric, demo.plan)
const polygons = new Map(
  [...dissolved].map(([code, parts]) => [
    code,
    turfPolygon(multiPolygon(parts).coordinates.map((rings) => rings.map((ring) => ring.map((p) => [...p])))),
  ]),
)

test('turf finds the same grid for random points, or none for those outside', () => {
  const rng = random(20261123)
  for (let i = 0; i < 1000; i++) {
    const spot: [number, number] = [rng.between(119.87, 119.99), rng.between(32.41, 32.51)]
    const ours = new Set(locate(demo.fabric, toLattice(spot)).map((atom) => demo.plan.get(atom)))
    if (ours.size > 1) continue // on a border, where turf's rounding decides
    const theirs = [...polygons]
      .filter(([, polygon]) => booleanPointInPolygon(point(spot), polygon))
      .map(([code]) => code)
    expect(theirs).toEqual([...ours])
  }
})

test('turf measures the same areas, to the half per cent by which a sphere differs from the ellipsoid', () => {
  for (const [code, parts] of dissolved) {
    const polygon = polygons.get(code)
    if (polygon === undefined) throw new Error(code)
    const ours = parts.reduce((sum, part) => sum + areaM2(part), 0)
    expect(Math.abs(area(polygon) / ours - 1)).toBeLessThan(0.005)
  }
})
