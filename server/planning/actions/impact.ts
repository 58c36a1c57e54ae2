import type { Draft } from '#geo/plan/draft'
import { draftFrom } from '#geo/plan/drawing'
import { impactOf } from '#geo/plan/impact'
import { openMeter } from '#geo/plan/meter'
import type { Ctx } from '../../http/mount.ts'
import type { ImpactTotals } from '../contract.ts'
import type { StoredScenario } from '../store.ts'
import { drawingOfPlan } from './fork.ts'
import { sites } from './sites.ts'

/** What the draft changes of the plan that it was begun from, in one line. */
export async function totalsOf(
  ctx: Ctx,
  { basePlan }: Pick<StoredScenario, 'basePlan'>,
  draft: Draft,
): Promise<ImpactTotals> {
  const before = draftFrom(await drawingOfPlan(ctx, basePlan))
  const counted = await sites(ctx.db, ctx.now)
  const meter = openMeter(before, counted)
  const { totals } = impactOf({ draft: before, meter }, { draft, meter: openMeter(draft, counted, meter) })
  return totals
}
