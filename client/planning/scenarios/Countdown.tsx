import type { Scenario } from '#contract/planning'
import { useNow } from '../../data/clock.ts'
import { useLocal } from '../../i18n/local.ts'
import { exactWords, spanWords } from '../../i18n/span.ts'
import { Section } from '../../ui/Panel.tsx'
import css from './scenarios.module.css'

const MINUTE = 60_000

/** How long until an approved draft is in force, to the second in the last hour. */
export function Countdown({ scenario }: { readonly scenario: Scenario }) {
  const { t } = useLocal()
  const now = useNow(1)
  const { status, effectiveAt } = scenario
  if (effectiveAt === null || (status !== 'approved' && status !== 'effective')) return null
  const at = Date.parse(effectiveAt)
  const left = at - now
  if (status === 'effective')
    return <Line words={t('scenarios.decide.inForce', { at: exactWords(t, at, now) })} />
  if (left <= 0) return <Line words={t('scenarios.decide.switching')} />
  const words =
    left >= 60 * MINUTE
      ? spanWords(t, left)
      : t('scenarios.decide.clock', {
          m: Math.floor(left / MINUTE),
          s: String(Math.floor((left % MINUTE) / 1000)).padStart(2, '0'),
        })
  return <Line words={t('scenarios.decide.inWords', { left: words })} />
}

function Line({ words }: { readonly words: string }) {
  return (
    <Section>
      <p className={css['countdown']} role="timer" data-testid="plan-countdown">
        {words}
      </p>
    </Section>
  )
}
