import { expect, test } from 'vitest'
import type { LogLine } from '#contract/planning'
import { linesOf, nextOf, pathTo, redoCount, undoCount, wayBetween } from './tree.ts'

const line = (
  seq: number,
  parent: number,
  op: LogLine['op'] = { kind: 'lock', grid: seq },
  gesture = seq,
): LogLine => ({
  seq,
  parent,
  gesture,
  op,
  by: null,
  at: '2026-03-06T08:00:00Z',
})

//  0 ── 1 ── 2 ── 3
//        ╰── 4 ── 5
const tree = linesOf([line(1, 0), line(2, 1), line(3, 2), line(4, 1), line(5, 4)])
const seqs = (lines: readonly LogLine[]) => lines.map(({ seq }) => seq)

test.each([
  [0, []],
  [3, [1, 2, 3]],
  [5, [1, 4, 5]],
])('the way to %d', (head, way) => expect(seqs(pathTo(tree, head))).toEqual(way))

test.each([
  [0, 1],
  [1, 4],
  [2, 3],
  [5, undefined],
])('redo at %d does the newest child', (head, seq) => expect(nextOf(tree, head)?.seq).toBe(seq))

test('from one branch to another: back to the fork, forth from there', () => {
  const { back, forth } = wayBetween(pathTo(tree, 3), pathTo(tree, 5))
  expect([back, seqs(forth)]).toEqual([2, [4, 5]])
})

test('a number that somebody else gave to another operation is not the same step', () => {
  const theirs = [line(1, 0), line(2, 1, { kind: 'unlock', grid: 9 })]
  const { back, forth } = wayBetween(pathTo(tree, 3), theirs)
  expect([back, seqs(forth)]).toEqual([2, [2]])
})

test('what one gesture did goes and comes with one press', () => {
  const lock = (seq: number, gesture: number) => line(seq, seq - 1, { kind: 'lock', grid: seq }, gesture)
  const log = [lock(1, 1), lock(2, 2), lock(3, 2), lock(4, 2), lock(5, 3)]
  const counts = [5, 4, 1, 0].map((head) => undoCount(pathTo(linesOf(log), head)))
  expect(counts).toEqual([1, 3, 1, 0])
  expect([0, 1, 4, 5].map((head) => redoCount(linesOf(log), head))).toEqual([1, 3, 1, 0])
})
