import type { Pixels } from './scene.ts'

/** Signed distance in CSS px from the middle of an icon; negative inside. */
export type Shape = (x: number, y: number) => number

export const circle =
  (radius: number): Shape =>
  (x, y) =>
    Math.hypot(x, y) - radius

/** Beyond this an icon's outline has no say, so that the exact distance is not worth its cost. */
const FAR_PX = 4

/** `round` grows the polygon by that radius. */
export function polygon(corners: readonly (readonly [x: number, y: number])[], round = 0): Shape {
  const extent = Math.max(...corners.map(([x, y]) => Math.hypot(x, y)))
  return (x, y) => {
    const beyond = Math.hypot(x, y) - extent
    if (beyond > FAR_PX) return beyond - round
    let nearest = Number.POSITIVE_INFINITY
    let inside = false
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length] ?? [ax, ay]
      const [ex, ey] = [bx - ax, by - ay]
      const along = Math.min(1, Math.max(0, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey)))
      nearest = Math.min(nearest, Math.hypot(x - ax - along * ex, y - ay - along * ey))
      if (ay > y !== by > y && x < ax + ((y - ay) * ex) / ey) inside = !inside
    })
    return (inside ? -nearest : nearest) - round
  }
}

export const shifted =
  (shape: Shape, dx: number, dy: number): Shape =>
  (x, y) =>
    shape(x - dx, y - dy)

export const union =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)))

/** What is painted where; later coats lie on top. */
export interface Coat {
  readonly shape: Shape
  readonly color: string | ((x: number, y: number) => string)
}

export const ICON_RATIO = 2

/** Draws without a canvas, so that icons are the same in every browser and testable without one. */
export function draw(sizePx: number, coats: readonly Coat[]): Pixels {
  const side = sizePx * ICON_RATIO
  const data = new Uint8ClampedArray(side * side * 4)
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const x = (column + 0.5) / ICON_RATIO - sizePx / 2
      const y = (row + 0.5) / ICON_RATIO - sizePx / 2
      data.set(mix(coats, x, y), (row * side + column) * 4)
    }
  }
  return { width: side, height: side, data }
}

function mix(coats: readonly Coat[], x: number, y: number): [number, number, number, number] {
  let [r, g, b, a] = [0, 0, 0, 0]
  for (const { shape, color } of coats) {
    const cover = Math.min(1, Math.max(0, 0.5 - shape(x, y) * ICON_RATIO))
    if (cover === 0) continue
    const [cr, cg, cb] = rgb(typeof color === 'string' ? color : color(x, y))
    r = cr * cover + r * (1 - cover)
    g = cg * cover + g * (1 - cover)
    b = cb * cover + b * (1 - cover)
    a = cover + a * (1 - cover)
  }
  return a === 0 ? [0, 0, 0, 0] : [r / a, g / a, b / a, a * 255]
}

/** Six-digit hex. */
export function rgb(hex: string): [red: number, green: number, blue: number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
