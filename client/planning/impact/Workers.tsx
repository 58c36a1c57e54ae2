import type { Charge, WorkerChange } from '#geo/plan/impact'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { GridName } from './Flows.tsx'
import { useFigures } from './figures.ts'
import css from './impact.module.css'
import { isSeen } from './rows.ts'
import { useSubject, useWorkerName } from './subject.ts'

/** Who gains and who gives up what. */
export function Workers() {
  const { t } = useLocal()
  const { impact } = useSubject()
  return (
    <Section heading={t('impact.workers')}>
      {impact.workers.length === 0 ? <p className={css['soft']}>{t('impact.workersNone')}</p> : null}
      <ul className={css['list']}>
        {impact.workers.map((change) => (
          <li key={change.worker}>
            <WorkerLine change={change} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function WorkerLine({ change }: { readonly change: WorkerChange }) {
  const { t } = useLocal()
  const { fixed } = useFigures()
  const nameOf = useWorkerName()
  const chargeOf = useCharge()
  const { worker, after, gains, loses, hours } = change
  return (
    <>
      <span className={css['person']}>
        <strong>{nameOf(worker)}</strong>
        {after.length === 0 ? <span>{t('impact.noGrid')}</span> : null}
        {after.map((key) => (
          <GridName key={key} gridKey={key} />
        ))}
        {isSeen(hours.after - hours.before, 1) ? (
          <span className={css['aside']}>
            {t('impact.week', { before: fixed(hours.before, 1), after: fixed(hours.after, 1) })}
          </span>
        ) : null}
      </span>
      <span className={css['chips']}>
        <span>
          {t('impact.gains')} {chargeOf(gains)}
        </span>
        <span>
          {t('impact.loses')} {chargeOf(loses)}
        </span>
      </span>
    </>
  )
}

function useCharge(): (charge: Charge) => string {
  const { t } = useLocal()
  const { number } = useFigures()
  return ({ households, buildings, open }) => {
    const parts = [
      households > 0 ? t('impact.flow.households', { count: households, n: number(households) }) : null,
      buildings > 0 && households === 0
        ? t('impact.flow.buildings', { count: buildings, n: number(buildings) })
        : null,
      open > 0 ? t('impact.flow.open', { count: open, n: number(open) }) : null,
    ].filter((part) => part !== null)
    return parts.length > 0 ? parts.join(' · ') : t('impact.nothing')
  }
}
