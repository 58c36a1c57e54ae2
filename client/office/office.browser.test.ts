import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { closePage, openAs, openPage, type Opening } from '../app/testing.ts'

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

async function as(login: string, path: string, opening?: Opening): Promise<Page> {
  const page = await openAs(browser, `${url}${path}`, login, opening)
  pages.push(page)
  return page
}

async function stranger(): Promise<Page> {
  const page = await openPage(browser, url)
  pages.push(page)
  return page
}

const PASSWORD = 'seven herons on the weir'

/** The administrator's form for a new account, filled; the duty is still that of an acceptor everywhere. */
async function fillNew(page: Page, login: string): Promise<void> {
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByLabel('姓名', { exact: true }).fill('试用员')
  await page.getByLabel('登录名', { exact: true }).fill(login)
  for (const field of await page.locator('input[type=password]').all()) await field.fill(PASSWORD)
}

async function pick(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).last().click()
  await page.getByRole('option', { name: option }).first().click()
}

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
}

const people = (page: Page) => page.getByRole('list', { name: '人员' })

async function create(page: Page, login: string): Promise<void> {
  await fillNew(page, login)
  await page.getByRole('button', { name: '建立账号' }).click()
  await page.getByText('已建立').first().waitFor()
}

test('a new account with a duty in one unit signs in by password and sees exactly its panels', async () => {
  const admin = await as('administrator', '/?panel=people')
  await fillNew(admin, 'try.unit')
  await pick(admin, '岗位', '处置人员')
  const send = admin.getByRole('button', { name: '建立账号' })
  expect(await send.isDisabled()).toBe(true)
  await pick(admin, '搜索处置单位', '环卫所')
  await send.click()
  await admin.getByText('已建立').first().waitFor()

  const page = await stranger()
  await signIn(page, 'try.unit', PASSWORD)
  await page.getByTestId('account').waitFor()
  const entries = page.locator('nav[aria-label="主导航"] [data-name]')
  const names = await entries.evaluateAll((each) => each.map((entry) => entry.getAttribute('data-name')))
  expect(names).toContain('unit')
  for (const foreign of ['people', 'audit', 'disputes', 'intake', 'dispatch'])
    expect(names).not.toContain(foreign)
  await page.getByTestId('account').click()
  await page.getByText('环卫所').first().waitFor()
})

test('a login that is taken is refused at its field', async () => {
  const admin = await as('administrator', '/?panel=people')
  await fillNew(admin, 'director')
  await admin.getByRole('button', { name: '建立账号' }).click()
  await admin.getByText('该登录名已被使用').waitFor()
  expect(await admin.getByLabel('登录名', { exact: true }).getAttribute('aria-invalid')).toBe('true')
})

test('administrator and auditor at once is refused before it is sent', async () => {
  const admin = await as('administrator', '/?panel=people')
  await fillNew(admin, 'both')
  await pick(admin, '岗位', '系统管理员')
  await admin.getByRole('button', { name: '加一个岗位' }).click()
  await pick(admin, '岗位', '审计员')
  await admin.getByText('系统管理员与审计员不能是同一人').waitFor()
})

test('wrong passwords are refused in words, then lock the account; the administrator unlocks it', async () => {
  const admin = await as('administrator', '/?panel=people')
  await create(admin, 'try.lock')
  const page = await stranger()
  for (let k = 0; k < 5; k++) {
    await signIn(page, 'try.lock', `wrong ${k}`)
    await page.getByRole('alert').waitFor()
    await page
      .getByRole('button', { name: '登录', exact: true })
      .and(page.locator(':not([data-loading])'))
      .waitFor()
  }
  await signIn(page, 'try.lock', PASSWORD)
  await page
    .getByRole('alert')
    .getByText(/锁|稍后|再试/)
    .waitFor()

  await admin.reload()
  await admin.getByRole('textbox', { name: '姓名、登录名、单位、网格' }).fill('try.lock')
  await people(admin).getByText('已锁定').waitFor()
  await people(admin).getByRole('button').first().click()
  await admin.getByRole('button', { name: '立即解锁' }).click()
  await people(admin).getByText('在用').waitFor()
  await signIn(page, 'try.lock', PASSWORD)
  await page.getByTestId('account').waitFor()
})

test('a session is ended from another window, and a disabled account at once everywhere', async () => {
  const admin = await as('administrator', '/?panel=people')
  await create(admin, 'try.two')
  const [one, two] = [await stranger(), await stranger()]
  for (const page of [one, two]) {
    await signIn(page, 'try.two', PASSWORD)
    await page.getByTestId('account').waitFor()
  }
  await one.getByTestId('account').click()
  await one.getByRole('button', { name: '登录的设备' }).click()
  await one.getByRole('button', { name: /^结束 / }).click()
  await one.getByText('本机').waitFor()
  await two.getByRole('heading', { name: '登录已结束' }).waitFor()

  await admin.getByRole('textbox', { name: '姓名、登录名、单位、网格' }).fill('try.two')
  await people(admin).getByRole('button').first().click()
  await admin.getByRole('button', { name: '停用' }).click()
  await people(admin).getByText('已停用').waitFor()
  await one.getByRole('heading', { name: '登录已结束' }).waitFor()
})

