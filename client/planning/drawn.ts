import type { Arc, Lattice } from '#geo/fabric'
import { isBorder, type Draft, type GridKey } from '#geo/plan/draft'
import type { Meter } from '#geo/plan/meter'
import type { Patch } from '#geo/plan/patch'
import { middleOf } from '#geo/plan/meter-spots'
import { polygonsOfAtom } from '#geo/plan/shapes'
import { touchedAtoms, touchedGrids } from '#geo/plan/touched'
import type { Feature } from '../map/scene.ts'

/**
 * Features of a draft for the map, each made once and kept until a patch touches what it shows, so that an edit costs what it
 * changes. Colours and classes are no part of them: they are feature states.
 */
export interface Drawn {
  readonly atoms: () => readonly Feature[]
  readonly arcs: () => readonly Feature[]
  /** Where the name of a grid stands. */
  readonly middle: (grid: GridKey) => readonly [number, number] | null
  /** Atoms that another grid had before, and borders of before that are gone. */
  readonly changed: () => ReadonlySet<number>
  readonly gone: () => readonly Feature[]
  readonly update: (patch: Patch) => void
}

interface Before {
  readonly draft: Draft
  readonly meter: Meter
}

export function openDrawn({ draft, meter }: Before, before: Before): Drawn {
  const atoms = kept((atom: number) => atomFeature(draft, atom))
  const arcs = kept((id: number) => arcFeature(draft.arcs.get(id)))
  const middles = new Map<GridKey, readonly [number, number] | null>()
  const changed = new Set<number>()
  const gone = new Set<number>()
  let goneFeatures: readonly Feature[] | null = null

  for (const id of draft.atoms.keys()) lookAtAtom(id)
  for (const id of before.draft.arcs.keys()) lookAtArc(id)

  function lookAtAtom(atom: number): void {
    const now = draft.labels.get(atom)
    if (now === undefined || now === labelBefore(atom)) changed.delete(atom)
    else changed.add(atom)
  }

  function labelBefore(atom: number): GridKey | undefined {
    const known = before.draft.labels.get(atom)
    if (known !== undefined) return known
    return before.draft.labels.get(before.meter.atomAt(middleOf(draft, atom)))
  }

  function lookAtArc(id: number): void {
    const was = before.draft.arcs.get(id)
    if (!was || !isBorder(before.draft, was)) return
    const now = draft.arcs.get(id)
    if (now && isBorder(draft, now) && isSameWay(was.points, now.points)) gone.delete(id)
    else gone.add(id)
  }

  return {
    atoms: () => atoms.all(draft.atoms.keys()),
    arcs: () => arcs.all(draft.arcs.keys()),
    middle(grid) {
      if (!middles.has(grid)) {
        const place = middleOfGrid(draft, meter, grid)
        middles.set(grid, place && toPair(place))
      }
      return middles.get(grid) ?? null
    },
    changed: () => changed,
    gone() {
      goneFeatures ??= [...gone].flatMap((id) => arcFeature(before.draft.arcs.get(id)) ?? [])
      return goneFeatures
    },
    update(patch) {
      const touched = touchedAtoms(patch)
      const lines = patch.arcs.map(({ id }) => id)
      const shaped = shapedAtoms(patch)
      if (shaped.size > 0) atoms.forget(shaped)
      if (lines.length > 0) arcs.forget(lines)
      for (const grid of touchedGrids(draft, patch)) middles.delete(grid)
      for (const atom of touched) lookAtAtom(atom)
      const borders = new Set(lines)
      for (const atom of touched) for (const id of draft.arcsOfAtom.get(atom) ?? []) borders.add(id)
      const held = new Set(gone)
      for (const id of borders) lookAtArc(id)
      if (held.size !== gone.size || [...gone].some((id) => !held.has(id))) goneFeatures = null
    },
  }
}

/** Atoms that begin, end or have another outline. */
export function shapedAtoms(patch: Patch): ReadonlySet<number> {
  const found = new Set(patch.atoms.map(({ id }) => id))
  for (const { before, after } of patch.arcs)
    for (const arc of [before, after]) if (arc) found.add(arc.left).add(arc.right)
  found.delete(0)
  return found
}

/** Features by id, and their list: the same list as long as nothing was forgotten. */
function kept(make: (id: number) => Feature | null) {
  const known = new Map<number, Feature>()
  let list: readonly Feature[] | null = null
  return {
    forget(ids: Iterable<number>): void {
      for (const id of ids) known.delete(id)
      list = null
    },
    all(ids: Iterable<number>): readonly Feature[] {
      if (list) return list
      const made: Feature[] = []
      for (const id of ids) {
        const feature = known.get(id) ?? make(id)
        if (!feature) continue
        known.set(id, feature)
        made.push(feature)
      }
      list = made
      return made
    },
  }
}

const toPair = ([x, y]: Lattice): readonly [number, number] => [x / 1e7, y / 1e7]

/** The middle of the ground where that is its own, else the middle of the block nearest to it. */
function middleOfGrid(draft: Draft, meter: Meter, grid: GridKey): Lattice | null {
  let [x, y, sum] = [0, 0, 0]
  const places: Lattice[] = []
  for (const atom of draft.atomsOfGrid.get(grid) ?? []) {
    const place = middleOf(draft, atom)
    const weight = meter.ofAtom(atom).areaM2
    places.push(place)
    x += place[0] * weight
    y += place[1] * weight
    sum += weight
  }
  if (sum === 0) return places[0] ?? null
  const middle: Lattice = [Math.round(x / sum), Math.round(y / sum)]
  if (draft.labels.get(meter.atomAt(middle)) === grid) return middle
  const far = (place: Lattice): number => Math.hypot(place[0] - middle[0], place[1] - middle[1])
  return places.toSorted((a, b) => far(a) - far(b))[0] ?? null
}

function atomFeature(draft: Draft, atom: number): Feature | null {
  const [polygon] = polygonsOfAtom(draft, atom)
  if (!polygon) return null
  const coordinates = polygon.map((ring) => ring.map((point) => [...toPair(point)]))
  return { type: 'Feature', id: atom, properties: { id: atom }, geometry: { type: 'Polygon', coordinates } }
}

function arcFeature(arc: Arc | undefined): Feature | null {
  if (!arc) return null
  const coordinates = arc.points.map((point) => [...toPair(point)])
  return {
    type: 'Feature',
    id: arc.id,
    properties: { id: arc.id },
    geometry: { type: 'LineString', coordinates },
  }
}

function isSameWay(a: readonly Lattice[], b: readonly Lattice[]): boolean {
  return a.length === b.length && a.every(([x, y], i) => b[i]?.[0] === x && b[i]?.[1] === y)
}
