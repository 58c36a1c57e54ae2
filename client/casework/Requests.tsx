import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Case, Move, MoveOrder, Request } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { movesFor, REQUESTS } from '#rules/casework'
import { useGridName, useUnitName } from '../data/catalog.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import css from './case.module.css'
import { Collided } from './Collided.tsx'
import { MoveForm } from './MoveForm.tsx'
import { plainError, useMoveEvent } from './work.ts'

interface RequestsProps {
  readonly event: EventRow
  readonly work: Case
  readonly now: number
}

/** What was asked for, what waits first, with the buttons of those whose decision it is. */
export function Requests({ event, work, now }: RequestsProps) {
  const ordered = work.requests.toSorted(
    (a, b) => Number(a.decidedAt !== null) - Number(b.decidedAt !== null) || b.id - a.id,
  )
  return (
    <ul className={css['cards']}>
      {ordered.map((request) => (
        <li key={request.id} data-over={request.decidedAt !== null}>
          <RequestWords request={request} now={now} />
          {request.decidedAt === null ? (
            <Decide event={event} work={work} request={request} now={now} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function RequestWords({ request, now }: { readonly request: Request; readonly now: number }) {
  const { t } = useLocal()
  const unitName = useUnitName()
  const gridName = useGridName()
  const at = (instant: string) => exactWords(t, Date.parse(instant), now)
  const role: string = t(`role.${request.askedAs}` as 'role.handler', { defaultValue: request.askedAs })
  const isOneStage = REQUESTS[request.kind].endorse === null && request.stage === 'asked'
  const facts = [
    t('work.askedBy', { name: request.askedName, role, at: at(request.askedAt) }),
    request.unit === null ? null : unitName(request.unit),
    request.gridId === null ? null : t('work.toGrid', { grid: gridName(request.gridId) ?? '' }),
    request.until === null ? null : t('work.until2', { at: at(request.until) }),
  ].filter((fact) => fact !== null)
  return (
    <>
      <p className={css['cardHead']}>
        <strong>{t(`ask.${request.kind}`)}</strong>
        <span className={css['tag']} data-stage={request.stage}>
          {isOneStage ? t('work.askedOnly') : t(`work.stage.${request.stage}`)}
        </span>
      </p>
      <q className={css['said']}>{request.reason}</q>
      <p className={css['cardNote']}>{facts.join(' · ')}</p>
      {request.answer === null ? null : (
        <p className={css['cardNote']}>{t('work.answerOf', { answer: request.answer })}</p>
      )}
    </>
  )
}

interface DecideProps extends RequestsProps {
  readonly request: Request
}

function Decide({ event, work, request, now }: DecideProps) {
  const { either } = useLocal()
  const actor = useActor()
  const [form, setForm] = useState<Move | null>(null)
  const { mutation, collision } = useMoveEvent(event.id, event.version)
  const choices = movesFor({ event, work }, actor, now).filter(
    // An endorsement that is not asked for needs no button.
    ({ ask, move, verdict }) => ask === request.kind && (verdict.ok || move !== 'endorse'),
  )
  if (choices.length === 0) return null
  const ask = { ask: request.kind }
  const send = (order: MoveOrder) => mutation.mutate({ ...order, ...ask }, { onSuccess: () => setForm(null) })
  if (form !== null) {
    return (
      <div className={css['inForm']}>
        {collision ? <Collided collision={collision} /> : null}
        <MoveForm
          move={form}
          events={[event]}
          error={plainError(mutation.error)}
          isSending={mutation.isPending}
          onSend={send}
          onClose={() => setForm(null)}
        />
      </div>
    )
  }
  return (
    <>
      <div className={css['decide']}>
        {choices.map(({ move, name, verdict }) => (
          <Button
            key={move}
            size="compact-xs"
            variant={move === 'refuse' ? 'default' : 'filled'}
            disabled={!verdict.ok}
            loading={mutation.isPending && mutation.variables.move === move}
            onClick={() => (move === 'refuse' ? setForm(move) : send({ move }))}
          >
            {either(name.zh, name.en)}
          </Button>
        ))}
      </div>
      {collision ? <Collided collision={collision} /> : null}
      {choices.map(({ move, verdict }) =>
        verdict.ok ? null : (
          <p key={move} className={css['cardNote']}>
            {either(verdict.why.zh, verdict.why.en)}
          </p>
        ),
      )}
    </>
  )
}
