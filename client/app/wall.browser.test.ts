import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { consoleUrl } from './console-testing.ts'
import { closePage, enterAs, openAs, openPage } from './testing.ts'

const url = consoleUrl()
let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(() => closePage(page))

test('the wall has today’s figures, the worst events and nothing to press; its words can be read from afar', async () => {
  page = await openAs(browser, `${url}/wall`, 'commander', { size: [1920, 1080] })
  await page.locator('aside ol li').first().waitFor()
  expect(await page.locator('button, a[href], input').count()).toBe(0)
  expect(await page.locator('aside ol li').count()).toBe(5)
  const small = await page.locator('header *, aside *').evaluateAll((elements) =>
    elements
      .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((each) => Number.parseFloat(getComputedStyle(each).fontSize) < 20)
      .map((each) => each.textContent),
  )
  expect(small).toEqual([])
  const clipped = await page.locator('aside').evaluate((column) => column.scrollHeight - column.clientHeight)
  expect(clipped).toBe(0)
})

test('its border turns amber after 30 s without data and red after 90 s', async () => {
  page = await openPage(browser, 'about:blank', { size: [1920, 1080] })
  await enterAs(page, url, 'commander')
  let heard = 0
  await page.route('**/api/live', async (route) => {
    heard += 1
    const hello = JSON.stringify({ id: '1-1', at: new Date().toISOString() })
    if (heard > 1) return route.abort()
    const body = `retry: 3600000\nid: 1-1\nevent: hello\ndata: ${hello}\n\n`
    return route.fulfill({ contentType: 'text/event-stream', body })
  })
  await page.clock.install()
  await page.goto(`${url}/wall`)
  const wall = page.getByTestId('wall')
  const freshness = () => wall.getAttribute('data-freshness')
  const soon = { timeout: 20_000 }
  await expect.poll(freshness, soon).toBe('fresh')
  await page.clock.fastForward(31_000)
  await expect.poll(freshness, soon).toBe('stale')
  await page.clock.fastForward(60_000)
  await expect.poll(freshness, soon).toBe('dead')
})
