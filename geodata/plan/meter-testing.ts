import type { Arc, Lattice } from '../fabric.ts'
import { toLattice } from '../lattice.ts'
import type { Demo } from '../demo/demo.ts'
import { readDemo } from '../demo/read.ts'
import { draftOf, type Draft, type GridKey, type PlanGrid } from './draft.ts'
import type { Op } from './op.ts'
import type { Sites } from './sites.ts'

/** Draws a number from 0 to below 1; always the same row for the same seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const GRID: Omit<PlanGrid, 'key' | 'name'> = {
  code: null,
  nameEn: 'Grid',
  kind: 'urban-comprehensive',
  community: '321299001001',
  worker: null,
  station: null,
  locked: false,
}

/** A chessboard of square atoms, every grid a block of `block` × `block` of them; every third street is a road. */
export function board(side: number, block: number, unit = 20, corner: Lattice = [0, 0]): Draft {
  const node = (column: number, row: number): number => row * (side + 1) + column
  const at = (column: number, row: number): Lattice => [corner[0] + column * unit, corner[1] + row * unit]
  const atom = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= side || row >= side ? 0 : row * side + column + 1
  const nodes: [number, Lattice][] = []
  const arcs: Arc[] = []
  const labels: [number, GridKey][] = []
  const blocks = Math.ceil(side / block)
  const lay = (
    from: readonly [number, number],
    to: readonly [number, number],
    sides: readonly [number, number],
  ): void => {
    const isRoad = (from[0] === to[0] ? from[0] : from[1]) % 3 === 1
    arcs.push({
      id: arcs.length,
      n0: node(...from),
      n1: node(...to),
      left: sides[0],
      right: sides[1],
      kind: sides.includes(0) ? 'outline' : isRoad ? 'road' : 'field',
      points: [at(...from), at(...to)],
    })
  }
  for (let row = 0; row <= side; row++)
    for (let column = 0; column <= side; column++) {
      nodes.push([node(column, row), at(column, row)])
      if (column < side) lay([column, row], [column + 1, row], [atom(column, row), atom(column, row - 1)])
      if (row < side) lay([column, row], [column, row + 1], [atom(column - 1, row), atom(column, row)])
      const id = atom(column, row)
      if (id > 0) labels.push([id, 1 + Math.floor(row / block) * blocks + Math.floor(column / block)])
    }
  const keys = [...new Set(labels.map(([, key]) => key))]
  return draftOf({
    nodes,
    arcs,
    atoms: labels.map(([id]) => ({ id, kind: 'block', community: GRID.community })),
    grids: keys.map((key) => ({ ...GRID, key, name: `网格${key}`, worker: key, station: null })),
    labels,
    next: { node: nodes.length, arc: arcs.length, atom: labels.length + 1, grid: -1 },
  })
}

/** Buildings and events anywhere in a draft and a little beyond: many of them on its nodes and lines. */
export function scatter(draft: Draft, count: number, seed: number): Sites {
  const next = dice(seed)
  const nodes = [...draft.nodes.values()]
  const points = [...draft.arcs.values()].flatMap((arc) => arc.points)
  const pick = (from: readonly Lattice[]): Lattice => from[Math.floor(next() * from.length)] ?? [0, 0]
  const place = (): Lattice => {
    const [a, b] = [pick(nodes), pick(points)]
    const t = next() < 0.2 ? 0 : Math.floor(next() * 4) / 4
    return [Math.round(a[0] + (b[0] - a[0]) * t), Math.round(a[1] + (b[1] - a[1]) * t * t)]
  }
  const buildings = Array.from({ length: count }, place)
  const events = Array.from({ length: count }, place)
  return {
    buildings: {
      ...columns(buildings),
      ids: buildings.map((_, i) => 1000 + i),
      households: buildings.map(() => Math.floor(next() * 40)),
    },
    events: {
      ...columns(events),
      ids: events.map((_, i) => 5000 + i),
      minutes: events.map(() => 15 + Math.floor(next() * 45)),
      open: events.map(() => (next() < 0.1 ? 1 : 0)),
    },
    disputes: [...draft.grids.keys()].map((grid) => ({ grid, open: grid % 3, year: 5 + (grid % 7) })),
    workers: [...draft.grids.keys()].map((id) => ({ id, name: `员${id}`, fullTime: id % 4 === 0 })),
  }
}

function columns(places: readonly Lattice[]): {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
} {
  return { xs: places.map(([x]) => x), ys: places.map(([, y]) => y) }
}

/** The demo's buildings, and a year of events near them. */
export function demoSites(demo: Demo = readDemo(), events = 9568): Sites {
  const next = dice(7)
  const middles = demo.buildings.map(({ ring }) => toLattice(ring[0] ?? [0, 0]))
  const places = Array.from({ length: events }, (): Lattice => {
    const [x, y] = middles[Math.floor(next() * middles.length)] ?? [0, 0]
    return [x + Math.round((next() - 0.5) * 4000), y + Math.round((next() - 0.5) * 4000)]
  })
  return {
    buildings: {
      ...columns(middles),
      ids: demo.buildings.map(({ id }) => id),
      households: demo.buildings.map(({ households }) => households),
    },
    events: {
      ...columns(places),
      ids: places.map((_, i) => i + 1),
      minutes: places.map(() => [60, 30, 25, 40][Math.floor(next() * 4)] ?? 25),
      open: places.map(() => (next() < 0.02 ? 1 : 0)),
    },
    disputes: demo.grids.map((_, i) => ({ grid: i + 1, open: i % 3, year: 4 + (i % 9) })),
    workers: demo.grids.map(({ worker }, i) => ({ id: i + 1, name: worker.name, fullTime: worker.fullTime })),
  }
}

/** Something that a planner might do here; it may well be refused. */
export function anyOp(draft: Draft, next: () => number, reach: number): Op {
  const arcs = [...draft.arcs.values()]
  const arc = arcs[Math.floor(next() * arcs.length)]
  if (!arc) throw new RangeError('a draft without arcs')
  const index = Math.floor(next() * arc.points.length)
  const [x, y] = arc.points[index] ?? [0, 0]
  const near = (): Lattice => [
    x + Math.round((next() - 0.5) * 2 * reach),
    y + Math.round((next() - 0.5) * 2 * reach),
  ]
  const [from, to] = next() < 0.5 ? [arc.left, arc.right] : [arc.right, arc.left]
  const grid = draft.labels.get(to) ?? 0
  const other = draft.labels.get(from) ?? 0
  const named = { name: '新网格', nameEn: 'New grid' }
  const kinds: readonly (() => Op)[] = [
    () => ({ kind: 'paint', atoms: [from], grid }),
    () => ({ kind: 'paint', atoms: [from], grid }),
    () => ({ kind: 'move-node', node: arc.n0, to: near() }),
    () => ({ kind: 'move-vertex', arc: arc.id, index, to: near() }),
    () => ({ kind: 'add-vertex', arc: arc.id, index: Math.max(1, index), at: near() }),
    () => ({ kind: 'remove-vertex', arc: arc.id, index }),
    () => ({ kind: 'station', grid, at: near() }),
    () => ({ kind: 'split-atom', atom: from, line: [near(), near()] }),
    () => ({ kind: 'make', atoms: [from], ...named }),
    () => ({ kind: 'merge', grid, into: other }),
    () => ({ kind: 'split', grid, line: [near(), near(), near()], ...named }),
    () => ({ kind: 'reshape', grids: [grid, other], line: [near(), near(), near()] }),
  ]
  const kind = kinds[Math.floor(next() * kinds.length)]
  if (!kind) throw new RangeError('no such kind')
  return kind()
}
