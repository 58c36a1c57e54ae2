import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { signedIn } from '../../scripts/server.ts'
import { consoleUrl } from './console-testing.ts'
import { closePage, complaintsOf, enterAs, listedNumbers, openAs, openPage, type Opening } from './testing.ts'

const url = consoleUrl()
let browser: Browser
let page: Page
let door: { readonly cookie: string }

beforeAll(async () => {
  browser = await openBrowser()
  door = await signedIn(url, 'director')
})
afterAll(() => browser.close())
afterEach(() => closePage(page))

async function open(path: string, opening?: Opening): Promise<void> {
  page = await openAs(browser, `${url}${path}`, 'director', opening)
  await page.locator('aside li').first().waitFor()
}

interface Listed {
  readonly total: number
  readonly items: readonly { readonly id: number; readonly number: string }[]
}
const get = async <T>(path: string) =>
  (await (await fetch(`${url}${path}`, { headers: { ...door } })).json()) as T
const ask = (query: string) => get<Listed>(`/api/events?${query}`)
const list = () => page.locator('aside').first()
const figure = async (name: string) => Number(await page.getByTestId(`figure-${name}`).textContent())

async function report(body: object): Promise<{ id: number; number: string }> {
  const reply = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
  expect(reply.status).toBe(201)
  return (await reply.json()) as { id: number; number: string }
}

async function inside(): Promise<[number, number]> {
  const { features } = await get<{ features: { properties: { label: [number, number] } }[] }>('/api/grids')
  return features[0]?.properties.label ?? [0, 0]
}

test('the figure, the list, the markers and the server count the same open events', async () => {
  await open('/')
  const { total, items } = await ask('state=open&limit=2000')
  expect(await figure('open')).toBe(total)
  await list().getByText(`${total} 件`, { exact: false }).first().waitFor()
  expect(await listedNumbers(page)).toEqual(new Set(items.map((item) => item.number)))
})

test('a figure opens its rows: as many as it says', async () => {
  await open('/')
  for (const name of ['overdue', 'reportedToday']) {
    await page.getByTestId(`figure-${name}`).click()
    // A clock may run out meanwhile: then both must follow.
    const agree = async () => (await list().innerText()).includes(`${await figure(name)} 件`)
    await expect.poll(agree, { timeout: 40_000 }).toBe(true)
  }
  const served = async () => (await ask('state=open&light=red')).total === (await figure('overdue'))
  await expect.poll(served, { timeout: 40_000 }).toBe(true)
})

test('a filter in the address is restored, changed and taken back by the Back button', async () => {
  await open('/?panel=events&state=open&light=red')
  const { total } = await ask('state=open&light=red')
  await list().getByText(`${total} 件`).waitFor()
  await page.getByRole('button', { name: '去掉条件：超期' }).click()
  const open150 = (await ask('state=open')).total
  await list().getByText(`${open150} 件`).waitFor()
  expect(new URL(page.url()).search).toBe('?panel=events&state=open')
  await page.getByRole('button', { name: '网格', exact: true }).first().click()
  await page.goBack()
  await list().getByText(`${open150} 件`).waitFor()
  await page.reload()
  await list().getByText(`${open150} 件`).waitFor()
})

test('a report shows its grid before anything is sent; then its row and its detail are there', async () => {
  await open('/')
  const before = await figure('open')
  const [lng, lat] = await inside()
  const located = await get<{ grid: { name: string } }>(`/api/locate?lng=${lng}&lat=${lat}`)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  await page.keyboard.press('r')
  await page.getByPlaceholder('地址，或', { exact: false }).fill(`${lng}, ${lat}`)
  await page.keyboard.press('Enter')
  await page.getByTestId('destination').getByText(located.grid.name, { exact: true }).waitFor()
  expect(sent).toEqual([])
  await page.getByPlaceholder('搜类别名称或代码').fill('暴露')
  await page.getByRole('button', { name: '暴露垃圾', exact: false }).last().click()
  const text = `试报 ${Date.now()}`
  await page.getByLabel('描述', { exact: true }).fill(text)
  await page.getByRole('button', { name: '上报', exact: true }).last().click()
  await page.getByRole('button', { name: '打开', exact: true }).click()
  await page.getByRole('complementary', { name: '详情' }).getByText(text).waitFor()
  expect(sent).toHaveLength(1)
  await expect.poll(() => figure('open'), { timeout: 10_000 }).toBe(before + 1)
})

