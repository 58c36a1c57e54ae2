import { Client } from 'pg'
import type { Browser, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { copyDemo, type Demo } from '../../scripts/demo.ts'
import { startServer, type RunningServer } from '../../scripts/server.ts'
import { complaintsOf, openAs } from './testing.ts'

/** In the old town of the demo. */
const PLACE = [119.9312, 32.4575] as const

let browser: Browser
let demo: Demo
let server: RunningServer
let database: Client
const complaints: string[][] = []

beforeAll(async () => {
  demo = await copyDemo('postgres')
  server = await startServer(demo.env)
  database = new Client(demo.databaseUrl)
  await database.connect()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await database.end()
  await server.stop()
  await demo.remove()
})

const sit = async (login: string, view: string): Promise<Page> => {
  const page = await openAs(browser, `${server.url}/?at=${PLACE.join()},17&${view}`, login)
  page.setDefaultTimeout(60_000)
  complaints.push(complaintsOf(page))
  return page
}

const detailOf = (page: Page): Locator => page.getByRole('complementary', { name: '详情' })

/** Presses the button of a move, fills its form where it has one, and waits until the history tells of it. */
async function make(page: Page, move: string, told: string, fill?: (form: Locator) => Promise<unknown>) {
  const foot = detailOf(page).getByRole('region', { name: '办理' })
  const before = await steps(page, told).count()
  await foot.getByRole('button', { name: new RegExp(`^${move}`) }).click()
  if (fill) {
    const form = foot.getByRole('form')
    await fill(form)
    await form.locator('button[type=submit]').click()
  }
  await expect.poll(() => steps(page, told).count(), { timeout: 60_000 }).toBe(before + 1)
}

const steps = (page: Page, told: string): Locator =>
  detailOf(page).getByRole('list', { name: '经过' }).getByText(told, { exact: true })

const say = (text: string) => (form: Locator) => form.getByRole('textbox').last().fill(text)

/** Adds a picture once the page offers the stage: it follows the status, which the page hears of a moment after others do. */
async function picture(page: Page, stage: string, count: number): Promise<void> {
  const buffer = await sharp({
    create: { width: 900, height: 600, channels: 3, background: { r: 90, g: 60 * count, b: 107 } },
  })
    .jpeg()
    .toBuffer()
  const detail = detailOf(page)
  await expect
    .poll(() => detail.locator('input[aria-label="照片环节"]').first().inputValue(), { timeout: 60_000 })
    .toBe(stage)
  await detail.locator('input[type=file]').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer })
  await expect
    .poll(() => detail.getByRole('button', { name: new RegExp(stage) }).count(), { timeout: 30_000 })
    .toBe(count)
}

/** Lets the deadline pass, which takes hours otherwise. */
async function passDeadline(id: number): Promise<void> {
  const past = `due_at = now() - interval '2 minutes', amber_at = now() - interval '1 hour'`
  await database.query(`update events set ${past} where id = $1`, [id])
  await database.query(`update assignments set ${past} where event_id = $1`, [id])
}

