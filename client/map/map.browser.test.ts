import type { Map as MapLibre } from 'maplibre-gl'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { decodeColumns } from '../../geodata/columns.ts'
import { openBrowser } from '../../scripts/browser.ts'
import { signedIn } from '../../scripts/server.ts'
import { consoleUrl } from '../app/console-testing.ts'
import { openAs } from '../app/testing.ts'

/** What is drawn, asked of the map itself on the built console: ids and counts for vectors, pixels for density. */
const url = consoleUrl()
/** Software rendering on two shared cores. */
const PATIENCE = { timeout: 90_000, polling: 400 }
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

type Place = [lng: number, lat: number]
interface Hooked {
  readonly __wangge: { readonly map: MapLibre }
}

async function open(query = '', language: 'zh' | 'en' = 'zh'): Promise<Page> {
  const page = await openAs(browser, `${url}/?panel=none${query}`, 'director', {
    language,
    size: [1200, 800],
  })
  await page.waitForFunction(() => '__wangge' in window, null, PATIENCE)
  await idle(page)
  return page
}

/** The ground and the open events are here and drawn. */
async function idle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const { map } = (window as unknown as Hooked).__wangge
      const isDrawn = map.getLayer('event-dot') && map.getLayer('landuse') && map.loaded()
      return isDrawn && map.queryRenderedFeatures({ layers: ['event-dot', 'event-cluster'] }).length > 0
    },
    null,
    PATIENCE,
  )
}

const idsOf = (page: Page, layer: string) =>
  page.evaluate((name) => {
    const { map } = (window as unknown as Hooked).__wangge
    return [...new Set(map.queryRenderedFeatures({ layers: [name] }).map((feature) => Number(feature.id)))]
  }, layer)

/** Events that stand behind the markers: clusters by their count, dots one each. */
const markersOf = (page: Page) =>
  page.evaluate(() => {
    const { map } = (window as unknown as Hooked).__wangge
    const drawn = map.queryRenderedFeatures({ layers: ['event-dot', 'event-cluster'] })
    const once = new Map(drawn.map((feature) => [`${feature.layer.id} ${feature.id}`, feature.properties]))
    return [...once.values()].reduce((sum, { point_count: count }) => sum + (count ?? 1), 0)
  })

/** Where on the page a marker stands that no other is near. */
const markerOn = (page: Page, layer: string) =>
  page.evaluate((name) => {
    const { map } = (window as unknown as Hooked).__wangge
    const box = map.getCanvas().getBoundingClientRect()
    const spots = map.queryRenderedFeatures({ layers: ['event-dot', 'event-cluster'] }).map((feature) => {
      const [lng = 0, lat = 0] = feature.geometry.type === 'Point' ? feature.geometry.coordinates : []
      const { x, y } = map.project([lng, lat])
      return { id: Number(feature.id), layer: feature.layer.id, x, y }
    })
    const free = spots.find(
      (spot) =>
        spot.layer === name &&
        Math.abs(spot.x - 560) < 260 &&
        Math.abs(spot.y - 330) < 230 &&
        spots.every((other) => other.id === spot.id || Math.hypot(other.x - spot.x, other.y - spot.y) > 30),
    )
    if (!free) throw new Error(`no ${name} stands alone`)
    return { id: free.id, x: free.x + box.left, y: free.y + box.top }
  }, layer)

const cameraOf = (page: Page) =>
  page.evaluate(() => {
    const { map } = (window as unknown as Hooked).__wangge
    return [...map.getCenter().toArray(), map.getZoom()].map((value) => value.toFixed(5)).join()
  })

async function hide(page: Page, layers: RegExp): Promise<void> {
  await page.evaluate((pattern) => {
    const { map } = (window as unknown as Hooked).__wangge
    for (const id of map.getLayersOrder()) {
      if (new RegExp(pattern).test(id)) map.setLayoutProperty(id, 'visibility', 'none')
    }
  }, layers.source)
  await page.waitForTimeout(600)
}

