import { useState } from 'react'
import { Button, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { decide } from '#rules/planning'
import type { Scenario, ScenarioMove } from '#contract/planning'
import { breachSentence } from '#geo/plan/standards'
import { serverNow } from '../../data/live.ts'
import { useActor } from '../../data/me.ts'
import { useLocal } from '../../i18n/local.ts'
import { useSentence } from '../../ui/States.tsx'
import { useKeyName } from '../opwords.ts'
import { usePlanning } from '../session.ts'
import { Effects } from './Effects.tsx'
import { MinutePicker } from './MinutePicker.tsx'
import { firstOfNextMonth } from './minutes.ts'
import { useOwnImpact } from './own.ts'
import { useMove } from './queries.ts'
import css from './scenarios.module.css'

interface MoveProps {
  readonly move: ScenarioMove
  readonly scenario: Scenario
  /** Something is not saved yet, so that nobody decides on what they do not see. */
  readonly isHeld: boolean
}

/** One thing that may be done now: what it means, what must be said with it, and the button. */
export function MoveForm({ move, scenario, isHeld }: MoveProps) {
  const { t, either } = useLocal()
  const actor = useActor()
  const version = usePlanning((planning) => planning.version)
  const [text, setText] = useState('')
  const [effectiveAt, setEffectiveAt] = useState(() => firstOfNextMonth(serverNow()))
  const [fault, setFault] = useState<string | null>(null)
  const { mutate, error, isPending } = useMove(scenario)
  const sentence = useSentence()
  const label = labelOf(move)
  const order = orderOf({ move, version, text, effectiveAt })
  const hint = move === 'withdraw' && scenario.status === 'approved' ? 'withdrawApproved' : move
  return (
    <form
      className={css['card']}
      aria-label={t(`scenarios.decide.move.${move}`)}
      onSubmit={(event) => {
        event.preventDefault()
        const verdict = decide(scenario, order, actor, serverNow())
        setFault(verdict.ok ? null : either(verdict.why.zh, verdict.why.en))
        if (verdict.ok) mutate(order)
      }}
    >
      {move === 'submit' || move === 'approve' ? <Warning /> : null}
      {move === 'approve' ? (
        <>
          <MinutePicker value={effectiveAt} onChange={setEffectiveAt} />
          <Effects effectiveAt={effectiveAt} />
        </>
      ) : null}
      {label ? (
        <Textarea
          size="xs"
          autosize
          minRows={1}
          maxLength={1000}
          label={t(`scenarios.decide.${label}`)}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : null}
      {(fault ?? error) ? (
        <p className={css['fault']} role="alert">
          {fault ?? sentence(error)}
        </p>
      ) : null}
      <div className={css['buttons']}>
        <Button
          size="xs"
          type="submit"
          variant={move === 'submit' || move === 'approve' ? 'filled' : 'default'}
          loading={isPending}
          disabled={isHeld}
        >
          {t(`scenarios.decide.move.${move}`)}
        </Button>
        <span className={css['soft']}>{t(`scenarios.decide.hint.${hint}`)}</span>
      </div>
    </form>
  )
}

interface Typed {
  readonly move: ScenarioMove
  readonly version: number
  readonly text: string
  readonly effectiveAt: string
}

const orderOf = ({ move, version, text, effectiveAt }: Typed) => ({
  move,
  version,
  ...(text.trim() === '' ? {} : { text: text.trim() }),
  ...(move === 'approve' ? { effectiveAt } : {}),
})

const LABELS = { submit: 'note', return: 'reason', approve: 'remark' } as const

function labelOf(move: ScenarioMove): 'note' | 'reason' | 'remark' | null {
  return move in LABELS ? LABELS[move as keyof typeof LABELS] : null
}

const FEW = 5

/** Rules that the draft breaks, those first that its origin kept. */
function Warning() {
  const { t, language } = useLocal()
  const impact = useOwnImpact()
  const nameOf = useKeyName()
  if (!impact || impact.totals.broken === 0) return null
  const fresh = impact.breaks
  return (
    <>
      <p className={css['warn']}>
        <IconAlertTriangle size={15} aria-hidden />
        {t('scenarios.decide.broken', { count: impact.totals.broken, fresh: fresh.length })}
      </p>
      {fresh.length > 0 ? (
        <ul className={css['warnings']}>
          {fresh.slice(0, FEW).map((breach) => (
            <li key={`${breach.grid} ${breach.rule}`}>{breachSentence(breach, nameOf)[language]}</li>
          ))}
          {fresh.length > FEW ? <li>{t('scenarios.conflict.more', { count: fresh.length - FEW })}</li> : null}
        </ul>
      ) : null}
    </>
  )
}
