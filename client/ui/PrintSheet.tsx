import type { EventRow } from '#contract/events'
import { useCategoryName, useGridName, useSubdistrict, useUnitName } from '../data/catalog.ts'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { fullWords, leftWords } from '../i18n/span.ts'
import { Paper } from './Paper.tsx'
import css from './print.module.css'

interface SheetProps {
  readonly title: string
  readonly conditions: string
  readonly rows: readonly EventRow[]
  /** Of the list, where it is longer than what is printed. */
  readonly total: number
  readonly onDone: () => void
}

/** A list on paper: a plain table with its filter, count and time; nothing of the console around it. */
export function PrintSheet({ title, conditions, rows, total, onDone }: SheetProps) {
  const { t, either, number } = useLocal()
  const place = useSubdistrict().data
  const now = useNow(60)
  return (
    <Paper onDone={onDone}>
      <div className={css['sheet']}>
        <h1>
          {place ? `${either(place.name, place.nameEn)} · ` : ''}
          {title}
        </h1>
        <p>{t('export.printed', { at: fullWords(t, now), n: number(total), count: total })}</p>
        <p>{`${t('export.filter')}: ${conditions || t('export.noFilter')}`}</p>
        {rows.length < total ? (
          <p>{t('export.first', { n: number(rows.length), total: number(total) })}</p>
        ) : null}
        <Table rows={rows} now={now} />
      </div>
    </Paper>
  )
}

const COLUMNS = ['number', 'class', 'status', 'grid', 'address', 'units', 'reported', 'due', 'left'] as const

function Table({ rows, now }: { readonly rows: readonly EventRow[]; readonly now: number }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const gridName = useGridName()
  const unitName = useUnitName()
  const at = (instant: string) => fullWords(t, Date.parse(instant))
  return (
    <table>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`export.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.number}</td>
            <td>{nameOf(row.category)}</td>
            <td>{t(`status.${row.status}`)}</td>
            <td>{gridName(row.gridId) ?? t('events.noGrid')}</td>
            <td>{row.address ?? ''}</td>
            <td>{row.units.map(unitName).join('、')}</td>
            <td>{at(row.reportedAt)}</td>
            <td>{at(row.dueAt)}</td>
            <td>{row.closedAt === null ? leftWords(t, Date.parse(row.dueAt), now) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
