/** A town that does not exist, for the paper behind the sign-in page: grids with surveyed-looking borders, a river, roads. */

export interface Motif {
  readonly width: number
  readonly height: number
  readonly grids: readonly { readonly path: string; readonly shade: 0 | 1 | 2 }[]
  readonly river: string
  readonly roads: readonly string[]
}

type Point = readonly [x: number, y: number]

const WIDTH = 1920
const HEIGHT = 1200
const CELL = 120
const COLUMNS = WIDTH / CELL + 2
const ROWS = HEIGHT / CELL + 2

/** Repeatable, so that the paper is the same each time. */
function noise(x: number, y: number, z: number): number {
  let h = Math.imul(x + 101, 0x27d4eb2d) ^ Math.imul(y + 57, 0x165667b1) ^ Math.imul(z + 13, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 0xffffffff - 0.5
}

function corner(column: number, row: number): Point {
  const slant = (row - ROWS / 2) * 14
  return [
    (column - 1) * CELL + slant + noise(column, row, 1) * CELL * 0.62,
    (row - 1) * CELL + (column - COLUMNS / 2) * 9 + noise(column, row, 2) * CELL * 0.62,
  ]
}

/** A border between two corners, broken a little; both grids beside it get the same one. */
function border(a: Point, b: Point, seed: number): Point[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  return [0, 1, 2].map((k) => {
    const at = (k + 1) / 4
    const off = noise(seed, k, 3) * 0.16
    return [a[0] + dx * at - dy * off, a[1] + dy * at + dx * off] as const
  })
}

function along(column: number, row: number, way: 'right' | 'down'): Point[] {
  const [from, to] =
    way === 'right'
      ? [corner(column, row), corner(column + 1, row)]
      : [corner(column, row), corner(column, row + 1)]
  return border(from, to, column * 400 + row * 4 + (way === 'right' ? 0 : 1))
}

function cell(column: number, row: number): Point[] {
  return [
    corner(column, row),
    ...along(column, row, 'right'),
    corner(column + 1, row),
    ...along(column + 1, row, 'down'),
    corner(column + 1, row + 1),
    ...along(column, row + 1, 'right').toReversed(),
    corner(column, row + 1),
    ...along(column, row, 'down').toReversed(),
  ]
}

const pathOf = (points: readonly Point[]) =>
  points.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${x.toFixed(0)} ${y.toFixed(0)}`).join('')

/** The grids' kinds lie in broad quarters, as in a real place: town in the middle, villages around. */
function shadeOf(column: number, row: number): 0 | 1 | 2 {
  const away = Math.hypot(column / COLUMNS - 0.46, (row / ROWS - 0.5) * 0.8) + noise(column, row, 5) * 0.14
  if (away < 0.2) return 0
  return away < 0.34 ? 1 : 2
}

function shore(offset: number): Point[] {
  return Array.from({ length: 33 }, (_, k) => {
    const x = -40 + (k * (WIDTH + 80)) / 32
    const y = HEIGHT * 0.66 + Math.sin(k / 4.1) * 96 + Math.sin(k / 1.9 + 2) * 26 - k * 9
    return [x, y + offset + noise(k, 0, 7) * 12] as const
  })
}

function road(column: number, row: number, way: 'right' | 'down', length: number): string {
  const points = Array.from({ length }, (_, k) => {
    const [c, r] = way === 'right' ? [column + k, row] : [column, row + k]
    return [corner(c, r), ...along(c, r, way)]
  }).flat()
  return pathOf(points)
}

export const MOTIF: Motif = {
  width: WIDTH,
  height: HEIGHT,
  grids: Array.from({ length: COLUMNS * ROWS }, (_, k) => {
    const [column, row] = [k % COLUMNS, Math.floor(k / COLUMNS)]
    return { path: `${pathOf(cell(column, row))}Z`, shade: shadeOf(column, row) }
  }),
  river: `${pathOf([...shore(0), ...shore(58).toReversed()])}Z`,
  roads: [
    road(0, 4, 'right', COLUMNS),
    road(0, 8, 'right', COLUMNS),
    road(6, 0, 'down', ROWS),
    road(12, 0, 'down', ROWS),
  ],
}
