import { useState } from 'react'
import { Alert, Button } from '@mantine/core'
import { moveDispute, type Dispute, type DisputeMove, type DisputeOrder } from '#contract/disputes'
import { choicesFor, fileOf, FLOW, type Choice } from '#rules/disputes'
import { call } from '../data/api.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { Shut } from '../ui/Shut.tsx'
import { useSentence } from '../ui/States.tsx'
import { DisputeForm } from './DisputeForm.tsx'
import css from './foot.module.css'
import { isConflict, useSending } from './queries.ts'

/** Ahead on the main road: shown first and filled. */
const FORWARD: readonly DisputeMove[] = ['assign', 'session', 'agree', 'perform', 'revisit', 'archive']

/** What this person may do with the file now: by the same rules that the server asks. */
export function DisputeFoot({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useLocal()
  const sentence = useSentence()
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const [move, setMove] = useState<DisputeMove | null>(null)
  const choices = choicesFor(fileOf(dispute), actor, now)
  const open = choices
    .filter(({ verdict }) => verdict.ok)
    .toSorted((a, b) => Number(FORWARD.includes(b.move)) - Number(FORWARD.includes(a.move)))
  const shut = choices.filter(({ verdict }) => !verdict.ok)
  const { submit, isSending, error, reset } = useSending(
    (order: DisputeOrder) =>
      call(moveDispute, { params: { id: dispute.id }, body: { ...order, version: dispute.version } }),
    () => setMove(null),
  )
  if (choices.length === 0) return null
  function press(chosen: DisputeMove): void {
    reset()
    if (FLOW[chosen].needs.length > 0) setMove(chosen)
    else submit({ move: chosen })
  }
  const told = error === null ? null : isConflict(error) ? t('disputes.changed') : sentence(error)
  return (
    <section className={css['foot']} aria-label={t('disputes.doing')}>
      {told === null ? null : (
        <Alert color={isConflict(error) ? 'yellow' : 'red'} variant="light" p={8} m="10px 16px 0">
          {told}
        </Alert>
      )}
      {move === null ? (
        <>
          <Bar choices={open} isSending={isSending} onPress={press} />
          <Shut choices={shut} summary={t('disputes.notNow', { count: shut.length, n: shut.length })} />
        </>
      ) : (
        <DisputeForm
          key={move}
          move={move}
          dispute={dispute}
          isSending={isSending}
          onSend={submit}
          onClose={() => {
            reset()
            setMove(null)
          }}
        />
      )}
    </section>
  )
}

interface BarProps {
  readonly choices: readonly Choice[]
  readonly isSending: boolean
  readonly onPress: (move: DisputeMove) => void
}

function Bar({ choices, isSending, onPress }: BarProps) {
  const { t, either } = useLocal()
  if (choices.length === 0) return <p className={css['idle']}>{t('disputes.none')}</p>
  return (
    <div className={css['bar']}>
      {choices.map(({ move, name }) => (
        <Button
          key={move}
          size="xs"
          px={10}
          variant={FORWARD.includes(move) ? 'filled' : 'default'}
          disabled={isSending}
          onClick={() => onPress(move)}
        >
          {either(name.zh, name.en)}
        </Button>
      ))}
    </div>
  )
}
