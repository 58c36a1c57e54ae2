import { array, constantFrom, integer, nat, record, type Arbitrary } from 'fast-check'
import type { Arc, Lattice } from '../fabric.ts'
import { isBorder, type Draft, type GridKey } from './draft.ts'
import type { Op } from './op.ts'

/** What somebody wants to do somewhere, in numbers that mean something in every draft. */
export interface Wish {
  readonly kind: Op['kind']
  /** Picks an arc, and with it the atoms and grids beside it. */
  readonly arc: number
  readonly pick: number
  /** How far, in lattice units. */
  readonly dx: number
  readonly dy: number
}

/** Kinds by weight: those that make borders stand more often than those that fill in names. */
const KINDS: readonly Op['kind'][] = [
  ...Array.from({ length: 4 }, () => ['paint', 'move-node', 'move-vertex', 'reshape'] as const).flat(),
  ...Array.from({ length: 2 }, () => ['add-vertex', 'remove-vertex', 'split', 'split-atom'] as const).flat(),
  ...(['merge', 'make', 'edit', 'station', 'lock', 'unlock'] as const),
]

/** Most go a few metres; some across a street, some across the village. */
const distance = (): Arbitrary<number> =>
  constantFrom(20, 400, 3000, 40_000).chain((most) => integer({ min: -most, max: most }))

export function wishes(maxLength: number, kinds: readonly Op['kind'][] = KINDS): Arbitrary<readonly Wish[]> {
  return array(
    record({
      kind: constantFrom(...kinds),
      arc: nat(1_000_000),
      pick: nat(1_000_000),
      dx: distance(),
      dy: distance(),
    }),
    { minLength: 1, maxLength },
  )
}

/** The middle of an arc of the draft. */
export function focusOf(draft: Draft, { arc }: Wish): Lattice {
  const { points } = picked([...draft.arcs.values()], arc)
  return points[Math.floor(points.length / 2)] ?? [0, 0]
}

/** How far around the focus the wishes of one sequence go: about 200 m, so that they get in each other's way. */
const ROUND = 20_000

/** The operation that fulfils a wish near the focus in the draft as it stands; many will be refused. */
export function opOf(draft: Draft, wish: Wish, [x, y]: Lattice): Op {
  const near = draft.near.near([x - ROUND, y - ROUND], [x + ROUND, y + ROUND])
  const arcs = [...near].toSorted((a, b) => a - b).flatMap((id) => draft.arcs.get(id) ?? [])
  const borders = arcs.filter((arc) => arc.left !== 0 && arc.right !== 0 && isBorder(draft, arc))
  const choice = BETWEEN_GRIDS.has(wish.kind) && borders.length > 0 ? borders : arcs
  const arc = picked(choice, wish.arc)
  const [grid, other] = gridsBeside(draft, arc)
  const names = { name: `网格${wish.pick}`, nameEn: `Grid ${wish.pick}` }
  return MAKERS[wish.kind]({ draft, wish, arc, atom: arc.left || arc.right, grid, other, names })
}

/** What makes sense only where two grids meet. */
const BETWEEN_GRIDS: ReadonlySet<Op['kind']> = new Set(['paint', 'merge', 'reshape'])

interface Setting {
  readonly draft: Draft
  readonly wish: Wish
  readonly arc: Arc
  readonly atom: number
  readonly grid: GridKey
  /** Across the arc. */
  readonly other: GridKey
  readonly names: { readonly name: string; readonly nameEn: string }
}

