import { copyOf, type Draft, type GridKey } from '#geo/plan/draft'
import type { Op, Refused } from '#geo/plan/op'
import type { Change, Patch } from '#geo/plan/patch'
import { perform } from '#geo/plan/perform'

/** An operation that could not be done after those of somebody else; `changed`: they moved the line that it counts along. */
export interface Lost {
  readonly op: Op
  readonly why: Refused | 'changed'
}

export interface Rebased {
  readonly ops: readonly Op[]
  readonly lost: readonly Lost[]
}

/** New numbers for what the operations made themselves: somebody else's may bear the same by now. */
interface Renamed {
  readonly grids: Map<number, number>
  readonly atoms: Map<number, number>
  readonly arcs: Map<number, number>
  readonly nodes: Map<number, number>
}

/** Own operations, which were done on `before`, as they can be done after those of another, on `theirs`; neither is changed. */
export function rebased(before: Draft, theirs: Draft, own: readonly Op[]): Rebased {
  const [mine, next] = [copyOf(before), copyOf(theirs)]
  const renamed: Renamed = { grids: new Map(), atoms: new Map(), arcs: new Map(), nodes: new Map() }
  const ops: Op[] = []
  const lost: Lost[] = []
  for (const op of own) {
    const moved = renamedOp(op, renamed)
    const isSame = isSameLine(mine, op, next, moved)
    const was = perform(mine, op)
    const now = isSame ? perform(next, moved) : null
    if (!now?.ok) {
      lost.push({ op, why: now ?? 'changed' })
      continue
    }
    ops.push(moved)
    if (was.ok) note(renamed, was.patch, now.patch)
  }
  return { ops, lost }
}

function note(renamed: Renamed, was: Patch, now: Patch): void {
  pair(renamed.grids, was.grids, now.grids)
  pair(renamed.atoms, was.atoms, now.atoms)
  pair(renamed.arcs, was.arcs, now.arcs)
  pair(renamed.nodes, was.nodes, now.nodes)
}

/** What begins in both, in the order in which it was made. */
function pair(
  into: Map<number, number>,
  was: readonly Change<unknown>[],
  now: readonly Change<unknown>[],
): void {
  const made = (changes: readonly Change<unknown>[]): readonly number[] =>
    changes.filter(({ before }) => before === null).map(({ id }) => id)
  const to = made(now)
  made(was).forEach((id, i) => into.set(id, to[i] ?? id))
}

function renamedOp(op: Op, { grids, atoms, arcs, nodes }: Renamed): Op {
  const grid = (key: GridKey): GridKey => grids.get(key) ?? key
  const ground = (ids: readonly number[]): readonly number[] => ids.map((id) => atoms.get(id) ?? id)
  if ('arc' in op) return { ...op, arc: arcs.get(op.arc) ?? op.arc }
  if (op.kind === 'move-node') return { ...op, node: nodes.get(op.node) ?? op.node }
  if (op.kind === 'split-atom') return { ...op, atom: atoms.get(op.atom) ?? op.atom }
  if (op.kind === 'make') return { ...op, atoms: ground(op.atoms) }
  if (op.kind === 'paint') return { ...op, grid: grid(op.grid), atoms: ground(op.atoms) }
  if (op.kind === 'reshape') return { ...op, grids: [grid(op.grids[0]), grid(op.grids[1])] }
  if (op.kind === 'merge') return { ...op, grid: grid(op.grid), into: grid(op.into) }
  return { ...op, grid: grid(op.grid) }
}

/** Points of a border are named by their number along it, which means another one where somebody has changed the line. */
function isSameLine(mine: Draft, op: Op, theirs: Draft, moved: Op): boolean {
  if ('arc' in op && 'arc' in moved) return wayOf(mine, op.arc) === wayOf(theirs, moved.arc)
  if (op.kind !== 'move-node' || moved.kind !== 'move-node') return true
  return String(mine.nodes.get(op.node)) === String(theirs.nodes.get(moved.node))
}

const wayOf = (draft: Draft, arc: number): string => JSON.stringify(draft.arcs.get(arc)?.points ?? null)
