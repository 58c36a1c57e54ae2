import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Alert, Button, Textarea } from '@mantine/core'
import type { Move, MoveOrder } from '#contract/casework'
import type { EventRow } from '#contract/events'
import type { Words } from '#contract/http'
import { FLOW } from '#rules/casework'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import { FieldFor } from './fields.tsx'
import css from './moves.module.css'
import { fieldsOf, missingOf, mustExplain, orderOf, type Draft } from './moves.ts'

interface FormProps {
  readonly move: Move
  /** One event, or several of which all agree in what the fields ask about. */
  readonly events: readonly EventRow[]
  /** What is filled in from the start. */
  readonly begun?: Draft
  readonly error: unknown
  readonly isSending: boolean
  /** What stands against it now, though the form is open; `gone` where it is no longer anybody's move. */
  readonly against?: Words | 'gone' | null
  readonly onSend: (order: MoveOrder) => void
  readonly onClose: () => void
}

const LONGEST = 500
const NOTHING: Draft = {}
/** A list that opens by itself would hide what stands above it. */
const FIRST = 'button[aria-pressed], input:not([aria-haspopup]), textarea'

/** What a move must be told. Ctrl+Enter sends; what was typed stays until the move is done or the form is closed. */
export function MoveForm({
  move,
  events,
  begun = NOTHING,
  error,
  isSending,
  against = null,
  onSend,
  onClose,
}: FormProps) {
  const { t, either } = useLocal()
  const sentence = useSentence()
  const [draft, setDraft] = useState<Draft>(begun)
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>(FIRST)
    ;(first ?? form.current)?.focus()
  }, [])
  const [event] = events
  if (!event) return null
  const { name } = FLOW[move]
  const missing = missingOf(move, draft)
  const canSend = missing.length === 0 && against === null
  const send = () => {
    if (canSend && !isSending) onSend(orderOf(move, draft, event))
  }
  function onKeyDown(press: KeyboardEvent): void {
    if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) {
      press.preventDefault()
      send()
    }
    if (press.key === 'Escape') {
      press.stopPropagation()
      onClose()
    }
  }
  const change = (part: Draft) => setDraft((before) => ({ ...before, ...part }))
  const fields = fieldsOf(move)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the fields
    <form
      ref={form}
      tabIndex={-1}
      className={css['form']}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onSubmit={(submit) => {
        submit.preventDefault()
        send()
      }}
    >
      <h3 id={id} className={css['formTitle']}>
        {either(name.zh, name.en)}
      </h3>
      {error ? (
        <Alert color="red" variant="light" p={8}>
          {sentence(error)}
        </Alert>
      ) : null}
      {against ? (
        <Alert color="yellow" variant="light" p={8}>
          {against === 'gone' ? t('work.gone') : either(against.zh, against.en)}
        </Alert>
      ) : null}
      {fields
        .filter((field) => field !== 'reason')
        .map((field) => (
          <FieldFor key={field} field={field} move={move} events={events} draft={draft} onChange={change} />
        ))}
      {fields.includes('reason') ? (
        <Textarea
          size="xs"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={LONGEST}
          label={mustExplain(move, draft.outcome) ? t('work.reason') : t('work.reasonOptional')}
          withAsterisk={mustExplain(move, draft.outcome)}
          placeholder={t(`work.reasonFor.${move}` as 'work.reasonFor.note', { defaultValue: '' })}
          value={draft.reason ?? ''}
          onChange={(typed) => change({ reason: typed.currentTarget.value })}
        />
      ) : null}
      <div className={css['formFoot']}>
        <span className={css['keysNote']}>{t('work.sendKeys')}</span>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={!canSend} loading={isSending}>
          {either(name.zh, name.en)}
        </Button>
      </div>
    </form>
  )
}
