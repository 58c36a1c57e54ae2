import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { consoleUrl } from './console-testing.ts'
import { closePage, openAs } from './testing.ts'

const url = consoleUrl()
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const SCREENS = [
  ['director', '/', 'aside li'],
  ['director', '/?panel=events&state=open&light=red,amber', 'aside li'],
  ['director', '/?panel=grids&grid=1', 'aside svg[role=img]'],
  ['shift-lead', '/?panel=intake', 'aside li input'],
  ['dispatcher', '/?panel=dispatch', 'aside li input'],
  ['liaison-cg', '/?panel=unit', 'aside li input'],
  ['shift-lead', '/?panel=closing', 'aside li input'],
  ['acceptor1', '/?panel=desk', 'aside li'],
  ['commander', '/?panel=supervision', 'aside li input'],
  ['w001', '/?panel=mine', 'aside li'],
  ['director', '/?panel=live&event=9302', 'aside ol li'],
  ['director', '/?panel=settings', 'kbd'],
  ['w001', '/?mode=report', 'textarea'],
  ['planner', '/', 'aside li'],
  ['commander', '/wall', '[data-testid=wall] ol li'],
] as const

/** Both themes are one page in two sets of tokens; the wall is dark only. */
const THEMES = ['light', 'dark'] as const

test.each(SCREENS)('axe finds nothing serious for %s on %s', async (login, path, sign) => {
  const page = await openAs(browser, `${url}${path}`, login)
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
