import { describe, expect, test } from 'vitest'
import { checkPlan } from '../check.ts'
import { copyOf, type Draft, type GridKey } from '../plan/draft.ts'
import { fabricOf } from '../plan/drawing.ts'
import { demoSites } from '../plan/meter-testing.ts'
import { demoDraft } from '../plan/plan-testing.ts'
import { openMeter, type Meter } from '../plan/meter.ts'
import { perform } from '../plan/perform.ts'
import { withEstate } from './balance-testing.ts'
import { balanceOf, type Balance } from './balance.ts'
import { sentenceOfReason } from './reasons.ts'
import { suggest, UNLIMITED, USUAL, type Suggestion, type Wish } from './suggest.ts'

const draft = demoDraft()
const plain = demoSites()
const WISH: Wish = { ...USUAL, scope: null, proposals: 400_000 }
const keys = [...draft.grids.keys()]
/** Three communities in town. */
const FEW: Wish = { ...WISH, scope: new Set(keys.slice(0, 14)), proposals: 20_000 }
/** A loaded machine takes ten times as long. */
const PATIENT = 60_000

/** The draft after a plan: every step is accepted, and every grid is whole and in its community. */
function after(start: Draft, plan: Suggestion['plans'][number]): Draft {
  const copy = copyOf(start)
  for (const op of plan.ops) expect(perform(copy, op), JSON.stringify(op)).toMatchObject({ ok: true })
  expect(checkPlan(fabricOf(copy), copy.labels, keys)).toEqual([])
  for (const [atom, { community }] of copy.atoms)
    expect(copy.grids.get(copy.labels.get(atom) ?? 0)?.community).toBe(community)
  return copy
}

/** Households whose house stands in another grid, counted from the sites alone. */
function movedHouseholds(before: Meter, now: Meter): number {
  return now.sites.buildings.households.reduce((sum, households, i) => {
    const grid = (of: Meter): GridKey | undefined => of.draft.labels.get(of.buildings[i] ?? 0)
    return grid(before) === grid(now) ? sum : sum + households
  }, 0)
}

const numbersOf = ({ own, community, kind }: Balance): readonly number[] =>
  [own, community, kind].flatMap(({ worst, rms }) => [worst, rms].map((share) => Math.round(share * 1e9)))

/** A park in town, and fields in a village that has a grid across the river. */
describe.each([97, 39])('an estate of 1,200 households on atom %i', (atom) => {
  const sites = withEstate(draft, plain, atom, 1200)
  const answer = suggest(draft, sites, WISH)

  test('is balanced to 10 % by moving at most 15 % of all households', () => {
    expect(answer.before.own.worst).toBeGreaterThan(0.5)
    const even = answer.plans.find(({ balance }) => balance.own.worst <= 0.1)
    expect(even?.moved).toBeLessThanOrEqual(0.15 * answer.households)
  })

  test('each plan does what it says', { timeout: PATIENT }, () => {
    expect(answer.plans).toHaveLength(5)
    for (const plan of answer.plans) {
      const copy = after(draft, plan)
      const meter = openMeter(copy, sites)
      expect(plan.moved).toBe(movedHouseholds(openMeter(draft, sites), meter))
      expect(plan.moved).toBeLessThanOrEqual(WISH.share * answer.households)
      expect(numbersOf(balanceOf(meter, null))).toEqual(numbersOf(plan.balance))
      for (const key of keys) expect(meter.stationIn(key)).toBe(key)
    }
  })

  test('who moves more is more even', () => {
    for (const [i, next] of answer.plans.slice(1).entries()) {
      const plan = answer.plans[i]
      expect(next.moved).toBeGreaterThanOrEqual(plan?.moved ?? 0)
      expect(next.balance.own.rms).toBeLessThan(plan?.balance.own.rms ?? 0)
    }
  })
})

test('the same seed gives the same answer, another seed another', { timeout: PATIENT }, () => {
  const first = suggest(draft, plain, FEW)
  expect(suggest(draft, plain, FEW)).toEqual(first)
  expect(suggest(draft, plain, { ...FEW, seed: 2 }).curve).not.toEqual(first.curve)
})

test(
  'the draft stays as it was, and so do grids that are locked or not asked for',
  { timeout: PATIENT },
  () => {
    const [a = 0, b = 0, c = 0, locked = 0] = keys.slice(5)
    const grids = [...draft.grids.values()].map((grid) => ({ ...grid, locked: grid.key === locked }))
    const closed: Draft = { ...copyOf(draft), grids: new Map(grids.map((grid) => [grid.key, grid])) }
    const before = new Map(closed.labels)
    const answer = suggest(closed, plain, { ...WISH, scope: new Set([a, b, c, locked]), proposals: 40_000 })
    expect(closed.labels).toEqual(before)
    expect(answer.plans.length).toBeGreaterThan(0)
    for (const plan of answer.plans) {
      expect(plan.grids.filter((key) => ![a, b, c].includes(key))).toEqual([])
      after(closed, plan)
    }
  },
)

test('a single grid has nobody to exchange with, and says so', () => {
  const answer = suggest(draft, plain, {
    ...WISH,
    scope: new Set(keys.slice(0, 1)),
    aim: 0.01,
    proposals: 1000,
  })
  expect(answer.plans).toEqual([])
  expect(answer.reasons.map(({ why }) => why)).toContain('locked')
})

test('it ends when it is told to, or when its time is over, with what it has', { timeout: PATIENT }, () => {
  let calls = 0
  const stopped = suggest(draft, plain, FEW, { ...UNLIMITED, isStopped: () => ++calls > 20 })
  expect(stopped.ended).toBe('stopped')
  let clock = 0
  const late = suggest(draft, plain, FEW, { ...UNLIMITED, now: () => clock++, capMs: 20 })
  expect(late.ended).toBe('time')
  for (const { plans } of [stopped, late]) for (const plan of plans) after(draft, plan)
})

test('reasons are told in both languages', { timeout: PATIENT }, () => {
  const answer = suggest(draft, withEstate(draft, plain, 39, 1200), {
    ...WISH,
    share: 0.001,
    aim: 0.01,
    proposals: 20_000,
  })
  const whys = new Set(answer.reasons.map(({ why }) => why))
  expect(whys).toContain('community')
  expect(whys).toContain('share')
  expect(whys).toContain('alone')
  const named = (key: GridKey | string) => ({ zh: `〔${key}〕`, en: `[${key}]` })
  for (const reason of answer.reasons) {
    const { zh, en } = sentenceOfReason(reason, { grid: named, community: named })
    expect(zh).toMatch(/\d+%/)
    expect(zh).toMatch(/\p{Script=Han}/u)
    expect(en).toMatch(/\d+%/)
    expect(en).not.toMatch(/\p{Script=Han}|undefined|null/u)
  }
})
