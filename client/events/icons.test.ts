import { expect, test } from 'vitest'
import { paletteOf } from '../map/palette.ts'
import { rgb } from '../map/shapes.ts'
import { eventIcon, shapeOf, URGENCY } from './icons.ts'

const THEMES = ['light', 'dark'] as const

/** Machado 2009, severity 1: how the three kinds of colour blindness see linear light. */
const SIGHTS = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const linear = (hex: string) => rgb(hex).map((v) => ((v / 255 + 0.055) / 1.055) ** 2.4)
const seen = (hex: string, sight: readonly (readonly number[])[]) => {
  const light = linear(hex)
  return sight.map((row) => row.reduce((sum, k, i) => sum + k * (light[i] ?? 0), 0))
}
/** Oklab: distances that eyes agree with. */
function oklab([r = 0, g = 0, b = 0]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
const apart = (a: string, b: string, sight: readonly (readonly number[])[]) => {
  const [x, y] = [oklab(seen(a, sight)), oklab(seen(b, sight))]
  return Math.hypot(...x.map((value, i) => value - (y[i] ?? 0)))
}

test.each(
  THEMES.flatMap((theme) => Object.entries(SIGHTS).map(([name, sight]) => [theme, name, sight] as const)),
)('on %s paper, %s eyes tell red from amber and from green by colour alone', (theme, _, sight) => {
  const { lights } = paletteOf({ theme })
  expect(apart(lights.red, lights.amber, sight)).toBeGreaterThan(0.09)
  expect(apart(lights.amber, lights.green, sight)).toBeGreaterThan(0.09)
  expect(apart(lights.red, lights.green, sight)).toBeGreaterThan(0.07)
})

test('each light has an outline of its own', () => {
  const probes = [
    [0, -6],
    [5, 4],
    [5, -5],
    [0, 6],
  ] as const
  const outline = (light: (typeof URGENCY)[number]) =>
    probes.map(([x, y]) => (shapeOf(light, 6)(x, y) < 0 ? 'in' : 'out')).join(' ')
  expect(new Set(URGENCY.map(outline)).size).toBe(URGENCY.length)
})

test('a ring shows the shares of its lights and the mark of the worst', () => {
  const { lights } = paletteOf({ theme: 'light' })
  const icon = eventIcon('cluster/0/red/8-0-8/light')
  const at = (x: number, y: number) => {
    if (!icon) return []
    const i = 4 * (Math.round(icon.height / 2 + 2 * y) * icon.width + Math.round(icon.width / 2 + 2 * x))
    return [...icon.data.subarray(i, i + 3)]
  }
  expect(at(11, 3)).toEqual(rgb(lights.red))
  expect(at(-11, 3)).toEqual(rgb(lights.green))
  expect(at(9.5, -9.5)).toEqual(rgb(lights.red))
})

test('an unknown name draws nothing', () => expect(eventIcon('park')).toBeNull())
