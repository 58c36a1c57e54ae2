import { assert, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import type { Arc, Fabric, Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import { draftOfFabric } from './drawing.ts'
import type { Op } from './op.ts'
import { perform } from './perform.ts'
import { fabrics, point } from './tiny-testing.ts'

const inner = ({ left, right }: Arc): boolean => left !== 0 && right !== 0

/** The fabric with a point of one arc somewhere else, added or gone, whatever comes of it. */
function bent(fabric: Fabric, op: Op): Fabric {
  if (op.kind === 'move-node') return withNode(fabric, op.node, op.to)
  return {
    ...fabric,
    arcs: fabric.arcs.map((arc) => {
      if (!('arc' in op) || arc.id !== op.arc) return arc
      return { ...arc, points: withVertex(arc.points, op) }
    }),
  }
}

function withVertex(points: readonly Lattice[], op: Op): readonly Lattice[] {
  if (op.kind === 'add-vertex') return points.toSpliced(op.index, 0, op.at)
  if (op.kind === 'remove-vertex') return points.toSpliced(op.index, 1)
  return op.kind === 'move-vertex' ? points.with(op.index, op.to) : points
}

function withNode(fabric: Fabric, node: number, to: Lattice): Fabric {
  return {
    ...fabric,
    nodes: fabric.nodes.with(node, to),
    arcs: fabric.arcs.map((arc) => {
      const points = [...arc.points]
      if (arc.n0 === node) points[0] = to
      if (arc.n1 === node) points[points.length - 1] = to
      return { ...arc, points }
    }),
  }
}

/** By all that can be read off the whole, without knowing what moved. */
function isSound(fabric: Fabric): boolean {
  const places = new Set(fabric.nodes.map(String))
  if (places.size !== fabric.nodes.length) return false
  const stands = fabric.arcs.some(({ points }) =>
    points.some((to, i) => i > 0 && samePoint(to, points[i - 1] ?? [NaN, NaN])),
  )
  return !stands && check(fabric).length === 0
}

describe('a border is kept from moving just where the whole would break', () => {
  test.each(['move-vertex', 'add-vertex', 'remove-vertex', 'move-node'] as const)(
    '%s',
    { timeout: 60_000 },
    (kind) => {
      const outcomes = { done: 0, refused: 0 }
      assert(
        property(fabrics(), nat(1000), nat(1000), point(), (fabric, pick, place, to) => {
          const arcs = fabric.arcs.filter(inner)
          const arc = arcs[pick % Math.max(1, arcs.length)]
          const op = arc && opOf(kind, arc, place, to)
          if (!op) return
          const draft = draftOfFabric(fabric, new Map(fabric.atoms.map(({ id }) => [id, 1])), [])
          const result = perform(draft, op)
          if (!result.ok && result.rule !== 'crossing') return
          expect({ op, done: result.ok }).toEqual({ op, done: isSound(bent(fabric, op)) })
          outcomes[result.ok ? 'done' : 'refused']++
        }),
        { numRuns: 700 },
      )
      expect(outcomes.done).toBeGreaterThan(20)
      expect(outcomes.refused).toBeGreaterThan(10)
    },
  )
})

function opOf(kind: Op['kind'], { id, n0, points }: Arc, place: number, to: Lattice): Op | null {
  if (kind === 'move-node') return { kind, node: n0, to }
  if (kind === 'add-vertex') return { kind, arc: id, index: 1 + (place % (points.length - 1)), at: to }
  if (points.length < 3) return null
  const index = 1 + (place % (points.length - 2))
  return kind === 'move-vertex' ? { kind, arc: id, index, to } : { kind: 'remove-vertex', arc: id, index }
}