/** All pixels of a frame drawn for them, or the one at a place. */
const pixelsOf = (page: Page, place: Place | null) =>
  page.evaluate((at) => {
    const { map } = (window as unknown as Hooked).__wangge
    map.redraw()
    const canvas = map.getCanvas()
    const gl = canvas.getContext('webgl2')
    const ratio = canvas.width / canvas.clientWidth
    const spot = at ? map.project(at) : { x: 0, y: canvas.clientHeight }
    const [width, height] = at ? [1, 1] : [canvas.width, canvas.height]
    const pixels = new Uint8Array(width * height * 4)
    gl?.readPixels(
      Math.round(spot.x * ratio),
      Math.round(canvas.height - spot.y * ratio),
      width,
      height,
      gl.RGBA,
      gl.UNSIGNED_BYTE,
      pixels,
    )
    if (at) return [...pixels.subarray(0, 3)]
    let dark = 0
    for (let i = 0; i < pixels.length; i += 4) {
      if ((pixels[i] ?? 255) + (pixels[i + 1] ?? 255) + (pixels[i + 2] ?? 255) < 330) dark++
    }
    return [dark]
  }, place)

async function colorAt(page: Page, place: Place, zoom: number): Promise<number[]> {
  await page.evaluate(
    ([center, closer]) => (window as unknown as Hooked).__wangge.map.jumpTo({ center, zoom: closer }),
    [place, zoom] as const,
  )
  await page.waitForTimeout(500)
  await page.waitForFunction(() => (window as unknown as Hooked).__wangge.map.loaded(), null, PATIENCE)
  return pixelsOf(page, place)
}

const apart = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)))

const get = (path: string) => fetch(`${url}${path}`, { headers: { ...door } })
const getJson = async <T>(path: string) => (await (await get(path)).json()) as T

test('all 81 grids are drawn, each with its own id', async () => {
  const page = await open()
  const { features } = await getJson<{ features: { id: number }[] }>('/api/grids')
  const ascending = (ids: number[]) => ids.toSorted((a, b) => a - b)
  expect(ascending(await idsOf(page, 'grid-fill'))).toEqual(ascending(features.map((feature) => feature.id)))
  expect(features).toHaveLength(81)
})

test.each([
  ['', ''],
  ['&light=red', '&light=red'],
  ['&source=patrol,video', '&source=patrol&source=video'],
])('with the filter %j the markers are as many as the rows', async (query, filter) => {
  const page = await open(query)
  const rows = async () =>
    (await getJson<{ total: number }>(`/api/events?state=open&limit=1${filter}`)).total -
    (await markersOf(page))
  // A light may turn between the two readings.
  await expect.poll(rows, { timeout: 45_000, interval: 1000 }).toBe(0)
  expect(await markersOf(page)).toBeGreaterThan(0)
})

test('a cluster opens on a click', async () => {
  const page = await open()
  const zoomOf = async () => Number((await cameraOf(page)).split(',')[2])
  const before = await zoomOf()
  const cluster = await markerOn(page, 'event-cluster')
  await page.mouse.click(cluster.x, cluster.y)
  await page.waitForURL(/[?&]at=/, { timeout: 30_000 })
  expect(await zoomOf()).toBeGreaterThan(before)
})

test('an event is chosen on a click, and the camera stays', async () => {
  const page = await open('&at=119.93,32.455,14.6')
  const before = await cameraOf(page)
  const dot = await markerOn(page, 'event-dot')
  await page.mouse.click(dot.x, dot.y)
  await page.waitForURL(new RegExp(`[?&]event=${dot.id}`), { timeout: 30_000 })
  await page.waitForTimeout(800)
  expect(await cameraOf(page)).toBe(before)
  expect(await idsOf(page, 'event-chosen-ring')).toEqual([dot.id])
})

test('a new report is one marker more, and the camera stays', async () => {
  const page = await open('&at=119.93,32.455,13')
  const [camera, markers] = [await cameraOf(page), await markersOf(page)]
  const [category] = await getJson<{ code: string }[]>('/api/categories')
  const reply = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { ...door, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ position: [119.9305, 32.4552], category: category?.code }),
  })
  expect(reply.status).toBe(201)
  await expect.poll(() => markersOf(page), { timeout: 30_000 }).toBe(markers + 1)
  expect(await cameraOf(page)).toBe(camera)
})

test('with a grid chosen the arrow keys walk over its neighbours', async () => {
  const page = await open('&grid=1&at=119.93,32.455,13')
  const walked = new Set<string | null>()
  await page.evaluate(() => (window as unknown as Hooked).__wangge.map.getCanvas().focus())
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key)
    walked.add(new URL(page.url()).searchParams.get('grid'))
  }
  expect(walked.size).toBeGreaterThan(2)
})

/** What may lie on a pixel and is not density; deck's own layer is named after the layer above it. */
const WITHOUT = /^(?!deck).*(event|place|name|number|road|building|border|park|water|shore|canal)/

