import {
  at,
  centroid,
  distance,
  extended,
  length,
  mix,
  offset,
  pairs,
  resampled,
  simplified,
  smooth,
  type Point,
} from './plane.ts'
import { lineOf, runs, type Site } from './site.ts'

/** What is drawn in a park: paths, and at times a pond. */
export interface Garden {
  readonly paths: readonly (readonly Point[])[]
  readonly pond: readonly Point[] | null
}

/** A round walk about a pond, with ways in from the middle of the longer sides. */
export function garden({ face }: Site): Garden {
  const middle = centroid(face.ring)
  const corners = simplified(face.ring, 14)
  const walk = rounded(corners.map((p) => mix(middle, p, 0.58)))
  const gates = pairs(corners)
    .filter(([a, b]) => distance(a, b) > 90)
    .map(([a, b]) => mix(a, b, 0.5))
  const ways = gates.map((gate) => [gate, nearest(walk, gate)])
  const pond = rounded(corners.map((p, i) => mix(middle, p, i % 2 === 0 ? 0.34 : 0.26)))
  return { paths: [walk, ...ways], pond }
}

/** A walk along the water, out to the ends of the park. */
export function promenade(site: Site): Garden {
  const banks = runs(site)
    .filter((run) => at(run, 0).border === 'river')
    .map(lineOf)
    .filter((line) => length(line) > 80)
  const paths = banks.map((bank) =>
    smooth(
      resampled(
        offset(resampled(extended(bank, 4), 30), () => 13),
        45,
      ),
      15,
    ),
  )
  return { paths: paths.filter((path) => length(path) > 60), pond: null }
}

function nearest(line: readonly Point[], to: Point): Point {
  return at(
    line.toSorted((p, q) => distance(p, to) - distance(q, to)),
    0,
  )
}

function rounded(ring: readonly Point[]): readonly Point[] {
  const knots = pairs(ring).flatMap(([a, b]) => [mix(a, b, 0.22), mix(a, b, 0.78)])
  return smooth([...knots, at(knots, 0)], 14)
}