test('text that looks like markup is shown as text', async () => {
  const markup = '<img src=x onerror="window.hacked = 1"><b>粗</b>'
  const { id } = await report({
    position: await inside(),
    category: '01-10',
    description: markup,
    address: markup,
  })
  await open(`/?event=${id}`)
  const detail = page.getByRole('complementary', { name: '详情' })
  await detail.getByText(markup).first().waitFor()
  expect(await detail.locator('img, b').count()).toBe(0)
  expect(await page.evaluate('window.hacked')).toBeUndefined()
})

test('a report from elsewhere is on the screen by itself', async () => {
  await open('/')
  const before = await figure('open')
  const { number } = await report({ position: await inside(), category: '01-29' })
  // How soon is for the bench to say: here a software renderer shares two cores with the server.
  await expect.poll(() => figure('open'), { timeout: 10_000 }).toBe(before + 1)
  expect(await listedNumbers(page)).toContain(number)
  await page.getByTitle('数据状态').click()
  expect(await page.getByTestId('gaps').textContent()).toBe('0')
})

test('the border desk gives a stray event its grid, by a person and with the reason', async () => {
  const stray = (await ask('grid=0&state=open')) as Listed & { items: { position: [number, number] }[] }
  const position = stray.items[0]?.position
  const { id, number } = await report({ position, category: '01-10' })
  await open(`/?panel=desk&event=${id}`)
  await list().getByText(number).waitFor()
  const detail = page.getByRole('complementary', { name: '详情' })
  await detail.getByRole('radio').first().check()
  await detail.getByLabel('理由').fill('现场核对')
  await detail.getByRole('button', { name: '划入「', exact: false }).click()
  await detail.getByText('由人工划入', { exact: false }).waitFor()
  await list().getByText(number).waitFor({ state: 'detached' })
  const placed = await get<{ gridId: number; placement: { rule: string } }>(`/api/events/${id}`)
  expect(placed.gridId).toBeGreaterThan(0)
  expect(placed.placement.rule).toBe('person')
})

test('language and theme change at once and stay', async () => {
  await open('/')
  await page.getByRole('button', { name: 'EN · Switch to English' }).click()
  await page.getByRole('heading', { name: 'Open events' }).waitFor()
  await page.getByRole('button', { name: 'Switch to dark' }).click()
  await page.reload()
  await page.getByRole('heading', { name: 'Open events' }).waitFor()
  const root = page.locator('html')
  expect(await root.getAttribute('lang')).toBe('en')
  expect(await root.getAttribute('data-mantine-color-scheme')).toBe('dark')
})

test('all of it by keyboard', async () => {
  await open('/')
  await page.keyboard.press('/')
  await page.keyboard.type('第一网格')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/grid=\d+/)
  await page.keyboard.press('Escape')
  await page.waitForURL((at) => !at.search.includes('grid='))
  await page.keyboard.press('j')
  await page.waitForURL(/event=\d+/)
  const first = page.url()
  await page.keyboard.press('j')
  await page.waitForURL((at) => at.href !== first)
  await page.keyboard.press('k')
  await page.waitForURL(first)
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('2')
  await page.waitForURL(/panel=mine/)
})

test('nothing complains, and no wider than a phone', async () => {
  page = await openPage(browser, 'about:blank', { size: [390, 844] })
  await enterAs(page, url, 'director')
  const complaints = complaintsOf(page)
  await page.goto(`${url}/`)
  await page.locator('aside li').first().waitFor()
  for (const name of ['我的', '受理', '派遣', '核结', '边界', '督办', '事件', '网格', '规则', '设置']) {
    await page.getByRole('navigation').getByRole('button', { name }).click()
    await page.getByRole('heading', { name }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  }
  expect(complaints).toEqual([])
})
