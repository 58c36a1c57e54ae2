import type { Map as MapLibre } from 'maplibre-gl'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlanSites } from '#contract/planning'
import type { Position } from '#geo/geojson'
import { toPosition } from '#geo/lattice'
import { copyOf, sidesOf, type GridKey } from '#geo/plan/draft'
import { draftFrom, type Drawing } from '#geo/plan/drawing'
import { openMeter } from '#geo/plan/meter'
import type { Op } from '#geo/plan/op'
import { perform } from '#geo/plan/perform'
import { placeAt } from '#geo/plan/sites'
import { openBrowser } from '../../scripts/browser.ts'
import { copyDemo, type Demo } from '../../scripts/demo.ts'
import { startServer, type RunningServer } from '../../scripts/server.ts'
import { complaintsOf, enterAs, openAs, openPage } from '../app/testing.ts'

let browser: Browser
let demo: Demo
let server: RunningServer

beforeAll(async () => {
  demo = await copyDemo('embedded')
  server = await startServer(demo.env)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await server.stop()
  await demo.remove()
})

interface Hooked {
  readonly __wangge: { readonly map: MapLibre }
}

/** Ground with a home on it that goes from one grid to its neighbour. */
interface Passing {
  readonly op: Op
  readonly at: Position
  readonly from: GridKey
  readonly to: GridKey
}

async function read<T>(page: Page, path: string): Promise<T> {
  const reply = await page.request.get(`${server.url}${path}`)
  expect(reply.ok(), path).toBe(true)
  return (await reply.json()) as T
}

async function send<T>(page: Page, path: string, data: unknown): Promise<T> {
  const reply = await page.request.post(`${server.url}${path}`, {
    data,
    headers: { 'idempotency-key': crypto.randomUUID() },
  })
  expect(reply.ok(), `${path}: ${await reply.text()}`).toBe(true)
  return (await reply.json()) as T
}

function passingOf(drawing: Drawing, sites: PlanSites): Passing {
  const draft = draftFrom(drawing)
  const meter = openMeter(draft, sites)
  for (let i = 0; i < sites.buildings.ids.length; i++) {
    const place = placeAt(sites.buildings, i)
    const atom = meter.atomAt(place)
    const from = draft.labels.get(atom)
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      const to = arc && sidesOf(draft, arc).find((key) => key !== 0 && key !== from)
      if (from === undefined || to === undefined) continue
      const op: Op = { kind: 'paint', atoms: [atom], grid: to }
      if (perform(copyOf(draft), op).ok) return { op, at: toPosition(place), from, to }
    }
  }
  throw new Error('no home may change its grid')
}

/** The grid that the map draws at a place. */
const drawnAt = (page: Page, at: Position) =>
  page.evaluate(([lng, lat]) => {
    const { map } = (window as unknown as Hooked).__wangge
    if (!map.getLayer('grid-fill')) return null
    const [grid] = map.queryRenderedFeatures(map.project([lng, lat]), { layers: ['grid-fill'] })
    return grid ? Number(grid.id) : null
  }, at)

const MINUTE = 60_000
/** For a page on a busy machine. */
const PATIENCE = 60_000
const NEW_NAME = '审批测试网格'

test(
  'a plan that was submitted and approved comes into force by itself, on every screen',
  { timeout: 300_000 },
  async () => {
    const planner = await openPage(browser, 'about:blank')
    planner.setDefaultTimeout(PATIENCE)
    await enterAs(planner, server.url, 'planner')
    const { plans } = await read<{ plans: readonly { id: number }[] }>(planner, '/api/plans')
    const plan = plans[0]?.id ?? 0
    const { op, at, from, to } = passingOf(
      await read<Drawing>(planner, `/api/plans/${plan}/drawing`),
      await read<PlanSites>(planner, '/api/planning/sites'),
    )
    const name = '审批测试'
    const { id } = await send<{ id: number }>(planner, '/api/scenarios', {
      name,
      from: { kind: 'plan', id: plan },
      ops: [op, { kind: 'edit', grid: to, name: NEW_NAME }],
    })

    // The planner submits it.
    await planner.goto(`${server.url}/?panel=planning&draft=scenario-${id}&tab=decide`)
    await planner.getByRole('form', { name: '提交审批' }).getByRole('button').click()
    await planner.getByRole('form', { name: '撤回' }).waitFor()
    await planner.context().close()

    // The commander looks at the grids, and an event is reported under the old borders.
    const commander = await openAs(browser, `${server.url}/?panel=grids&at=${at.join()},16`, 'commander')
    commander.setDefaultTimeout(PATIENCE)
    const complaints = complaintsOf(commander)
    await commander.waitForFunction(() => '__wangge' in window)
    await expect.poll(() => drawnAt(commander, at), { timeout: 60_000 }).toBe(from)
    const [category] = await read<readonly { code: string }[]>(commander, '/api/categories')
    const report = { position: at, category: category?.code }
    const early = await send<{ id: number }>(commander, '/api/events', report)

    // The director finds it waiting, and approves it for the next minute.
    const director = await openAs(browser, `${server.url}/?panel=planning`, 'director')
    director.setDefaultTimeout(PATIENCE)
    await director.getByTestId('waiting-planning').getByText('1', { exact: true }).waitFor()
    await director.getByText(name, { exact: true }).click()
    await director.getByRole('tab', { name: '审批' }).click()
    const form = director.getByRole('form', { name: '批准' })
    await form.getByText('2 个网格换新边界').waitFor()
    // An approval itself takes seconds, and the countdown must still be seen.
    const left = MINUTE - (Date.now() % MINUTE)
    const minute = Date.now() + left + (left < 25_000 ? MINUTE : 0)
    const local = new Date(minute + 480 * MINUTE).toISOString().slice(0, 16)
    await form.getByLabel('生效时间').fill(local)
    await form.getByRole('button', { name: '批准' }).click()
    await director.getByTestId('plan-countdown').getByText('后生效').waitFor()
    expect(await drawnAt(commander, at)).toBe(from)

    // At its minute the commander's map and list change without a hand.
    await expect.poll(() => drawnAt(commander, at), { timeout: 170_000 }).toBe(to)
    // The list shows what is due first, so that the grid may stand below what one sees of it.
    const nameOf = async () => (await read<{ name: string }>(commander, `/api/grids/${to}`)).name
    await expect.poll(nameOf, { timeout: PATIENCE }).toBe(NEW_NAME)
    await director.getByTestId('plan-countdown').getByText('起生效').waitFor()

    // What was reported before keeps its grid; what is reported now has the new one.
    const gridOf = async (event: number) =>
      (await read<{ grid: { id: number } }>(commander, `/api/events/${event}`)).grid.id
    expect(await gridOf(early.id)).toBe(from)
    const late = await send<{ id: number }>(commander, '/api/events', report)
    expect(await gridOf(late.id)).toBe(to)
    expect(complaints).toEqual([])
  },
)
