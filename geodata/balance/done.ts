import { copyOf, type GridKey } from '../plan/draft.ts'
import { impactOf, type Totals } from '../plan/impact.ts'
import { openMeter, type Meter } from '../plan/meter.ts'
import type { Op } from '../plan/op.ts'
import type { Choice } from './curve.ts'
import { balanceOf, changeBetween, type Balance } from './balance.ts'
import { handOver } from './handover.ts'
import { recut, wholesOf, type Given } from './pieces.ts'
import type { Found } from './rounds.ts'

/** A plan to pick from: what to do, and what has been measured after it was done on a copy of the draft. */
export interface Suggested {
  readonly ops: readonly Op[]
  readonly moved: number
  readonly grids: readonly GridKey[]
  /** Atoms that are cut. */
  readonly cuts: number
  readonly balance: Balance
  /** Against the draft that was asked about, as the impact sheet counts. */
  readonly impact: Totals
}

/** Does the plans chosen for the wards on a copy; null where no order of steps keeps every grid whole on the way. */
export function done(
  base: Meter,
  choice: Choice<Found>,
  scope: ReadonlySet<GridKey> | null,
): Suggested | null {
  const meter = openMeter(copyOf(base.draft), base.sites)
  const ops: Op[] = []
  for (const found of choice.answers) {
    if (found.moved === 0 && found.plan.every((to, unit) => to === found.ward.graph.district[unit])) continue
    const given = givenBy(meter, found, ops)
    if (!given || !handOver(meter, given, ops)) return null
  }
  const change = changeBetween(base, meter)
  return {
    ops,
    moved: change.households,
    grids: [...change.grids].toSorted((a, b) => a - b),
    cuts: ops.filter(({ kind }) => kind === 'split-atom').length,
    balance: balanceOf(meter, scope),
    impact: impactOf({ draft: base.draft, meter: base }, { draft: meter.draft, meter }).totals,
  }
}

/** Which atom goes to which grid, after the cuts that this takes. */
function givenBy(meter: Meter, { ward, plan, pieces }: Found, ops: Op[]): readonly Given[] | null {
  const gridOf = new Map(ward.atoms.map((atom, unit) => [atom, ward.grids[plan[unit] ?? 0] ?? 0]))
  const given: Given[] = []
  for (const [atom, piece] of pieces) {
    const parts = recut(meter, atom, piece, (whole) => gridOf.get(whole) ?? 0, ops)
    if (!parts) return null
    given.push(...parts)
  }
  const cut = new Set([...pieces.values()].flatMap(wholesOf))
  for (const [atom, grid] of gridOf) if (!cut.has(atom)) given.push({ atom, grid })
  return given
}
