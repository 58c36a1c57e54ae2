import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { signedIn } from '../../scripts/server.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { enterAs, openAs, openPage } from '../app/testing.ts'

/** The desks on the built console: by keyboard, on many at once, and with another person in between. */
const url = consoleUrl()
type Door = Awaited<ReturnType<typeof signedIn>>
let browser: Browser
let lead: Door

beforeAll(async () => {
  browser = await openBrowser()
  lead = await signedIn(url, 'shift-lead')
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(() => browser.close())

interface Row {
  readonly id: number
  readonly number: string
  readonly version: number
  readonly status: string
}

async function send<T>(door: Door, path: string, body: object): Promise<T> {
  const reply = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as T
}

const get = async <T>(path: string) =>
  (await (await fetch(`${url}${path}`, { headers: { ...lead } })).json()) as T

/** A new event in the middle of some grid. */
async function report(description: string): Promise<Row> {
  const { features } = await get<{ features: { properties: { label: number[] } }[] }>('/api/grids')
  const position = features[7]?.properties.label
  return send<Row>(lead, '/api/events', { position, category: '01-10', description })
}

const list = (page: Page): Locator => page.locator('aside').first()
const detail = (page: Page): Locator => page.getByRole('complementary', { name: '详情' })
const statusOf = async (id: number) => (await get<Row>(`/api/events/${id}`)).status

test('an event is filed by keyboard alone, and leaves the desk', async () => {
  const { id, number } = await report('键盘立案')
  const page = await openAs(browser, `${url}/?panel=intake&event=${id}`, 'shift-lead')
  await detail(page).getByRole('button', { name: /^立案/ }).waitFor()
  await list(page).getByText(number).waitFor()
  await page.keyboard.press('f')
  await detail(page).getByRole('radio').first().waitFor()
  await detail(page).getByRole('radio').first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('filed')
  await list(page).getByText(number).waitFor({ state: 'detached' })
})

test('who was second is told who was first, and what was typed is kept', async () => {
  const { id, version } = await report('两人同时')
  const page = await openPage(browser, 'about:blank')
  await enterAs(page, url, 'shift-lead')
  // Without the feed the page shows what it has read: the other is first by a moment.
  await page.route('**/api/live', (route) => route.abort())
  await page.goto(`${url}/?panel=none&event=${id}`)
  await detail(page)
    .getByRole('button', { name: /^不予立案/ })
    .click()
  const reason = detail(page).getByRole('textbox', { name: '理由或说明' })
  await reason.fill('属于重复上报')
  const acceptor = await signedIn(url, 'acceptor1')
  await send(acceptor, `/api/events/${id}/moves`, { move: 'askVerify', version })
  await page.keyboard.press('Control+Enter')
  await detail(page).getByText('这件事刚被他人办理').waitFor()
  await detail(page)
    .getByText(/受理员.*请求核实/)
    .waitFor()
  expect(await reason.inputValue()).toBe('属于重复上报')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('rejected')
})

test('one move on several: each on its own, with the reason where it was refused', async () => {
  const rows = [await report('批量一'), await report('批量二'), await report('批量三')]
  const page = await openAs(browser, `${url}/?panel=intake`, 'shift-lead')
  for (const { number } of rows) await list(page).getByLabel(`选中 ${number}`).check()
  const [first] = rows
  if (!first) throw new Error('no row')
  // A form of which one row has ended meanwhile.
  await list(page)
    .getByRole('button', { name: /^不予立案 3/ })
    .click()
  await list(page).getByRole('textbox').fill('批量不立')
  await page.route('**/api/events/moves', async (route) => {
    await send(lead, `/api/events/${first.id}/moves`, {
      move: 'reject',
      reason: '先办',
      version: first.version,
    })
    await route.continue()
  })
  await page.keyboard.press('Control+Enter')
  await list(page).getByText('办成 2 件').waitFor()
  await list(page).getByText('1 件没有办成').waitFor()
  await list(page).getByRole('region', { name: '批量办理结果' }).getByText(first.number).waitFor()
  for (const { id } of rows) expect(await statusOf(id)).toBe('rejected')
})

test('pictures go up with their stage and are shown; what is no picture is refused here', async () => {
  const { id } = await report('照片')
  const page = await openAs(browser, `${url}/?event=${id}`, 'shift-lead')
  const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#a66' } })
    .jpeg()
    .toBuffer()
  const file = { name: 'a.jpg', mimeType: 'image/jpeg', buffer }
  await detail(page)
    .locator('input[type=file]')
    .setInputFiles([file, { ...file, name: 'b.jpg' }, { ...file, name: 'c.txt', mimeType: 'text/plain' }])
  await detail(page).getByText('c.txt 没有传成：不是图片').waitFor()
  const thumbs = detail(page).getByRole('button', { name: /看大图：上报/ })
  await expect.poll(() => thumbs.count(), { timeout: 30_000 }).toBe(2)
  await thumbs.first().click()
  await page.getByRole('dialog').getByText('照片 1/2').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog').getByText('照片 2/2').waitFor()
})

test('what lies outside one’s reach is worded so, and an administrator’s page asks for no event', async () => {
  const { id } = await report('看不见')
  const page = await openAs(browser, `${url}/?event=${id}`, 'liaison-rq')
  await detail(page).getByText('没有这一项，或不在您的范围内').waitFor()
  const asked: string[] = []
  const other = await browser.newContext()
  const blank = await other.newPage()
  await blank.request.post(`${url}/api/session/demo`, { data: { login: 'administrator' } })
  blank.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await blank.goto(`${url}/`)
  await blank.getByRole('navigation').getByRole('button', { name: '人员' }).waitFor()
  await blank.waitForLoadState('load')
  expect(asked.filter((path) => path.startsWith('/api/events'))).toEqual([])
  const names = await blank.getByRole('navigation').getByRole('button').allInnerTexts()
  expect(names).toEqual(['网格', '规则', '人员', '设置'])
})
