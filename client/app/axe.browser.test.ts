import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { closePage, openPage } from './testing.ts'

const url = inject('consoleUrl')
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SCREENS = [
  ['/', 'aside li'],
  ['/?panel=events&state=open&light=red,amber', 'aside li'],
  ['/?panel=grids&grid=1', 'aside svg[role=img]'],
  ['/?panel=desk&event=9302', 'aside ol li'],
  ['/?panel=settings', 'kbd'],
  ['/?mode=report', 'textarea'],
  ['/wall', '[data-testid=wall] ol li'],
] as const

/** Both themes are one page in two sets of tokens; the wall is dark only. */
const THEMES = ['light', 'dark'] as const

test.each(SCREENS)('axe finds nothing serious on %s', async (path, sign) => {
  const page = await openPage(browser, `${url}${path}`)
  await page.locator(sign).first().waitFor()
  for (const theme of path === '/wall' ? (['dark'] as const) : THEMES) {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${theme}'`)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${theme} ${id}: ${node.html} ${node.failureSummary}`))
    expect(serious).toEqual([])
  }
  await closePage(page)
})
