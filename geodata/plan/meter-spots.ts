import type { Lattice } from '../fabric.ts'
import { turn } from '../lattice.ts'
import type { Draft } from './draft.ts'
import { segmentsOf, type Moved } from './meter-arcs.ts'

/** In which atom places lie, kept up to date as borders move. */
export interface Spots {
  /** Place → atom: the touching one with the lowest id on a border, 0 outside. */
  readonly atoms: Int32Array
  /** Looks again at the places between the old and the new borders; calls back for each that lies in another atom now. */
  readonly update: (moved: readonly Moved[], onMove: (i: number, from: number, to: number) => void) => void
}

/** Sites to a cell, about. */
const CROWD = 4

export function spotsIn(draft: Draft, xs: ArrayLike<number>, ys: ArrayLike<number>): Spots {
  const count = xs.length
  const bands = bandsOf(draft)
  // Every place lies in one atom by the crossings of a ray to the east; a place on a border is told apart from that.
  const inside = new Int32Array(count)
  const touching = new Int32Array(count)
  const atoms = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const [x, y] = [xs[i] ?? 0, ys[i] ?? 0]
    const spot = spotAmong(bands(y), x, y)
    inside[i] = spot.inside
    touching[i] = spot.touching
    atoms[i] = spot.touching || spot.inside
  }
  const within = cellsOf(xs, ys)

  return {
    atoms,
    update(moved, onMove) {
      if (moved.length === 0) return
      for (const i of within(boxOf(moved))) {
        const [x, y] = [xs[i] ?? 0, ys[i] ?? 0]
        const spot = spotAfter(draft, x, y, { inside: inside[i] ?? 0, touching: touching[i] ?? 0 }, moved)
        inside[i] = spot.inside
        touching[i] = spot.touching
        const [from, to] = [atoms[i] ?? 0, spot.touching || spot.inside]
        if (from === to) continue
        atoms[i] = to
        onMove(i, from, to)
      }
    },
  }
}

/** `inside` counts crossings only, `touching` is the lowest id of the atoms whose border the place lies on, or 0. */
export interface Spot {
  readonly inside: number
  readonly touching: number
}

/** Where a place lies in the draft as it is. */
export function spotAt(draft: Draft, [x, y]: Lattice, east: number): Spot {
  const arcs = [...draft.near.near([x, y], [Math.max(x, east), y])].flatMap((id) => draft.arcs.get(id) ?? [])
  return spotAmong(arcs.flatMap(segmentsOf), x, y)
}

/** Where a place lies now that these segments have come and gone: each crossing takes it to the other side. */
export function spotAfter(draft: Draft, x: number, y: number, was: Spot, moved: readonly Moved[]): Spot {
  let inside = was.inside
  let isTouched = false
  for (const { from, to, left, right } of moved) {
    if (crossesEast(x, y, from, to)) inside ^= left ^ right
    isTouched ||= touches(x, y, from, to)
  }
  return { inside, touching: isTouched ? touchingAt(draft, x, y) : was.touching }
}

function spotAmong(segments: readonly Moved[], x: number, y: number): Spot {
  let [inside, touching] = [0, 0]
  for (const { from, to, left, right } of segments) {
    if (from[0] < x && to[0] < x) continue
    // Crossings lead from atom to atom out into the open, so all but the first cancel out.
    if (crossesEast(x, y, from, to)) inside ^= left ^ right
    if (touches(x, y, from, to)) touching = lowest(touching, left, right)
  }
  return { inside, touching }
}

/** A place inside the atom: the middle of the widest stretch at half its height. */
export function middleOf(draft: Draft, atom: number): Lattice {
  const arcs = [...(draft.arcsOfAtom.get(atom) ?? [])].flatMap((id) => draft.arcs.get(id) ?? [])
  const edges = arcs.filter(({ left, right }) => left !== right).flatMap(segmentsOf)
  const { south, north, west } = boxOf(edges)
  const y = Math.floor((south + north) / 2)
  const crossings = edges
    .filter(({ from, to }) => from[1] > y !== to[1] > y)
    .map(({ from, to }) => from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1]))
    .toSorted((a, b) => a - b)
  let [middle, widest] = [west, 0]
  for (let i = 1; i < crossings.length; i += 2) {
    const [a, b] = [crossings[i - 1] ?? 0, crossings[i] ?? 0]
    if (b - a <= widest) continue
    widest = b - a
    middle = Math.round((a + b) / 2)
  }
  return [middle, y]
}

