import type { Arc, Lattice } from '../fabric.ts'
import { samePoint } from '../lattice.ts'
import { cheapest } from './cheapest.ts'
import { composed } from './compose.ts'
import { divideAtoms, type Divided, type Stretch } from './divide.ts'
import { sidesOf, type Draft, type GridKey } from './draft.ts'
import { strokesOf, tangle } from './lay.ts'
import { between, meetings } from './meetings.ts'
import type { Op, Refused } from './op.ts'
import { apply, inverseOf, patchOf, type Change } from './patch.ts'
import type { Performed } from './perform.ts'
import { placeOfAtom } from './places.ts'
import { refused } from './refusals.ts'
import { loose, reached } from './sides.ts'
import { nearest } from './snap.ts'

type Pair = readonly [GridKey, GridKey]

/**
 * Between the first and the last place where the line meets the border that the two grids share, the border takes the way of the
 * line. What overshoots is dropped, an end that falls short by a few paces is led on to the border. Each grid keeps the side of the
 * line that it has on the border's old way, so a line that weaves over the border gives ground to both.
 */
export function reshape(draft: Draft, { grids, line }: Extract<Op, { kind: 'reshape' }>): Performed {
  const barred = barredFrom(draft, grids, line)
  if (barred) return barred
  const tangled = tangle(strokesOf(line))
  if (tangled) return refused('crossing', grids, tangled)
  const atoms = atomsOf(draft, grids)
  const arcs = arcsOf(draft, atoms)
  const border = arcs.filter((arc) => isShared(draft, arc, grids))
  const wanted = between(line, border) ?? between(led(draft, line, border), border)
  if (!wanted) return refused('line', grids, line[0] ?? null)
  const astray = beyond(draft, wanted, arcs, atoms)
  if (astray) return astray
  const divided = divideAtoms(draft, wanted, atoms)
  if (!divided.ok) return divided
  const parting = partingOf(draft, grids, divided)
  apply(draft, inverseOf(divided.patch))
  if (!parting.ok) return parting
  return {
    ok: true,
    patch: composed(divided.patch, { ...patchOf(draft, parting), next: divided.patch.next }),
  }
}

function barredFrom(draft: Draft, grids: Pair, line: readonly Lattice[]): Refused | undefined {
  const [a, b] = grids.map((key) => draft.grids.get(key))
  if (!a || !b || a === b) return refused('unknown', grids)
  const at = line[0] ?? null
  const closed = [a, b].find(({ locked }) => locked)
  if (closed) return refused('locked', [closed.key], at)
  return a.community === b.community ? undefined : refused('community', grids, at)
}

function atomsOf(draft: Draft, grids: Pair): ReadonlySet<number> {
  return new Set(grids.flatMap((key) => [...(draft.atomsOfGrid.get(key) ?? [])]))
}

/** Ascending by id. */
function arcsOf(draft: Draft, atoms: ReadonlySet<number>): readonly Arc[] {
  const ids = new Set([...atoms].flatMap((atom) => [...(draft.arcsOfAtom.get(atom) ?? [])]))
  return [...ids].toSorted((a, b) => a - b).flatMap((id) => draft.arcs.get(id) ?? [])
}

function isShared(draft: Draft, arc: Arc, [a, b]: Pair): boolean {
  const [left, right] = sidesOf(draft, arc)
  return (left === a && right === b) || (left === b && right === a)
}

/** An end this far from the border, in lattice units, still means it: some 30 m. */
const SHORT = 3000

/** The line with its ends led on to the border; an end beyond a place where it meets the border overshoots and stays. */
function led(draft: Draft, line: readonly Lattice[], border: readonly Arc[]): readonly Lattice[] {
  const [met] = meetings(strokesOf(line), border)
  const isBorder = new Set(border.map(({ id }) => id))
  const spot = (end: Lattice | undefined): readonly Lattice[] => {
    const found = end && nearest(draft, end, SHORT, ({ id }) => isBorder.has(id))
    return found ? [found.at] : []
  }
  const [start, end] = [spot(line[0]), spot(line.at(-1))]
  if (!met) return [...start, ...line, ...end]
  const isFirst = met.stroke < strokesOf(line).length / 2
  return isFirst ? [...line, ...end] : [...start, ...line]
}

