import { useState } from 'react'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import type { GridKey } from '#geo/plan/draft'
import type { Impact, Side } from '#geo/plan/impact'
import { useLocal } from '../../i18n/local.ts'
import { signed, useFigures } from './figures.ts'
import css from './impact.module.css'
import { DIGITS, differencesOf, isSeen, MEASURES, type Difference, type Measure } from './rows.ts'
import { useImpact } from './subject.ts'

interface DifferenceProps {
  readonly left: Side
  readonly right: Side
  readonly leftName: string
  readonly rightName: string
  /** Rises when one of the sides has changed. */
  readonly tick?: number
  readonly onGrid?: (key: GridKey) => void
}

/** Any two sides, grid by grid: one measure at a time, side by side. */
export function DifferenceTable(props: DifferenceProps) {
  const impact = useImpact(props.left, props.right, props.tick ?? 0)
  return impact ? <Differences {...props} impact={impact} /> : null
}

function Differences(props: DifferenceProps & { readonly impact: Impact }) {
  const { left, right, leftName, rightName, impact, onGrid } = props
  const { t, either } = useLocal()
  const [measure, setMeasure] = useState<Measure>('households')
  const [which, setWhich] = useState<'differing' | 'all'>('differing')
  const rows = differencesOf(impact, measure)
  const shown =
    which === 'all' ? rows : rows.filter(({ key, by }) => isOther(impact, key) || isSeen(by, DIGITS[measure]))
  const nameOf = (key: GridKey): string => {
    const grid = right.draft.grids.get(key) ?? left.draft.grids.get(key)
    return grid ? either(grid.name, grid.nameEn) : ''
  }
  const name = t(`impact.differ.${measure}`)
  return (
    <div className={css['differ']}>
      <div className={css['bar']}>
        <NativeSelect
          size="xs"
          aria-label={t('impact.differ.measure')}
          value={measure}
          onChange={({ currentTarget }) =>
            setMeasure(MEASURES.find((each) => each === currentTarget.value) ?? 'households')
          }
          data={MEASURES.map((value) => ({ value, label: t(`impact.differ.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('impact.scope')}
          value={which}
          onChange={(value) => setWhich(value === 'all' ? 'all' : 'differing')}
          data={[
            { value: 'differing', label: t('impact.differ.differing') },
            { value: 'all', label: t('impact.all') },
          ]}
        />
      </div>
      <table className={css['table']}>
        <caption>{t('impact.differ.caption', { measure: name, left: leftName, right: rightName })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('impact.column.name')}</th>
            <th scope="col">{leftName}</th>
            <th scope="col">{rightName}</th>
            <th scope="col">{t('impact.differ.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {onGrid ? (
                  <button type="button" className={css['link']} onClick={() => onGrid(row.key)}>
                    {nameOf(row.key)}
                  </button>
                ) : (
                  nameOf(row.key)
                )}
              </th>
              <Cells row={row} digits={DIGITS[measure]} />
            </tr>
          ))}
        </tbody>
        {measure === 'compactness' ? null : (
          <tfoot>
            <tr>
              <th scope="row">{t('impact.differ.total')}</th>
              <Cells row={sumOf(rows)} digits={DIGITS[measure]} />
            </tr>
          </tfoot>
        )}
      </table>
      {shown.length === 0 ? <p className={css['soft']}>{t('impact.noRows')}</p> : null}
    </div>
  )
}

function Cells({ row, digits }: { readonly row: Difference; readonly digits: number }) {
  const { fixed } = useFigures()
  const text = (value: number | null): string => (value === null ? '–' : fixed(value, digits))
  return (
    <>
      <td>{text(row.left)}</td>
      <td>{text(row.right)}</td>
      <td data-by={isSeen(row.by, digits)}>{isSeen(row.by, digits) ? signed(row.by, digits) : '0'}</td>
    </>
  )
}

function isOther({ grids }: Impact, key: GridKey): boolean {
  const row = grids.find((each) => each.key === key)
  return row?.fate === 'begun' || row?.fate === 'ended'
}

function sumOf(rows: readonly Difference[]): Difference {
  const sum = (value: (row: Difference) => number | null): number =>
    rows.reduce((all, row) => all + (value(row) ?? 0), 0)
  return { key: 0, left: sum(({ left }) => left), right: sum(({ right }) => right), by: sum(({ by }) => by) }
}
