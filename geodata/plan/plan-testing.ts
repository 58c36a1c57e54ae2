import { readDemo } from '../demo/read.ts'
import type { Arc, ArcKind, Atom, Lattice } from '../fabric.ts'
import { partition } from '../gate-testing.ts'
import { toLattice } from '../lattice.ts'
import { fabricFromPolygons } from '../polygons.ts'
import { draftOf, type Draft, type GridKey, type PlanGrid } from './draft.ts'
import { draftOfFabric } from './drawing.ts'

/** Side of a drawn square in lattice units. */
export const SIDE = 100

/**
 * A drawing of square atoms, the first row in the north: each letter is the grid of its atom (a = 1), blanks are outside. Atoms count
 * from 1 in rows. A second drawing may say which community each lies in.
 */
export function squares(rows: readonly string[], communities: readonly string[] = []): Draft {
  const width = Math.max(...rows.map((row) => row.length))
  const letter = (drawing: readonly string[], row: number, column: number): string =>
    (column < 0 ? undefined : drawing[row]?.[column]) ?? ' '
  const cells = rows.flatMap((_, row) => Array.from({ length: width }, (__, column) => ({ row, column })))
  const ids = new Map<string, number>()
  for (const { row, column } of cells)
    if (letter(rows, row, column) !== ' ') ids.set(`${row} ${column}`, ids.size + 1)
  const idAt = (row: number, column: number): number => ids.get(`${row} ${column}`) ?? 0
  const home = (row: number, column: number): string => {
    const drawn = letter(communities, row, column)
    return drawn === ' ' ? 'C' : drawn
  }

  const nodes = new Map<number, Lattice>()
  const nodeAt = (row: number, column: number): number => {
    const id = row * (width + 2) + column
    nodes.set(id, [column * SIDE, (rows.length - row) * SIDE])
    return id
  }
  const arcs: Arc[] = []
  function wall(n0: number, n1: number, left: number, right: number): void {
    if (left === right) return
    const kind: ArcKind = left === 0 || right === 0 ? 'outline' : 'lane'
    arcs.push({
      id: arcs.length,
      n0,
      n1,
      points: [pointOf(nodes, n0), pointOf(nodes, n1)],
      left,
      right,
      kind,
    })
  }
  for (let row = 0; row <= rows.length; row++) {
    for (let column = 0; column <= width; column++) {
      const [here, east, south] = [nodeAt(row, column), nodeAt(row, column + 1), nodeAt(row + 1, column)]
      if (column < width) wall(here, east, idAt(row - 1, column), idAt(row, column))
      if (row < rows.length) wall(here, south, idAt(row, column), idAt(row, column - 1))
    }
  }
  const inked = cells.filter(({ row, column }) => idAt(row, column) !== 0)
  const keyAt = (row: number, column: number): GridKey => letter(rows, row, column).charCodeAt(0) - 96
  const grids = new Map<GridKey, PlanGrid>()
  for (const { row, column } of inked) {
    const key = keyAt(row, column)
    grids.set(key, gridOf(key, home(row, column)))
  }
  const used = new Set(arcs.flatMap(({ n0, n1 }) => [n0, n1]))
  return draftOf({
    nodes: [...nodes].filter(([id]) => used.has(id)),
    arcs,
    atoms: inked.map(({ row, column }): Atom => ({
      id: idAt(row, column),
      kind: 'block',
      community: home(row, column),
    })),
    grids: grids.values(),
    labels: inked.map(({ row, column }) => [idAt(row, column), keyAt(row, column)] as const),
    next: { node: nodes.size, arc: arcs.length, atom: ids.size + 1, grid: -1 },
  })
}

const pointOf = (nodes: ReadonlyMap<number, Lattice>, id: number): Lattice => nodes.get(id) ?? [0, 0]

function gridOf(key: GridKey, community: string): PlanGrid {
  const letter = String.fromCharCode(96 + key)
  return {
    key,
    code: `${community}${key}`,
    name: letter,
    nameEn: letter,
    kind: 'urban-full-time',
    community,
    worker: 100 + key,
    station: null,
    locked: false,
  }
}

/** The grids of the drawing row by row as letters; those made since stand in capitals, the first as A. */
export function lettersOf(draft: Draft): string {
  return [...draft.atoms.keys()]
    .toSorted((a, b) => a - b)
    .map((atom) => draft.labels.get(atom) ?? 0)
    .map((key) => String.fromCharCode(key > 0 ? 96 + key : 64 - key))
    .join('')
}

/** The arc that parts two atoms (0 is the outside). */
export function arcBetween(draft: Draft, a: number, b: number): Arc {
  for (const arc of draft.arcs.values())
    if ((arc.left === a && arc.right === b) || (arc.left === b && arc.right === a)) return arc
  throw new Error(`no arc between ${a} and ${b}`)
}

export function nodeAt(draft: Draft, [x, y]: Lattice): number {
  for (const [id, point] of draft.nodes) if (point[0] === x && point[1] === y) return id
  throw new Error(`no node at ${x}, ${y}`)
}

/** The committed sub-district: 81 grids on 759 atoms. */
export function demoDraft(): Draft {
  const { fabric, grids, plan } = readDemo()
  const keys = new Map(grids.map(({ code }, i) => [code, i + 1]))
  const keyOf = (code: string): GridKey => keys.get(code) ?? 0
  return draftOfFabric(
    fabric,
    new Map([...plan].map(([atom, code]) => [atom, keyOf(code)])),
    grids.map(({ code, name, nameEn, kind, community, station }) => ({
      key: keyOf(code),
      code,
      name,
      nameEn,
      kind,
      community,
      worker: keyOf(code),
      station: toLattice(station.position),
      locked: false,
    })),
  )
}

export interface Weave {
  readonly columns: number
  readonly rows: number
  /** Atoms in one side of a grid; a community is three grids wide and high. */
  readonly block: number
  readonly seed: number
}

/** As many atoms as wanted, their borders bent at random, in grids of block × block. */
export function wovenDraft({ columns, rows, block, seed }: Weave): Draft {
  const { features } = partition({ columns, rows, bends: 3, seed })
  const cell = (n: number, size: number): readonly [number, number] => [
    Math.floor((n % columns) / size),
    Math.floor(Math.floor(n / columns) / size),
  ]
  const made = fabricFromPolygons(
    features.map(({ geometry }, n) => ({ geometry, community: cell(n, 3 * block).join('-') })),
  )
  const across = Math.ceil(columns / block)
  const keyOf = (n: number): GridKey => {
    const [i, j] = cell(n, block)
    return 1 + i + j * across
  }
  const labels = new Map([...made.owner].map(([atom, n]) => [atom, keyOf(n)]))
  const homes = new Map(features.map((_, n) => [keyOf(n), cell(n, 3 * block).join('-')]))
  const grids = [...homes].map(([key, community]) => gridOf(key, community))
  return draftOfFabric(made.fabric, labels, grids)
}