function touchingAt(draft: Draft, x: number, y: number): number {
  let found = 0
  for (const id of draft.near.near([x, y])) {
    const arc = draft.arcs.get(id)
    for (const { from, to, left, right } of arc ? segmentsOf(arc) : [])
      if (touches(x, y, from, to)) found = lowest(found, left, right)
  }
  return found
}

function lowest(...ids: readonly number[]): number {
  let least = 0
  for (const id of ids) if (id !== 0 && (least === 0 || id < least)) least = id
  return least
}

/** Whether the segment crosses the ray to the east; the lower end counts, the upper does not, nor does a touch. */
function crossesEast(x: number, y: number, from: Lattice, to: Lattice): boolean {
  if (from[1] > y === to[1] > y) return false
  if (from[0] > x && to[0] > x) return true
  const side = turn(to[0] - from[0], to[1] - from[1], x - from[0], y - from[1])
  return to[1] > from[1] ? side > 0 : side < 0
}

function touches(x: number, y: number, from: Lattice, to: Lattice): boolean {
  if ((from[0] < x && to[0] < x) || (from[0] > x && to[0] > x)) return false
  if ((from[1] < y && to[1] < y) || (from[1] > y && to[1] > y)) return false
  return turn(to[0] - from[0], to[1] - from[1], x - from[0], y - from[1]) === 0
}

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** What has changed hands lies between the old and the new borders, so within their box. */
export function boxOf(moved: readonly Moved[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { from, to } of moved) {
    west = Math.min(west, from[0], to[0])
    east = Math.max(east, from[0], to[0])
    south = Math.min(south, from[1], to[1])
    north = Math.max(north, from[1], to[1])
  }
  return { west, south, east, north }
}

export function holdsPlace({ west, south, east, north }: Box, [x, y]: Lattice): boolean {
  return x >= west && x <= east && y >= south && y <= north
}

/** Segments by horizontal band, as many bands as make them short lists. */
function bandsOf(draft: Draft): (y: number) => readonly Moved[] {
  const all = [...draft.arcs.values()].flatMap(segmentsOf)
  const { south, north } = boxOf(all)
  const height = Math.max(
    1,
    (north - south) / Math.min(2048, Math.max(1, Math.ceil(Math.sqrt(all.length) * 2))),
  )
  const band = (y: number): number => Math.floor((y - south) / height)
  const bands: Moved[][] = []
  for (const segment of all) {
    const { from, to } = segment
    for (let b = band(Math.min(from[1], to[1])); b <= band(Math.max(from[1], to[1])); b++)
      (bands[b] ??= []).push(segment)
  }
  return (y) => bands[band(y)] ?? []
}

/** Places by cell; the answer to a box holds those in it and no others. */
function cellsOf(xs: ArrayLike<number>, ys: ArrayLike<number>): (box: Box) => readonly number[] {
  const count = xs.length
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    const [x, y] = [xs[i] ?? 0, ys[i] ?? 0]
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  const size = Math.max(
    1,
    Math.sqrt((Math.max(1, east - west) * Math.max(1, north - south) * CROWD) / Math.max(1, count)),
  )
  const columns = count === 0 ? 0 : Math.floor((east - west) / size) + 1
  const rows = count === 0 ? 0 : Math.floor((north - south) / size) + 1
  const cells: number[][] = []
  for (let i = 0; i < count; i++) {
    const key = Math.floor(((ys[i] ?? 0) - south) / size) * columns + Math.floor(((xs[i] ?? 0) - west) / size)
    ;(cells[key] ??= []).push(i)
  }
  const clamp = (value: number, length: number): number =>
    Math.min(length - 1, Math.max(0, Math.floor(value / size)))
  return (box) => {
    const found: number[] = []
    if (box.east < west || box.west > east || box.north < south || box.south > north) return found
    for (let row = clamp(box.south - south, rows); row <= clamp(box.north - south, rows); row++)
      for (let column = clamp(box.west - west, columns); column <= clamp(box.east - west, columns); column++)
        for (const i of cells[row * columns + column] ?? []) {
          if (holdsPlace(box, [xs[i] ?? 0, ys[i] ?? 0])) found.push(i)
        }
    return found
  }
}
