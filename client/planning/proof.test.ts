import { expect, test } from 'vitest'
import type { Lattice } from '#geo/fabric'
import { inverseOf, apply, type Patch } from '#geo/plan/patch'
import { demoDraft, squares } from '#geo/plan/plan-testing'
import { perform } from '#geo/plan/perform'
import type { Op } from '#geo/plan/op'
import type { Draft, OpenDraft } from '#geo/plan/draft'
import { isWhole, openProver } from './proof.ts'

const done = (draft: Draft, op: Op): Patch => {
  const performed = perform(draft, op)
  if (!performed.ok) throw new Error(performed.rule)
  return performed.patch
}

test('the sub-district of the demo is whole, to the unit', () => {
  const proof = openProver(demoDraft()).now()
  expect([proof.grids, proof.gaps, proof.overlaps, proof.area2 === proof.outline2]).toEqual([
    81,
    [],
    [],
    true,
  ])
})

test('what is kept up to date is what one finds who looks anew', () => {
  const draft = squares(['aab', 'acb', 'ccb'])
  const prover = openProver(draft)
  const ops: Op[] = [
    { kind: 'paint', atoms: [2], grid: 2 },
    { kind: 'merge', grid: 3, into: 1 },
  ]
  const patches = ops.map((op) => {
    const patch = done(draft, op)
    prover.update(patch)
    return patch
  })
  const { ms: _a, walked: _b, ...kept } = prover.now()
  const { ms: _c, walked: _d, ...anew } = openProver(draft).now()
  expect(kept).toEqual(anew)
  for (const patch of patches.toReversed()) {
    apply(draft, inverseOf(patch))
    prover.update(inverseOf(patch))
  }
  expect([prover.now().grids, isWhole(prover.now())]).toEqual([3, true])
})

test('it is no matter of trust: ground without a grid and lines that cross are found, with their place', () => {
  const gap = squares(['ab'])
  ;(gap as OpenDraft).labels.delete(2)
  const found = openProver(gap).now()
  expect([isWhole(found), found.gaps.length, found.grids]).toEqual([false, 1, 2])

  const crossed = squares(['abc'])
  const [wall] = [...crossed.arcs.values()].filter((arc) => arc.left !== 0 && arc.right !== 0)
  if (!wall) throw new Error('no wall')
  const from: Lattice = wall.points[0] ?? [0, 0]
  const to: Lattice = wall.points.at(-1) ?? [0, 0]
  const aside: Lattice = [from[0] - 500, (from[1] + to[1]) / 2]
  const after = { ...wall, points: [from, aside, to] }
  const patch: Patch = {
    nodes: [],
    arcs: [{ id: wall.id, before: wall, after }],
    atoms: [],
    labels: [],
    grids: [],
    next: { before: crossed.next, after: crossed.next },
  }
  const prover = openProver(crossed)
  apply(crossed, patch)
  prover.update(patch)
  expect(prover.now().overlaps.length).toBeGreaterThan(0)
  expect(isWhole(prover.now())).toBe(false)
})
