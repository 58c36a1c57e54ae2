import type { Arc, Lattice } from '../fabric.ts'
import { meet, samePoint } from '../lattice.ts'
import type { Draft } from './draft.ts'
import type { Patch } from './patch.ts'

/** A segment of an arc that stands in the draft: that between `index - 1` and `index` of its points. */
export interface Place {
  readonly arc: Arc
  readonly index: number
}

/**
 * Where one of these segments meets another of the draft outside a node that they share, or an atom comes to touch itself in a node at
 * their ends; null where all is well.
 */
export function collision(draft: Draft, places: Iterable<Place>): Lattice | null {
  const nodes = new Set<number>()
  for (const { arc, index } of places) {
    const [from, to] = [arc.points[index - 1], arc.points[index]]
    if (!from || !to) continue
    for (const id of draft.near.near(from, to)) {
      const other = draft.arcs.get(id)
      if (other && strikes(arc, index, from, to, other)) return from
    }
    nodes.add(arc.n0).add(arc.n1)
  }
  for (const node of nodes) if (isPinched(draft, node)) return draft.nodes.get(node) ?? null
  return null
}

function strikes(arc: Arc, index: number, from: Lattice, to: Lattice, other: Arc): boolean {
  const { points } = other
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    if (!a || !b || isApart(a, b, from, to) || (other === arc && i === index)) continue
    if (meet(a, b, from, to)) return true
    if (joinsAmiss({ arc, index }, { arc: other, index: i }, from, to, a, b)) return true
  }
  return false
}

/** Whether the boxes of two segments have nothing in common. */
function isApart(a: Lattice, b: Lattice, c: Lattice, d: Lattice): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.min(a[0], b[0]) > Math.max(c[0], d[0])) return true
  return Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.min(a[1], b[1]) > Math.max(c[1], d[1])
}

/** Whether the segments share an end that is no node of both, and they do not follow each other in one arc. */
function joinsAmiss(p: Place, q: Place, from: Lattice, to: Lattice, a: Lattice, b: Lattice): boolean {
  if (p.arc === q.arc && Math.abs(p.index - q.index) === 1) return false
  const apart = (i: number, at: Lattice, j: number, other: Lattice): boolean => {
    if (!samePoint(at, other)) return false
    const node = nodeAt(p.arc, i)
    return node === null || node !== nodeAt(q.arc, j)
  }
  const [i, j] = [p.index, q.index]
  return (
    apart(i - 1, from, j - 1, a) || apart(i - 1, from, j, b) || apart(i, to, j - 1, a) || apart(i, to, j, b)
  )
}

function nodeAt(arc: Arc, index: number): number | null {
  if (index === 0) return arc.n0
  return index === arc.points.length - 1 ? arc.n1 : null
}

/** Whether an atom comes to the node more than once. */
function isPinched(draft: Draft, node: number): boolean {
  const sides = new Map<number, number>()
  const count = (atom: number): unknown => atom !== 0 && sides.set(atom, (sides.get(atom) ?? 0) + 1)
  for (const id of draft.arcsOfNode.get(node) ?? []) {
    const arc = draft.arcs.get(id)
    if (!arc) continue
    const ends = Number(arc.n0 === node) + Number(arc.n1 === node)
    for (let end = 0; end < ends; end++) {
      count(arc.left)
      count(arc.right)
    }
  }
  return [...sides.values()].some((met) => met > 2)
}

/** Segments of the patch that were not there before. */
export function* freshOf({ arcs }: Patch): Generator<Place> {
  const known = new Set<string>()
  for (const { before } of arcs) {
    before?.points.forEach((to, i) => {
      const from = before.points[i - 1]
      if (from) known.add(key(from, to))
    })
  }
  for (const { after } of arcs) {
    if (!after) continue
    for (const [index, to] of after.points.entries()) {
      const from = after.points[index - 1]
      if (from && !known.has(key(from, to))) yield { arc: after, index }
    }
  }
}

const key = (a: Lattice, b: Lattice): string => `${a[0]} ${a[1]} ${b[0]} ${b[1]}`
