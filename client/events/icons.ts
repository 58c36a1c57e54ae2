import type { Light } from '#contract/events'
import { paletteOf, type Palette } from '../map/palette.ts'
import type { Look, Pixels } from '../map/scene.ts'
import { circle, draw, polygon, shifted, union, type Coat, type Shape } from '../map/shapes.ts'

/** The lights of open events, worst first. */
export const URGENCY = ['red', 'amber', 'green', 'hold'] as const satisfies readonly Light[]
export type OpenLight = (typeof URGENCY)[number]

/** A distinct outline for each light, for eyes that do not tell red from green; `r` is the radius of the circle. */
export function shapeOf(light: Light, r: number): Shape {
  switch (light) {
    case 'red':
      return polygon(
        [
          [0, -r * 1.15],
          [r * 1.15, 0],
          [0, r * 1.15],
          [-r * 1.15, 0],
        ],
        r * 0.12,
      )
    case 'amber':
      return shifted(
        polygon(
          [
            [0, -r * 1.1],
            [r * 1.05, r * 0.78],
            [-r * 1.05, r * 0.78],
          ],
          r * 0.18,
        ),
        0,
        r * 0.1,
      )
    case 'hold':
      return polygon(
        [
          [-r * 0.78, -r * 0.78],
          [r * 0.78, -r * 0.78],
          [r * 0.78, r * 0.78],
          [-r * 0.78, r * 0.78],
        ],
        r * 0.14,
      )
    case 'green':
    case 'done':
      return circle(r * 0.95)
  }
}

const bars = (r: number): Shape =>
  union(...[-1, 1].map((side) => shifted(bar(r * 0.11, r * 0.36), side * r * 0.28, 0)))
const bar = (w: number, h: number): Shape =>
  polygon([
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ])
const grown =
  (shape: Shape, by: number): Shape =>
  (x, y) =>
    shape(x, y) - by

function mark(light: Light, r: number, rim: number, palette: Palette): Coat[] {
  const shape = shapeOf(light, r)
  const coats: Coat[] = [
    { shape: grown(shape, rim), color: palette.rim },
    { shape, color: palette.lights[light] },
  ]
  return light === 'hold' ? [...coats, { shape: bars(r), color: palette.rim }] : coats
}

const DOT_PX = 22
const DOT_R = 6.2
const CLUSTER_R = [13, 16, 20] as const
/** Shares of a cluster are drawn in sixteenths, which bounds the number of pictures. */
export const SHARES = 16

/**
 * Pixels for the image names that the layer uses: `event/<light>/<theme>` and
 * `cluster/<size>/<worst>/<red>-<amber>-<green>/<theme>`, shares in sixteenths; null for any other name.
 */
export function eventIcon(name: string): Pixels | null {
  const [kind, first = '', second = '', shares = '', theme = ''] = name.split('/')
  if (kind === 'event') return dot(lightOf(first), paletteOf(lookOf(second)))
  if (kind !== 'cluster') return null
  return cluster(Number(first), lightOf(second), shares.split('-').map(Number), paletteOf(lookOf(theme)))
}

const lookOf = (theme: string): Pick<Look, 'theme'> => ({ theme: theme === 'dark' ? 'dark' : 'light' })
const lightOf = (word: string): OpenLight => URGENCY.find((light) => light === word) ?? 'hold'

function dot(light: OpenLight, palette: Palette): Pixels {
  return draw(DOT_PX, mark(light, DOT_R, 1.6, palette))
}

/** A disk whose ring shows the share of each light, with the mark of the worst one at its shoulder. */
function cluster(size: number, worst: OpenLight, shares: readonly number[], palette: Palette): Pixels {
  const r = CLUSTER_R[size] ?? CLUSTER_R[0]
  const color = (x: number, y: number) => {
    const turn = ((Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1) * SHARES
    let end = 0
    const found = URGENCY.find((_, i) => turn < (end += shares[i] ?? SHARES))
    return palette.lights[found ?? worst]
  }
  const badge = mark(worst, 4.2, 1.4, palette).map(({ shape, color: fill }) => ({
    shape: shifted(shape, r * 0.76, -r * 0.76),
    color: fill,
  }))
  return draw((r + 5) * 2, [
    { shape: circle(r + 1.2), color: palette.rim },
    { shape: circle(r), color },
    { shape: circle(r - 3.4), color: palette.disk },
    ...badge,
  ])
}
