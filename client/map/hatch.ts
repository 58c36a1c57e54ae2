import { paletteOf } from './palette.ts'
import type { Pixels } from './scene.ts'

/** Sides of the tile in image px; a multiple of the step, so that the lines go on in the next tile. */
const TILE = 24
const STEP = 12

/** Slanted lines to lay over ground: `hatch/locked/<theme>` falls, `hatch/changed/<theme>` rises; null for any other name. */
export function hatchIcon(name: string): Pixels | null {
  const [kind, what, theme] = name.split('/')
  if (kind !== 'hatch' || (what !== 'locked' && what !== 'changed')) return null
  const p = paletteOf({ theme: theme === 'dark' ? 'dark' : 'light' })
  return tile(what === 'locked' ? p.ink : p.accent, what === 'locked' ? 1 : -1, what === 'locked' ? 120 : 170)
}

function tile(color: string, slope: 1 | -1, alpha: number): Pixels {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const data = new Uint8ClampedArray(TILE * TILE * 4)
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const off = (((x + slope * y) % STEP) + STEP) % STEP
      const share = Math.max(0, 1 - Math.abs(off - STEP / 2) / 1.6)
      data.set([red, green, blue, alpha * share], (y * TILE + x) * 4)
    }
  }
  return { width: TILE, height: TILE, data }
}