test('a whole life, by those who have a part in it, without a reload', { timeout: 300_000 }, async () => {
  const found = await database.query<{ login: string; grid: string }>(
    `select a.login, g.name as grid from boundaries b join grids g on g.id = b.grid_id
       join workers w on w.grid_id = g.id join accounts a on a.worker_id = w.id
     where b.valid @> now() and st_covers(b.geom, st_setsrid(st_makepoint($1, $2), 4326))`,
    [...PLACE],
  )
  const worker = await sit(found.rows[0]?.login ?? '', 'mode=report')

  // The grid worker reports exposed rubbish.
  await worker.getByPlaceholder('地址，或', { exact: false }).fill(PLACE.join(', '))
  await worker.keyboard.press('Enter')
  await worker
    .getByTestId('destination')
    .getByText(found.rows[0]?.grid ?? '', { exact: true })
    .waitFor()
  await worker.getByPlaceholder('搜类别名称或代码').fill('暴露')
  await worker.getByRole('button', { name: '暴露垃圾', exact: false }).last().click()
  await worker.getByLabel('描述', { exact: true }).fill('巷口两袋垃圾')
  await worker.getByRole('button', { name: '上报', exact: true }).last().click()
  await worker.getByRole('button', { name: '打开', exact: true }).click()
  await detailOf(worker).getByText('巷口两袋垃圾').waitFor()
  const id = Number(new URL(worker.url()).searchParams.get('event'))
  const view = `event=${id}`

  // Intake files it, the dispatcher gives it to the first unit that is suggested: sanitation.
  const lead = await sit('shift-lead', `panel=intake&${view}`)
  await make(lead, '立案', '立案', (form) => form.getByRole('radio').first().check())
  const dispatcher = await sit('dispatcher', `panel=dispatch&${view}`)
  await make(dispatcher, '派遣', '派遣', (form) =>
    form
      .getByRole('button', { name: /环卫所/ })
      .first()
      .click(),
  )

  // The unit signs, lets the deadline pass, and gets a card: first by itself, then by the commander.
  const unit = await sit('liaison-hw', `panel=unit&${view}`)
  await make(unit, '签收', '签收')
  await passDeadline(id)
  const commander = await sit('commander', `panel=supervision&${view}`)
  await expect.poll(() => steps(commander, '超期').count(), { timeout: 90_000 }).toBe(1)
  await expect.poll(() => steps(commander, '督办').count(), { timeout: 90_000 }).toBe(1)
  await make(commander, '督办', '督办', async (form) => {
    await form.getByRole('radio', { name: '黄牌督办' }).check()
    await say('今晚之前办结')(form)
  })
  await detailOf(unit).getByText('黄牌督办').first().waitFor()

  // It handles with pictures; without one taken after, it may not.
  await make(unit, '开始处置', '开始处置')
  await picture(unit, '处置后', 1)
  await make(unit, '处置完毕', '处置完毕', say('已清运'))

  // The check at the place finds rubbish left, and sends it back; a new picture is needed.
  await make(lead, '请求核查', '请求核查')
  await make(worker, '核查', '核查', async (form) => {
    await form.getByRole('radio', { name: /不合格/ }).check()
    await say('还有一袋')(form)
  })
  await picture(unit, '处置后', 2)
  await make(unit, '处置完毕', '处置完毕', say('已全部清运'))
  await make(lead, '请求核查', '请求核查')
  await make(worker, '核查', '核查', (form) => form.getByRole('radio', { name: '合格', exact: true }).check())

  // Closed late, and revisited.
  await make(lead, '结案', '结案')
  await detailOf(lead)
    .getByText(/超期.*办结/)
    .first()
    .waitFor()
  const acceptor = await sit('acceptor1', view)
  await make(acceptor, '回访', '回访', (form) =>
    form.getByRole('radio', { name: '满意', exact: true }).check(),
  )

  // The audit has each step, by whom and in which duty.
  const auditor = await sit('auditor', 'panel=audit')
  const reply = await auditor.request.get(`${server.url}/api/audit?subject=event/${id}&limit=100`)
  const { items } = (await reply.json()) as {
    items: { step: string; role: string | null; name: string | null }[]
  }
  expect(
    items
      .map(({ step }) => step)
      .toReversed()
      .filter((step) => !/photographed|amber/.test(step)),
  ).toEqual(
    'reported filed dispatched signed red supervised supervised started handled check-asked checked handled check-asked checked closed revisited'
      .split(' ')
      .map((step) => `event.${step}`),
  )
  const people = items.filter(({ name }) => name !== null)
  expect(new Set(people.map(({ role }) => role))).toEqual(
    new Set(['grid-worker', 'shift-lead', 'dispatcher', 'unit-liaison', 'commander', 'acceptor']),
  )
  await auditor.getByRole('list').getByText('回访').first().waitFor()
  expect(complaints.flat()).toEqual([])
})
