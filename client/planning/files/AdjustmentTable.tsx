import { useMemo } from 'react'
import { impactOf } from '#geo/plan/impact'
import type { GridKey } from '#geo/plan/draft'
import { useSubdistrict } from '../../data/catalog.ts'
import { useNow } from '../../data/clock.ts'
import { useLocal } from '../../i18n/local.ts'
import { fullWords } from '../../i18n/span.ts'
import { usePlanning } from '../session.ts'
import { Paper } from '../../ui/Paper.tsx'
import css from './paper.module.css'

/** The table that is filed with a change of grids: each old grid, what becomes of it, and each new one. */
export function AdjustmentTable({ onDone }: { readonly onDone: () => void }) {
  const { t, either, number } = useLocal()
  const before = usePlanning((planning) => planning.base)
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const scenario = usePlanning((planning) => planning.scenario)
  const place = useSubdistrict().data
  const now = useNow(60)
  const impact = useMemo(
    () => (before && draft && meter ? impactOf(before, { draft, meter }) : null),
    [before, draft, meter],
  )
  if (!impact || !before || !draft || !scenario) return null
  const named = (key: GridKey): string => {
    const grid = draft.grids.get(key) ?? before.draft.grids.get(key)
    return grid ? `${either(grid.name, grid.nameEn)}（${grid.code ?? t('files.board.noCode')}）` : ''
  }
  const rows = impact.grids.filter(({ fate }) => fate !== 'same')
  const flows = impact.flows.filter(({ from, to }) => from !== to)
  return (
    <Paper onDone={onDone}>
      <section className={css['filing']}>
        <h1>
          {place ? either(place.name, place.nameEn) : ''} {t('files.table.title')}
        </h1>
        <p>
          {t('files.table.plan', { name: scenario.name, from: scenario.fromName, at: fullWords(t, now) })}
        </p>
        <p>
          {t('files.table.totals', {
            before: impact.was.grids,
            after: impact.totals.grids,
            changed: impact.totals.gridsChanged,
            households: number(impact.totals.householdsMoved),
          })}
        </p>
        <table>
          <thead>
            <tr>
              {(['grid', 'fate', 'households', 'area', 'from', 'to'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`files.table.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, fate, before: old, after }) => (
              <tr key={key}>
                <td>{named(key)}</td>
                <td>{t(`impact.fate.${fate}`)}</td>
                <td>{`${number(old?.measures.households ?? 0)} → ${number(after?.measures.households ?? 0)}`}</td>
                <td>{`${hectares(old?.measures.areaM2)} → ${hectares(after?.measures.areaM2)}`}</td>
                <td>
                  {flows
                    .filter(({ to }) => to === key)
                    .map(({ from, households }) => `${named(from)} ${number(households)}`)
                    .join('；')}
                </td>
                <td>
                  {flows
                    .filter(({ from }) => from === key)
                    .map(({ to, households }) => `${named(to)} ${number(households)}`)
                    .join('；')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={css['sign']}>{t('files.table.sign')}</p>
      </section>
    </Paper>
  )
}

const hectares = (areaM2 = 0): string => (areaM2 / 10_000).toFixed(1)
