import { useState } from 'react'
import { Button, UnstyledButton } from '@mantine/core'
import type { Case, Obligation } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { movesFor } from '#rules/casework'
import { useActor } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords } from '../i18n/span.ts'
import css from './case.module.css'
import { MoveForm } from './MoveForm.tsx'
import { plainError, useMoveEvent } from './work.ts'

interface ObligationsProps {
  readonly event: EventRow
  readonly work: Case
  readonly now: number
}

/** What each channel was promised: its own deadline and reply, also of the events that went into this one. */
export function Obligations({ event, work, now }: ObligationsProps) {
  const { either } = useLocal()
  const actor = useActor()
  const [answered, setAnswered] = useState<number | null>(null)
  const { mutation } = useMoveEvent(event.id, event.version)
  const reply = movesFor({ event, work }, actor, now).find(({ move }) => move === 'reply')
  return (
    <ul className={css['cards']}>
      {work.obligations.map((obligation) => (
        <li key={obligation.id} data-over={obligation.repliedAt !== null}>
          <PromiseWords event={event} obligation={obligation} now={now} />
          {reply && obligation.repliedAt === null && answered !== obligation.id ? (
            <div className={css['decide']}>
              <Button size="compact-xs" variant="default" onClick={() => setAnswered(obligation.id)}>
                {either(reply.name.zh, reply.name.en)}
              </Button>
            </div>
          ) : null}
          {answered === obligation.id ? (
            <div className={css['inForm']}>
              <MoveForm
                move="reply"
                events={[event]}
                error={plainError(mutation.error)}
                isSending={mutation.isPending}
                onSend={(order) =>
                  mutation.mutate(
                    { ...order, obligationId: obligation.id },
                    { onSuccess: () => setAnswered(null) },
                  )
                }
                onClose={() => setAnswered(null)}
              />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

interface PromiseProps {
  readonly event: EventRow
  readonly obligation: Obligation
  readonly now: number
}

function PromiseWords({ event, obligation, now }: PromiseProps) {
  const { t } = useLocal()
  const set = useView((view) => view.set)
  const { dueAt, repliedAt, reply, channel, eventId } = obligation
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const isLate = repliedAt === null && now > Date.parse(dueAt)
  return (
    <>
      <p className={css['cardHead']}>
        <strong>{t(`channel.${channel}`)}</strong>
        {repliedAt === null ? (
          <span className={css['clock']} style={isLate ? { color: 'var(--ink-red)' } : {}}>
            {leftWords(t, Date.parse(dueAt), now)}
          </span>
        ) : (
          <span className={css['tag']}>{t('work.obligationReplied', { at: at(repliedAt) })}</span>
        )}
      </p>
      {reply === null ? null : <q className={css['said']}>{reply}</q>}
      <p className={css['cardNote']}>
        {t('work.obligationDue', { at: at(dueAt) })}
        {eventId === event.id ? null : (
          <UnstyledButton
            className={css['link']}
            onClick={() => set({ selection: { kind: 'event', id: eventId } })}
          >
            {` · ${t('work.obligationOf', { number: eventId })}`}
          </UnstyledButton>
        )}
      </p>
    </>
  )
}