const MAKERS: { readonly [K in Op['kind']]: (setting: Setting) => Op } = {
  paint: ({ draft, atom, wish, other }) => ({
    kind: 'paint',
    atoms: crowd(draft, atom, wish.pick),
    grid: other,
  }),
  make: ({ draft, atom, wish, names }) => ({ kind: 'make', atoms: crowd(draft, atom, wish.pick), ...names }),
  merge: ({ grid, other }) => ({ kind: 'merge', grid, into: other }),
  split: ({ draft, grid, wish, names }) => ({
    kind: 'split',
    grid,
    line: across(draft, draft.atomsOfGrid.get(grid) ?? [], wish),
    ...names,
  }),
  'split-atom': ({ draft, atom, wish }) => ({ kind: 'split-atom', atom, line: across(draft, [atom], wish) }),
  reshape: ({ arc, grid, other, wish }) => ({
    kind: 'reshape',
    grids: [grid, other],
    line: detour(arc, wish),
  }),
  edit: ({ grid, names, wish: { pick } }) => ({
    kind: 'edit',
    grid,
    ...names,
    worker: pick % 3 === 0 ? null : (pick % 400) + 1,
  }),
  station: ({ grid, arc, wish }) => ({ kind: 'station', grid, at: shifted(arc.points[0], wish) }),
  lock: ({ grid }) => ({ kind: 'lock', grid }),
  unlock: ({ grid }) => ({ kind: 'unlock', grid }),
  'move-node': ({ arc, wish }) => ({
    kind: 'move-node',
    node: wish.pick % 2 === 0 ? arc.n0 : arc.n1,
    to: target(arc, wish),
  }),
  'move-vertex': ({ arc, wish }) => ({
    kind: 'move-vertex',
    arc: arc.id,
    index: indexOf(arc, wish),
    to: target(arc, wish),
  }),
  'add-vertex': ({ arc, wish }) => ({
    kind: 'add-vertex',
    arc: arc.id,
    index: Math.max(1, indexOf(arc, wish)),
    at: target(arc, wish),
  }),
  'remove-vertex': ({ arc, wish }) => ({ kind: 'remove-vertex', arc: arc.id, index: indexOf(arc, wish) }),
}

const indexOf = ({ points }: Arc, { pick }: Wish): number => pick % points.length

const target = (arc: Arc, wish: Wish): Lattice => shifted(arc.points[indexOf(arc, wish)], wish)

function picked<T>(list: readonly T[], n: number): T {
  const item = list[n % list.length]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}

/** Two grids beside the arc, or the one twice; both are on the ground even where the arc is on the outline. */
function gridsBeside(draft: Draft, { left, right }: Arc): readonly [GridKey, GridKey] {
  const label = (atom: number): GridKey => draft.labels.get(atom) ?? 0
  return [label(left || right), label(right || left)]
}

/** The atom, and up to two of the same grid beside it. */
function crowd(draft: Draft, atom: number, pick: number): readonly number[] {
  const beside = [...(draft.arcsOfAtom.get(atom) ?? [])].flatMap((id) => {
    const arc = draft.arcs.get(id)
    const next = arc && (arc.left === atom ? arc.right : arc.left)
    return next && draft.labels.get(next) === draft.labels.get(atom) ? [next] : []
  })
  return [atom, ...beside.slice(0, pick % 3)]
}

function shifted(point: Lattice | undefined, { dx, dy }: Wish): Lattice {
  const [x, y] = point ?? [0, 0]
  return [x + dx, y + dy]
}

/** A line with a knee from beyond one end of the box around the atoms to beyond the other. */
function across(draft: Draft, atoms: Iterable<number>, { dx, dy, pick }: Wish): readonly Lattice[] {
  const points = [...atoms].flatMap((atom) =>
    [...(draft.arcsOfAtom.get(atom) ?? [])].flatMap((id) => draft.arcs.get(id)?.points ?? []),
  )
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  const [west, east] = [Math.min(...xs) - 50, Math.max(...xs) + 50]
  const [south, north] = [Math.min(...ys) - 50, Math.max(...ys) + 50]
  const [x, y] = [Math.round((west + east) / 2) + (dx % 5000), Math.round((south + north) / 2) + (dy % 5000)]
  const slant = (pick % 2000) - 1000
  const knee: readonly Lattice[] = pick % 3 === 0 ? [[x, y]] : []
  if (pick % 2 === 0) return [[x + slant, north], ...knee, [x - slant, south]]
  return [[west, y + slant], ...knee, [east, y - slant]]
}

/** From one point of the arc to another, by a way of its own. */
function detour({ points }: Arc, wish: Wish): readonly Lattice[] {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return []
  const middle = points[Math.floor(points.length / 2)]
  const knee = shifted(middle, wish)
  return wish.pick % 2 === 0 ? [first, knee, last] : [last, knee, first]
}
