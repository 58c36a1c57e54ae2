import type { Arc, Lattice } from '../fabric.ts'
import { passes } from '../lattice.ts'
import { collision, freshOf } from './clear.ts'
import { composed } from './compose.ts'
import type { Draft } from './draft.ts'
import { apply, inverseOf, patchOf, type Patch } from './patch.ts'
import type { Refused } from './op.ts'
import type { Performed } from './perform.ts'
import { placeOfAtom } from './places.ts'
import { refused } from './refusals.ts'
import { loose } from './sides.ts'

/**
 * What it would take to make one atom of the atoms of each group: the lowest id stays, arcs between them go, and so do the nodes that
 * cuts have left. Leaves the draft as it was.
 */
export function united(draft: Draft, groups: readonly (readonly number[])[]): Performed {
  const into = new Map<number, number>()
  for (const group of groups) {
    const all = new Set(group)
    const barred = barredFrom(draft, all)
    if (barred) return barred
    const first = Math.min(...all)
    for (const atom of all) into.set(atom, first)
  }
  const patch = joined(draft, into)
  apply(draft, patch)
  const clean = tidied(draft, ends(patch))
  apply(draft, inverseOf(patch))
  return { ok: true, patch: composed(patch, clean) }
}

function barredFrom(draft: Draft, atoms: ReadonlySet<number>): Refused | undefined {
  const [first = 0] = atoms
  const key = draft.labels.get(first) ?? 0
  const grid = draft.grids.get(key)
  const at = placeOfAtom(draft, first)
  if (!grid || [...atoms].some((atom) => !draft.atoms.has(atom))) return refused('unknown')
  if (grid.locked) return refused('locked', [key], at)
  if (atoms.size === 1) return refused('nothing', [key], at)
  const isOne = [...atoms].every((atom) => draft.labels.get(atom) === key) && loose(draft, atoms) === null
  return isOne ? undefined : refused('parts', [key], at)
}

/** `into` says what each atom becomes part of; the others stay. */
function joined(draft: Draft, into: ReadonlyMap<number, number>): Patch {
  const ids = new Set([...into.keys()].flatMap((atom) => [...(draft.arcsOfAtom.get(atom) ?? [])]))
  const arcs = [...ids].flatMap((id) => {
    const before = draft.arcs.get(id)
    if (!before) return []
    const [left, right] = [into.get(before.left) ?? before.left, into.get(before.right) ?? before.right]
    if (left === before.left && right === before.right) return []
    return [{ id, before, after: left === right ? null : { ...before, left, right } }]
  })
  const gone = new Set(arcs.flatMap(({ id, after }) => (after ? [] : [id])))
  const bare = [...new Set(arcs.flatMap(({ before: { n0, n1 } }) => [n0, n1]))].filter((node) =>
    [...(draft.arcsOfNode.get(node) ?? [])].every((id) => gone.has(id)),
  )
  const others = [...into].flatMap(([atom, first]) => (atom === first ? [] : [atom]))
  return patchOf(draft, {
    nodes: bare.map((id) => ({ id, before: draft.nodes.get(id) ?? null, after: null })),
    arcs,
    atoms: others.map((id) => ({ id, before: draft.atoms.get(id) ?? null, after: null })),
    labels: others.map((id) => ({ id, before: draft.labels.get(id) ?? null, after: null })),
  })
}

/** Nodes of arcs that a patch has taken away. */
function ends({ arcs }: Patch): readonly number[] {
  const nodes = arcs.flatMap(({ before, after }) => (before && !after ? [before.n0, before.n1] : []))
  return [...new Set(nodes)].toSorted((a, b) => a - b)
}

/**
 * Joins the two arcs of each node in which they are of one kind and part the same atoms. A node that lay on the straight way, as far as
 * the lattice can tell, goes; another stays as a vertex.
 */
function tidied(draft: Draft, nodes: readonly number[]): Patch {
  let done = patchOf(draft, {})
  const add = (patch: Patch | null): void => {
    if (!patch) return
    apply(draft, patch)
    done = composed(done, patch)
  }
  for (const node of nodes) add(seamless(draft, node))
  const seams = new Set(nodes.map((node) => String(done.nodes.find(({ id }) => id === node)?.before)))
  for (const { id } of done.arcs) add(straightened(draft, id, seams))
  apply(draft, inverseOf(done))
  return done
}

function seamless(draft: Draft, node: number): Patch | null {
  const [kept, other, third] = [...(draft.arcsOfNode.get(node) ?? [])]
    .toSorted((p, q) => p - q)
    .flatMap((id) => draft.arcs.get(id) ?? [])
  if (!kept || !other || third) return null
  const next = (kept.n1 === node) === (other.n0 === node) ? other : turned(other)
  if (next.kind !== kept.kind || next.left !== kept.left || next.right !== kept.right) return null
  const [head, tail] = kept.n1 === node ? [kept, next] : [next, kept]
  const points = [...head.points, ...tail.points.slice(1)]
  return patchOf(draft, {
    nodes: [{ id: node, before: draft.nodes.get(node) ?? null, after: null }],
    arcs: [
      { id: kept.id, before: kept, after: { ...kept, n0: head.n0, n1: tail.n1, points } },
      { id: other.id, before: other, after: null },
    ],
  })
}

const turned = (arc: Arc): Arc => ({
  ...arc,
  n0: arc.n1,
  n1: arc.n0,
  left: arc.right,
  right: arc.left,
  points: arc.points.toReversed(),
})

/** Takes the seams that rounding has put beside straight ways out of an arc, unless it would meet another then. */
function straightened(draft: Draft, id: number, seams: ReadonlySet<string>): Patch | null {
  const before = draft.arcs.get(id)
  if (!before) return null
  const points: Lattice[] = []
  let run: Lattice[] = []
  for (const [i, point] of before.points.entries()) {
    if (i > 0 && i < before.points.length - 1 && seams.has(String(point))) {
      run.push(point)
      continue
    }
    const from = points.at(-1)
    const isStraight = from !== undefined && run.every((seam) => passes(from, point, seam))
    points.push(...(isStraight ? [] : run), point)
    run = []
  }
  if (points.length === before.points.length) return null
  const patch = patchOf(draft, { arcs: [{ id, before, after: { ...before, points } }] })
  apply(draft, patch)
  const met = collision(draft, freshOf(patch))
  apply(draft, inverseOf(patch))
  return met ? null : patch
}
