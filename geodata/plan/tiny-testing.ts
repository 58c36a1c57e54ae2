import { array, integer, record, tuple, type Arbitrary } from 'fast-check'
import { cut } from '../cut.ts'
import type { Fabric, Lattice } from '../fabric.ts'
import { toPosition } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'

/** Everything touches everything on a lattice of 40 units: what happens once in a million edits there happens in each. */
const SIDE = 40

const ground = fabricFromPolygons([
  {
    geometry: {
      type: 'Polygon',
      coordinates: [
        (
          [
            [0, 0],
            [SIDE, 0],
            [SIDE, SIDE],
            [0, SIDE],
            [0, 0],
          ] as const
        ).map(toPosition),
      ],
    },
    community: 'C',
  },
]).fabric

export const point = (): Arbitrary<Lattice> =>
  tuple(integer({ min: 0, max: SIDE }), integer({ min: 0, max: SIDE }))

/** Random cuts: crooked ones across, and islands. */
export const fabrics = (): Arbitrary<Fabric> =>
  array(
    record({ way: array(point(), { minLength: 2, maxLength: 6 }), closed: integer({ min: 0, max: 1 }) }),
    { minLength: 2, maxLength: 5 },
  ).map((ways) => {
    try {
      return cut(
        ground,
        ways.map(({ way, closed }) => ({
          points: closed === 1 ? [...way, way[0] ?? [0, 0]] : way,
          kind: 'lane' as const,
        })),
      ).fabric
    } catch {
      return ground
    }
  })
