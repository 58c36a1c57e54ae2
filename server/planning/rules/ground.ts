import { check, checkPlan } from '#geo/check'
import type { Draft } from '#geo/plan/draft'
import { fabricOf } from '#geo/plan/drawing'
import type { Words } from '../../http/contract.ts'

/**
 * What keeps a draft from becoming a plan: that its atoms do not tile the ground, that a grid has none, lies in parts or in more
 * than one community. Each operation sees to this already; here the whole is asked again, by other code. Empty: it may.
 */
export function faultsOf(draft: Draft): readonly Words[] {
  return [...tilingFaults(draft), ...nestingFaults(draft), ...workerFaults(draft)]
}

function tilingFaults(draft: Draft): readonly Words[] {
  const fabric = fabricOf(draft)
  const faults = [...check(fabric), ...checkPlan(fabric, draft.labels, [...draft.grids.keys()])]
  return faults.map(({ why }) => ({ zh: `边界不成完整划分（${why}）`, en: `Not a tiling: ${why}` }))
}

function nestingFaults(draft: Draft): readonly Words[] {
  return [...draft.labels].flatMap(([atom, key]) => {
    const [grid, unit] = [draft.grids.get(key), draft.atoms.get(atom)]
    if (grid && grid.community === unit?.community) return []
    const name = grid?.name ?? String(key)
    return [{ zh: `${name}跨出了所在村、社区`, en: `${grid?.nameEn ?? name} leaves its community` }]
  })
}

function workerFaults(draft: Draft): readonly Words[] {
  const seen = new Set<number>()
  return [...draft.grids.values()].flatMap(({ worker, name, nameEn }) => {
    if (worker === null) return []
    if (!seen.has(worker)) {
      seen.add(worker)
      return []
    }
    return [{ zh: `${name}的网格员另有网格`, en: `The worker of ${nameEn} has another grid too` }]
  })
}
