import type { Succession } from '#geo/plan/impact'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import { GridName } from './Flows.tsx'
import { percent } from './figures.ts'
import css from './impact.module.css'
import { useNameOf, useSubject } from './subject.ts'

/** Grids that begin and end, with those that they follow or that follow them. */
export function Successions() {
  const { t } = useLocal()
  const { impact } = useSubject()
  const nameOf = useNameOf()
  const rows = impact.grids.filter(({ fate }) => fate === 'begun' || fate === 'ended')
  if (rows.length === 0) return null
  const shareOf = ({ share }: Succession): string => (share < 0.005 ? '<1%' : percent(share))
  return (
    <Section heading={t('impact.successions')}>
      <ul className={css['list']}>
        {rows.map(({ key, fate }) => (
          <li key={key}>
            <span className={css['person']}>
              <GridName gridKey={key} />
              <span className={css['fate']}>{t(`impact.fate.${fate}`)}</span>
            </span>
            <span className={css['chips']}>
              {impact.successions
                .filter((found) => (fate === 'begun' ? found.new : found.old) === key)
                .map((found) => (
                  <span key={`${found.old} ${found.new}`}>
                    {fate === 'begun'
                      ? t('impact.follows', { share: shareOf(found), old: nameOf(found.old) })
                      : t('impact.goesTo', { share: shareOf(found), grid: nameOf(found.new) })}
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ul>
      <p className={css['soft']}>{t('impact.shareOf')}</p>
    </Section>
  )
}
