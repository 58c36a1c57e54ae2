import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { GridKey } from '#geo/plan/draft'
import type { GridImpact, GridSide } from '#geo/plan/impact'
import { toPosition } from '#geo/lattice'
import { breachSentence, STANDARDS } from '#geo/plan/standards'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { signed, useFigures } from './figures.ts'
import css from './impact.module.css'
import { PLACES } from './places.ts'
import { flyTo, pointTo } from './pointed.ts'
import { isSeen, OPENING, passedBy, shownRows, SORTS, turned, type Order, type Sort } from './rows.ts'
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
      heading={<span id={PLACES.grids}>{t('impact.perGrid')}</span>}
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
  const show = (): void => choose(key)
  const [households, hours] = [after?.measures.households ?? 0, after?.measures.hours.total ?? 0]
  return (
    <tr data-fate={fate}>
      <th scope="row">
        <button type="button" className={css['link']} onClick={show}>
          {nameOf(key)}
        </button>
        {fate === 'begun' || fate === 'ended' ? (
          <span className={css['fate']}>{t(`impact.fate.${fate}`)}</span>
        ) : null}
      </th>
      <td>
        <Homes gridKey={key} text={number(households)} />
        <Change now={households} was={before?.measures.households} />
      </td>
      <td>
        <Figure onShow={show}>{fixed(hours, 1)}</Figure>
        <Change now={hours} was={before?.measures.hours.total} digits={1} />
      </td>
      {after ? <Judged before={before} after={after} onShow={show} /> : <Nothing />}
    </tr>
  )
}

/** A grid that has ended is not judged. */
function Nothing() {
  return (
    <>
      <td>–</td>
      <td>–</td>
    </>
  )
}

interface JudgedProps {
  readonly before: GridSide | null
  readonly after: GridSide
  readonly onShow: () => void
}

function Judged({ before, after, onShow }: JudgedProps) {
  const { deviation, breaches } = after
  return (
    <>
      <td data-off={Math.abs(deviation) > STANDARDS.hours.most}>
        <Figure onShow={onShow}>{`${signed(deviation * 100)}%`}</Figure>
        <Change now={deviation * 100} was={before ? before.deviation * 100 : undefined} />
      </td>
      <td data-off={breaches.length > 0}>
        <Broken breaches={breaches} onShow={onShow} />
        <Change now={breaches.length} was={before?.breaches.length} />
      </td>
    </>
  )
}

interface ChangeProps {
  readonly now: number
  readonly was: number | undefined
  readonly digits?: number
}

function Change({ now, was, digits = 0 }: ChangeProps) {
  const isTold = was !== undefined && isSeen(now - was, digits)
  return <small>{isTold ? signed(now - was, digits) : null}</small>
}

interface FigureProps {
  readonly title?: string | undefined
  readonly onShow: () => void
  readonly children: string
}

function Figure({ title, onShow, children }: FigureProps) {
  return (
    <button type="button" className={css['number']} title={title} onClick={onShow}>
      {children}
    </button>
  )
}

/** How many rules the grid breaks; which they are is said on hover, and where on a press. */
function Broken({ breaches, onShow }: Pick<GridSide, 'breaches'> & { readonly onShow: () => void }) {
  const { language } = useLocal()
  const nameOf = useNameOf()
  const at = breaches[0]?.at
  const sentences = breaches.map((breach) => breachSentence(breach, nameOf)[language])
  const show = (): void => {
    onShow()
    if (at) flyTo([toPosition(at)])
  }
  return (
    <Figure title={sentences.join('\n')} onShow={show}>
      {String(breaches.length)}
    </Figure>
  )
}

/** A press marks the homes that the grid has gained or lost; where there are none, it is the grid that is shown. */
function Homes({ gridKey, text }: { readonly gridKey: GridKey; readonly text: string }) {
  const { t } = useLocal()
  const { impact, sites, choose } = useSubject()
  const { buildings } = passedBy(impact, gridKey)
  const what = t('impact.flow.buildings', { count: buildings.length, n: buildings.length })
  if (buildings.length === 0)
    return (
      <Figure title={t('impact.goThere')} onShow={() => choose(gridKey)}>
        {text}
      </Figure>
    )
  return (
    <Figure
      title={t('impact.showPlaces', { what })}
      onShow={() => pointTo(sites, 'buildings', buildings, what)}
    >
      {text}
    </Figure>
  )
}
