import type { Draft } from './draft.ts'
import { edit, moveStation, setLock } from './grids.ts'
import type { Op, Refused } from './op.ts'
import { make, merge, paint } from './paint.ts'
import { apply, type Patch } from './patch.ts'
import { reshape } from './reshape.ts'
import { splitAtom, splitGrid } from './split.ts'
import { addVertex, moveNode, moveVertex, removeVertex } from './vertices.ts'

export type Performed = { readonly ok: true; readonly patch: Patch } | Refused

/** Does the operation on the draft, or leaves it as it was and says why. */
export function perform(draft: Draft, op: Op): Performed {
  const planned = planOf(draft, op)
  if (planned.ok) apply(draft, planned.patch)
  return planned
}

function planOf<K extends Op['kind']>(draft: Draft, op: Extract<Op, { kind: K }>): Performed {
  const planner: Planners[K] = PLANNERS[op.kind as K]
  return planner(draft, op)
}

type Planners = {
  readonly [K in Op['kind']]: (draft: Draft, op: Extract<Op, { readonly kind: K }>) => Performed
}

/** What each operation would do to the draft as it stands. Each leaves it as it was. */
const PLANNERS: Planners = {
  paint: (draft, { atoms, grid }) => paint(draft, atoms, grid),
  make,
  merge: (draft, { grid, into }) => merge(draft, grid, into),
  'move-node': (draft, { node, to }) => moveNode(draft, node, to),
  'move-vertex': (draft, { arc, index, to }) => moveVertex(draft, arc, index, to),
  'add-vertex': (draft, { arc, index, at }) => addVertex(draft, arc, index, at),
  'remove-vertex': (draft, { arc, index }) => removeVertex(draft, arc, index),
  split: splitGrid,
  'split-atom': splitAtom,
  reshape,
  edit,
  station: (draft, { grid, at }) => moveStation(draft, grid, at),
  lock: (draft, { grid }) => setLock(draft, grid, 'lock'),
  unlock: (draft, { grid }) => setLock(draft, grid, 'unlock'),
}
