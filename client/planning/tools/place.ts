import { toLattice } from '#geo/lattice'
import type { Lattice } from '#geo/fabric'
import type { Touch } from '../../map/gesture.ts'

/** Where the pointer is on the lattice, and how large a pixel is there. */
export interface Place {
  readonly at: Lattice
  readonly px: readonly [x: number, y: number]
  /** Lattice units to a px, east and north. */
  readonly scale: readonly [x: number, y: number]
  readonly kind: 'mouse' | 'touch'
  readonly alt: boolean
}

export function placeOf({ position, at, pixel, kind, alt }: Touch): Place {
  return {
    at: toLattice(position),
    px: at,
    scale: [Math.max(1e-6, pixel[0] * 1e7), Math.max(1e-6, pixel[1] * 1e7)],
    kind,
    alt,
  }
}

/** How far a mouse or a finger reaches, in px. */
export const reachOf = ({ kind }: Pick<Place, 'kind'>): number => (kind === 'touch' ? 20 : 10)

export function pixelsBetween(a: Lattice, b: Lattice, [sx, sy]: Place['scale']): number {
  return Math.hypot((a[0] - b[0]) / sx, (a[1] - b[1]) / sy)
}

/** The point of a segment that is nearest on the screen, and its distance in px. */
export function nearestOn(
  at: Lattice,
  [x0, y0]: Lattice,
  [x1, y1]: Lattice,
  scale: Place['scale'],
): { readonly point: Lattice; readonly px: number } {
  const [sx, sy] = scale
  const [dx, dy] = [(x1 - x0) / sx, (y1 - y0) / sy]
  const [px, py] = [(at[0] - x0) / sx, (at[1] - y0) / sy]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length))
  const point: Lattice = [Math.round(x0 + share * (x1 - x0)), Math.round(y0 + share * (y1 - y0))]
  return { point, px: Math.hypot(px - share * dx, py - share * dy) }
}

/** Whether a point lies in a ring, which need not be closed. */
export function isInside([x, y]: Lattice, ring: readonly Lattice[]): boolean {
  let isIn = false
  ring.forEach(([x1, y1], i) => {
    const [x0, y0] = ring.at(i - 1) ?? [x1, y1]
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) isIn = !isIn
  })
  return isIn
}

/** The same way with fewer points: none of those left out was farther than `px` from it (Douglas–Peucker). */
export function simplified(line: readonly Lattice[], px: number, scale: Place['scale']): readonly Lattice[] {
  const [first, last] = [line[0], line.at(-1)]
  if (!first || !last || line.length < 3) return line
  let [worst, at] = [0, 0]
  line.forEach((point, i) => {
    const far = nearestOn(point, first, last, scale).px
    if (far > worst) [worst, at] = [far, i]
  })
  if (worst <= px) return [first, last]
  return [
    ...simplified(line.slice(0, at + 1), px, scale).slice(0, -1),
    ...simplified(line.slice(at), px, scale),
  ]
}
