import { toPosition, type LatticePolygon } from '#geo/lattice'
import { metresPerDegree } from '#geo/metres'
import type { Draft, GridKey } from '#geo/plan/draft'
import { polygonsOfGrid } from '#geo/plan/shapes'

export interface Outline {
  /** In metres from the north-west corner, y down. */
  readonly width: number
  readonly height: number
  /** SVG path of the grid, and of those around it. */
  readonly own: string
  readonly others: readonly { readonly key: GridKey; readonly path: string }[]
}

const MARGIN = 0.08

/** The map of one grid for paper, to scale, north up. */
export function outlineOf(draft: Draft, key: GridKey, around: readonly GridKey[]): Outline {
  const own = polygonsOfGrid(draft, key)
  const points = own.flat(2).map(toPosition)
  const [west, east] = [Math.min(...points.map(([lng]) => lng)), Math.max(...points.map(([lng]) => lng))]
  const [south, north] = [
    Math.min(...points.map(([, lat]) => lat)),
    Math.max(...points.map(([, lat]) => lat)),
  ]
  const [mx, my] = metresPerDegree((south + north) / 2)
  const edge = MARGIN * Math.max((east - west) * mx, (north - south) * my)
  const place = (polygons: readonly LatticePolygon[]): string =>
    polygons
      .flat()
      .map((ring) => {
        const steps = ring.map((point) => {
          const [lng, lat] = toPosition(point)
          return `${((lng - west) * mx + edge).toFixed(1)} ${((north - lat) * my + edge).toFixed(1)}`
        })
        return `M${steps.join('L')}Z`
      })
      .join('')
  return {
    width: (east - west) * mx + 2 * edge,
    height: (north - south) * my + 2 * edge,
    own: place(own),
    others: around.map((other) => ({ key: other, path: place(polygonsOfGrid(draft, other)) })),
  }
}