test('who may not change the rules reads them; the trial counts what the rules say', async () => {
  const page = await as('acceptor1', '/?panel=rules')
  await page.getByRole('list', { name: '立案条件' }).getByRole('button').first().click()
  await page.getByText('结案标准').waitFor()
  expect(await page.getByRole('button', { name: '修改' }).count()).toBe(0)
  await page.getByText('何时到期').click()
  await page.getByRole('combobox', { name: '类别' }).fill('01-08')
  await page.getByRole('option').first().click()
  // Four working hours from Friday 17:00 before the Spring Festival end on its make-up Saturday, at 11:00.
  await page.getByLabel('受理时刻').fill('2026-02-13T17:00')
  expect(await page.getByTestId('trial-due').textContent()).toBe('2月14日 星期六 11:00')
})

test('a changed condition is a new version, and the trail says who changed it', async () => {
  const admin = await as('administrator', '/?panel=rules')
  await admin.getByRole('textbox', { name: '类别、代码、条件' }).fill('01-05')
  await admin.getByRole('list', { name: '立案条件' }).getByRole('button').first().click()
  await admin.getByRole('button', { name: '修改', exact: true }).click()
  await admin.getByLabel('查重半径（米）').fill('80')
  const save = admin.getByRole('button', { name: '生成新版本' })
  expect(await save.isDisabled()).toBe(true)
  await admin.getByLabel('为什么改').fill('试用：放宽查重')
  await save.click()
  await admin.getByText('已作出的承诺不变').first().waitFor()
  await admin.getByRole('list', { name: '立案条件' }).getByText('80 米').waitFor()

  const auditor = await as('auditor', '/?panel=audit')
  await pick(auditor, '步骤', '立案条件')
  await auditor.getByRole('list', { name: '审计' }).getByText('试用：放宽查重').waitFor()
})

test('the file of the conditions, read back, changes nothing; a changed line is shown before it counts', async () => {
  const admin = await as('administrator', '/?panel=rules')
  const [download] = await Promise.all([
    admin.waitForEvent('download'),
    admin.getByRole('link', { name: '导出 CSV' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  await admin.getByRole('button', { name: '导入' }).click()
  await admin.getByLabel('为什么改').fill('试用')
  const attempt = async (content: string) => {
    const file = { name: 'conditions.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }
    await admin.locator('input[type=file]').setInputFiles(file)
    await admin.getByRole('button', { name: '试算' }).click()
  }
  await attempt(text)
  await admin.getByText('没有要改的').waitFor()
  expect(await admin.getByRole('button', { name: /^生效/ }).count()).toBe(0)
  await attempt(text.replace('正在搭建', '正在搭建棚屋').replace('01-02', '99-99'))
  await admin.getByText('将改 1 条').waitFor()
  await admin.getByText('没有类别“99-99”').waitFor()
  await admin.getByRole('button', { name: '生效 1 条' }).waitFor()
})

test('a year of the calendar is changed by pressing days, with a reason', async () => {
  const admin = await as('administrator', '/?panel=rules')
  await admin.getByText('工作日历').click()
  await admin.getByRole('button', { name: /修改日历|录入/ }).click()
  const day = admin.getByRole('button', { name: /，工作日$/ }).first()
  const name = (await day.getAttribute('aria-label')) ?? ''
  await day.click()
  await admin.getByRole('button', { name: name.replace('，工作日', '，放假') }).waitFor()
  await admin.getByLabel('通知名称，或为什么改').fill('试用：多放一天')
  await admin.getByRole('button', { name: '生成新版本' }).click()
  await admin.getByText(/第 \d+ 版已生效/).waitFor()
})

const SCREENS = [
  ['administrator', '/?panel=people', 'ul[aria-label="人员"] button'],
  ['administrator', '/?panel=rules', 'ul[aria-label="立案条件"] button'],
  ['auditor', '/?panel=audit', 'ul[aria-label="审计"] button'],
] as const

test.each(SCREENS)('axe finds nothing serious for %s on %s', async (login, path, sign) => {
  const page = await as(login, path)
  await page.locator(sign).first().click()
  for (const theme of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.mantineColorScheme = '${theme}'`)
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `${theme} ${id}: ${node.html} ${node.failureSummary}`))
    expect(serious).toEqual([])
  }
})
