import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { closePage, complaintsOf, openAs, type Opening } from '../app/testing.ts'

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

async function as(login: string, opening?: Opening): Promise<Page> {
  const page = await openAs(browser, `${url}/?panel=disputes`, login, opening)
  pages.push(page)
  return page
}

const CLEAR = /.某\d{4}[甲乙丙]/
const list = (page: Page) => page.getByRole('list', { name: '矛盾纠纷' })
const textOf = (page: Page) => page.locator('body').innerText()

test('a file opens masked; a name is told for a reason, stays in no memory, and leaves a line', async () => {
  const page = await as('shift-lead')
  const said = complaintsOf(page)
  await list(page).getByRole('button').first().click()
  await page.getByRole('heading', { name: '当事人' }).waitFor()
  expect(await textOf(page)).not.toMatch(CLEAR)
  await page
    .getByRole('button', { name: /^查看姓名/ })
    .first()
    .click()
  const reason = page.getByLabel(/^查看理由/)
  const show = page.locator('form').getByRole('button', { name: '查看', exact: true })
  await reason.fill('看看')
  expect(await show.isDisabled()).toBe(true)
  await reason.fill('电话通知双方到场')
  await show.click()
  await page.getByText('秒后隐藏').waitFor()
  expect(await textOf(page)).toMatch(CLEAR)
  await page.getByText('查看当事人信息').first().waitFor()
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href]),
  )
  expect(kept).not.toMatch(/某\d{4}|到场/)
  await page.getByRole('button', { name: '隐藏', exact: true }).click()
  expect(await textOf(page)).not.toMatch(CLEAR)
  expect(said).toEqual([])
})

test('a name is hidden again by itself', async () => {
  const page = await as('director')
  await list(page).getByRole('button').first().click()
  await page.clock.install()
  await page
    .getByRole('button', { name: /^查看姓名/ })
    .first()
    .click()
  await page.getByLabel(/^查看理由/).fill('核对当事人身份')
  await page.keyboard.press('Enter')
  await page.getByText('秒后隐藏').waitFor()
  for (let k = 0; k < 61; k++) await page.clock.runFor(1000)
  await page.getByText('秒后隐藏').waitFor({ state: 'detached' })
  expect(await textOf(page)).not.toMatch(CLEAR)
})

test('a mediator registers by the keyboard, takes the file and records a session', async () => {
  const page = await as('mediator1')
  await page.getByRole('button', { name: '登记纠纷' }).click()
  const send = page.getByRole('button', { name: '登记', exact: true })
  for (const [field, typed] of [
    ['类别', '通风'],
    ['网格', '第一网格'],
  ] as const) {
    await page.getByRole('combobox', { name: field }).fill(typed)
    await page.getByRole('option', { name: typed }).first().waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
  await page.getByLabel('纠纷摘要').fill('邻居空调滴水')
  expect(await send.isDisabled()).toBe(true)
  await page.getByRole('textbox', { name: '申请人姓名', exact: true }).fill('测某9999甲')
  await page.getByText('规则建议黄色').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('已登记 jf-').waitFor()
  await page.getByRole('button', { name: '确定调解员' }).click()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '记录调解' }).click()
  await page.getByLabel('有进展，再约').check()
  await page.getByLabel('记录（加密保存）').fill('测某9999甲 同意再谈')
  await page.keyboard.press('Control+Enter')
  await page.getByText('测** 同意再谈').waitFor()
  expect(await textOf(page)).not.toMatch(/测某9999/)
})

test('who has not the right finds no door to it', async () => {
  const page = await as('commander')
  await page.getByRole('navigation').waitFor()
  expect(await page.getByRole('navigation').innerText()).not.toContain('纠纷')
  expect(await list(page).count()).toBe(0)
})

test.each([
  ['zh', 'light'],
  ['en', 'dark'],
] as const)('%s %s: axe finds nothing in list, file and form', async (language, theme) => {
  const page = await as('shift-lead', { language, theme })
  const words = language === 'zh' ? ['矛盾纠纷', '登记纠纷'] : ['Disputes', 'Register a dispute']
  await page
    .getByRole('list', { name: words[0] ?? '', exact: true })
    .getByRole('button')
    .first()
    .click()
  await page.getByRole('heading', { name: language === 'zh' ? '办理过程' : 'History' }).waitFor()
  const look = async () => {
    const { violations } = await new AxeBuilder({ page }).include('aside').analyze()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }
  expect(await look()).toEqual([])
  await page.getByRole('button', { name: words[1] ?? '' }).click()
  expect(await look()).toEqual([])
})
