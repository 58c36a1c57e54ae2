import { useLocal } from '../../i18n/local.ts'
import { percent, useFigures } from './figures.ts'
import css from './impact.module.css'
import { goTo, PLACES } from './places.ts'
import { pointTo } from './pointed.ts'
import { useSubject } from './subject.ts'

/** The change in four numbers. */
export function Totals({ against }: { readonly against: string | null }) {
  const { t } = useLocal()
  const { number } = useFigures()
  const { impact, after, sites, choose } = useSubject()
  const { totals, was } = impact
  const all = after.meter.total().households
  const [worstNow, worstBefore] = [percent(totals.worstDeviation), percent(was.worstDeviation)]
  const moved = impact.flows.flatMap(({ buildings }) => buildings)
  const houses = t('impact.flow.buildings', { count: moved.length, n: number(moved.length) })
  const showMoved = () => pointTo(sites, 'buildings', moved, houses)
  const worst = impact.grids.find(
    (row) => row.after && Math.abs(row.after.deviation) === totals.worstDeviation,
  )?.key
  return (
    <>
      {against === null ? null : <p className={css['against']}>{t('impact.against', { name: against })}</p>}
      <dl className={css['totals']}>
        <div>
          <dt>{t('impact.households')}</dt>
          <dd>
            <Shown onShow={moved.length > 0 ? showMoved : null}>{number(totals.householdsMoved)}</Shown>
          </dd>
          <dd className={css['under']}>
            {t('impact.householdsOf', { all: number(all), share: shareOf(totals.householdsMoved, all) })}
          </dd>
        </div>
        <div>
          <dt>{t('impact.grids')}</dt>
          <dd>
            <Shown onShow={() => goTo(PLACES.grids)}>{number(totals.gridsChanged)}</Shown>
          </dd>
          <dd className={css['under']}>
            {was.grids === totals.grids
              ? t('impact.gridsOf', { count: totals.grids })
              : t('impact.gridsFrom', { from: was.grids, to: totals.grids })}
          </dd>
        </div>
        <div data-way={wayOf(totals.worstDeviation, was.worstDeviation)}>
          <dt>{t('impact.deviation')}</dt>
          <dd>
            <Shown onShow={worst === undefined ? null : () => choose(worst)}>{worstNow}</Shown>
          </dd>
          <dd className={css['under']}>
            {worstNow === worstBefore ? t('impact.asBefore') : t('impact.was', { value: worstBefore })}
          </dd>
        </div>
        <div data-way={wayOf(totals.broken, was.broken)}>
          <dt>{t('impact.broken')}</dt>
          <dd>
            <Shown onShow={() => goTo(PLACES.rules)}>{number(totals.broken)}</Shown>
          </dd>
          <dd className={css['under']}>
            {totals.broken === was.broken ? t('impact.asBefore') : t('impact.was', { value: was.broken })}
          </dd>
        </div>
      </dl>
      {totals.buildingsMoved + totals.openMoved > 0 ? (
        <p className={css['also']}>
          {t('impact.also', { buildings: number(totals.buildingsMoved), open: number(totals.openMoved) })}
        </p>
      ) : null}
    </>
  )
}

interface ShownProps {
  readonly onShow: (() => void) | null
  readonly children: string
}

function Shown({ onShow, children }: ShownProps) {
  if (!onShow) return children
  return (
    <button type="button" className={css['number']} onClick={onShow}>
      {children}
    </button>
  )
}

/** Less is better. */
function wayOf(now: number, was: number): 'better' | 'worse' | undefined {
  if (Math.abs(now - was) < 0.005) return undefined
  return now < was ? 'better' : 'worse'
}

function shareOf(part: number, whole: number): string {
  const share = whole > 0 ? part / whole : 0
  if (share === 0 || share >= 0.1) return percent(share)
  return share < 0.001 ? '<0.1%' : `${(share * 100).toFixed(1)}%`
}
