import type { LogLine } from '#contract/planning'
import { linesOf, nextOf, pathTo, type Lines } from '../tree.ts'

/** How a line of the log stands to where the draft is. */
export type Standing = 'here' | 'past' | 'next' | 'side'

/** Of every line: done and below, next in the way of redo, or on a branch that redo does not lead to. */
export function standingsOf(log: readonly LogLine[], head: number): ReadonlyMap<number, Standing> {
  const lines = linesOf(log)
  const found = new Map<number, Standing>(log.map(({ seq }) => [seq, 'side']))
  for (const { seq } of pathTo(lines, head)) found.set(seq, seq === head ? 'here' : 'past')
  for (const seq of redoWay(lines, head)) found.set(seq, 'next')
  return found
}

/** Where redo leads from there, step by step. */
export function redoWay(lines: Lines, head: number): readonly number[] {
  const way: number[] = []
  for (let next = nextOf(lines, head); next; next = nextOf(lines, next.seq)) way.push(next.seq)
  return way
}
