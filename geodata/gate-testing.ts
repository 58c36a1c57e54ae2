import type { Lattice } from './fabric.ts'
import type { Position } from './geojson.ts'

/** A made-up partition for tests: columns × rows of grids, their borders bent, every border the same from both sides. */
export interface Partition {
  readonly columns: number
  readonly rows: number
  /** Edges in one side of a grid. */
  readonly bends: number
  readonly seed: number
}

export interface TestFeature {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: { type: 'Polygon'; coordinates: Position[][] }
}

export interface TestCollection {
  type: 'FeatureCollection'
  features: TestFeature[]
}

/** About 190 m east-west and 220 m north-south. */
const STEP = 20_000
const ORIGIN: Lattice = [1_199_000_000, 324_000_000]

export function partition({ columns, rows, bends, seed }: Partition): TestCollection {
  const random = mulberry(seed)
  const jitter = (size: number): number => Math.round((random() - 0.5) * size)
  const corners = new Map<string, Lattice>()
  const corner = (i: number, j: number): Lattice =>
    once(corners, `${i} ${j}`, () => [
      ORIGIN[0] + i * STEP + jitter(STEP * 0.3),
      ORIGIN[1] + j * STEP + jitter(STEP * 0.3),
    ])
  const sides = new Map<string, readonly Lattice[]>()
  const side = (i: number, j: number, k: number, l: number): readonly Lattice[] =>
    once(sides, `${i} ${j} ${k} ${l}`, () => {
      const [a, b] = [corner(i, j), corner(k, l)]
      return Array.from({ length: bends + 1 }, (_, n): Lattice => {
        if (n === 0) return a
        if (n === bends) return b
        const bend = (STEP / bends) * 0.4
        return [
          Math.round(a[0] + ((b[0] - a[0]) * n) / bends) + jitter(bend),
          Math.round(a[1] + ((b[1] - a[1]) * n) / bends) + jitter(bend),
        ]
      })
    })
  const features = Array.from({ length: columns * rows }, (_, n) => {
    const [i, j] = [n % columns, Math.floor(n / columns)]
    const ring = [
      ...side(i, j, i + 1, j).slice(0, -1),
      ...side(i + 1, j, i + 1, j + 1).slice(0, -1),
      ...side(i, j + 1, i + 1, j + 1)
        .toReversed()
        .slice(0, -1),
      ...side(i, j, i, j + 1).toReversed(),
    ]
    return feature(
      codeOf(n),
      ring.map(([x, y]): Position => [x / 1e7, y / 1e7]),
    )
  })
  return { type: 'FeatureCollection', features }
}

export function codeOf(n: number): string {
  return `321299001001${String(n + 1).padStart(3, '0')}`
}

export function feature(code: string, ring: Position[]): TestFeature {
  return { type: 'Feature', properties: { code }, geometry: { type: 'Polygon', coordinates: [ring] } }
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  known.set(key, made)
  return made
}

/** A small seeded generator (mulberry32, public domain). */
export function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
