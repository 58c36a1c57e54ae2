import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../scripts/browser.ts'
import { copyDemo } from '../../scripts/demo.ts'
import { signedIn, startServer, type RunningServer } from '../../scripts/server.ts'

/** In the old town of the demo. */
const PLACE = [119.9312, 32.4575] as const
const VIEW = `?panel=events&at=${PLACE.join()},17`

let browser: Browser
const cleanups: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  browser = await openBrowser()
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
afterAll(() => browser.close())

/** What a server is started on. */
async function placeOn(kind: 'postgres' | 'embedded'): Promise<Readonly<Record<string, string>>> {
  const demo = await copyDemo(kind)
  cleanups.push(demo.remove)
  return demo.env
}

async function serve(env: Readonly<Record<string, string>>): Promise<RunningServer> {
  const server = await startServer(env)
  cleanups.push(() => server.stop())
  return server
}

/** One who sees every event and reports anywhere. */
const PERSON = 'shift-lead'

async function look(url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.context().addCookies(await cookiesOf(url))
  cleanups.push(() => page.close())
  await page.addInitScript(script)
  await page.goto(`${url}/${VIEW}`)
  await page.waitForFunction(() => mapOf()?.getSource('events') !== undefined && mapOf()?.isStyleLoaded())
  await expect.poll(() => shownIds(page), { timeout: 30_000 }).not.toEqual([])
  return page
}

async function cookiesOf(url: string) {
  const { cookie } = await signedIn(url, PERSON)
  return cookie.split('; ').map((pair) => {
    const [name = '', value = ''] = pair.split('=', 2)
    return { name, value, url }
  })
}

/** Lives in the page. */
declare function mapOf(): MapLibre | undefined

const script = 'window.mapOf = () => window.__wangge?.map'

/** Ids of the events that the map holds, clustered or not. */
async function shownIds(page: Page): Promise<number[]> {
  const ids = await page.evaluate(async () => {
    const data = await mapOf()?.getSource<GeoJSONSource>('events')?.getData()
    return data?.type === 'FeatureCollection' ? data.features.map((feature) => Number(feature.id)) : []
  })
  return ids.toSorted((a, b) => a - b)
}

type Door = Awaited<ReturnType<typeof signedIn>>

async function report(
  url: string,
  door: Door,
  key: string,
  position: readonly number[] = PLACE,
): Promise<{ id: number }> {
  const reply = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ position, category: '01-10', source: 'grid-worker' }),
    signal: AbortSignal.timeout(10_000),
  })
  if (reply.status !== 201) throw new Error(`report: ${reply.status}`)
  return (await reply.json()) as { id: number }
}

/** The open events as the server has them. */
async function openIds(url: string, door: Door): Promise<number[]> {
  const reply = await fetch(`${url}/api/events?state=open&limit=2000`, { headers: { ...door } })
  const { items } = (await reply.json()) as { items: { id: number }[] }
  return items.map((item) => item.id).toSorted((a, b) => a - b)
}

test('a report to one process is on the map of a browser at another within a second', async () => {
  const place = await placeOn('postgres')
  const [a, b] = [await serve(place), await serve(place)]
  const page = await look(b.url)
  const door = await signedIn(a.url, PERSON)
  const delays: number[] = []
  for (let i = 0; i < 5; i++) {
    const { id } = await report(a.url, door, randomUUID(), [PLACE[0] + (i - 2) * 2e-4, PLACE[1]])
    const start = performance.now()
    await page.waitForFunction(
      (wanted) =>
        mapOf()
          ?.queryRenderedFeatures({ layers: ['event-dot'] })
          .some((f) => f.id === wanted),
      id,
      { polling: 20 },
    )
    delays.push(performance.now() - start)
  }
  expect(Math.max(...delays)).toBeLessThan(1000)
  expect(await gaps(page)).toBe('0')
})

test.each(['postgres', 'embedded'] as const)(
  'kill -9 and restart during a stream of reports: the console ends with the rows of the database (%s)',
  async (kind) => {
    const place = { ...(await placeOn(kind)), PORT: String(await freePort()) }
    let server = await serve(place)
    const page = await look(server.url)
    const door = await signedIn(server.url, PERSON)
    const acknowledged: number[] = []
    let sending = true
    const stream = (async () => {
      for (let n = 0; sending; n++)
        acknowledged.push(await sendUntilAcknowledged(server.url, door, `${kind}-${n}`, n))
    })()
    for (const count of [15, 30]) {
      await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(count)
      await server.kill()
      server = await serve(place)
    }
    await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(45)
    sending = false
    await stream

    const rows = await openIds(server.url, door)
    expect(rows).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    await expect.poll(() => shownIds(page), { timeout: 30_000 }).toEqual(rows)
    expect(await gaps(page)).toBe('0')
  },
)

/** As a careful sender does: the same key until an answer comes. */
async function sendUntilAcknowledged(url: string, door: Door, key: string, n: number): Promise<number> {
  for (;;) {
    try {
      const { id } = await report(url, door, key, [
        PLACE[0] + (n % 10) * 1e-4,
        PLACE[1] + Math.floor(n / 10) * 1e-4,
      ])
      return id
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

async function gaps(page: Page): Promise<string | null> {
  await page.locator('[data-state]').first().click()
  const text = await page.getByTestId('gaps').textContent()
  await page.keyboard.press('Escape')
  return text
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
