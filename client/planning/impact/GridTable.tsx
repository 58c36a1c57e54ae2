import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { GridKey } from '#geo/plan/draft'
import type { GridImpact } from '#geo/plan/impact'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { signed, useFigures } from './figures.ts'
import css from './impact.module.css'
import { pointTo } from './pointed.ts'
import { isSeen, OPENING, passedBy, shownRows, sideOf, SORTS, turned, type Order, type Sort } from './rows.ts'
import { useNameOf, useSubject } from './subject.ts'

/** Rows at first: more are a press away, so that a long plan does not slow down what is drawn. */
const FEW = 12

/** Numbers of each grid, now and by how much they differ. */
export function GridTable() {
  const { t } = useLocal()
  const { impact } = useSubject()
  const nameOf = useNameOf()
  const [which, setWhich] = useState<'changed' | 'all'>('changed')
  const [order, setOrder] = useState<Order>(OPENING)
  const [isLong, setLong] = useState(false)
  const rows = shownRows(impact, which, order, nameOf)
  const shown = isLong ? rows : rows.slice(0, FEW)
  return (
    <Section
      heading={t('impact.perGrid')}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('impact.scope')}
          value={which}
          onChange={(value) => setWhich(value === 'all' ? 'all' : 'changed')}
          data={[
            { value: 'changed', label: t('impact.changedOnly') },
            { value: 'all', label: t('impact.all') },
          ]}
        />
      }
    >
      {rows.length === 0 ? (
        <p className={css['soft']}>{t('impact.noRows')}</p>
      ) : (
        <table className={css['table']}>
          <thead>
            <tr>
              {SORTS.map((by) => (
                <Head key={by} by={by} order={order} onTurn={() => setOrder(turned(order, by))} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {shown.length < rows.length ? (
        <button type="button" className={css['link']} onClick={() => setLong(true)}>
          {t('impact.more', { count: rows.length - shown.length })}
        </button>
      ) : null}
    </Section>
  )
}

interface HeadProps {
  readonly by: Sort
  readonly order: Order
  readonly onTurn: () => void
}

function Head({ by, order, onTurn }: HeadProps) {
  const { t } = useLocal()
  const isOn = order.by === by
  const what = t(`impact.column.${by}`)
  const Arrow = order.down ? IconArrowDown : IconArrowUp
  return (
    <th scope="col" aria-sort={isOn ? (order.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" onClick={onTurn} title={t('impact.sortBy', { what })}>
        {what}
        {isOn ? <Arrow size={12} aria-hidden /> : null}
      </button>
    </th>
  )
}

function Row({ row }: { readonly row: GridImpact }) {
  const { t } = useLocal()
  const { number, fixed } = useFigures()
  const { choose } = useSubject()
  const nameOf = useNameOf()
  const { key, fate, before, after } = row
  const side = sideOf(row)
  if (!side) return null
  const was = before?.measures
  const change = (now: number, then: number | undefined, digits: number): string | null =>
    after && then !== undefined && isSeen(now - then, digits) ? signed(now - then, digits) : null
  const { households, hours } = side.measures
  return (
    <tr data-fate={fate}>
      <th scope="row">
        <button type="button" className={css['link']} onClick={() => choose(key)}>
          {nameOf(key)}
        </button>
        {fate === 'begun' || fate === 'ended' ? (
          <span className={css['fate']}>{t(`impact.fate.${fate}`)}</span>
        ) : null}
      </th>
      <td>
        <Homes gridKey={key} text={number(households)} />
        <small>{change(households, was?.households, 0)}</small>
      </td>
      <td>
        {fixed(hours.total, 1)}
        <small>{change(hours.total, was?.hours.total, 1)}</small>
      </td>
      <td data-off={Math.abs(side.deviation) > 0.25}>
        {signed(side.deviation * 100)}%
        <small>{change(side.deviation * 100, before ? before.deviation * 100 : undefined, 0)}</small>
      </td>
      <td data-off={side.breaches.length > 0}>
        {side.breaches.length}
        <small>{change(side.breaches.length, before?.breaches.length, 0)}</small>
      </td>
    </tr>
  )
}

/** A press marks the homes that the grid has gained or lost; where there are none, it is the grid that is shown. */
function Homes({ gridKey, text }: { readonly gridKey: GridKey; readonly text: string }) {
  const { t } = useLocal()
  const { impact, sites, choose } = useSubject()
  const { buildings } = passedBy(impact, gridKey)
  const what = t('impact.flow.buildings', { count: buildings.length, n: buildings.length })
  return (
    <button
      type="button"
      className={css['number']}
      title={buildings.length > 0 ? t('impact.showPlaces', { what }) : t('impact.goThere')}
      onClick={() => (buildings.length > 0 ? pointTo(sites, 'buildings', buildings, what) : choose(gridKey))}
    >
      {text}
    </button>
  )
}