test.each([
  ['heat', 'heat', 30],
  ['hexagon', 'deck', 12],
] as const)(
  'by %s a hot spot is hot, an empty spot is not, and zoom changes neither',
  async (heat, layer, even) => {
    const { hot, empty } = await extremes()
    const page = await open(`&paint=plain&heat=${heat}`)
    const isLayer = (name: string) =>
      (window as unknown as Hooked).__wangge.map.getLayersOrder().some((id) => id.startsWith(name))
    await page.waitForFunction(isLayer, layer, PATIENCE)
    await hide(page, WITHOUT)
    const seen = {
      hot: [await colorAt(page, hot, 13), await colorAt(page, hot, 15)] as const,
      empty: [await colorAt(page, empty, 13), await colorAt(page, empty, 15)] as const,
    }
    await page.close()
    const plain = await open('&paint=plain')
    await hide(plain, WITHOUT)
    const bare = [await colorAt(plain, empty, 13), await colorAt(plain, empty, 15)]
    expect(apart(seen.hot[0], await colorAt(plain, hot, 13))).toBeGreaterThan(60)
    expect(apart(...seen.hot)).toBeLessThan(even)
    expect(seen.empty.map((color, i) => apart(color, bare[i] ?? []) < 10)).toEqual([true, true])
  },
)

/** Where most events are within about 100 m, and the place in the sub-district that is farthest from any. */
async function extremes(): Promise<{ hot: Place; empty: Place }> {
  const { count, positions } = decodeColumns(await (await get('/api/events/points')).arrayBuffer())
  const places = Array.from({ length: count }, (_, i): Place => [
    positions[2 * i] ?? 0,
    positions[2 * i + 1] ?? 0,
  ])
  const byCell = Map.groupBy(places, ([lng, lat]) => `${lng.toFixed(3)} ${lat.toFixed(3)}`)
  const [crowd = []] = [...byCell.values()].toSorted((a, b) => b.length - a.length)
  const mean = (k: 0 | 1) => crowd.reduce((sum, place) => sum + place[k], 0) / crowd.length
  const { bbox } = await getJson<{ bbox: [number, number, number, number] }>('/api/subdistrict')
  const [west, south, east, north] = bbox
  const gap = ([lng, lat]: Place) =>
    Math.min(...places.map(([x, y]) => Math.hypot((x - lng) * 0.844, y - lat)))
  const tried = Array.from({ length: 225 }, (_, i): Place => [
    west + ((east - west) * (4 + (i % 15))) / 23,
    south + ((north - south) * (4 + Math.floor(i / 15))) / 23,
  ])
  const gaps = tried.map((place) => ({ place, gap: gap(place) })).toSorted((a, b) => b.gap - a.gap)
  const empty = gaps[0]?.place ?? [0, 0]
  return { hot: [mean(0), mean(1)], empty }
}

test.each(['zh', 'en'] as const)('names are drawn in %s without a glyph server', async (language) => {
  const page = await open('&at=119.93,32.455,14.2&paint=plain', language)
  for (const layer of ['place-estate', 'grid-name'])
    await expect.poll(async () => (await idsOf(page, layer)).length, { timeout: 30_000 }).toBeGreaterThan(0)
  const field = await page.evaluate(() => {
    const { map } = (window as unknown as Hooked).__wangge
    return JSON.stringify(map.getLayoutProperty('place-estate', 'text-field'))
  })
  expect(field.includes('nameEn')).toBe(language === 'en')
  const [inked = 0] = await pixelsOf(page, null)
  await hide(page, /name|place/)
  const [bare = 0] = await pixelsOf(page, null)
  expect(inked - bare).toBeGreaterThan(1500)
})

test('a theme repaints the same layers, with deck between the roads and the borders', async () => {
  const page = await open('&at=119.93,32.455,13&heat=hexagon')
  const order = () => page.evaluate(() => (window as unknown as Hooked).__wangge.map.getLayersOrder())
  await expect
    .poll(async () => (await order()).some((id) => id.startsWith('deck')), { timeout: 60_000 })
    .toBe(true)
  const before = await order()
  const paper = await pixelsOf(page, [119.9, 32.455])
  await page.getByRole('button', { name: /深色|夜|暗/ }).click()
  await expect
    .poll(async () => apart(await pixelsOf(page, [119.9, 32.455]), paper), { timeout: 30_000 })
    .toBeGreaterThan(200)
  expect(await order()).toEqual(before)
  const at = (name: string): number => before.findIndex((id) => id.startsWith(name))
  const places = ['road-trunk', 'deck', 'border-grid'].map(at)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})
