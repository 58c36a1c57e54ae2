import { useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReplyOf } from '#contract/http'
import type { backcast } from '#contract/planning'
import type { PlanRef } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { fullWords } from '../../i18n/span.ts'
import { Section } from '../../ui/Panel.tsx'
import { Failure, RowsComing } from '../../ui/States.tsx'
import { signed } from '../impact/figures.ts'
import table from '../impact/impact.module.css'
import { COLUMNS, inOrder, totalsOf, type Column, type Order } from './backcastrows.ts'
import { useBackcast } from './queries.ts'
import css from './scenarios.module.css'

type Counted = ReplyOf<typeof backcast>

/** A year of events by the grids that they had, and by the borders of this plan. It is a large question, so it waits to be asked. */
export function Backcast({ of }: { readonly of: PlanRef }) {
  const { t } = useLocal()
  const [asked, setAsked] = useState<PlanRef | null>(null)
  const { data, error, refetch, isFetching } = useBackcast(asked)
  return (
    <Section
      heading={t('scenarios.compare.backcast')}
      aside={
        <Button size="compact-xs" variant="default" loading={isFetching} onClick={() => setAsked(of)}>
          {t('scenarios.compare.backcastShow')}
        </Button>
      }
    >
      {data ? null : <p className={css['soft']}>{t('scenarios.compare.backcastHint')}</p>}
      {error ? <Failure error={error} retry={() => void refetch()} /> : null}
      {isFetching && !data ? <RowsComing rows={3} /> : null}
      {data ? <BackcastTable counted={data} /> : null}
    </Section>
  )
}

function BackcastTable({ counted }: { readonly counted: Counted }) {
  const { t, number } = useLocal()
  const [order, setOrder] = useState<Order>({ by: 'by', down: true })
  const [which, setWhich] = useState<'changed' | 'all'>('changed')
  const differing = counted.rows.filter((row) => row.had !== row.drawn || row.hadOverdue !== row.drawnOverdue)
  const rows = inOrder(which === 'all' ? counted.rows : differing, order)
  const day = (instant: string) => fullWords(t, Date.parse(instant))
  const total = totalsOf(counted.rows)
  return (
    <div className={css['stack']} data-testid="backcast">
      <div className={css['buttons']}>
        <span className={css['what']}>
          {t('scenarios.compare.period', { from: day(counted.from), to: day(counted.to) })}
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('scenarios.compare.scope')}
          value={which}
          onChange={(value) => setWhich(value === 'all' ? 'all' : 'changed')}
          data={[
            { value: 'changed', label: t('scenarios.compare.onlyChanged') },
            { value: 'all', label: t('scenarios.compare.all') },
          ]}
        />
      </div>
      <table className={table['table']}>
        <thead>
          <tr>
            {COLUMNS.map((by) => (
              <Head key={by} by={by} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.grid}>
              <th scope="row">{row.name}</th>
              <Cells row={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('scenarios.compare.total')}</th>
            <Cells row={total} />
          </tr>
        </tfoot>
      </table>
      {rows.length === 0 ? <p className={css['soft']}>{t('scenarios.compare.noRows')}</p> : null}
      {counted.outside > 0 ? (
        <p className={css['soft']}>
          {t('scenarios.compare.outside', { count: counted.outside, n: number(counted.outside) })}
        </p>
      ) : null}
    </div>
  )
}

interface HeadProps {
  readonly by: Column
  readonly order: Order
  readonly onOrder: (order: Order) => void
}

function Head({ by, order, onOrder }: HeadProps) {
  const { t } = useLocal()
  const isOn = order.by === by
  const what = t(`scenarios.compare.column.${by}`)
  const Arrow = order.down ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" aria-sort={isOn ? (order.down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        title={t('scenarios.compare.sortBy', { what })}
        onClick={() => onOrder({ by, down: isOn ? !order.down : by !== 'name' })}
      >
        {what}
        {isOn ? <Arrow size={12} aria-hidden /> : null}
      </button>
    </th>
  )
}

type Figures = Pick<Counted['rows'][number], 'had' | 'drawn' | 'hadOverdue' | 'drawnOverdue'>

function Cells({ row }: { readonly row: Figures }) {
  const { t, number } = useLocal()
  const { had, drawn, hadOverdue, drawnOverdue } = row
  return (
    <>
      <td>{number(had)}</td>
      <td>{number(drawn)}</td>
      <td data-by={drawn !== had}>{drawn === had ? '0' : signed(drawn - had)}</td>
      <td>
        {hadOverdue === drawnOverdue
          ? number(drawnOverdue)
          : t('scenarios.compare.overdueOf', { was: number(hadOverdue), drawn: number(drawnOverdue) })}
      </td>
    </>
  )
}
