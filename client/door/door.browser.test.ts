import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { startServer } from '../../scripts/server.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { closePage, openPage, type Opening } from '../app/testing.ts'

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

async function open(address: string, opening?: Opening): Promise<Page> {
  const page = await openPage(browser, address, opening)
  pages.push(page)
  return page
}

const choose = (page: Page, login: string) => page.locator(`[data-login="${login}"]`).click()
const account = (page: Page) => page.getByTestId('account')
const signInPage = (page: Page) => page.getByRole('heading', { name: '登录', exact: true })

/** The rail's entries, by the names that the address uses. */
async function panels(page: Page): Promise<(string | null)[]> {
  await account(page).waitFor()
  return page
    .locator('nav[aria-label="主导航"] [data-name]')
    .evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-name')))
}

async function signOut(page: Page): Promise<void> {
  await account(page).click()
  await page.getByRole('button', { name: '退出登录' }).click()
}

/** Has the session of this page ended by somebody else, in a browser of their own with the same cookie. */
async function endFromElsewhere(page: Page): Promise<void> {
  const reply = await page.request.post(`${url}/api/session/end`, { data: {}, headers: { origin: url } })
  expect(reply.status()).toBe(200)
}

test('a button of the demo opens the very view that the address asks for', async () => {
  const page = await open(`${url}/?panel=events&state=open&light=red`)
  await choose(page, 'director')
  await page.getByRole('heading', { name: '事件' }).waitFor()
  expect(new URL(page.url()).search).toBe('?panel=events&state=open&light=red')
  expect(await page.getByRole('button', { name: /^账号/ }).textContent()).not.toBe('')
})

test('fourteen roles stand at the door of the demo, marked as invented', async () => {
  const page = await open(url)
  await page.getByText('均为虚构').first().waitFor()
  expect(await page.locator('[data-login]').count()).toBe(14)
})

test.each([
  // who            the panels of their rail
  ['administrator', ['grids', 'rules', 'people', 'settings']],
  ['auditor', ['grids', 'rules', 'audit', 'settings']],
  ['mediator1', ['disputes', 'grids', 'rules', 'settings']],
  ['planner', ['grids', 'planning', 'rules', 'settings']],
])('%s sees exactly their panels', async (login, wanted) => {
  const page = await open(url)
  await choose(page, login)
  expect(await panels(page)).toEqual(wanted)
})

test('who signs out is out: the next person sees nothing of the one before', async () => {
  const page = await open(`${url}/?panel=events`)
  await choose(page, 'director')
  await page.locator('aside li').first().waitFor()
  await signOut(page)
  await signInPage(page).waitFor()
  expect((await page.request.get(`${url}/api/me`)).status()).toBe(401)
  await choose(page, 'planner')
  expect(await panels(page)).toEqual(['grids', 'planning', 'rules', 'settings'])
  expect(await page.getByText(/\d{8}-\d{6}/).count()).toBe(0)
})

test('a session that ends under the hands returns to the sign-in page, and from there to where it was', async () => {
  const page = await open(`${url}/?panel=rules`)
  await choose(page, 'acceptor1')
  await page.getByRole('heading', { name: '规则与日历' }).waitFor()
  await endFromElsewhere(page)
  await page.getByRole('heading', { name: '登录已结束' }).waitFor()
  expect(new URL(page.url()).search).toBe('?panel=rules')
  await choose(page, 'acceptor1')
  await page.getByRole('heading', { name: '规则与日历' }).waitFor()
})

test('tabs of one browser leave together', async () => {
  const one = await open(url)
  await choose(one, 'planner')
  await account(one).waitFor()
  const other = await one.context().newPage()
  await other.goto(url)
  await account(other).waitFor()
  await signOut(one)
  await other.getByRole('heading', { name: '登录已结束' }).waitFor()
  await choose(other, 'auditor')
  await one.locator('[data-name="audit"]').waitFor()
})

test('a session about to end by idling says so, and one click keeps it', async () => {
  const page = await open('about:blank')
  let idleMs = 16_000
  await page.route('**/api/me', async (route) => {
    const reply = await route.fetch()
    const body = reply.ok() ? await reply.json() : null
    if (!body) return route.fulfill({ response: reply })
    const idleAt = new Date(Date.now() + idleMs).toISOString()
    return route.fulfill({ response: reply, json: { ...body, idleAt } })
  })
  await page.goto(url)
  await choose(page, 'planner')
  await account(page).waitFor()
  // The answer of signing in says the true time; a reload asks who is there.
  await page.reload()
  await page.getByText('登录即将结束').waitFor({ timeout: 30_000 })
  idleMs = 3_600_000
  await page.getByRole('button', { name: '继续使用' }).click()
  await page.getByText('登录即将结束').waitFor({ state: 'detached' })
  await account(page).waitFor()
})

test('the wall asks who looks at it, and then shows itself', async () => {
  const page = await open(`${url}/wall`, { size: [1920, 1080] })
  await page.getByText('大屏登录后不会自行退出').waitFor()
  await choose(page, 'commander')
  await page.getByTestId('wall').waitFor()
  expect(new URL(page.url()).pathname).toBe('/wall')
})

test.each(['light', 'dark'] as const)('axe finds nothing serious at the door in %s', async (theme) => {
  const page = await open(url, { theme })
  await page.locator('[data-login]').first().waitFor()
  expect(await seriousOn(page)).toEqual([])
  await choose(page, 'planner')
  await account(page).click()
  await page.getByRole('button', { name: '登录的设备' }).click()
  await page.getByText('本机').waitFor()
  expect(await seriousOn(page)).toEqual([])
})

async function seriousOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`))
}

test('an installation without a demo: the token makes the first administrator, once', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'wangge-first-'))
  const server = await startServer({ DATA_DIR: dataDir, DEMO: '0' })
  try {
    const token = /: (\S+)$/.exec(await server.printed(/First-run token/))?.[1] ?? ''
    const page = await open(server.url)
    await page.getByRole('heading', { name: '首次启用' }).waitFor()
    expect(await page.locator('[data-login]').count()).toBe(0)
    expect(await seriousOn(page)).toEqual([])
    await page.getByLabel('姓名').fill('首位管理员')
    await page.getByLabel('登录名').fill('first.one')
    await page.locator('input[type=password]').nth(0).fill('short')
    await page.getByRole('button', { name: '建立管理员并登录' }).click()
    await page.getByText('请填口令').waitFor()
    await page.getByText('密码还不符合下面的要求').waitFor()
    await page.locator('input[type=password]').nth(0).fill('a lamp by the river')
    await page.locator('input[type=password]').nth(1).fill('a lamp by the river')
    await page.getByLabel('首次启用口令').fill(`${token.slice(0, -1)}!`)
    await page.getByRole('button', { name: '建立管理员并登录' }).click()
    await page.getByText('令牌无效').waitFor()
    await page.getByLabel('首次启用口令').fill(token)
    await page.getByRole('button', { name: '建立管理员并登录' }).click()
    expect(await panels(page)).toEqual(['grids', 'rules', 'people', 'settings'])
    await signOut(page)
    await signInPage(page).waitFor()
    expect(await page.getByRole('button', { name: '首次启用' }).count()).toBe(0)
    await page.getByLabel('登录名').fill('First.One ')
    await page.locator('input[type=password]').fill('a lamp by the river')
    await page.keyboard.press('Enter')
    await account(page).waitFor()
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}, 240_000)
