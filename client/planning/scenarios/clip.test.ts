import { expect, test } from 'vitest'
import type { Position } from '#geo/geojson'
import { clipLine, clipRing, type Strip } from './clip.ts'

const SQUARE: readonly Position[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
]
/** There and back over the meridian 2. */
const ZIGZAG: readonly Position[] = [
  [0, 0],
  [4, 1],
  [4, 3],
  [0, 4],
]

const areaOf = (ring: readonly Position[]): number =>
  ring.slice(1).reduce((sum, [x, y], i) => {
    const [x0, y0] = ring[i] ?? [x, y]
    return sum + (x0 * y - x * y0) / 2
  }, 0)

test.each<[Strip, number]>([
  [{ side: 'all' }, 16],
  [{ side: 'west', lng: 1 }, 4],
  [{ side: 'east', lng: 1 }, 12],
  [{ side: 'west', lng: -1 }, 0],
  [{ side: 'west', lng: 9 }, 16],
  [{ side: 'east', lng: 4 }, 0],
])('of a square of 16, %o keeps %d', (strip, area) => {
  expect(areaOf(clipRing(SQUARE, strip))).toBe(area)
})

test.each<[Strip, readonly (readonly Position[])[]]>([
  [{ side: 'all' }, [ZIGZAG]],
  [
    { side: 'west', lng: 2 },
    [
      [
        [0, 0],
        [2, 0.5],
      ],
      [
        [2, 3.5],
        [0, 4],
      ],
    ],
  ],
  [
    { side: 'east', lng: 2 },
    [
      [
        [2, 0.5],
        [4, 1],
        [4, 3],
        [2, 3.5],
      ],
    ],
  ],
  [{ side: 'east', lng: 5 }, []],
])('of a line that goes there and back, %o keeps its pieces', (strip, pieces) => {
  expect(clipLine(ZIGZAG, strip)).toEqual(pieces)
})
