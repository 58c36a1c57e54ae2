import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '@mantine/core'
import type { Actor } from '#contract/accounts'
import type { Dispute, DisputeMove, DisputeOrder } from '#contract/disputes'
import { decide, fileOf, FLOW } from '#rules/disputes'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { FieldFor } from './fields.tsx'
import css from './foot.module.css'
import { canSend, FIELDS, orderOf, type Draft } from './orders.ts'

interface FormProps {
  readonly move: DisputeMove
  readonly dispute: Dispute
  readonly isSending: boolean
  readonly onSend: (order: DisputeOrder) => void
  readonly onClose: () => void
}

/** What a move must be told. Ctrl+Enter sends; nothing typed here outlives the form. */
export function DisputeForm({ move, dispute, isSending, onSend, onClose }: FormProps) {
  const { t, either } = useLocal()
  const actor = useActor()
  const now = useNow(LIGHT_SECONDS)
  const [draft, setDraft] = useState<Draft>(() => begun(move, dispute, actor))
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>(
      'input:not([aria-haspopup], [type=hidden]), textarea',
    )
    ;(first ?? form.current)?.focus()
  }, [])
  const { name } = FLOW[move]
  const order = orderOf(move, draft)
  const isReady = canSend(dispute, order, actor, now) && !isSending
  const verdict = decide(fileOf(dispute), order, actor, now)
  // What is merely not filled in yet needs no reproach.
  const against = verdict.ok || verdict.kind === 'invalid' ? null : verdict.why
  const send = () => {
    if (isReady) onSend(order)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the fields
    <form
      ref={form}
      tabIndex={-1}
      className={css['form']}
      aria-labelledby={id}
      onKeyDown={(press) => {
        if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) {
          press.preventDefault()
          send()
        }
        if (press.key !== 'Escape') return
        press.stopPropagation()
        onClose()
      }}
      onSubmit={(submit) => {
        submit.preventDefault()
        send()
      }}
    >
      <h3 id={id} className={css['formTitle']}>
        {either(name.zh, name.en)}
      </h3>
      {against ? <p className={css['against']}>{either(against.zh, against.en)}</p> : null}
      {FIELDS[move].map((field) => (
        <FieldFor
          key={field}
          field={field}
          move={move}
          dispute={dispute}
          draft={draft}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
        />
      ))}
      <div className={css['formFoot']}>
        <span className={css['keys']}>{t('disputes.keys')}</span>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={!isReady} loading={isSending}>
          {either(name.zh, name.en)}
        </Button>
      </div>
    </form>
  )
}

/** What a form is filled with from the start. */
function begun(move: DisputeMove, { risk, signs }: Dispute, { account, duties }: Actor): Draft {
  const isMediator = duties.every(({ role }) => role === 'mediator')
  if (move === 'assign' && isMediator && account !== null) return { mediatorId: account }
  if (move === 'risk') return { risk, signs: [...signs] }
  if (move === 'party') return { party: { part: 'other', name: '' } }
  return {}
}
