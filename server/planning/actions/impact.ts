import type { Draft } from '#geo/plan/draft'
import { draftFrom } from '#geo/plan/drawing'
import type { Ctx } from '../../http/mount.ts'
import type { ImpactTotals } from '../contract.ts'
import { drawingOfPlan } from './fork.ts'
import type { StoredScenario } from '../store.ts'

/** What the draft would change of the plan that it was begun from. */
export async function totalsOf(
  ctx: Ctx,
  { basePlan }: Pick<StoredScenario, 'basePlan'>,
  draft: Draft,
): Promise<ImpactTotals> {
  const before = draftFrom(await drawingOfPlan(ctx, basePlan))
  const keys = new Set([...before.grids.keys(), ...draft.grids.keys()])
  const changed = [...keys].filter((key) => {
    const [was, is] = [before.atomsOfGrid.get(key), draft.atomsOfGrid.get(key)]
    return was?.size !== is?.size || [...(was ?? [])].some((atom) => !is?.has(atom))
  })
  return {
    grids: draft.grids.size,
    gridsChanged: changed.length,
    householdsMoved: 0,
    buildingsMoved: 0,
    openMoved: 0,
    worstDeviation: 0,
    broken: 0,
  }
}
