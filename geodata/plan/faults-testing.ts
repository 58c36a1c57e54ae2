import type { Arc, Lattice } from '../fabric.ts'
import { cross, meet, passes, ringArea2, samePoint } from '../lattice.ts'
import { sidesOf, type Draft, type GridKey } from './draft.ts'
import type { Patch } from './patch.ts'
import { polygonsOfAtom } from './shapes.ts'
import { touchedAtoms, touchedGrids } from './touched.ts'

/** Atom → twice its area, exact; kept from step to step, so that a step pays only for what it touches. */
export type Areas = Map<number, bigint>

export function areasOf(draft: Draft): Areas {
  return new Map([...draft.atoms.keys()].map((atom) => [atom, area2Of(draft, atom)]))
}

/** By its arcs, without making a ring of them. */
function area2Of(draft: Draft, atom: number): bigint {
  const ids = [...(draft.arcsOfAtom.get(atom) ?? [])]
  const [ox, oy] = draft.arcs.get(ids[0] ?? -1)?.points[0] ?? [0, 0]
  let sum = 0n
  for (const id of ids) {
    const arc = draft.arcs.get(id)
    if (!arc) continue
    let along = 0n
    let from = arc.points[0]
    for (const to of arc.points) {
      if (from) along += cross(from[0] - ox, from[1] - oy, to[0] - ox, to[1] - oy)
      from = to
    }
    sum += arc.left === atom ? along : -along
  }
  return sum
}

/** Brings the areas up to date with a patch that the draft has taken. */
export function remeasure(draft: Draft, patch: Patch, areas: Areas): void {
  for (const atom of touchedAtoms(patch)) {
    if (draft.atoms.has(atom)) areas.set(atom, area2Of(draft, atom))
    else areas.delete(atom)
  }
}

/** What the patch, which the draft has taken, has broken; in words. Areas are brought up to date. */
export function faultsOf(draft: Draft, patch: Patch, areas: Areas): readonly string[] {
  return [
    ...areaFaults(draft, patch, areas),
    ...sideFaults(draft, patch),
    ...meetings(draft, patch),
    ...ringFaults(draft, patch),
    ...gridFaults(draft, patch),
    ...guardFaults(draft, patch),
  ]
}

/** Nothing is won or lost, and no atom is empty or inside out. */
function areaFaults(draft: Draft, patch: Patch, areas: Areas): readonly string[] {
  const atoms = [...touchedAtoms(patch)]
  const sum = (): bigint => atoms.reduce((total, atom) => total + (areas.get(atom) ?? 0n), 0n)
  const before = sum()
  remeasure(draft, patch, areas)
  const won = sum() - before - outlineWon(patch)
  return [
    ...(won === 0n ? [] : [`${won} units of ground won`]),
    ...atoms.filter((atom) => (areas.get(atom) ?? 1n) <= 0n).map((atom) => `atom ${atom} is inside out`),
  ]
}

/** What the outline itself won: a cut may bend it by less than a unit. */
function outlineWon({ arcs }: Patch): bigint {
  const area2 = (arc: Arc | null): bigint => {
    if (arc === null || (arc.left !== 0 && arc.right !== 0)) return 0n
    const walked = arc.right === 0 ? arc.points : arc.points.toReversed()
    return walked.reduce((sum, [x1, y1], i) => {
      const [x0, y0] = walked[i - 1] ?? [x1, y1]
      return sum + cross(x0, y0, x1, y1)
    }, 0n)
  }
  return arcs.reduce((sum, { before, after }) => sum + area2(after) - area2(before), 0n)
}

function sideFaults(draft: Draft, { arcs, nodes }: Patch): readonly string[] {
  const faults: string[] = []
  for (const { id } of arcs) {
    const arc = draft.arcs.get(id)
    if (!arc) continue
    if (arc.left === arc.right) faults.push(`arc ${id} has atom ${arc.left} on both sides`)
    for (const atom of [arc.left, arc.right])
      if (atom !== 0 && !draft.atoms.has(atom)) faults.push(`arc ${id} names atom ${atom}`)
    if (!startsAt(draft, arc)) faults.push(`arc ${id} misses its nodes`)
  }
  for (const { id } of nodes)
    if (draft.nodes.has(id) !== draft.arcsOfNode.has(id)) faults.push(`node ${id} is loose`)
  return faults
}

function startsAt(draft: Draft, { n0, n1, points }: Arc): boolean {
  const [a, b, first, last] = [draft.nodes.get(n0), draft.nodes.get(n1), points[0], points.at(-1)]
  return !!a && !!b && !!first && !!last && samePoint(a, first) && samePoint(b, last)
}

/** Segments of changed arcs against all others, without the index that the kernel asks. */
function meetings(draft: Draft, { arcs }: Patch): readonly string[] {
  const changed = arcs.flatMap(({ id }) => draft.arcs.get(id) ?? []).flatMap(segmentsOf)
  if (changed.length === 0) return []
  const whole = boxOf(changed.flatMap(({ a, b }) => [a, b]))
  const faults: string[] = []
  for (const arc of draft.arcs.values()) {
    if (isApart(whole, boxOf(arc.points))) continue
    for (const other of segmentsOf(arc)) {
      const met = changed.find((segment) => !isSame(segment, other) && isAmiss(segment, other))
      if (met) faults.push(`arcs ${met.arc.id} and ${arc.id} meet at ${met.a.join(' ')}`)
    }
  }
  return faults
}

interface Segment {
  readonly arc: Arc
  readonly index: number
  readonly a: Lattice
  readonly b: Lattice
}

