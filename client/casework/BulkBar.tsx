import { useState } from 'react'
import { Button, CloseButton, UnstyledButton } from '@mantine/core'
import { moveMany, type Move, type MoveOrder } from '#contract/casework'
import type { ReplyOf } from '#contract/http'
import type { EventRow } from '#contract/events'
import { FLOW } from '#rules/casework'
import { Refusal } from '../data/api.ts'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { usePlainKeys } from '../ui/keys.ts'
import { uncheckAll } from './checked.ts'
import css from './desk.module.css'
import type { Desk } from './desks.ts'
import { Letter } from './Letter.tsx'
import { MoveForm } from './MoveForm.tsx'
import moveCss from './moves.module.css'
import { bulkMovesOf, fieldsOf, letterOf, movesOfDesk, orderOf, weightOf } from './moves.ts'
import { useMoveMany } from './work.ts'

type Outcome = ReplyOf<typeof moveMany>

interface BulkProps {
  readonly desk: Desk
  readonly checked: readonly EventRow[]
}

/** The foot of a desk: its keys; with rows checked, the moves on all of them; then what became of each. */
export function BulkBar({ desk, checked }: BulkProps) {
  const { t } = useLocal()
  const actor = useActor()
  const [move, setMove] = useState<Move | null>(null)
  const many = useMoveMany()
  const moves = bulkMovesOf(desk, actor)
  const [first] = checked

  function send(order: MoveOrder): void {
    many.mutate(
      { order, rows: checked },
      {
        onSuccess: () => {
          setMove(null)
          uncheckAll()
        },
      },
    )
  }
  function press(chosen: Move): void {
    many.reset()
    if (fieldsOf(chosen).length > 0) setMove(chosen)
    else if (first) send(orderOf(chosen, {}, first))
  }
  usePlainKeys((key) => {
    const chosen = moves.find((each) => letterOf(each) === key)
    if (!chosen || !first || move !== null || whyNot(chosen, checked) !== null) return false
    press(chosen)
    return true
  })

  if (many.data)
    return <Results outcome={many.data} rows={many.variables.rows} onClose={() => many.reset()} />
  if (!first) return <Hints desk={desk} />
  if (move !== null) {
    return (
      <div className={css['bulk']}>
        <MoveForm
          key={move}
          move={move}
          events={checked}
          error={many.error}
          isSending={many.isPending}
          onSend={send}
          onClose={() => setMove(null)}
        />
      </div>
    )
  }
  return (
    <div className={css['bulk']}>
      <div className={moveCss['bar']}>
        {moves.map((each) => (
          <BulkButton
            key={each}
            move={each}
            checked={checked}
            isSending={many.isPending && many.variables.order.move === each}
            onPress={press}
          />
        ))}
        <UnstyledButton className={moveCss['aside']} onClick={uncheckAll}>
          {t('work.clearSelection')}
        </UnstyledButton>
      </div>
    </div>
  )
}

/** One order fits all only where its fields ask the same of all. */
function whyNot(move: Move, checked: readonly EventRow[]): 'work.bulkOneClass' | null {
  const isMixed = checked.some(({ category }) => category !== checked[0]?.category)
  return FLOW[move].needs.includes('conditionId') && isMixed ? 'work.bulkOneClass' : null
}

interface ButtonProps {
  readonly move: Move
  readonly checked: readonly EventRow[]
  readonly isSending: boolean
  readonly onPress: (move: Move) => void
}

function BulkButton({ move, checked, isSending, onPress }: ButtonProps) {
  const { t, either, number } = useLocal()
  const { name } = FLOW[move]
  const why = whyNot(move, checked)
  return (
    <Button
      size="xs"
      variant={weightOf(move) === 'forward' ? 'filled' : 'default'}
      disabled={why !== null}
      title={why === null ? undefined : t(why)}
      loading={isSending}
      onClick={() => onPress(move)}
    >
      {either(name.zh, name.en)} {number(checked.length)}
      <Letter move={move} />
    </Button>
  )
}

function Hints({ desk }: { readonly desk: Desk }) {
  const { t, either } = useLocal()
  const actor = useActor()
  const keys = movesOfDesk(desk, actor).flatMap((move) => {
    const letter = letterOf(move)
    return letter === null ? [] : [{ letter, word: either(FLOW[move].name.zh, FLOW[move].name.en) }]
  })
  return (
    <p className={css['hints']} aria-label={t('keys.title')}>
      {[
        { letter: 'j', word: t('work.next') },
        { letter: 'k', word: t('work.previous') },
        ...(bulkMovesOf(desk, actor).length > 0 ? [{ letter: 'x', word: t('work.check') }] : []),
        ...keys,
      ].map(({ letter, word }) => (
        <span key={letter}>
          <kbd>{letter}</kbd>
          {word}
        </span>
      ))}
    </p>
  )
}

interface ResultsProps {
  readonly outcome: Outcome
  readonly rows: readonly EventRow[]
  readonly onClose: () => void
}

/** What was done, and what was refused with its reason; each line opens its event. */
function Results({ outcome, rows, onClose }: ResultsProps) {
  const { t, number, language } = useLocal()
  const set = useView((view) => view.set)
  const refused = outcome.items.flatMap((item) => (item.ok ? [] : [item]))
  return (
    <section className={css['bulk']} aria-label={t('work.results')}>
      <div className={css['resultsHead']}>
        <strong>{t('work.bulkDone', { count: outcome.done, n: number(outcome.done) })}</strong>
        {refused.length > 0 ? (
          <strong data-refused>
            {t('work.bulkRefused', { count: refused.length, n: number(refused.length) })}
          </strong>
        ) : null}
        <CloseButton size="sm" aria-label={t('work.closeResults')} onClick={onClose} />
      </div>
      {refused.length > 0 ? (
        <ul className={css['results']}>
          {refused.map(({ id, problem }) => (
            <li key={id}>
              <UnstyledButton
                className={css['link']}
                onClick={() => set({ selection: { kind: 'event', id }, mode: 'browse' })}
              >
                {rows.find((row) => row.id === id)?.number ?? `#${id}`}
              </UnstyledButton>
              <span>{new Refusal(problem).sentence(language)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
