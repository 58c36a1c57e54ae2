import { useState } from 'react'
import { IconAlertTriangle, IconCircleCheck, IconMapPin } from '@tabler/icons-react'
import { toPosition } from '#geo/lattice'
import { breachSentence, standingOf, type Breach } from '#geo/plan/standards'
import { useLocal } from '../../i18n/local.ts'
import { Section } from '../../ui/Panel.tsx'
import css from './impact.module.css'
import { PLACES } from './places.ts'
import { flyTo } from './pointed.ts'
import { useNameOf, useSubject } from './subject.ts'

/** Rules that the change breaks and mends, then those that are broken as before. */
export function Rules() {
  const { t } = useLocal()
  const { impact, after } = useSubject()
  const { breaks, mends } = impact
  const isNew = new Set(breaks)
  const stands = standingOf(after).breaches.filter((breach) => !isNew.has(breach))
  return (
    <Section heading={<span id={PLACES.rules}>{t('impact.rules')}</span>}>
      {breaks.length + mends.length + stands.length === 0 ? (
        <p className={css['soft']}>{t('impact.rulesNone')}</p>
      ) : null}
      <Breaches label={t('impact.breaks', { count: breaks.length })} breaches={breaks} kind="broken" />
      <Breaches label={t('impact.mends', { count: mends.length })} breaches={mends} kind="mended" />
      <Breaches label={t('impact.stands', { count: stands.length })} breaches={stands} kind="stands" />
    </Section>
  )
}

interface BreachesProps {
  readonly label: string
  readonly breaches: readonly Breach[]
  readonly kind: 'broken' | 'mended' | 'stands'
}

const FEW = { broken: 20, mended: 6, stands: 3 } as const

function Breaches({ label, breaches, kind }: BreachesProps) {
  const { t, language } = useLocal()
  const { choose } = useSubject()
  const nameOf = useNameOf()
  const [isLong, setLong] = useState(false)
  if (breaches.length === 0) return null
  const Mark = kind === 'mended' ? IconCircleCheck : IconAlertTriangle
  const shown = isLong ? breaches : breaches.slice(0, FEW[kind])
  return (
    <>
      <h4 className={css['kind']} data-kind={kind}>
        <Mark size={14} aria-hidden /> {label}
      </h4>
      <ul className={css['list']}>
        {shown.map((breach) => (
          <li key={`${breach.grid} ${breach.rule}`} className={css['breach']}>
            <span data-kind={kind}>{breachSentence(breach, nameOf)[language]}</span>
            {kind === 'mended' ? null : (
              <button
                type="button"
                className={css['go']}
                aria-label={`${t('impact.goThere')}: ${nameOf(breach.grid)}`}
                title={t('impact.goThere')}
                onClick={() => {
                  choose(breach.grid)
                  if (breach.at) flyTo([toPosition(breach.at)])
                }}
              >
                <IconMapPin size={15} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.length < breaches.length ? (
        <button type="button" className={css['link']} onClick={() => setLong(true)}>
          {t('impact.more', { count: breaches.length - shown.length })}
        </button>
      ) : null}
    </>
  )
}
