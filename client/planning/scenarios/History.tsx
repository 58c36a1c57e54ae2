import type { Scenario } from '#contract/planning'
import { serverNow } from '../../data/live.ts'
import { useLocal } from '../../i18n/local.ts'
import { exactWords } from '../../i18n/span.ts'
import css from './scenarios.module.css'

interface Step {
  readonly kind: 'created' | 'submitted' | 'approved' | 'decided' | 'effective' | 'willBe'
  readonly at: string
  readonly by: string | null
  readonly said: string | null
}

/** Who made, submitted and decided it, in the order of time. */
export function History({ scenario }: { readonly scenario: Scenario }) {
  const { t } = useLocal()
  const now = serverNow()
  return (
    <dl className={css['steps']}>
      {stepsOf(scenario, now).map(({ kind, at, by, said }) => {
        const when = exactWords(t, Date.parse(at), now)
        return [
          <dt key={kind}>{t(`scenarios.decide.step.${kind}`)}</dt>,
          <dd key={`${kind} by`}>
            {by === null ? when : t('scenarios.decide.by', { by, at: when })}
            {said ? <q>{said}</q> : null}
          </dd>,
        ]
      })}
    </dl>
  )
}

function stepsOf(scenario: Scenario, now: number): readonly Step[] {
  const { createdAt, createdBy, submittedAt, submittedBy, note, decidedAt, decidedBy, reason } = scenario
  const { status, effectiveAt } = scenario
  const isApproved = status === 'approved' || status === 'effective'
  const steps: Step[] = [{ kind: 'created', at: createdAt, by: createdBy, said: null }]
  if (submittedAt) steps.push({ kind: 'submitted', at: submittedAt, by: submittedBy, said: note })
  if (decidedAt) {
    steps.push({ kind: isApproved ? 'approved' : 'decided', at: decidedAt, by: decidedBy, said: reason })
  }
  if (isApproved && effectiveAt) {
    const kind = Date.parse(effectiveAt) <= now ? 'effective' : 'willBe'
    steps.push({ kind, at: effectiveAt, by: null, said: null })
  }
  return steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