/** What the line would touch besides the two grids. */
function beyond(
  draft: Draft,
  line: readonly Lattice[],
  arcs: readonly Arc[],
  atoms: ReadonlySet<number>,
): Refused | null {
  const rim = arcs.filter(({ left, right }) => atoms.has(left) !== atoms.has(right))
  const ends = [line[0], line.at(-1)]
  const met = meetings(strokesOf(line), rim).find(({ at }) => !ends.some((end) => end && samePoint(end, at)))
  if (!met) return null
  const spot = nearest(draft, met.at, 4, (arc) => atoms.has(arc.left) !== atoms.has(arc.right))
  if (!spot) return refused('line', [], met.at)
  const { left, right } = spot.arc
  const [inner, outer] = atoms.has(left) ? [left, right] : [right, left]
  if (outer === 0) return refused('outline', [], met.at)
  const key = draft.labels.get(outer) ?? 0
  if (draft.grids.get(key)?.locked) return refused('locked', [key], met.at)
  const isHome = draft.atoms.get(outer)?.community === draft.atoms.get(inner)?.community
  return refused(isHome ? 'line' : 'community', [key], met.at)
}

type Parting = { readonly ok: true; readonly labels: readonly Change<GridKey>[] } | Refused

/** Who gets which atom once the line is the border, in the draft with the line cut in. */
function partingOf(draft: Draft, grids: Pair, { way }: Divided): Parting {
  const atoms = atomsOf(draft, grids)
  const border = arcsOf(draft, atoms).filter((arc) => isShared(draft, arc, grids))
  const isOld = new Set(border.map(({ id }) => id))
  const fresh = way.filter(({ arc }) => !isOld.has(arc))
  const [first, last] = [fresh[0], fresh.at(-1)]
  if (!first || !last) return refused('nothing', grids)
  const old = oldWay(draft, border, grids, first.from, last.to)
  if (!old) return refused('line', grids, draft.nodes.get(last.to) ?? null)

  const replaced = new Set(old.arcs.map(({ id }) => id))
  for (const { arc } of way) replaced.delete(arc)
  const standing = border.filter(({ id }) => !replaced.has(id))
  const barrier = new Set([...fresh, ...standing.map(({ id }) => ({ arc: id }))].map(({ arc }) => arc))
  const [onLeft, onRight] = old.direction === 'with' ? grids : ([grids[1], grids[0]] as const)
  const seeds = (key: GridKey): readonly number[] => [
    ...fresh.map((stretch) => sideOf(stretch, key === onLeft ? 'left' : 'right')),
    ...standing.map(({ left, right }) => (draft.labels.get(left) === key ? left : right)),
  ]
  const parts = [onLeft, onRight].map((key) => ({ key, part: reached(draft, seeds(key), atoms, barrier) }))
  return settled(draft, grids, parts, draft.nodes.get(first.from) ?? null)
}

const sideOf = (stretch: Stretch, side: 'left' | 'right'): number => stretch[side]

interface Part {
  readonly key: GridKey
  readonly part: ReadonlySet<number>
}

function settled(draft: Draft, grids: Pair, parts: readonly Part[], at: Lattice | null): Parting {
  const [a, b] = parts
  if (!a || !b || [...a.part].some((atom) => b.part.has(atom))) return refused('line', grids, at)
  for (const { key, part } of parts) {
    if (part.size === 0) return refused('empty', [key], at)
    const lost = loose(draft, part)
    if (lost !== null) return refused('parts', [key], placeOfAtom(draft, lost))
  }
  const labels = parts.flatMap(({ key, part }) =>
    [...part].flatMap((id): readonly Change<GridKey>[] => {
      const before = draft.labels.get(id) ?? null
      return before === key ? [] : [{ id, before, after: key }]
    }),
  )
  return labels.length === 0 ? refused('nothing', grids, at) : { ok: true, labels }
}

interface OldWay {
  readonly arcs: readonly Arc[]
  /** With the line when the first grid lies on the left of the border on the way from the line's start to its end. */
  readonly direction: 'with' | 'against'
}

/** The way along the border between two of its nodes; the shorter, where the border is a ring. */
function oldWay(draft: Draft, border: readonly Arc[], [a]: Pair, from: number, to: number): OldWay | null {
  const walked = border.map((arc) =>
    draft.labels.get(arc.left) === a
      ? { arc, from: arc.n0, to: arc.n1, length: lengthOf(arc) }
      : { arc, from: arc.n1, to: arc.n0, length: lengthOf(arc) },
  )
  const leaving = Map.groupBy(walked, (step) => step.from)
  const run = (start: number, end: number): readonly Arc[] | null =>
    cheapest<Arc>(start, end, (node, offer) => {
      for (const step of leaving.get(node) ?? []) offer(step.to, step.length, step.arc)
    })
  const [forth, back] = [run(from, to), run(to, from)]
  const size = (arcs: readonly Arc[] | null): number =>
    arcs?.reduce((sum, arc) => sum + lengthOf(arc), 0) ?? Infinity
  if (forth && size(forth) <= size(back)) return { arcs: forth, direction: 'with' }
  return back && { arcs: back, direction: 'against' }
}

function lengthOf({ points }: Arc): number {
  return points.reduce((sum, [x, y], i) => {
    const [px, py] = points[i - 1] ?? [x, y]
    return sum + Math.hypot(x - px, y - py)
  }, 0)
}
