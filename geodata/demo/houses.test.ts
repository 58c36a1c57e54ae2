import { expect, test } from 'vitest'
import { toLattice } from '../lattice.ts'
import { distance, metres, minus, pairs, toSegment, wedge, type Point } from './plane.ts'
import { readDemo } from './read.ts'

const demo = readDemo()
const houses = demo.buildings.map(({ id, atom, ring }) => ({
  id,
  atom,
  ring: ring.map((p) => metres(toLattice(p))),
}))
const inAtom = Map.groupBy(houses, ({ atom }) => atom)

/** Half the width, in metres, that README recommends to draw. */
const HALF = { trunk: 13, main: 9.5, street: 5.5, lane: 2.7, track: 1.8, canal: 9 } as const

const isDrawn = (name: string): name is keyof typeof HALF => name in HALF

const side = (p: Point, q: Point, r: Point): number => wedge(minus(q, p), minus(r, p))

const cell = ([x, y]: Point): string => `${Math.floor(x / 60)},${Math.floor(y / 60)}`

function meet([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

test('houses do not overlap', () => {
  const overlaps: string[] = []
  for (const group of inAtom.values()) {
    const sides = group.map(({ ring }) => pairs(ring))
    group.forEach((one, i) => {
      group.slice(0, i).forEach((other, k) => {
        const [p, q] = [one.ring[0], other.ring[0]]
        if (!p || !q || distance(p, q) > 200) return
        const hit = sides[i]?.some((s) => sides[k]?.some((t) => meet(s, t)))
        if (hit) overlaps.push(`${one.id} and ${other.id}`)
      })
    })
  }
  expect(overlaps).toEqual([])
})

test('houses stand neither on roads nor in canals', () => {
  const cells = new Map<string, (readonly [Point, Point, number])[]>()
  for (const { class: rank, geometry } of demo.basemap) {
    if (geometry.type !== 'LineString' || !isDrawn(rank)) continue
    for (const [a, b] of pairs(geometry.coordinates.map((p) => metres(toLattice(p))))) {
      const keys = new Set<string>()
      const steps = Math.ceil(distance(a, b) / 20)
      for (let i = 0; i <= steps; i++) {
        const [x, y] = [a[0] + ((b[0] - a[0]) * i) / steps, a[1] + ((b[1] - a[1]) * i) / steps]
        for (const dx of [-30, 0, 30]) for (const dy of [-30, 0, 30]) keys.add(cell([x + dx, y + dy]))
      }
      for (const key of keys) {
        const known = cells.get(key) ?? []
        known.push([a, b, HALF[rank]])
        cells.set(key, known)
      }
    }
  }
  const misplaced = houses.filter(({ ring }) =>
    ring.some((p) => cells.get(cell(p))?.some(([a, b, half]) => toSegment(p, a, b) < half)),
  )
  expect(misplaced.map(({ id }) => id)).toEqual([])
})
