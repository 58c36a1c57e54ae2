import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../../scripts/browser.ts'
import { consoleUrl } from '../../app/console-testing.ts'
import { closePage, complaintsOf, openAs, type Opening } from '../../app/testing.ts'

const url = consoleUrl()
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  await Promise.all(pages.splice(0).map(closePage))
})

/** The sheet of a draft of its own. */
async function sheet(opening: Opening): Promise<Page> {
  const page = await openAs(browser, url, 'planner', opening)
  pages.push(page)
  page.setDefaultTimeout(60_000)
  const { plans } = (await (await page.request.get(`${url}/api/plans`)).json()) as {
    readonly plans: readonly { readonly id: number }[]
  }
  const reply = await page.request.post(`${url}/api/scenarios`, {
    data: { name: '均衡试验', from: { kind: 'plan', id: plans[0]?.id } },
    headers: { origin: url, 'idempotency-key': crypto.randomUUID() },
  })
  const { id } = (await reply.json()) as { readonly id: number }
  await page.goto(`${url}/?panel=planning&draft=scenario-${id}&tab=suggest`)
  return page
}

const points = (page: Page) => page.getByRole('radiogroup', { name: '选一个方案' }).getByRole('radio')

/** A short search over all grids. */
async function search(page: Page): Promise<void> {
  await page.getByText('高级').click()
  await page.getByRole('radiogroup', { name: '搜索步数' }).getByText('100 万步').click()
  await page.getByRole('button', { name: '寻找方案' }).click()
  await points(page).first().waitFor()
}

const undo = (page: Page) => page.getByTestId('plan-undo')

async function serious(page: Page) {
  const { violations } = await new AxeBuilder({ page }).include('#plan-sheet').analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

test('plans are found in a worker, seen on the map by arrow keys, applied, and taken back', async () => {
  const page = await sheet({})
  const said = complaintsOf(page)
  await search(page)
  expect(await points(page).count()).toBe(5)
  await points(page).first().check()
  await page.getByRole('button', { name: '在图上看' }).first().click()
  await points(page).first().press('ArrowRight')
  expect(await points(page).nth(1).isChecked()).toBe(true)
  expect(await page.getByRole('button', { name: '收起预览' }).getAttribute('aria-pressed')).toBe('true')
  expect(await serious(page)).toEqual([])
  // What is shown is no step of the draft; what is applied can be taken back, and tiles as before.
  expect(await undo(page).isDisabled()).toBe(true)
  await page.getByRole('button', { name: '用于本草案' }).click()
  await undo(page).and(page.locator(':enabled')).waitFor()
  expect(await page.getByTestId('plan-badge').innerText()).toBe('81 格 · 0 缝 · 0 叠 · 面积相符')
  await undo(page).click()
  await undo(page).and(page.locator(':disabled')).waitFor()
  expect(await page.getByTestId('plan-badge').innerText()).toBe('81 格 · 0 缝 · 0 叠 · 面积相符')
  expect(said).toEqual([])
})

test('on a phone at night a plan becomes a draft of its own', async () => {
  const page = await sheet({ theme: 'dark', size: [390, 844] })
  await search(page)
  expect(await serious(page)).toEqual([])
  await page.getByRole('button', { name: '另存为草案' }).click()
  await page.getByLabel('草案名称').fill('另一种划法')
  await page.getByRole('button', { name: '另存为草案' }).click()
  await page.getByRole('heading', { name: '另一种划法' }).waitFor()
  expect(new URL(page.url()).searchParams.get('draft')).toMatch(/^scenario-\d+$/)
})
