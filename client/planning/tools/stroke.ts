import type { Lattice } from '#geo/fabric'
import { pixelsBetween, simplified, type Place } from './place.ts'
import { toolOf, type Host, type Tool } from './tool.ts'

/** Closer than this a press is a click: a corner of the line rather than a stroke. */
const STROKE_PX = 12
/** How much a drawn stroke may be straightened, in px. */
const SLACK_PX = 2.5

export interface Stroke {
  /** What a finished line does. */
  readonly finish: (line: readonly Lattice[], place: Place) => void
  /** The way from one corner to the next, where it is not straight. */
  readonly between?: (from: Lattice, to: Lattice, place: Place) => readonly Lattice[]
  readonly hover?: (place: Place) => void
}

/** Draws a line: in one stroke, or corner by corner, ended by a double click or Enter. */
export function strokeTool(host: Host, { finish, between, hover }: Stroke): Tool {
  /** Corners so far; empty where no line is begun. */
  let corners: Lattice[] = []
  let stroke: Lattice[] = []
  let start: Place | null = null
  let last: Place | null = null

  function way(): readonly Lattice[] {
    const [first, ...rest] = corners
    if (!first || !between || !last) return corners
    const found: Lattice[] = []
    let from = first
    for (const corner of rest) {
      found.push(...between(from, corner, last).slice(found.length === 0 ? 0 : 1))
      from = corner
    }
    return found.length === 0 ? corners : found
  }

  function show(tip: Lattice | null): void {
    const drawn = way()
    const from = corners.at(-1)
    const ahead = tip && from && last && between ? between(from, tip, last) : tip ? [tip] : []
    host.sketch({ line: corners.length === 0 ? stroke : [...drawn, ...ahead], shape: 'line' })
  }

  function forget(): void {
    corners = []
    stroke = []
    start = null
    host.sketch({ line: [], grids: [] })
  }

  function end(place: Place): void {
    const line = way()
    forget()
    if (line.length > 1) finish(line, place)
  }

  return toolOf({
    cursor: 'crosshair',
    down(place) {
      start = place
      last = place
      stroke = [place.at]
      return 'take'
    },
    move(place, press) {
      last = place
      hover?.(place)
      if (press === 'free') return corners.length > 0 ? show(place.at) : undefined
      if (!start || corners.length > 0) return show(place.at)
      const tail = stroke.at(-1) ?? place.at
      if (pixelsBetween(tail, place.at, place.scale) > 2) stroke.push(place.at)
      show(null)
    },
    up(place) {
      if (!start) return
      const isStroke = pixelsBetween(start.at, place.at, place.scale) > STROKE_PX && corners.length === 0
      start = null
      if (isStroke) {
        corners = [...simplified([...stroke, place.at], SLACK_PX, place.scale)]
        return end(place)
      }
      const tail = corners.at(-1)
      // The second press of a double click stands where the first did.
      if (!tail || pixelsBetween(tail, place.at, place.scale) > 3) corners.push(place.at)
      stroke = []
      show(place.at)
    },
    double: end,
    long: () => undefined,
    cancel: forget,
    key(key) {
      if (key === 'Enter' && corners.length > 1 && last) {
        end(last)
        return true
      }
      if (key !== 'Backspace' || corners.length === 0) return false
      corners.pop()
      show(last?.at ?? null)
      return true
    },
  })
}
