import { describe, expect, test } from 'vitest'
import type { Draft } from './draft.ts'
import { demoDraft, wovenDraft } from './plan-testing.ts'
import { expectRepeatable, expectWhole, textOf, walkerOf } from './walk-testing.ts'

/** Of so many sequences one is read as a whole, which takes as long as many of them. */
const SAMPLE = 60

const timeout = 180_000

/**
 * Every step: areas add up exactly, arcs have two sides and their nodes, no two segments meet but in a node of both, atoms are simple
 * rings the right way round, labels are total, grids are whole and lie in one community, and what must stay has stayed.
 */
function keeps(draft: Draft, numRuns: number): void {
  const walker = walkerOf(draft)
  const start = textOf(draft)
  let [steps, whole] = [0, 0]
  walker.each({ numRuns, maxLength: 12 }, (done, [first]) => {
    steps += done.length
    if (first === undefined || first.pick % SAMPLE !== 0) return
    whole++
    expectWhole(draft)
    expectRepeatable(draft, done, start)
  })
  expect(textOf(draft)).toBe(start)
  expect(steps).toBeGreaterThan(numRuns)
  expect(whole).toBeGreaterThan(5)
}

describe('random sequences of operations keep the tiling; taken back they were never done', () => {
  test('1,200 on the sub-district of 81 grids', { timeout }, () => keeps(demoDraft(), 1200))

  test('1,000 on a fabric of 2,000 atoms', { timeout }, () =>
    keeps(wovenDraft({ columns: 50, rows: 40, block: 5, seed: 7 }), 1000),
  )
})
