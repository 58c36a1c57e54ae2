import { openBrowser } from '../browser.ts'
import { median, print } from './ratio.ts'

const ROUNDS = 5

/**
 * (f) From the first byte asked to the first picture: 81 grids and the year's points drawn. The console marks the moment by
 * `performance.mark('wangge:picture')`. Cold has an empty cache; warm is the next visit of the same browser.
 */
export async function benchPicture(url: string): Promise<void> {
  const browser = await openBrowser()
  const [cold, warm]: [number[], number[]] = [[], []]
  try {
    for (let i = 0; i < ROUNDS; i++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      for (const times of [cold, warm]) {
        await page.goto(`${url}/?heat=dots`)
        const marked = await page.waitForFunction(
          () => performance.getEntriesByName('wangge:picture')[0]?.startTime,
        )
        times.push((await marked.jsonValue()) ?? NaN)
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
