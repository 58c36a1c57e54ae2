import type { Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import type { Draft, GridKey, PlanGrid } from './draft.ts'
import type { Op } from './op.ts'
import { patchOf } from './patch.ts'
import type { Performed } from './perform.ts'
import { liesIn, placeOfGrid } from './places.ts'
import { refused } from './refusals.ts'

export function edit(draft: Draft, op: Extract<Op, { kind: 'edit' }>): Performed {
  const before = draft.grids.get(op.grid)
  if (!before) return refused('unknown', [op.grid])
  const after: PlanGrid = {
    ...before,
    name: op.name ?? before.name,
    nameEn: op.nameEn ?? before.nameEn,
    kind: op.gridKind ?? before.kind,
    worker: op.worker === undefined ? before.worker : op.worker,
  }
  const fields = ['name', 'nameEn', 'kind', 'worker'] as const
  if (fields.every((field) => before[field] === after[field])) return refused('nothing', [op.grid])
  const other = after.worker === before.worker ? undefined : keptBy(draft, after.worker)
  if (other) return refused('worker', [other.key], placeOfGrid(draft, other.key))
  return replaced(draft, before, after)
}

/** The grid that the worker has. */
function keptBy(draft: Draft, worker: number | null): PlanGrid | undefined {
  if (worker === null) return undefined
  for (const grid of draft.grids.values()) if (grid.worker === worker) return grid
  return undefined
}

export function moveStation(draft: Draft, key: GridKey, at: Lattice): Performed {
  const grid = draft.grids.get(key)
  if (!grid) return refused('unknown', [key])
  if (grid.station && samePoint(grid.station, at)) return refused('nothing', [key])
  if (!liesIn(draft, key, at)) return refused('station', [key], at)
  return replaced(draft, grid, { ...grid, station: at })
}

export function setLock(draft: Draft, key: GridKey, op: 'lock' | 'unlock'): Performed {
  const grid = draft.grids.get(key)
  if (!grid) return refused('unknown', [key])
  const locked = op === 'lock'
  if (grid.locked === locked) return refused('nothing', [key])
  return replaced(draft, grid, { ...grid, locked })
}

function replaced(draft: Draft, before: PlanGrid, after: PlanGrid): Performed {
  return { ok: true, patch: patchOf(draft, { grids: [{ id: before.key, before, after }] }) }
}
