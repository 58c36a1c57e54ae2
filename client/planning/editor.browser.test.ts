import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Lattice } from '#geo/fabric'
import { toPosition } from '#geo/lattice'
import { copyOf, sidesOf, type Draft } from '#geo/plan/draft'
import { draftFrom, type Drawing } from '#geo/plan/drawing'
import { middleOf } from '#geo/plan/meter-spots'
import { perform } from '#geo/plan/perform'
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

const WHOLE = '81 格 · 0 缝 · 0 叠 · 面积相符'
const badge = (page: Page) => page.getByTestId('plan-badge')
const undo = (page: Page) => page.getByTestId('plan-undo')

async function fork(opening?: Opening): Promise<Page> {
  const page = await openAs(browser, `${url}/`, 'planner', opening)
  pages.push(page)
  await page.getByRole('button', { name: '另起草案' }).last().click()
  await page.getByRole('button', { name: '建立' }).click()
  await badge(page).waitFor()
  return page
}

/** Until the map has drawn what it was given, and everything is stored. */
async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { map } = (window as unknown as { __wangge: Probe }).__wangge
    return map.loaded() && map.querySourceFeatures('plan-arcs').length > 0
  })
  await page.locator('[data-testid=plan-saving][data-state=saved]').waitFor()
}

interface Probe {
  readonly map: {
    readonly loaded: () => boolean
    readonly project: (at: number[]) => { x: number; y: number }
    readonly querySourceFeatures: (source: string) => {
      id: number
      geometry: { coordinates: number[][] & number[][][] }
    }[]
    readonly getFeatureState: (of: { source: string; id: number }) => Record<string, unknown>
    readonly getContainer: () => HTMLElement
  }
}

type Spot = readonly [x: number, y: number]

/** What the arcs around a place are, as the map has them now. */
function linesOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { map } = (window as unknown as { __wangge: Probe }).__wangge
    const all = map
      .querySourceFeatures('plan-arcs')
      .map(({ id, geometry }) => `${id} ${JSON.stringify(geometry.coordinates)}`)
    return [...new Set(all)].toSorted().join('\n')
  })
}

async function drag(page: Page, from: Spot, ...ways: readonly Spot[]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  for (const way of ways) await page.mouse.move(...way, { steps: 4 })
}

const done = (page: Page, words: string) =>
  page.locator(`[data-testid=plan-undo][aria-label*="${words}"]`).waitFor()

/** The draft as the server has it, to look for what may be done. */
async function draftOf(page: Page): Promise<Draft> {
  const reply = await page.request.get(`${url}/api/plans/1/drawing`)
  return draftFrom((await reply.json()) as Drawing)
}

interface Way {
  readonly from: Lattice
  readonly to: Lattice
}

/** About 90 m: a few px on the whole map, and more than a press that only chooses. */
const FAR = 9_000

/** A bend of a border between two grids that may be drawn to the east. */
function bendable(draft: Draft): Way {
  for (const arc of draft.arcs.values()) {
    const [left, right] = sidesOf(draft, arc)
    if (left === right || left === 0 || right === 0) continue
    for (const [index, from] of arc.points.entries()) {
      const to: Lattice = [from[0] + FAR, from[1]]
      const op = { kind: 'move-vertex', arc: arc.id, index, to } as const
      if (index > 0 && index < arc.points.length - 1 && perform(copyOf(draft), op).ok) return { from, to }
    }
  }
  throw new Error('no border may be bent')
}

/** A block that may go to a neighbour, large enough to be hit. */
function paintable(draft: Draft): { readonly atom: number; readonly grid: number } {
  const found = [...draft.arcs.values()]
    .flatMap((arc) => {
      const [left, right] = sidesOf(draft, arc)
      return left === right || left === 0 || right === 0 ? [] : [{ atom: arc.left, grid: right }]
    })
    .filter(({ atom, grid }) => perform(copyOf(draft), { kind: 'paint', atoms: [atom], grid }).ok)
    .toSorted((a, b) => extent(draft, b.atom) - extent(draft, a.atom))[0]
  if (!found) throw new Error('no block may change hands')
  return found
}

/** The way straight down through a grid that falls into two by it. */
function splittable(draft: Draft): Way {
  const all = [...draft.nodes.values()]
  const mean = (axis: 0 | 1) => all.reduce((sum, at) => sum + at[axis], 0) / all.length
  const [cx, cy] = [mean(0), mean(1)]
  const far = (grid: number) => {
    const [x, y] = middleOfGrid(draft, grid)
    return Math.hypot(x - cx, y - cy)
  }
  // In the middle of the map nothing lies over it.
  for (const grid of [...draft.grids.keys()].toSorted((a, b) => far(a) - far(b))) {
    const points = pointsOf(draft, draft.atomsOfGrid.get(grid) ?? new Set())
    const [x] = middleOfGrid(draft, grid)
    const ys = points.map(([, y]) => y)
    const [from, to]: [Lattice, Lattice] = [
      [x, Math.max(...ys) + 3000],
      [x, Math.min(...ys) - 3000],
    ]
    const op = { kind: 'split', grid, line: [from, to], name: '新', nameEn: 'new' } as const
    if (Math.max(...ys) - Math.min(...ys) > 30_000 && perform(copyOf(draft), op).ok) return { from, to }
  }
  throw new Error('no grid falls into two')
}

