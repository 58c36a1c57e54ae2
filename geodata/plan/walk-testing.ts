import { assert, property } from 'fast-check'
import { expect } from 'vitest'
import { check, checkPlan } from '../check.ts'
import { copyOf, type Draft, type GridKey } from './draft.ts'
import { draftFrom, drawingOf, fabricOf } from './drawing.ts'
import { areasOf, faultsOf, remeasure } from './faults-testing.ts'
import { focusOf, opOf, wishes, type Wish } from './moves-testing.ts'
import type { Op } from './op.ts'
import { apply, inverseOf, type Patch } from './patch.ts'
import { perform } from './perform.ts'

export interface Step {
  readonly op: Op
  readonly patch: Patch
}

export const textOf = (draft: Draft): string => JSON.stringify(drawingOf(draft))

interface Ways {
  readonly numRuns: number
  readonly maxLength: number
  /** All when absent. */
  readonly kinds?: readonly Op['kind'][]
}

/** Walks random ways through one draft and always comes back to where it started, so that it is built only once. */
export interface Walker {
  readonly draft: Draft
  /**
   * Property: whatever is done, `look` finds nothing to object to. Every step is held against the invariants; `look` is called at the
   * end of each way.
   */
  readonly each: (ways: Ways, look: (steps: readonly Step[], list: readonly Wish[]) => void) => void
  /** Twice the area of each grid now. */
  readonly gridAreas: () => ReadonlyMap<GridKey, bigint>
}

export function walkerOf(draft: Draft): Walker {
  const areas = areasOf(draft)

  function go(list: readonly Wish[], steps: Step[]): void {
    const [first] = list
    if (!first) return
    const focus = focusOf(draft, first)
    for (const wish of list) {
      const op = opOf(draft, wish, focus)
      const result = perform(draft, op)
      if (!result.ok) continue
      steps.push({ op, patch: result.patch })
      const faults = faultsOf(draft, result.patch, areas)
      if (faults.length > 0) throw new Error(`${JSON.stringify(op)}: ${faults.join('; ')}`)
    }
  }

  return {
    draft,
    each({ numRuns, maxLength, kinds }, look) {
      assert(
        property(wishes(maxLength, kinds), (list) => {
          const steps: Step[] = []
          try {
            go(list, steps)
            look(steps, list)
          } finally {
            takeBack(draft, steps)
            for (const { patch } of steps) remeasure(draft, patch, areas)
          }
        }),
        { numRuns },
      )
    },
    gridAreas() {
      const sums = new Map<GridKey, bigint>()
      for (const [atom, grid] of draft.labels)
        sums.set(grid, (sums.get(grid) ?? 0n) + (areas.get(atom) ?? 0n))
      return sums
    },
  }
}

function takeBack(draft: Draft, steps: readonly Step[]): void {
  for (const { patch } of steps.toReversed()) apply(draft, inverseOf(patch))
}

/** Reads all of it: the invariants of the fabric and of the plan. */
export function expectWhole(draft: Draft): void {
  const fabric = fabricOf(draft)
  expect(check(fabric)).toEqual([])
  expect(checkPlan(fabric, draft.labels, [...draft.grids.keys()])).toEqual([])
}

/**
 * What was done is taken back to the byte and done again to the byte; done by its operations on a draft read from the text of the start,
 * as a server would, it gives the same text; and copies go their own way.
 */
export function expectRepeatable(draft: Draft, steps: readonly Step[], start: string): void {
  const end = textOf(draft)
  const fork = copyOf(draft)
  takeBack(draft, steps)
  expect(textOf(draft)).toBe(start)
  expect(textOf(fork)).toBe(end)
  const other = draftFrom(JSON.parse(start))
  for (const { op } of steps) expect(perform(other, op)).toMatchObject({ ok: true })
  expect(textOf(other)).toBe(end)
  expect(textOf(draft)).toBe(start)
  for (const { patch } of steps) apply(draft, patch)
  expect(textOf(draft)).toBe(end)
}
