import { useCallback, useEffect, useId, useState } from 'react'
import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { revealParty, type Dispute, type MaskedParty } from '#contract/disputes'
import { fileOf, handlerFor } from '#rules/disputes'
import { call } from '../data/api.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import css from './detail.module.css'

/** A name in clear stays on the screen for so long. */
const SHOWN_SECONDS = 60
const LEAST = 4

export function Parties({ dispute }: { readonly dispute: Dispute }) {
  const { t } = useLocal()
  const actor = useActor()
  const mayReveal = handlerFor(fileOf(dispute), actor) !== null
  return (
    <>
      <ul className={css['parties']}>
        {dispute.parties.map((party) => (
          <li key={party.n}>
            <span className={css['part']}>{t(`part.${party.part}`)}</span>
            <Secret dispute={dispute} party={party} field="name" mayReveal={mayReveal} />
            <Secret dispute={dispute} party={party} field="phone" mayReveal={mayReveal} />
          </li>
        ))}
      </ul>
      {mayReveal ? null : <p className={css['hint']}>{t('disputes.handledBy')}</p>}
    </>
  )
}

interface SecretProps {
  readonly dispute: Dispute
  readonly party: MaskedParty
  readonly field: 'name' | 'phone'
  readonly mayReveal: boolean
}

type Stage =
  | { readonly kind: 'masked' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'shown'; readonly value: string }

/** The value in clear lives in this component alone: it is gone after a minute, and with the panel. */
function Secret({ dispute, party, field, mayReveal }: SecretProps) {
  const { t } = useLocal()
  const [stage, setStage] = useState<Stage>({ kind: 'masked' })
  const client = useQueryClient()
  const hide = useCallback(() => setStage({ kind: 'masked' }), [])
  const masked = party[field]
  const place = css[field]
  if (masked === null) return <span className={`${css['none']} ${place}`}>{t('disputes.noPhone')}</span>
  if (stage.kind === 'shown') {
    return (
      <span className={`${css['shown']} ${place}`}>
        <Shown value={stage.value} onHide={hide} />
      </span>
    )
  }
  return (
    <>
      <span className={`${css['masked']} ${place}`}>
        {masked}
        {mayReveal && stage.kind === 'masked' ? (
          <UnstyledButton
            className={css['link']}
            aria-label={`${t(field === 'name' ? 'disputes.revealName' : 'disputes.revealPhone')} ${masked}`}
            onClick={() => setStage({ kind: 'asking' })}
          >
            {t('disputes.reveal')}
          </UnstyledButton>
        ) : null}
      </span>
      {stage.kind === 'asking' ? (
        <Asking
          dispute={dispute}
          n={party.n}
          field={field}
          onClose={hide}
          onShow={(value) => {
            setStage({ kind: 'shown', value })
            // The look is a line of the file's history.
            void client.invalidateQueries({ queryKey: ['disputes', 'one', dispute.id] })
          }}
        />
      ) : null}
    </>
  )
}

interface ShownProps {
  readonly value: string
  readonly onHide: () => void
}

function Shown({ value, onHide }: ShownProps) {
  const { t } = useLocal()
  const [left, setLeft] = useState(SHOWN_SECONDS)
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (left <= 0) onHide()
  }, [left, onHide])
  return (
    <>
      <strong>{value}</strong>
      <small>{t('disputes.hides', { n: left })}</small>
      <UnstyledButton className={css['link']} onClick={onHide}>
        {t('disputes.hide')}
      </UnstyledButton>
    </>
  )
}

interface AskingProps {
  readonly dispute: Dispute
  readonly n: number
  readonly field: 'name' | 'phone'
  readonly onShow: (value: string) => void
  readonly onClose: () => void
}

function Asking({ dispute, n, field, onShow, onClose }: AskingProps) {
  const { t } = useLocal()
  const sentence = useSentence()
  const id = useId()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>(null)
  const isReady = reason.trim().length >= LEAST
  async function show(): Promise<void> {
    try {
      const { value } = await call(revealParty, { params: { id: dispute.id }, body: { n, field, reason } })
      onShow(value)
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys bubble up from the field
    <form
      className={css['asking']}
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void show()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <TextInput
        id={id}
        size="xs"
        data-autofocus
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it opens at the press of its button
        autoFocus
        autoComplete="off"
        maxLength={500}
        label={t('disputes.revealReason')}
        value={reason}
        error={error ? sentence(error) : null}
        onChange={(typed) => setReason(typed.currentTarget.value)}
      />
      <div className={css['askingFoot']}>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button size="compact-xs" type="submit" disabled={!isReady}>
          {t('disputes.revealNow')}
        </Button>
      </div>
    </form>
  )
}
