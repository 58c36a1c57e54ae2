import { WORK } from '#geo/plan/hours'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import css from './impact.module.css'

const UNITS = {
  eventUrgent: 'minutes',
  eventFast: 'minutes',
  eventNormal: 'minutes',
  eventLong: 'minutes',
  dispute: 'minutes',
  roundsFullTime: 'year',
  roundsPartTime: 'year',
  visitUrban: 'minutes',
  visitRural: 'minutes',
  patrolsFullTime: 'week',
  patrolsPartTime: 'week',
  paceUrban: 'pace',
  paceRural: 'pace',
} as const satisfies Record<keyof typeof WORK, string>

const LINES = Object.keys(WORK) as (keyof typeof WORK)[]

/** The table by which hours are counted, with where each line comes from. */
export function Method() {
  const { t } = useLocal()
  return (
    <Section>
      <details className={css['method']}>
        <summary>{t('impact.method')}</summary>
        <p className={css['soft']}>{t('impact.methodNote')}</p>
        <dl>
          {LINES.map((line) => (
            <div key={line}>
              <dt>{t(`impact.work.${line}`)}</dt>
              <dd title={t(`impact.source.${WORK[line].source}`)} data-source={WORK[line].source}>
                {t(`impact.unit.${UNITS[line]}`, { n: WORK[line].amount })}
              </dd>
            </div>
          ))}
        </dl>
        <p className={css['soft']}>* {t('impact.source.P')}</p>
      </details>
    </Section>
  )
}
