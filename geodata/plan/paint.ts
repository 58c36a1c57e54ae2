import type { Draft, GridKey, PlanGrid } from './draft.ts'
import type { Op, Refused } from './op.ts'
import { astray, severed } from './parts.ts'
import { patchOf, type Change } from './patch.ts'
import type { Performed } from './perform.ts'
import { placeOfAtom } from './places.ts'
import { refused } from './refusals.ts'

export function paint(draft: Draft, atoms: readonly number[], grid: GridKey): Performed {
  const target = draft.grids.get(grid)
  if (!target) return refused('unknown', [grid])
  const moving = new Set(atoms.filter((atom) => draft.labels.get(atom) !== grid))
  if (moving.size === 0) return refused('nothing', [grid])
  const broken = hindrance(draft, moving, target)
  if (broken) return broken
  return { ok: true, patch: patchOf(draft, { labels: relabelled(draft, moving, grid) }) }
}

export function make(draft: Draft, { atoms, name, nameEn }: Extract<Op, { kind: 'make' }>): Performed {
  const moving = new Set(atoms)
  const [first] = moving
  if (first === undefined) return refused('nothing')
  const home = draft.grids.get(draft.labels.get(first) ?? 0)
  if (!home) return refused('unknown')
  const key = draft.next.grid
  const grid: PlanGrid = {
    key,
    code: null,
    name,
    nameEn,
    kind: home.kind,
    community: draft.atoms.get(first)?.community ?? home.community,
    worker: null,
    station: null,
    locked: false,
  }
  const broken = hindrance(draft, moving, grid)
  if (broken) return broken
  const labels = relabelled(draft, moving, key)
  const grids = [{ id: key, before: null, after: grid }]
  return { ok: true, patch: patchOf(draft, { labels, grids }, { grid: key - 1 }) }
}

export function merge(draft: Draft, key: GridKey, into: GridKey): Performed {
  const [ending, target] = [draft.grids.get(key), draft.grids.get(into)]
  if (!ending || !target) return refused('unknown', ending ? [into] : [key])
  if (key === into) return refused('nothing', [key])
  const moving = draft.atomsOfGrid.get(key) ?? new Set<number>()
  const [first] = moving
  const at = first === undefined ? null : placeOfAtom(draft, first)
  for (const grid of [ending, target]) if (grid.locked) return refused('locked', [grid.key], at)
  if (ending.community !== target.community) return refused('community', [key, into], at)
  if (astray(draft, into, moving) !== null) return refused('parts', [into], at)
  const grids = [{ id: key, before: ending, after: null }]
  return { ok: true, patch: patchOf(draft, { labels: relabelled(draft, moving, into), grids }) }
}

/** What stands against the atoms joining the grid, or undefined. */
function hindrance(draft: Draft, moving: ReadonlySet<number>, target: PlanGrid): Refused | undefined {
  const sources = new Map<GridKey, Set<number>>()
  for (const atom of moving) {
    const source = draft.labels.get(atom)
    if (source === undefined) return refused('unknown', [])
    const taken = sources.get(source)
    if (taken) taken.add(atom)
    else sources.set(source, new Set([atom]))
  }
  return (
    barred(draft, moving, target, [...sources.keys()]) ??
    bereft(draft, sources) ??
    scattered(draft, moving, target.key)
  )
}

/** By a lock or the border of a community. */
function barred(
  draft: Draft,
  moving: ReadonlySet<number>,
  target: PlanGrid,
  sources: readonly GridKey[],
): Refused | undefined {
  const [first = 0] = moving
  const closed = [target, ...sources.map((key) => draft.grids.get(key))].find((grid) => grid?.locked)
  if (closed) return refused('locked', [closed.key], placeOfAtom(draft, first))
  for (const atom of moving) {
    if (draft.atoms.get(atom)?.community === target.community) continue
    return refused('community', [target.key], placeOfAtom(draft, atom))
  }
  return undefined
}

/** Grids that would lose all ground, or fall apart. */
function bereft(draft: Draft, sources: ReadonlyMap<GridKey, ReadonlySet<number>>): Refused | undefined {
  for (const [source, taken] of sources) {
    const [first = 0] = taken
    if (draft.atomsOfGrid.get(source)?.size === taken.size)
      return refused('empty', [source], placeOfAtom(draft, first))
    const lost = severed(draft, source, taken)
    if (lost !== null) return refused('parts', [source], placeOfAtom(draft, lost))
  }
  return undefined
}

function scattered(draft: Draft, moving: ReadonlySet<number>, grid: GridKey): Refused | undefined {
  const lost = astray(draft, grid, moving)
  return lost === null ? undefined : refused('parts', [grid], placeOfAtom(draft, lost))
}

function relabelled(draft: Draft, atoms: Iterable<number>, grid: GridKey): readonly Change<GridKey>[] {
  return [...atoms].map((id) => ({ id, before: draft.labels.get(id) ?? null, after: grid }))
}
