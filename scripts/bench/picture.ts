import type { Map as MapLibre } from 'maplibre-gl'
import { openBrowser } from '../browser.ts'
import type { Field } from './intake.ts'
import { median, print } from './ratio.ts'

const ROUNDS = 5
/** Of the demo. */
const GRIDS = 81
const POINTS = 9568

/**
 * (f) From the navigation to the first picture: every grid and the year's points are on the map, and it has come to rest.
 * Cold has an empty cache; warm is the next visit of the same browser.
 */
export async function benchPicture({ url, door }: Field): Promise<void> {
  const browser = await openBrowser()
  const [cold, warm]: [number[], number[]] = [[], []]
  try {
    for (let i = 0; i < ROUNDS; i++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const [name = '', value = ''] = door.cookie.split('=')
      await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      for (const times of [cold, warm]) {
        await page.goto(`${url}/?heat=dots`)
        const drawn = await page.waitForFunction(
          ([grids, points]) => {
            const { map } = (window as { __wangge?: { map: MapLibre } }).__wangge ?? {}
            const counted = document.querySelector('[data-testid=time-count]')?.getAttribute('data-count')
            if (!map?.loaded() || counted !== String(points)) return null
            if (!map.getLayersOrder().some((id) => id.startsWith('deck'))) return null
            const seen = map.queryRenderedFeatures({ layers: ['grid-fill'] }).map((feature) => feature.id)
            return new Set(seen).size === grids ? performance.now() : null
          },
          [GRIDS, POINTS] as const,
          { timeout: 120_000 },
        )
        times.push((await drawn.jsonValue()) ?? Number.NaN)
      }
      await context.close()
    }
  } finally {
    await browser.close()
  }
  print({
    name: '(f) first picture, grids and the year’s points',
    text: `cold ${median(cold).toFixed(0)} ms, warm ${median(warm).toFixed(0)} ms (software rendering)`,
    met: undefined,
  })
}
