import type { Candidate, GridRef, Placement } from './contract.ts'

/** A report this close to the sub-district's edge still belongs to the nearest grid. */
const NEAR_M = 30
/** How far a person at the border desk is shown grids, and how many. */
export const DESK_M = 1000
const DESK_COUNT = 3

export interface Placed {
  readonly grid: GridRef | null
  readonly placement: Placement
}

/**
 * Which grid owns a point, from the grids around it: `distanceM` is 0 for exactly those that cover it, border included.
 *
 *      ┌─────┬─────┐   a: inside A
 *      │ A a │  B  │   b: on the border of A and B → the lower code, for ever the same
 *      │     b     │   c: outside, but within 30 m of A → A
 *      └─────┴─────┘   d: farther → no grid; a person decides
 *        c       d
 *
 * Neighbours that the reported accuracy reaches are named as candidates, but a doubt does not change the choice.
 */
export function place(candidates: readonly Candidate[], accuracyM = 0): Placed {
  const sorted = candidates.toSorted(byDistanceThenCode)
  const [best, second] = sorted
  if (!best || best.distanceM > NEAR_M) {
    return { grid: null, placement: { rule: 'outside', candidates: desk(sorted, accuracyM) } }
  }
  const covered = best.distanceM === 0
  const tied = second?.distanceM === best.distanceM
  const reach = covered ? accuracyM : Math.max(NEAR_M, accuracyM)
  return {
    grid: { id: best.id, code: best.code, name: best.name },
    placement: {
      rule: ruleOf(covered, tied),
      candidates: sorted.filter(({ distanceM }) => distanceM <= reach),
      ...(tied && { tieBreak: 'lowest-code' }),
    },
  }
}

function ruleOf(covered: boolean, tied: boolean): Placement['rule'] {
  if (!covered) return 'near'
  return tied ? 'shared-border' : 'inside'
}

function desk(sorted: readonly Candidate[], accuracyM: number): Candidate[] {
  return sorted.filter(({ distanceM }, n) => n < DESK_COUNT || distanceM <= accuracyM)
}

/** A position's error as it is kept: to a decimetre, which is finer than any receiver knows. */
export function keptAccuracy(accuracyM: number): number {
  return Math.round(accuracyM * 10) / 10
}

/** How far from a point grids matter to `place`. */
export function reachM(isCovered: boolean, accuracyM = 0): number {
  return isCovered ? accuracyM : Math.max(DESK_M, accuracyM)
}

/** Codes compare by code unit, not by language, so that every machine picks the same. */
function byDistanceThenCode(a: Candidate, b: Candidate): number {
  if (a.distanceM !== b.distanceM) return a.distanceM - b.distanceM
  if (a.code === b.code) return 0
  return a.code < b.code ? -1 : 1
}
