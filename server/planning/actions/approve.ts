import type { Draft, GridKey, PlanGrid } from '#geo/plan/draft'
import { fabricOf } from '#geo/plan/drawing'
import { dissolve, multiPolygon } from '#geo/topology'
import { lockGround, savePlan } from '../../boundaries/store.ts'
import type { Words } from '../../http/contract.ts'
import type { Ctx } from '../../http/mount.ts'
import { refuse, type Refusal } from '../../http/problems.ts'
import { faultsOf, nextCodes } from '../rules.ts'
import type { StoredScenario } from '../store.ts'
import {
  claimPlan,
  endPlan,
  insertGrids,
  insertPlanGrids,
  insertSuccessions,
  listCodes,
  partitionFaults,
  replaceBoundaries,
  takeBack,
  type CodedGrid,
} from '../store/approval.ts'
import { findPlanOf, readLastPlan } from '../store/plans.ts'

/** What an approval has brought about. */
export interface Approved {
  readonly plan: number
  /** Codes that were given. */
  readonly codes: readonly string[]
  readonly redrawn: number
}

/** The draft becomes the plan that is in force from the instant on, with all that follows from its boundaries. */
export async function putInForce(
  { db, now }: Ctx,
  scenario: StoredScenario,
  draft: Draft,
  from: Date,
): Promise<Approved> {
  await lockGround(db)
  await mustFollow(db, scenario, from)
  mustHold(draft)
  const made = await madeGrids(db, draft)
  const numbers = await insertGrids(db, [...made.values()])
  const idOf = (key: GridKey) => (key > 0 ? key : (numbers.get(made.get(key)?.code ?? '') ?? 0))
  const grids = [...draft.grids.values()].map((grid) => ({ ...grid, id: idOf(grid.key) }))

  const fabric = fabricOf(draft)
  const codes = new Map([...draft.grids.values()].map((grid) => [grid.key, codeOf(grid, made)]))
  const labels = new Map([...draft.labels].map(([atom, key]) => [atom, codes.get(key) ?? '']))
  await endPlan(db, from)
  await savePlan(db, { fabric, labels, name: scenario.name }, { now, from })
  const plan = await claimPlan(db, scenario.id)
  const shapes = [...dissolve(fabric, draft.labels)].map(([key, polygons]) => ({
    grid: idOf(key),
    geometry: multiPolygon(polygons),
  }))
  const redrawn = await replaceBoundaries(db, shapes, from)
  await insertPlanGrids(db, plan, grids)
  await insertSuccessions(db, plan, from)
  const faults = await partitionFaults(db, from, holesOf(draft))
  if (faults.length > 0) throw broken(faults.map((why) => ({ zh: `边界不成完整划分（${why}）`, en: why })))
  return { plan, codes: [...made.values()].map(({ code }) => code), redrawn }
}

/** Exactly one plan changes into this one: the one that the draft was begun from, and at a later instant than that began. */
async function mustFollow(db: Ctx['db'], { basePlan }: StoredScenario, from: Date): Promise<void> {
  const last = await readLastPlan(db)
  if (last?.id !== basePlan) throw outdated(last?.name ?? '')
  if (last.from === null || Date.parse(last.from) < from.getTime()) return
  throw refuse(
    'invalid-field',
    {
      zh: `“${last.name}”到 ${last.from.slice(0, 16)}Z 才生效，新方案须在其后。`,
      en: `"${last.name}" begins only at ${last.from.slice(0, 16)}Z; this one must begin after it.`,
    },
    { field: '/effectiveAt' },
  )
}

export function outdated(name: string): Refusal {
  return refuse('refused', {
    zh: `该方案起草后，“${name}”已被批准为最新方案；请在它的基础上另起方案。`,
    en: `Since this draft was begun, "${name}" was approved as the latest plan; begin a draft from that one.`,
  })
}

/** Refuses what is no tiling of the ground. Standards that it misses only warn, elsewhere. */
export function mustHold(draft: Draft): void {
  const faults = faultsOf(draft)
  if (faults.length > 0) throw broken(faults)
}

const NAMED = 5

function broken(faults: readonly Words[]): Refusal {
  const some = faults.slice(0, NAMED)
  return refuse(
    'refused',
    {
      zh: `方案不能成立：${some.map(({ zh }) => zh).join('；')}。`,
      en: `The plan does not hold: ${some.map(({ en }) => en).join('; ')}.`,
    },
    { choices: [...faults] },
  )
}

/** The grids that the draft makes, with codes that no grid has ever had. */
async function madeGrids(db: Ctx['db'], draft: Draft): Promise<Map<GridKey, CodedGrid>> {
  const fresh = [...draft.grids.values()].filter(({ key }) => key < 0).toSorted((a, b) => b.key - a.key)
  const made = new Map<GridKey, CodedGrid>()
  for (const [community, grids] of Map.groupBy(fresh, (grid) => grid.community)) {
    const codes = nextCodes(community, await listCodes(db, community), grids.length)
    if (codes === null)
      throw refuse('refused', {
        zh: `村、社区 ${community} 的网格编码已用完。`,
        en: `Community ${community} has no more codes for grids.`,
      })
    grids.forEach((grid, n) => made.set(grid.key, { ...grid, code: codes[n] ?? '' }))
  }
  return made
}

function codeOf({ key, code }: PlanGrid, made: ReadonlyMap<GridKey, CodedGrid>): string {
  return code ?? made.get(key)?.code ?? ''
}

/** Holes in the ground itself. */
function holesOf(draft: Draft): number {
  const fabric = fabricOf(draft)
  const whole = dissolve(fabric, new Map(fabric.atoms.map(({ id }) => [id, 'all']))).get('all') ?? []
  return whole.reduce((sum, polygon) => sum + polygon.length - 1, 0)
}

/** Takes back what was approved, before it has begun. */
export async function putBack({ db, now }: Ctx, scenario: StoredScenario): Promise<void> {
  await lockGround(db)
  const plan = await findPlanOf(db, scenario.id)
  if (plan === null || plan.from === null) throw new Error(`scenario ${scenario.id} has no plan`)
  const last = await readLastPlan(db)
  if (last?.id !== plan.id)
    throw refuse('refused', {
      zh: `其后已有“${last?.name ?? ''}”获批，请先撤回后者。`,
      en: `"${last?.name ?? ''}" was approved to follow it; withdraw that one first.`,
    })
  if (Date.parse(plan.from) <= now.getTime()) throw new Error('the rules let a plan in force be withdrawn')
  await takeBack(db, plan.id, new Date(plan.from))
}
