import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { signedIn } from '../../scripts/server.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { openAs } from '../app/testing.ts'

/** The time strip on the built console: it moves the window of the view, by mouse, key and play. */
const url = consoleUrl()
let browser: Browser
let door: { readonly cookie: string }

beforeAll(async () => {
  browser = await openBrowser()
  door = await signedIn(url, 'director')
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(() => browser.close())

async function open(query = ''): Promise<Page> {
  const page = await openAs(browser, `${url}/?panel=none${query}`, 'director')
  await expect.poll(() => countOf(page), { timeout: 60_000 }).toBeGreaterThan(0)
  return page
}

const countOf = async (page: Page) => Number(await page.getByTestId('time-count').getAttribute('data-count'))
const windowOf = (page: Page) => {
  const { searchParams } = new URL(page.url())
  return [searchParams.get('from'), searchParams.get('to')].map((text) => (text ? Date.parse(text) : null))
}

async function totalOf(filter: string): Promise<number> {
  const reply = await fetch(`${url}/api/events?limit=1${filter}`, { headers: { ...door } })
  return ((await reply.json()) as { total: number }).total
}

const handle = (page: Page, name: string) => page.getByRole('slider', { name })

test('the strip counts what the list counts, for the year and for a chip', async () => {
  const page = await open()
  expect(await countOf(page)).toBe(await totalOf(''))
  await page.getByRole('button', { name: '7天', exact: true }).click()
  const [from = null, to] = windowOf(page)
  expect(to).toBeNull()
  expect(Date.now() - (from ?? 0)).toBeGreaterThan(6.9 * 86_400_000)
  expect(await countOf(page)).toBe(await totalOf(`&from=${new Date(from ?? 0).toISOString()}`))
  await page.getByRole('button', { name: '全年', exact: true }).click()
  expect(windowOf(page)).toEqual([null, null])
})

test('an end of the window moves by key: a bar, with Shift the whole window, Home to the start', async () => {
  const page = await open('&from=2026-09-01T00:00Z&to=2026-10-11T00:00Z')
  const from = Date.parse('2026-09-01T00:00Z')
  await handle(page, '窗口终点').press('ArrowRight')
  const [, later = 0] = windowOf(page)
  // From 8:00 of the 11th in China to the midnight that is a day on.
  expect(later).toBe(Date.parse('2026-10-12T00:00+08:00'))
  await handle(page, '窗口起点').press('Shift+ArrowLeft')
  const [moved = 0, end = 0] = windowOf(page)
  expect([(moved ?? 0) < from, (end ?? 0) - (moved ?? 0)]).toEqual([true, (later ?? 0) - from])
  await handle(page, '窗口起点').press('Home')
  expect(windowOf(page)[0]).toBeNull()
})

test('a drag over the bars draws a window, and dragging its body moves it', async () => {
  const page = await open()
  const box = await page.locator('[data-grip=both]').boundingBox()
  if (!box) throw new Error('no strip')
  const at = (share: number) => box.x + box.width * share
  const y = box.y + box.height / 2
  // The window fills the strip; a chip makes room beside it.
  await page.getByRole('button', { name: '30天', exact: true }).click()
  await page.mouse.move(at(0.3), y)
  await page.mouse.down()
  await page.mouse.move(at(0.4), y, { steps: 4 })
  await page.mouse.up()
  const [from, to] = windowOf(page)
  const days = ((to ?? 0) - (from ?? 0)) / 86_400_000
  expect(days).toBeGreaterThan(33)
  expect(days).toBeLessThan(40)
  await page.mouse.move(at(0.35), y)
  await page.mouse.down()
  await page.mouse.move(at(0.55), y, { steps: 4 })
  await page.mouse.up()
  const [movedFrom, movedTo] = windowOf(page)
  expect((movedTo ?? 0) - (movedFrom ?? 0)).toBe((to ?? 0) - (from ?? 0))
  expect((movedFrom ?? 0) - (from ?? 0)).toBeGreaterThan(60 * 86_400_000)
})

test('play moves the window on until it is paused, and the address keeps where it stopped', async () => {
  const page = await open('&from=2026-03-01T00:00Z&to=2026-03-31T00:00Z')
  const [from = 0] = windowOf(page)
  await page.getByRole('button', { name: /播放速度/ }).click()
  await page.getByRole('button', { name: '播放', exact: true }).click()
  await expect
    .poll(() => (windowOf(page)[0] ?? 0) - (from ?? 0), { timeout: 60_000 })
    .toBeGreaterThan(3_600_000)
  await page.getByRole('button', { name: '暂停', exact: true }).click()
  const [stoppedFrom, stoppedTo] = windowOf(page)
  await page.waitForTimeout(1500)
  expect(windowOf(page)).toEqual([stoppedFrom, stoppedTo])
  expect(await countOf(page)).toBe(
    await totalOf(
      `&from=${new Date(stoppedFrom ?? 0).toISOString()}&to=${new Date(stoppedTo ?? 0).toISOString()}`,
    ),
  )
})
