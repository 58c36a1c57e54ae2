import type { Lattice } from '#geo/fabric'
import { sidesOf, type Draft, type GridKey } from '#geo/plan/draft'
import { arcsNear } from './hit.ts'
import { nearestOn, type Place } from './place.ts'
import { strokeTool } from './stroke.ts'
import { gridAt, type Host, type Tool } from './tool.ts'

/** Cuts a grid along a drawn line; the part on the right of it becomes a grid of its own. */
export function splitTool(host: Host): Tool {
  return strokeTool(host, {
    hover(place) {
      const grid = host.chosen() ?? gridAt(host, place)
      host.sketch({ grids: grid === null ? [] : [grid] })
    },
    finish(line, place) {
      const grid = crossesChosen(host, line) ? host.chosen() : gridOfMiddle(host, line)
      if (grid === null) return
      host.perform([{ kind: 'split', grid, line, ...host.newName(grid) }], place)
    },
  })
}

/** Gives the shared border of two grids the way of a drawn line. */
export function reshapeTool(host: Host): Tool {
  return strokeTool(host, {
    between: (from, to, place) => (isSnapping(host, place) ? host.trace(from, to) : [from, to]),
    hover(place) {
      const now = host.now()
      host.sketch({ grids: now ? (pairNear(now.draft, place, null) ?? []) : [] })
    },
    finish(line, place) {
      const now = host.now()
      const pair = now && pairAlong(now.draft, line, place, host.chosen())
      if (pair) host.perform([{ kind: 'reshape', grids: pair, line }], place)
    },
  })
}

const isSnapping = (host: Host, { alt }: Place): boolean => alt !== (host.options().snap === 'roads')

/** Whether a corner of the line, or the middle between two, lies in the chosen grid. */
function crossesChosen(host: Host, line: readonly Lattice[]): boolean {
  const [now, chosen] = [host.now(), host.chosen()]
  if (!now || chosen === null) return false
  return line.some(([x, y], i) => {
    const [px, py] = line[i - 1] ?? [x, y]
    const middle: Lattice = [Math.round((x + px) / 2), Math.round((y + py) / 2)]
    return [[x, y] as const, middle].some((at) => now.draft.labels.get(now.meter.atomAt(at)) === chosen)
  })
}

/** The grid that holds the middle of the line. */
function gridOfMiddle(host: Host, line: readonly Lattice[]): GridKey | null {
  const now = host.now()
  const [a, b] = [line[Math.floor((line.length - 1) / 2)], line[Math.ceil((line.length - 1) / 2)]]
  if (!now || !a || !b) return null
  const atom = now.meter.atomAt([Math.round((a[0] + b[0]) / 2), Math.round((a[1] + b[1]) / 2)])
  return now.draft.labels.get(atom) ?? null
}

type Pair = readonly [GridKey, GridKey]

/** The two grids whose border the line begins and ends at; where its ends disagree, the ones that it ends at count less. */
function pairAlong(
  draft: Draft,
  line: readonly Lattice[],
  place: Place,
  chosen: GridKey | null,
): Pair | null {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last) return null
  const start = pairNear(draft, { ...place, at: first }, chosen)
  return start ?? pairNear(draft, { ...place, at: last }, chosen)
}

const REACH_PX = 40

/** The two grids of the nearest border between grids; of the chosen one first. */
function pairNear(draft: Draft, place: Place, chosen: GridKey | null): Pair | null {
  let [best, nearest]: [Pair | null, number] = [null, REACH_PX]
  for (const arc of arcsNear(draft, place, REACH_PX)) {
    const [left, right] = sidesOf(draft, arc)
    if (left === right || left === 0 || right === 0) continue
    const isOwn = chosen === null || left === chosen || right === chosen
    for (let i = 1; i < arc.points.length; i++) {
      const [a, b] = [arc.points[i - 1], arc.points[i]]
      if (!a || !b) continue
      const px = nearestOn(place.at, a, b, place.scale).px + (isOwn ? 0 : REACH_PX / 2)
      if (px < nearest) [best, nearest] = [[left, right], px]
    }
  }
  return best
}
