import type { Charge } from '#geo/plan/impact'
import { useNow } from '../../data/clock.ts'
import { useLocal } from '../../i18n/local.ts'
import { exactWords } from '../../i18n/span.ts'
import { useKeyName } from '../opwords.ts'
import { usePlanning } from '../session.ts'
import { useOwnImpact } from './own.ts'
import css from './scenarios.module.css'

const FEW = 6

/** What will happen at the minute, and to whom. */
export function Effects({ effectiveAt }: { readonly effectiveAt: string }) {
  const { t } = useLocal()
  const impact = useOwnImpact()
  const nameOf = useKeyName()
  const now = useNow(60)
  const sites = usePlanning((planning) => planning.sites)
  const chargeOf = useCharge()
  if (!impact) return null
  const { grids, totals, workers } = impact
  const named = (fate: 'begun' | 'ended'): string =>
    grids
      .filter((grid) => grid.fate === fate)
      .map(({ key }) => nameOf(key))
      .join(t('scenarios.decide.and'))
  const [begun, ended] = [named('begun'), named('ended')]
  const changed = grids.filter(({ fate }) => fate === 'ground').length
  const workerName = (id: number): string =>
    sites?.workers.find((worker) => worker.id === id)?.name ?? `#${id}`
  return (
    <div data-testid="plan-effects">
      <strong>{t('scenarios.decide.willHappen', { at: exactWords(t, Date.parse(effectiveAt), now) })}</strong>
      <ul className={css['happens']}>
        {begun ? <li>{t('scenarios.decide.begins', { grids: begun })}</li> : null}
        {ended ? <li>{t('scenarios.decide.ends', { grids: ended })}</li> : null}
        {changed > 0 ? <li>{t('scenarios.decide.changes', { count: changed })}</li> : null}
        {totals.householdsMoved > 0 ? (
          <li>{t('scenarios.decide.homes', { count: totals.householdsMoved })}</li>
        ) : null}
        <li>
          {totals.openMoved > 0
            ? t('scenarios.decide.handed', { count: totals.openMoved })
            : t('scenarios.decide.noHanded')}
        </li>
        {workers.length > 0 ? (
          <li>
            {t('scenarios.decide.workers', { count: workers.length })}
            <ul className={css['happens']}>
              {workers.slice(0, FEW).map(({ worker, gains, loses }) => (
                <li key={worker}>
                  {t('scenarios.decide.gets', {
                    name: workerName(worker),
                    gains: chargeOf(gains),
                    loses: chargeOf(loses),
                  })}
                </li>
              ))}
              {workers.length > FEW ? (
                <li>{t('scenarios.conflict.more', { count: workers.length - FEW })}</li>
              ) : null}
            </ul>
          </li>
        ) : null}
        <li>{t('scenarios.decide.kept')}</li>
      </ul>
    </div>
  )
}

function useCharge(): (charge: Charge) => string {
  const { t } = useLocal()
  return ({ households, open }) => {
    const parts = [
      households > 0 ? t('scenarios.decide.part.households', { count: households }) : null,
      open > 0 ? t('scenarios.decide.part.open', { count: open }) : null,
    ].filter((part) => part !== null)
    return parts.length > 0 ? parts.join(' · ') : t('scenarios.decide.part.none')
  }
}
