import type { DemoGrid } from './demo.ts'
import { toPosition } from '../lattice.ts'
import type { Face } from './land.ts'
import { numeral, person } from './names.ts'
import { at, centroid, contains, distance, lattice, type Point } from './plane.ts'
import { random } from './random.ts'
import type { Seat } from './seats.ts'

/** A grid before it is manned. */
export interface Plot {
  readonly seat: Seat
  readonly faces: readonly Face[]
  readonly households: number
}

const FULL_TIME = 15
const ACCEPTED = 54

/** Numbers, names and mans the grids. The urban grids with most households have the full-time workers. */
export function manned(plots: readonly Plot[]): readonly { readonly plot: Plot; readonly grid: DemoGrid }[] {
  const rng = random(7)
  const names = new Set<string>()
  const nextName = (): string => {
    for (;;) {
      const name = person(rng.pick, rng.next() < 0.25 ? 'short' : 'long')
      if (!names.has(name)) {
        names.add(name)
        return name
      }
    }
  }
  const urban = plots
    .filter(({ seat }) => seat.area === 'urban')
    .toSorted((a, b) => b.households - a.households)
  const fullTime = new Set(urban.slice(0, FULL_TIME))
  const accepted = new Set(random(72).shuffled(plots).slice(0, ACCEPTED))
  const numbered = Map.groupBy(plots, ({ seat }) => seat.code)
  return [...numbered.values()].flatMap((own) =>
    inOrder(own).map((plot, i) => {
      const { seat } = plot
      const name = `${seat.name}第${numeral(i + 1)}网格`
      const full = fullTime.has(plot)
      const kind =
        seat.area === 'rural' ? 'rural-comprehensive' : full ? 'urban-full-time' : 'urban-comprehensive'
      const grid: DemoGrid = {
        code: `${seat.code}${String(i + 1).padStart(3, '0')}`,
        name,
        nameEn: `${seat.nameEn} Grid ${i + 1}`,
        kind,
        community: seat.code,
        worker: { name: nextName(), fullTime: full },
        station: { name: `${name}服务站`, position: toPosition(lattice(stationOf(plot))) },
        accepted: accepted.has(plot),
      }
      return { plot, grid }
    }),
  )
}

/** West to east within rows, rows from north to south; a row is about half as high as the community's grids are apart. */
function inOrder(plots: readonly Plot[]): readonly Plot[] {
  const spots = plots.map((plot) => ({ plot, middle: middleOf(plot) }))
  const ys = spots.map(({ middle }) => middle[1])
  const rows = Math.max(1, Math.round(Math.sqrt(plots.length)))
  const high = (Math.max(...ys) - Math.min(...ys)) / rows + 1
  const row = ([, y]: Point): number => Math.floor((Math.max(...ys) - y) / high)
  return spots
    .toSorted((a, b) => row(a.middle) - row(b.middle) || a.middle[0] - b.middle[0])
    .map(({ plot }) => plot)
}

function middleOf({ faces }: Plot): Point {
  const total = faces.reduce((sum, face) => sum + face.area, 0)
  return faces.reduce<Point>(
    (sum, face) => {
      const [x, y] = centroid(face.ring)
      return [sum[0] + (x * face.area) / total, sum[1] + (y * face.area) / total]
    },
    [0, 0],
  )
}

/** In the settled atom nearest to the grid's middle. */
function stationOf(plot: Plot): Point {
  const middle = middleOf(plot)
  const settled = plot.faces.filter(
    (face) => face.kind !== 'water' && contains(face.ring, centroid(face.ring)),
  )
  const homes = settled.filter((face) => face.kind !== 'field')
  const ranked = (homes.length > 0 ? homes : settled).map((face) => centroid(face.ring))
  return at(
    ranked.toSorted((a, b) => distance(a, middle) - distance(b, middle)),
    0,
  )
}