function segmentsOf(arc: Arc): readonly Segment[] {
  return arc.points.slice(1).map((b, i) => ({ arc, index: i + 1, a: arc.points[i] ?? b, b }))
}

const isSame = (p: Segment, q: Segment): boolean => p.arc.id === q.arc.id && p.index === q.index

/** Whether they meet elsewhere than in a node of both, or at the bend between them. */
function isAmiss(p: Segment, q: Segment): boolean {
  if (isApart(boxOf([p.a, p.b]), boxOf([q.a, q.b]))) return false
  if (samePoint(p.a, p.b) || meet(p.a, p.b, q.a, q.b)) return true
  for (const [i, at] of ends(p)) {
    for (const [j, other] of ends(q)) {
      if (!samePoint(at, other)) continue
      const bend = p.arc.id === q.arc.id && i === j
      const [n, m] = [nodeAt(p.arc, i), nodeAt(q.arc, j)]
      if (!bend && (n === null || n !== m)) return true
    }
  }
  return false
}

const ends = ({ index, a, b }: Segment): readonly (readonly [number, Lattice])[] => [
  [index - 1, a],
  [index, b],
]

function nodeAt(arc: Arc, index: number): number | null {
  if (index === 0) return arc.n0
  return index === arc.points.length - 1 ? arc.n1 : null
}

type Box = readonly [west: number, south: number, east: number, north: number]

function boxOf(points: readonly Lattice[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  return [west, south, east, north]
}

const isApart = (p: Box, q: Box): boolean => p[2] < q[0] || q[2] < p[0] || p[3] < q[1] || q[3] < p[1]

/** Every atom is one simple ring, with holes the other way round. */
function ringFaults(draft: Draft, patch: Patch): readonly string[] {
  const faults: string[] = []
  for (const atom of touchedAtoms(patch)) {
    if (!draft.atoms.has(atom)) continue
    const polygons = polygonsOfAtom(draft, atom)
    const [outer, ...holes] = polygons[0] ?? []
    const isWhole = polygons.length === 1 && outer !== undefined && ringArea2(outer) > 0n
    if (!isWhole || holes.some((hole) => ringArea2(hole) >= 0n)) faults.push(`atom ${atom} is no face`)
    for (const ring of polygons.flat())
      if (new Set(ring.map(String)).size !== ring.length - 1) faults.push(`atom ${atom} touches itself`)
  }
  return faults
}

/** Labels are total, each grid has ground, in one part and in one community. */
function gridFaults(draft: Draft, patch: Patch): readonly string[] {
  const faults = [...touchedAtoms(patch)].flatMap((atom) => labelFaults(draft, atom))
  for (const grid of touchedGrids(draft, patch)) {
    const atoms = draft.atomsOfGrid.get(grid) ?? new Set<number>()
    if (draft.grids.has(grid) !== atoms.size > 0) faults.push(`grid ${grid} has ${atoms.size} atoms`)
    if (connected(draft, grid) !== atoms.size) faults.push(`grid ${grid} lies in parts`)
  }
  return faults
}

function labelFaults(draft: Draft, atom: number): readonly string[] {
  const [label, known] = [draft.labels.get(atom), draft.atoms.get(atom)]
  if (label === undefined || !known) return label === known ? [] : [`atom ${atom} has label ${label}`]
  if (!draft.atomsOfGrid.get(label)?.has(atom)) return [`grid ${label} does not know atom ${atom}`]
  return draft.grids.get(label)?.community === known.community ? [] : [`atom ${atom} has left its community`]
}

/**
 * The outline, borders of communities and all of a locked grid stay. A line that ends on them gives them a vertex, which rounding puts
 * beside them by less than a unit; no vertex that was there moves or goes.
 */
function guardFaults(draft: Draft, { arcs, labels }: Patch): readonly string[] {
  const was = new Map(labels.map(({ id, before }) => [id, before]))
  const isLocked = (grid: GridKey | null | undefined): boolean =>
    !!grid && draft.grids.get(grid)?.locked === true
  const isGuarded = ({ left, right }: Arc): boolean => {
    const communities = [left, right].map((atom) => draft.atoms.get(atom)?.community)
    if (communities[0] !== communities[1]) return true
    return [left, right].some((atom) => isLocked(was.get(atom) ?? draft.labels.get(atom)))
  }
  const guarded = (state: 'before' | 'after'): readonly Arc[] =>
    arcs.flatMap((change) => change[state] ?? []).filter(isGuarded)
  const [before, after] = [guarded('before'), guarded('after')]
  const vertices = new Set(after.flatMap(({ points }) => points.map(String)))
  const segments = before.flatMap(segmentsOf)
  return [
    ...labels
      .filter((change) => isLocked(change.before) || isLocked(change.after))
      .map(({ id }) => `atom ${id} was locked`),
    ...before
      .flatMap(({ points }) => points)
      .filter((point) => !vertices.has(String(point)))
      .map((point) => `${point.join(' ')} has moved`),
    ...after
      .flatMap(({ points }) => points)
      .filter((point) => !segments.some(({ a, b }) => passes(a, b, point)))
      .map((point) => `${point.join(' ')} bends a border that stays`),
  ]
}

/** How many atoms of the grid hang together with its first. */
function connected(draft: Draft, grid: GridKey): number {
  const [first] = draft.atomsOfGrid.get(grid) ?? []
  const seen = new Set(first === undefined ? [] : [first])
  for (const atom of seen) {
    for (const id of draft.arcsOfAtom.get(atom) ?? []) {
      const arc = draft.arcs.get(id)
      const [left, right] = arc ? sidesOf(draft, arc) : [0, 0]
      if (arc && left === grid && right === grid) seen.add(arc.left).add(arc.right)
    }
  }
  return seen.size
}
