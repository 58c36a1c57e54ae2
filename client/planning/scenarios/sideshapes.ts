import type { Position } from '#geo/geojson'
import type { Lattice } from '#geo/fabric'
import { toPosition } from '#geo/lattice'
import type { Draft, GridKey } from '#geo/plan/draft'
import { borderLines, polygonsOfGrid } from '#geo/plan/shapes'
import { openDrawn } from '../drawn.ts'
import type { Side } from '../session.ts'

/** What of one side of a comparison is drawn. */
export interface SideShapes {
  readonly grids: readonly {
    readonly key: GridKey
    readonly name: string
    readonly nameEn: string
    readonly polygons: readonly (readonly (readonly Position[])[])[]
    readonly middle: readonly [lng: number, lat: number] | null
  }[]
  readonly lines: readonly (readonly Position[])[]
}

const known = new WeakMap<Draft, SideShapes>()

/** Of a side that nobody changes any more. */
export function shapesOf(side: Side): SideShapes {
  const made = known.get(side.draft) ?? shapesNow(side)
  known.set(side.draft, made)
  return made
}

export function shapesNow(side: Side): SideShapes {
  const { draft } = side
  const drawn = openDrawn(side, side)
  return {
    grids: [...draft.grids.values()].map(({ key, name, nameEn }) => ({
      key,
      name,
      nameEn,
      polygons: polygonsOfGrid(draft, key).map((rings) => rings.map(positions)),
      middle: drawn.middle(key),
    })),
    lines: borderLines(draft).map(({ points }) => positions(points)),
  }
}

const positions = (line: readonly Lattice[]): readonly Position[] => line.map(toPosition)

/** Borders that the other side has and this one has not, piece by piece. */
export function linesOnlyIn(other: SideShapes, here: SideShapes): readonly (readonly Position[])[] {
  const common = new Set(here.lines.flatMap(segments))
  const found: Position[][] = []
  for (const line of other.lines) {
    let piece: Position[] = []
    line.forEach((to, i) => {
      const from = line[i - 1]
      if (!from) return
      if (common.has(segment(from, to))) {
        if (piece.length > 1) found.push(piece)
        piece = []
        return
      }
      if (piece.length === 0) piece.push(from)
      piece.push(to)
    })
    if (piece.length > 1) found.push(piece)
  }
  return found
}

const segments = (line: readonly Position[]): readonly string[] =>
  line.slice(1).map((to, i) => segment(line[i] ?? to, to))

/** The same in both directions. */
function segment(a: Position, b: Position): string {
  const [from, to] = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? [a, b] : [b, a]
  return `${from.join()} ${to.join()}`
}
