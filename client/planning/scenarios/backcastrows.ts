import type { ReplyOf } from '#contract/http'
import type { backcast } from '#contract/planning'

type Row = ReplyOf<typeof backcast>['rows'][number]

export const COLUMNS = ['name', 'had', 'drawn', 'by', 'overdue'] as const
export type Column = (typeof COLUMNS)[number]

export interface Order {
  readonly by: Column
  readonly down: boolean
}

const VALUES: Readonly<Record<Exclude<Column, 'name'>, (row: Row) => number>> = {
  had: (row) => row.had,
  drawn: (row) => row.drawn,
  by: (row) => Math.abs(row.drawn - row.had),
  overdue: (row) => row.drawnOverdue,
}

export function inOrder(rows: readonly Row[], { by, down }: Order): readonly Row[] {
  const sign = down ? -1 : 1
  const byName = (a: Row, b: Row): number => a.name.localeCompare(b.name, 'zh')
  if (by === 'name') return rows.toSorted((a, b) => sign * byName(a, b))
  const value = VALUES[by]
  return rows.toSorted((a, b) => sign * (value(a) - value(b)) || byName(a, b))
}

export function totalsOf(rows: readonly Row[]) {
  const sum = (value: (row: Row) => number): number => rows.reduce((all, row) => all + value(row), 0)
  return {
    had: sum((row) => row.had),
    drawn: sum((row) => row.drawn),
    hadOverdue: sum((row) => row.hadOverdue),
    drawnOverdue: sum((row) => row.drawnOverdue),
  }
}
