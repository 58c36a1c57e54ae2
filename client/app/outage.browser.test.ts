import { expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { copyDemo } from '../../scripts/demo.ts'
import { signedIn, startServer } from '../../scripts/server.ts'
import { closePage, listedNumbers, openAs } from './testing.ts'

const REPORTS = 24

type Door = Awaited<ReturnType<typeof signedIn>>

/** Reports until the server has said yes: the same key each time, so that a lost answer makes no second event. */
async function reportSurely(url: string, door: Door, body: object): Promise<void> {
  const key = crypto.randomUUID()
  for (;;) {
    const reply = await fetch(`${url}/api/events`, {
      method: 'POST',
      headers: { ...door, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    }).catch(() => null)
    if (reply?.status === 201) return
    await new Promise((done) => setTimeout(done, 200))
  }
}

test('the server dies amid a stream of reports and comes back: the console ends with the rows of the database', async () => {
  const demo = await copyDemo('embedded')
  const first = await startServer(demo.env)
  const { port } = new URL(first.url)
  const browser = await openBrowser()
  try {
    const page = await openAs(browser, first.url, 'director')
    const door = await signedIn(first.url, 'director')
    const get = (path: string) => fetch(`${first.url}${path}`, { headers: { ...door } })
    await page.locator('aside li').first().waitFor()
    const { features } = (await (await get('/api/grids')).json()) as {
      features: { properties: { label: number[] } }[]
    }
    const reporting = (async () => {
      for (let k = 0; k < REPORTS; k++) {
        const position = features[k % features.length]?.properties.label
        await reportSurely(first.url, door, { position, category: '01-10' })
        await new Promise((done) => setTimeout(done, 120))
      }
    })()
    await new Promise((done) => setTimeout(done, 1500))
    await first.kill()
    await page.getByTitle('数据状态').getByText('已断开').waitFor()
    const second = await startServer({ ...demo.env, PORT: port })
    await reporting
    const reply = await get('/api/events?state=open&limit=2000')
    const { total, items } = (await reply.json()) as { total: number; items: { number: string }[] }
    const open = () => page.getByTestId('figure-open').textContent()
    await expect.poll(open, { timeout: 20_000 }).toBe(String(total))
    expect(await listedNumbers(page)).toEqual(new Set(items.map((item) => item.number)))
    await page.getByTitle('数据状态').click()
    expect(await page.getByTestId('gaps').textContent()).toBe('0')
    await closePage(page)
    await second.stop()
  } finally {
    await browser.close()
    await first.kill()
    await demo.remove()
  }
}, 240_000)
