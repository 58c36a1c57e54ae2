import type { Lattice } from '#geo/fabric'
import { orient } from '#geo/lattice'
import type { Draft } from '#geo/plan/draft'
import type { Patch } from '#geo/plan/patch'
import { placeOfAtom } from '#geo/plan/places'
import { polygonsAround, polygonsOfAtom } from '#geo/plan/shapes'
import { shapedAtoms } from './drawn.ts'
import { touchedAtoms } from '#geo/plan/touched'

/** What was found of a draft by counting, not by trust in how it was made. */
export interface Proof {
  readonly grids: number
  readonly atoms: number
  readonly arcs: number
  /** Ground without a grid. */
  readonly gaps: readonly Lattice[]
  /** Ground that is covered twice: lines that cross, atoms turned inside out, lines with one side only. */
  readonly overlaps: readonly Lattice[]
  /** Twice the area of all atoms, each walked around by itself, and of the outline, in lattice units. */
  readonly area2: bigint
  readonly outline2: bigint
  /** What the last check took, and how many atoms it walked around. */
  readonly ms: number
  readonly walked: number
}

export interface Prover {
  readonly now: () => Proof
  readonly update: (patch: Patch) => void
}

export const isWhole = ({ gaps, overlaps, area2, outline2 }: Proof): boolean =>
  gaps.length === 0 && overlaps.length === 0 && area2 === outline2

/** Checks the whole once and then what each patch touches. */
export function openProver(draft: Draft): Prover {
  const areas = new Map<number, bigint>()
  const gaps = new Set<number>()
  const turned = new Set<number>()
  const crossed = new Map<number, Lattice>()
  let area2 = 0n
  let [ms, walked] = [0, 0]
  const outline2 = ringsArea2(polygonsAround(draft, new Set(draft.atoms.keys())))
  check(draft.atoms.keys(), draft.arcs.keys())

  function check(atoms: Iterable<number>, arcs: Iterable<number>): void {
    const start = performance.now()
    walked = 0
    for (const atom of atoms) checkAtom(atom)
    for (const id of arcs) checkArc(id)
    ms = performance.now() - start
  }

  function checkAtom(atom: number): void {
    walked++
    const isThere = draft.atoms.has(atom)
    const area = isThere ? ringsArea2(polygonsOfAtom(draft, atom)) : 0n
    area2 += area - (areas.get(atom) ?? 0n)
    areas.set(atom, area)
    mark(turned, atom, isThere && area <= 0n)
    checkLabel(atom)
  }

  function checkLabel(atom: number): void {
    const grid = draft.labels.get(atom)
    mark(gaps, atom, draft.atoms.has(atom) && (grid === undefined || !draft.grids.has(grid)))
  }

  function checkArc(id: number): void {
    const arc = draft.arcs.get(id)
    const place = arc && (arc.left === arc.right ? arc.points[0] : crossingOf(draft, id))
    if (place) crossed.set(id, place)
    else crossed.delete(id)
  }

  return {
    now: () => ({
      grids: [...draft.grids.keys()].filter((key) => (draft.atomsOfGrid.get(key)?.size ?? 0) > 0).length,
      atoms: draft.atoms.size,
      arcs: draft.arcs.size,
      gaps: placesOf(draft, gaps),
      overlaps: [...placesOf(draft, turned), ...crossed.values()],
      area2,
      outline2,
      ms,
      walked,
    }),
    update(patch) {
      check(
        shapedAtoms(patch),
        patch.arcs.map(({ id }) => id),
      )
      for (const atom of touchedAtoms(patch)) checkLabel(atom)
    },
  }
}

function mark(set: Set<number>, id: number, is: boolean): void {
  if (is) set.add(id)
  else set.delete(id)
}

const placesOf = (draft: Draft, atoms: Iterable<number>): readonly Lattice[] =>
  [...atoms].flatMap((atom) => [placeOfAtom(draft, atom) ?? ([0, 0] as const)])

/** Twice the area within rings, holes taken out; exact. */
function ringsArea2(polygons: readonly (readonly (readonly Lattice[])[])[]): bigint {
  let sum = 0n
  for (const ring of polygons.flat()) {
    // From its own first point the products stay small enough for doubles on all but huge rings.
    const [ox, oy] = ring[0] ?? [0, 0]
    let part = 0
    ring.forEach(([x, y], i) => {
      const [px, py] = ring[i - 1] ?? [x, y]
      const cross = (px - ox) * (y - oy) - (x - ox) * (py - oy)
      if (Math.abs(part + cross) < Number.MAX_SAFE_INTEGER / 2) {
        part += cross
        return
      }
      sum += BigInt(part) + BigInt(px - ox) * BigInt(y - oy) - BigInt(x - ox) * BigInt(py - oy)
      part = 0
    })
    sum += BigInt(part)
  }
  return sum
}

/** Where a line of the arc crosses another's, if it does. */
function crossingOf(draft: Draft, id: number): Lattice | null {
  const points = draft.arcs.get(id)?.points ?? []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    if (!a || !b) continue
    for (const other of draft.near.near(a, b))
      if (crosses(a, b, draft.arcs.get(other)?.points ?? [])) return a
  }
  return null
}

function crosses(a: Lattice, b: Lattice, line: readonly Lattice[]): boolean {
  return line.some((d, k) => {
    const c = line[k - 1]
    return c !== undefined && isCrossing(a, b, c, d)
  })
}

/** Whether two segments meet in the inside of both. */
function isCrossing(a: Lattice, b: Lattice, c: Lattice, d: Lattice): boolean {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false
  return orient(a, b, c) * orient(a, b, d) < 0 && orient(c, d, a) * orient(c, d, b) < 0
}
