import { createHash } from 'node:crypto'
import type { Words } from './language.ts'
import type { TableRow } from './table.ts'

export type Ref = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: Words }

/**
 * What makes a row the same row in a later run: its number where there is a column of numbers, else its content and how many equal
 * rows stand before it. So rows may be added, sorted and removed between two runs.
 */
export function refsOf(system: string, numberAt: number | undefined): (row: TableRow) => Ref {
  const seen = new Map<string, number>()
  return ({ cells, line }) => {
    const number = numberAt === undefined ? '' : (cells[numberAt] ?? '')
    if (number !== '') {
      const first = seen.get(number)
      if (first !== undefined) return { ok: false, why: repeated(number, first) }
      seen.set(number, line)
      return { ok: true, value: `${system}:${number}` }
    }
    const hash = createHash('sha256').update(cells.join('\u001f')).digest('hex').slice(0, 32)
    const before = seen.get(hash) ?? 0
    seen.set(hash, before + 1)
    return { ok: true, value: `${system}:row:${hash}:${before}` }
  }
}

function repeated(number: string, line: number): Words {
  return {
    zh: `编号 ${number} 与第 ${line} 行重复`,
    en: `Number ${number} stands in row ${line} already`,
  }
}
