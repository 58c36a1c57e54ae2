import type { Drawn, Face } from './land.ts'
import { at, distance, minus, mix, pairs, wedge, type Point } from './plane.ts'
import type { House } from './site.ts'

/** Where an atom's houses get their numbers from when they do not stand on a street. */
export interface Quarter {
  readonly name: string
  /** 幢 for estates, 号 for villages, offices and works. */
  readonly unit: '幢' | '号'
}

/** One address for each house, none twice. */
export function addresses(
  houses: readonly House[],
  faces: ReadonlyMap<number, Face>,
  quarters: ReadonlyMap<number, Quarter>,
): readonly string[] {
  const result: string[] = houses.map(() => '')
  const indices = houses.map((_, i) => i)
  const streets = Map.groupBy(indices, (i) => (at(houses, i).road?.name ? at(houses, i).road : null))
  for (const [road, group] of streets) if (road) number(road, group, houses, result)

  const inside = Map.groupBy(
    indices.filter((i) => result[i] === ''),
    (i) => quarters.get(at(houses, i).atom)?.name ?? '',
  )
  for (const [name, group] of inside) {
    const unit = quarters.get(at(houses, at(group, 0)).atom)?.unit ?? '号'
    // Numbers run in rows from the north, each row from the west, as they are given on the plain.
    const ordered = group.toSorted((a, b) => rank(at(houses, a), faces) - rank(at(houses, b), faces) || a - b)
    ordered.forEach((i, k) => (result[i] = `${name}${k + 1}${unit}`))
  }
  return result
}

function rank(house: House, faces: ReadonlyMap<number, Face>): number {
  const [x, y] = at(house.ring, 0)
  const base = faces.get(house.atom)?.ring[0] ?? [0, 0]
  return -Math.round((y - base[1]) / 25) * 1e5 + (x - base[0])
}

/** Odd numbers on the left, even on the right, as far along as the house stands. */
function number(road: Drawn, group: readonly number[], houses: readonly House[], result: string[]): void {
  const stations = group.map((i) => ({ i, ...station(road.points, at(at(houses, i).ring, 0)) }))
  for (const side of ['left', 'right'] as const) {
    const ordered = stations.filter((s) => s.side === side).toSorted((a, b) => a.far - b.far || a.i - b.i)
    ordered.forEach(({ i }, k) => (result[i] = `${road.name ?? ''}${2 * k + (side === 'left' ? 1 : 2)}号`))
  }
}

function station(
  line: readonly Point[],
  p: Point,
): { readonly far: number; readonly side: 'left' | 'right' } {
  let best = { far: 0, off: Infinity, side: 'left' as 'left' | 'right' }
  let gone = 0
  for (const [a, b] of pairs(line)) {
    const middle = mix(a, b, 0.5)
    const off = distance(middle, p)
    const step = distance(a, b)
    if (off < best.off)
      best = { far: gone + step / 2, off, side: wedge(minus(b, a), minus(p, a)) > 0 ? 'left' : 'right' }
    gone += step
  }
  return best
}
