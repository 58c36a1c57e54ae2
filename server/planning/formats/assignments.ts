import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { toPosition } from '#geo/lattice'
import type { Draft } from '#geo/plan/draft'
import { fabricOf } from '#geo/plan/drawing'
import { pointWithin } from '#geo/plan/within'
import { atomLabels, dissolve } from '#geo/topology'
import { decoded, FormatError } from './format.ts'

/** One line of a table of assignments: an atom and the code (of a new grid, the name) of its grid. */
export interface Assignment {
  readonly atom: number
  readonly grid: string
}

const HEAD = ['atom', 'grid', 'grid_name', 'community', 'kind', 'lng', 'lat'] as const
const MAX_ROWS = 100_000

/** Whether a text begins like a table of assignments. */
export function isAssignments(start: string): boolean {
  return /^\uFEFF?"?atom"?\s*[,;\t]/i.test(start)
}

/** Atom and grid of each line; other columns are for people. @throws FormatError */
export function readAssignments(bytes: Uint8Array): readonly Assignment[] {
  const { text } = decoded(bytes)
  const rows = parsed(text)
  if (rows.length > MAX_ROWS)
    throw new FormatError(`行数过多：最多 ${MAX_ROWS} 行。`, `Too many lines: at most ${MAX_ROWS} are taken.`)
  return rows.map((row, i) => {
    const [atom, grid] = [Number(row['atom']), (row['grid'] ?? '').trim()]
    if (!Number.isSafeInteger(atom) || atom < 1 || grid === '')
      throw new FormatError(
        `第 ${i + 2} 行应为“单元编号,网格编码”。`,
        `Line ${i + 2} must have the number of an atom and the code of a grid.`,
      )
    return { atom, grid }
  })
}

function parsed(text: string): readonly Partial<Record<string, string>>[] {
  try {
    const columns = (names: string[]) => names.map((name) => name.trim().toLowerCase())
    return parse(text, {
      bom: true,
      columns,
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      relax_column_count: true,
    })
  } catch {
    throw new FormatError('CSV 有误，无法读取。', 'The CSV is wrong and cannot be read.')
  }
}

/** The table of a plan: each atom with its grid, and a place inside it for people and other programs. */
export function writeAssignments(draft: Draft): Uint8Array {
  const fabric = fabricOf(draft)
  const faces = dissolve(fabric, atomLabels(fabric))
  const rows = fabric.atoms.map(({ id, kind, community }) => {
    const grid = draft.grids.get(draft.labels.get(id) ?? 0)
    const [lng, lat] = toPosition(pointWithin(faces.get(id)?.[0] ?? []))
    return [
      id,
      grid?.code ?? grid?.name ?? '',
      grid?.name ?? '',
      community,
      kind,
      lng.toFixed(7),
      lat.toFixed(7),
    ]
  })
  return new TextEncoder().encode(`\uFEFF${stringify([HEAD, ...rows], { escape_formulas: true })}`)
}
