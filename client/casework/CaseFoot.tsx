import { useEffect } from 'react'
import { Alert, Button, UnstyledButton } from '@mantine/core'
import type { Case, Move } from '#contract/casework'
import type { EventRow } from '#contract/events'
import type { Words } from '#contract/http'
import { movesFor, type Choice } from '#rules/casework'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { usePlainKeys } from '../ui/keys.ts'
import { Shut } from '../ui/Shut.tsx'
import { useSentence } from '../ui/States.tsx'
import { useChecked } from './checked.ts'
import { Collided } from './Collided.tsx'
import { Letter } from './Letter.tsx'
import { MoveForm } from './MoveForm.tsx'
import css from './moves.module.css'
import { fieldsOf, letterOf, orderOf, sortChoices, weightOf } from './moves.ts'
import { closeMove, plainError, openMove, useMoveEvent, useWork } from './work.ts'

interface FootProps {
  readonly event: EventRow
  readonly work: Case
}

/** What this person may do with the case now: by the same rules that the server asks, so that no button is refused. */
export function CaseFoot({ event, work }: FootProps) {
  const { t } = useLocal()
  const sentence = useSentence()
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const begun = useWork(({ open }) => (open?.id === event.id ? open : null))
  const move = begun?.move ?? null
  const { mutation, collision } = useMoveEvent(event.id, event.version)
  const choices = movesFor({ event, work }, actor, now)
  const { open, shut } = sortChoices(choices)
  useEffect(() => closeMove, [event.id])

  function press(chosen: Move): void {
    mutation.reset()
    if (fieldsOf(chosen).length > 0) openMove(event.id, chosen)
    else mutation.mutate(orderOf(chosen, {}, event))
  }
  usePlainKeys((key) => {
    const choice = open.find((each) => letterOf(each.move) === key)
    // With rows checked the letters mean those.
    if (!choice || move !== null || useChecked.getState().ids.size > 0) return false
    press(choice.move)
    return true
  })

  if (choices.length === 0 && move === null) return null
  const error = plainError(mutation.error)
  return (
    <section className={css['foot']} aria-label={t('work.doing')}>
      {collision ? <Collided collision={collision} /> : null}
      {begun === null || move === null ? (
        <>
          <Bar
            choices={open}
            event={event}
            pending={mutation.isPending ? mutation.variables.move : null}
            onPress={press}
          />
          {error ? (
            <Alert className={css['failed'] ?? ''} color="red" variant="light" p={8}>
              {sentence(error)}
            </Alert>
          ) : null}
          <Shut choices={shut} summary={t('work.notNow', { count: shut.length, n: shut.length })} />
        </>
      ) : (
        <MoveForm
          key={`${move} ${begun.draft.gridId ?? ''}`}
          move={move}
          begun={begun.draft}
          events={[event]}
          error={error}
          isSending={mutation.isPending}
          against={standingOf(open, shut, move)}
          onSend={(order) => mutation.mutate(order)}
          onClose={closeMove}
        />
      )}
    </section>
  )
}

/** Why a form that is open cannot be sent any more: somebody or the clock was first. */
function standingOf(open: readonly Choice[], shut: readonly Choice[], move: Move): Words | 'gone' | null {
  if (open.some((each) => each.move === move)) return null
  const verdict = shut.find((each) => each.move === move)?.verdict
  return verdict && !verdict.ok ? verdict.why : 'gone'
}

interface BarProps {
  readonly choices: readonly Choice[]
  readonly event: EventRow
  readonly pending: Move | null
  readonly onPress: (move: Move) => void
}

function Bar({ choices, event, pending, onPress }: BarProps) {
  const { t, either } = useLocal()
  const wordsOf = ({ move, name }: Choice) =>
    move === 'important' && event.important ? t('work.importantOff') : either(name.zh, name.en)
  const aside = choices.filter(({ move }) => weightOf(move) === 'aside')
  const main = choices.filter(({ move }) => weightOf(move) !== 'aside')
  if (choices.length === 0) return <p className={css['idle']}>{t('work.none')}</p>
  return (
    <div className={css['bar']}>
      {main.map((choice) => (
        <Button
          key={choice.move}
          size="xs"
          px={10}
          variant={weightOf(choice.move) === 'forward' ? 'filled' : 'default'}
          loading={pending === choice.move}
          onClick={() => onPress(choice.move)}
        >
          {wordsOf(choice)}
          <Letter move={choice.move} />
        </Button>
      ))}
      {aside.map((choice) => (
        <UnstyledButton key={choice.move} className={css['aside']} onClick={() => onPress(choice.move)}>
          {wordsOf(choice)}
          <Letter move={choice.move} />
        </UnstyledButton>
      ))}
    </div>
  )
}
