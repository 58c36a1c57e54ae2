import { useEffect, useRef } from 'react'
import { Button, Progress } from '@mantine/core'
import type { Suggestion } from '#geo/balance/suggest'
import { useLocal } from '../../i18n/local.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { percent } from '../impact/figures.ts'
import { Curve } from './Curve.tsx'
import { PickedPlan } from './PickedPlan.tsx'
import { PlanTable } from './PlanTable.tsx'
import { Reasons } from './Reasons.tsx'
import { leaveSearch, stopSearch, useSearch } from './search.ts'
import { useStateName } from './state.ts'
import css from './suggest.module.css'
import { WishForm } from './WishForm.tsx'

/** More even borders for the open draft: what is asked, the curve as it grows, five plans to pick from, and why not better. */
export function SuggestSheet() {
  const { t } = useLocal()
  const phase = useSearch((search) => search.phase)
  const suggestion = useSearch((search) => search.suggestion)
  // What is shown on the map is shown by this sheet alone.
  useEffect(() => () => useSearch.setState({ isShown: false }), [])
  return (
    <Scroll>
      <WishForm />
      {phase === 'searching' ? <Searching /> : null}
      {phase === 'failed' ? (
        <Section>
          <p className={css['notice']} role="alert">
            {t('suggest.failed')}
          </p>
        </Section>
      ) : null}
      {suggestion ? <Found suggestion={suggestion} /> : null}
      <Section>
        <details className={css['measured']}>
          <summary>{t('suggest.measured')}</summary>
          <p>{t('suggest.measure')}</p>
        </details>
      </Section>
    </Scroll>
  )
}

function Searching() {
  const { t } = useLocal()
  const progress = useSearch((search) => search.progress)
  const share = progress?.share ?? 0
  const words = t('suggest.searching', { share: percent(share) })
  return (
    <Section>
      <div className={css['progress']}>
        <Progress value={Math.max(2, share * 100)} size="sm" aria-label={words} />
        <span>{words}</span>
        <Button size="compact-xs" variant="default" onClick={stopSearch}>
          {t('suggest.stop')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={leaveSearch}>
          {t('suggest.cancel')}
        </Button>
      </div>
      {progress ? <Curve curve={progress.curve} plans={[]} households={null} /> : null}
    </Section>
  )
}

function Found({ suggestion }: { readonly suggestion: Suggestion }) {
  const { t } = useLocal()
  const { plans, curve, households, ended } = suggestion
  const isStale = useIsStale()
  const picked = useSearch((search) => search.picked)
  const plan = plans[picked]
  const head = useRef<HTMLOutputElement>(null)
  // On a phone the answer would else come below what one sees.
  // In braces: newer browsers answer with a promise, which an effect must not return.
  useEffect(() => {
    head.current?.scrollIntoView({ block: 'start' })
  }, [suggestion])
  return (
    <>
      <Section>
        <output ref={head} className={css['head']}>
          {plans.length > 0 ? t('suggest.found', { count: plans.length }) : ''}
        </output>
        {isStale ? <output className={css['notice']}>{t('suggest.stale')}</output> : null}
        {ended === 'finished' ? null : <p className={css['notice']}>{t(`suggest.${ended}`)}</p>}
        {plans.length === 0 ? (
          <Empty title={t('suggest.none')} note={t('suggest.noneHint')} />
        ) : (
          <>
            <Curve curve={curve} plans={plans} households={households} />
            <PlanTable suggestion={suggestion} />
          </>
        )}
      </Section>
      {plan ? (
        <PickedPlan
          key={picked}
          n={picked + 1}
          plan={plan}
          before={suggestion.before}
          broken={suggestion.broken}
          isStale={isStale}
        />
      ) : null}
      <Reasons reasons={suggestion.reasons} />
    </>
  )
}

/** Whether the draft has changed since it was asked about; what is only shown counts for nothing. */
function useIsStale(): boolean {
  const of = useSearch((search) => search.of)
  return useStateName() !== of
}
