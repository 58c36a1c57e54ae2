import { check, checkPlan } from '../check.ts'
import { area2, dissolve } from '../topology.ts'
import type { Draft } from './draft.ts'
import { fabricOf } from './drawing.ts'

/** What was proved of a plan when it was written: each line is computed from its fabric, none is assumed. */
export interface Certificate {
  readonly grids: number
  readonly atoms: number
  readonly nodes: number
  readonly arcs: number
  /** Atoms without a grid. */
  readonly gaps: number
  /** Twice the area of all grids less twice that of their outline, in units of 1e-7 degree; nought where no two overlap. */
  readonly overlaps: string
  /** Twice the area in those units. */
  readonly area2: string
  readonly outline2: string
  /** Broken invariants of planner's rules: none. */
  readonly faults: readonly string[]
  readonly unit: 'EPSG:4490, 1e-7 degree'
}

export function certificateOf(draft: Draft): Certificate {
  const fabric = fabricOf(draft)
  const sum = [...dissolve(fabric, draft.labels).values()].reduce((total, shape) => total + area2(shape), 0n)
  const whole = dissolve(fabric, new Map(fabric.atoms.map(({ id }) => [id, 'all']))).get('all') ?? []
  const faults = [...check(fabric), ...checkPlan(fabric, draft.labels, [...draft.grids.keys()])]
  return {
    grids: draft.grids.size,
    atoms: draft.atoms.size,
    nodes: draft.nodes.size,
    arcs: draft.arcs.size,
    gaps: [...draft.atoms.keys()].filter((id) => !draft.grids.has(draft.labels.get(id) ?? 0)).length,
    overlaps: String(sum - area2(whole)),
    area2: String(sum),
    outline2: String(area2(whole)),
    faults: faults.map(({ rule, why }) => `${rule}: ${why}`),
    unit: 'EPSG:4490, 1e-7 degree',
  }
}
