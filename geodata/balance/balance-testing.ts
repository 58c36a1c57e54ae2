import type { Lattice } from '../fabric.ts'
import { pointInRing } from '../lattice.ts'
import type { Draft } from '../plan/draft.ts'
import { polygonsOfAtom } from '../plan/shapes.ts'
import type { Sites } from '../plan/sites.ts'
import { graphOfUnits, type UnitGraph } from './graph.ts'

/** A square board of equal units; `districtOf` says where each belongs. */
export function board(side: number, districtOf: (column: number, row: number) => number): UnitGraph {
  const units = Array.from({ length: side * side }, (_, i) => ({
    hours: 1,
    households: 1,
    district: districtOf(i % side, Math.floor(i / side)),
  }))
  const pairs = units.flatMap((_, i): [number, number, number][] => [
    ...(i % side < side - 1 ? [[i, i + 1, 1] as [number, number, number]] : []),
    ...(i + side < units.length ? [[i, i + side, 1] as [number, number, number]] : []),
  ])
  return graphOfUnits(units, pairs)
}

/** Households in one of its houses. */
const IN_A_HOUSE = 15

/** The same sites and an estate of so many households: houses in rows on the ground of an atom. */
export function withEstate(draft: Draft, sites: Sites, atom: number, households: number): Sites {
  const places = rowsIn(draft, atom, Math.ceil(households / IN_A_HOUSE))
  const { buildings } = sites
  const first = Math.max(0, ...buildings.ids) + 1
  return {
    ...sites,
    buildings: {
      xs: [...buildings.xs, ...places.map(([x]) => x)],
      ys: [...buildings.ys, ...places.map(([, y]) => y)],
      ids: [...buildings.ids, ...places.map((_, i) => first + i)],
      households: [
        ...buildings.households,
        ...places.map((_, i) => Math.min(IN_A_HOUSE, households - i * IN_A_HOUSE)),
      ],
    },
  }
}

/** Places within the atom, in rows half as far apart as the houses of a row, as near as it takes to have so many. */
function rowsIn(draft: Draft, atom: number, count: number): readonly Lattice[] {
  const [outer = []] = polygonsOfAtom(draft, atom)[0] ?? []
  const xs = outer.map(([x]) => x)
  const ys = outer.map(([, y]) => y)
  for (let gap = 8000; gap > 100; gap *= 0.9) {
    const places: Lattice[] = []
    for (let y = Math.min(...ys) + gap / 4; y < Math.max(...ys); y += gap / 2)
      for (let x = Math.min(...xs) + gap / 2; x < Math.max(...xs); x += gap) {
        const place: Lattice = [Math.round(x), Math.round(y)]
        if (pointInRing(place, outer) === 'inside') places.push(place)
      }
    if (places.length >= count) return places.slice(0, count)
  }
  throw new RangeError('no room for the estate')
}
