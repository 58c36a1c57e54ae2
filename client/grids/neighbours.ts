import type { GridFeature } from '#contract/grids'
import type { Position } from '#geo/geojson'

export type Direction = 'north' | 'east' | 'south' | 'west'

const HEADING: Record<Direction, Position> = { north: [0, 1], east: [1, 0], south: [0, -1], west: [-1, 0] }
/** Neighbours more than this far off the direction are not meant. */
const WIDEST_COS = Math.cos((65 * Math.PI) / 180)

/** The grid that an arrow key means: among those that touch `id`, the one whose label lies most nearly that way. */
export function neighbourTowards(
  grids: readonly GridFeature[],
  id: number,
  direction: Direction,
): number | null {
  const here = grids.find((grid) => grid.id === id)
  if (!here) return null
  const own = new Set(corners(here))
  const ahead = grids
    .filter((grid) => grid.id !== id && corners(grid).some((corner) => own.has(corner)))
    .map((grid) => ({ id: grid.id, cos: cosine(here, grid, HEADING[direction]) }))
    .filter(({ cos }) => cos > WIDEST_COS)
    .toSorted((a, b) => b.cos - a.cos)
  return ahead[0]?.id ?? null
}

function corners(grid: GridFeature): string[] {
  return grid.geometry.coordinates.flat(2).map(String)
}

function cosine(from: GridFeature, to: GridFeature, [hx, hy]: Position): number {
  const [x0 = 0, y0 = 0] = from.properties.label
  const [x1 = 0, y1 = 0] = to.properties.label
  const dx = (x1 - x0) * Math.cos((y0 * Math.PI) / 180)
  const dy = y1 - y0
  return (dx * hx + dy * hy) / (Math.hypot(dx, dy) || 1)
}
