import { movesFor, decide } from '#rules/planning'
import { SCENARIO_MOVES, type Scenario } from '#contract/planning'
import { useNow } from '../../data/clock.ts'
import { useActor } from '../../data/me.ts'
import { useLocal } from '../../i18n/local.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { usePlanning } from '../session.ts'
import { Countdown } from './Countdown.tsx'
import { History } from './History.tsx'
import { MoveForm } from './MoveForm.tsx'
import { useOwnImpact } from './own.ts'
import css from './scenarios.module.css'

/** What this person may do with the draft as a whole, by the rule that the server asks, and what has been done with it. */
export function DecideSheet() {
  const { t } = useLocal()
  const scenario = usePlanning((planning) => planning.scenario)
  if (!scenario) return <Empty title={t('scenarios.decide.readonlyPlan')} />
  return (
    <Scroll>
      <Countdown scenario={scenario} />
      <Section heading={t(`planning.status.${scenario.status}`)}>
        <Change scenario={scenario} />
      </Section>
      <Moves scenario={scenario} />
      <Section heading={t('scenarios.decide.history')}>
        <History scenario={scenario} />
      </Section>
    </Scroll>
  )
}

function Change({ scenario }: { readonly scenario: Scenario }) {
  const { t, number } = useLocal()
  const totals = useOwnImpact()?.totals ?? scenario.impact
  if (!totals) return null
  const { gridsChanged, householdsMoved } = totals
  return (
    <p className={css['soft']}>
      {gridsChanged + householdsMoved === 0
        ? t('scenarios.decide.noImpact', { name: scenario.fromName })
        : t('scenarios.decide.moved', {
            households: number(householdsMoved),
            grids: number(gridsChanged),
          })}
    </p>
  )
}

function Moves({ scenario }: { readonly scenario: Scenario }) {
  const { t, either } = useLocal()
  const actor = useActor()
  const now = useNow(1)
  const saving = usePlanning((planning) => planning.saving)
  const moves = movesFor(scenario, actor, now)
  const isUnsaved = saving === 'saving' || saving === 'waiting' || saving === 'conflict'
  const refused = SCENARIO_MOVES.flatMap((move) => {
    const verdict = decide(scenario, { move }, actor, now)
    return verdict.ok || verdict.kind === 'invalid' ? [] : [{ move, why: verdict.why }]
  })
  return (
    <>
      <Section>
        <div className={css['stack']}>
          {moves.length === 0 ? <p className={css['soft']}>{t('scenarios.decide.nothing')}</p> : null}
          {isUnsaved && moves.length > 0 ? (
            <output className={css['soft']}>{t('scenarios.decide.waits')}</output>
          ) : null}
          {moves.map((move) => (
            <MoveForm key={move} move={move} scenario={scenario} isHeld={isUnsaved} />
          ))}
        </div>
        {refused.length > 0 ? (
          <details className={css['cannot']}>
            <summary>{t('scenarios.decide.cannot')}</summary>
            <ul className={css['happens']}>
              {refused.map(({ move, why }) => (
                <li key={move}>
                  {t(`scenarios.decide.move.${move}`)} · {either(why.zh, why.en)}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </Section>
    </>
  )
}