const pointsOf = (draft: Draft, atoms: ReadonlySet<number>): readonly Lattice[] =>
  [...atoms]
    .flatMap((atom) => [...(draft.arcsOfAtom.get(atom) ?? [])])
    .flatMap((id) => draft.arcs.get(id)?.points ?? [])

function extent(draft: Draft, atom: number): number {
  const points = pointsOf(draft, new Set([atom]))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return Math.min(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}

/** The middle of its largest block. */
function middleOfGrid(draft: Draft, grid: number): Lattice {
  const atoms = [...(draft.atomsOfGrid.get(grid) ?? [])]
  return middleOf(draft, atoms.toSorted((a, b) => extent(draft, b) - extent(draft, a))[0] ?? 0)
}

function onScreen(page: Page, at: Lattice): Promise<Spot> {
  return page.evaluate(
    (position) => {
      const { map } = (window as unknown as { __wangge: Probe }).__wangge
      const box = map.getContainer().getBoundingClientRect()
      const { x, y } = map.project(position)
      return [x + box.left, y + box.top] as const
    },
    [...toPosition(at)],
  )
}

test('a planner forks, drags, paints, splits and merges, takes all back and does all again', async () => {
  const page = await fork()
  const said = complaintsOf(page)
  await drawn(page)
  expect(await badge(page).innerText()).toBe(WHOLE)
  expect(await undo(page).isDisabled()).toBe(true)

  await page.keyboard.press('2')
  const draft = await draftOf(page)
  const bend = bendable(draft)
  const before = await linesOf(page)
  const [from, to] = [await onScreen(page, bend.from), await onScreen(page, bend.to)]
  await drag(page, from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], to)
  // While it is held both owners are lit, and the line follows.
  await page.waitForFunction(() => {
    const { map } = (window as unknown as { __wangge: Probe }).__wangge
    const owners = map
      .querySourceFeatures('plan-atoms')
      .filter(({ id }) => map.getFeatureState({ source: 'plan-atoms', id })['owner'] === true)
    return owners.length > 1
  })
  await page.mouse.up()
  await done(page, '移动边界点')
  await drawn(page)
  expect(await linesOf(page)).not.toBe(before)
  expect(await badge(page).innerText()).toBe(WHOLE)

  const { atom, grid } = paintable(draft)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.mouse.click(...(await onScreen(page, middleOfGrid(draft, grid))))
  await page.mouse.click(...(await onScreen(page, middleOf(draft, atom))))
  await done(page, '1 块划给')

  const cut = splittable(draft)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('3')
  await drag(page, await onScreen(page, cut.from), await onScreen(page, cut.to))
  await page.mouse.up()
  await done(page, '切分')
  expect(await badge(page).innerText()).toBe(WHOLE.replace('81', '82'))

  // By the list: the grid joins its neighbour by two names.
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: '选择网格' }).click()
  await page.getByRole('option', { name: /沈家舍村第三网格/ }).click()
  await page.getByRole('combobox', { name: /^把沈家舍村第三网格并入/ }).click()
  await page.getByRole('option', { name: '沈家舍村第四网格' }).click()
  await page.getByRole('button', { name: '并入', exact: true }).click()
  await done(page, '并入')
  expect(await badge(page).innerText()).toBe(WHOLE)
  await drawn(page)

  while (await undo(page).isEnabled()) await page.keyboard.press('Control+z')
  await drawn(page)
  expect([await badge(page).innerText(), await linesOf(page)]).toEqual([WHOLE, before])

  while (await page.getByTestId('plan-redo').isEnabled()) await page.keyboard.press('Control+Shift+Z')
  await drawn(page)

  // What was done is there again after a reload, and any state is a link.
  await page.reload()
  await badge(page).waitFor()
  await done(page, '并入')
  expect(await badge(page).innerText()).toBe(WHOLE)
  expect(said).toEqual([])
}, 120_000)

test('a refusal is told by word and place, and changes nothing', async () => {
  const page = await fork()
  await drawn(page)
  await page.keyboard.press('4')
  const draft = await draftOf(page)
  const keys = [...draft.grids.keys()]
  const far = (key: number) => middleOfGrid(draft, key)[0]
  const [west, east] = [
    keys.toSorted((a, b) => far(a) - far(b))[0],
    keys.toSorted((a, b) => far(b) - far(a))[0],
  ]
  await page.mouse.click(...(await onScreen(page, middleOfGrid(draft, west ?? 0))))
  await page.mouse.click(...(await onScreen(page, middleOfGrid(draft, east ?? 0))))
  await page.getByTestId('plan-refusal').waitFor()
  expect(await page.locator('output[aria-live=assertive]').innerText()).toMatch(/^未改动：.+/)
  expect([await badge(page).innerText(), await undo(page).isDisabled()]).toEqual([WHOLE, true])
}, 60_000)

test.each<Opening>([
  { theme: 'light', language: 'zh' },
  { theme: 'dark', language: 'zh', size: [390, 844] },
])('nothing serious for axe: %o', async (opening) => {
  const page = await fork(opening)
  await page.evaluate(() => {
    const search = new URLSearchParams(location.search)
    search.set('drawn', '40')
    search.set('tool', 'border')
    location.search = search.toString()
  })
  await badge(page).waitFor()
  await page.getByRole('tabpanel').getByRole('heading').first().waitFor()
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
})
