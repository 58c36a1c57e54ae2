import type { Arc, Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import { obstacle, type Spoke } from './bend.ts'
import { sidesOf, type Draft, type GridKey } from './draft.ts'
import type { Refused } from './op.ts'
import { patchOf } from './patch.ts'
import type { Performed } from './perform.ts'
import { refused } from './refusals.ts'

export function moveNode(draft: Draft, node: number, to: Lattice): Performed {
  const from = draft.nodes.get(node)
  if (!from) return refused('unknown')
  const arcs = arcsAt(draft, node)
  const stopped = bound(draft, arcs, from) ?? stuck(draft, arcs, fan(arcs, node), from, to)
  if (stopped) return stopped
  return {
    ok: true,
    patch: patchOf(draft, {
      nodes: [{ id: node, before: from, after: to }],
      arcs: arcs.map((arc) => ({ id: arc.id, before: arc, after: withNode(arc, node, to) })),
    }),
  }
}

function arcsAt(draft: Draft, node: number): readonly Arc[] {
  return [...(draft.arcsOfNode.get(node) ?? [])].flatMap((id) => draft.arcs.get(id) ?? [])
}

/** The first and last segments at the node; an arc that closes on it has both. */
function fan(arcs: readonly Arc[], node: number): readonly Spoke[] {
  return arcs.flatMap(({ id, n0, n1, points }) => [
    ...(n0 === node ? spokes(id, points[1], 1) : []),
    ...(n1 === node ? spokes(id, points.at(-2), points.length - 1) : []),
  ])
}

function spokes(arc: number, fixed: Lattice | undefined, index: number): readonly Spoke[] {
  return fixed ? [{ arc, index, fixed }] : []
}

function withNode(arc: Arc, node: number, to: Lattice): Arc {
  const last = arc.points.length - 1
  return {
    ...arc,
    points: arc.points.map((point, i) => {
      const moves = (i === 0 && arc.n0 === node) || (i === last && arc.n1 === node)
      return moves ? to : point
    }),
  }
}

export function moveVertex(draft: Draft, id: number, index: number, to: Lattice): Performed {
  const arc = draft.arcs.get(id)
  const from = arc?.points[index]
  if (!arc || !from) return refused('unknown')
  if (index === 0) return moveNode(draft, arc.n0, to)
  if (index === arc.points.length - 1) return moveNode(draft, arc.n1, to)
  const moving = [
    ...spokes(id, arc.points[index - 1], index),
    ...spokes(id, arc.points[index + 1], index + 1),
  ]
  const stopped = bound(draft, [arc], from) ?? stuck(draft, [arc], moving, from, to)
  return stopped ?? bent(draft, arc, arc.points.with(index, to))
}

export function addVertex(draft: Draft, id: number, index: number, at: Lattice): Performed {
  const arc = draft.arcs.get(id)
  const [from, next] = [arc?.points[index - 1], arc?.points[index]]
  if (!arc || !from || !next) return refused('unknown')
  if (samePoint(at, next)) return refused('nothing', [], at)
  const moving = [...spokes(id, from, index), ...spokes(id, next, index)]
  const stopped = bound(draft, [arc], at) ?? stuck(draft, [arc], moving, from, at)
  return stopped ?? bent(draft, arc, arc.points.toSpliced(index, 0, at))
}

export function removeVertex(draft: Draft, id: number, index: number): Performed {
  const arc = draft.arcs.get(id)
  const [before, from, next] = [index - 1, index, index + 1].map((i) => arc?.points[i])
  if (!arc || !before || !from || !next) return refused('unknown')
  const moving = [...spokes(id, before, index), ...spokes(id, next, index + 1)]
  const barred = bound(draft, [arc], from)
  if (barred) return barred
  const at = obstacle(draft, moving, from, before)
  if (at) return refused('crossing', gridsBeside(draft, [arc]), at)
  return bent(draft, arc, arc.points.toSpliced(index, 1))
}

function bent(draft: Draft, before: Arc, points: readonly Lattice[]): Performed {
  const after = { ...before, points }
  return { ok: true, patch: patchOf(draft, { arcs: [{ id: before.id, before, after }] }) }
}

/** What keeps these arcs in their place, or undefined. */
function bound(draft: Draft, arcs: readonly Arc[], at: Lattice): Refused | undefined {
  for (const arc of arcs) {
    if (arc.left === 0 || arc.right === 0) return refused('outline', [], at)
    const sides = sidesOf(draft, arc)
    const [left, right] = [draft.atoms.get(arc.left), draft.atoms.get(arc.right)]
    if (left?.community !== right?.community) return refused('community', sides, at)
    const locked = sides.find((key) => draft.grids.get(key)?.locked)
    if (locked !== undefined) return refused('locked', [locked], at)
  }
  return undefined
}

function stuck(
  draft: Draft,
  arcs: readonly Arc[],
  moving: readonly Spoke[],
  from: Lattice,
  to: Lattice,
): Refused | undefined {
  if (samePoint(from, to)) return refused('nothing', [], from)
  const onto = moving.some(({ fixed }) => samePoint(fixed, to))
  const at = onto ? to : obstacle(draft, moving, from, to)
  return at ? refused('crossing', gridsBeside(draft, arcs), at) : undefined
}

function gridsBeside(draft: Draft, arcs: readonly Arc[]): readonly GridKey[] {
  return [...new Set(arcs.flatMap((arc) => sidesOf(draft, arc)))]
}
