import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { DOCUMENTS, type Dispute } from '#contract/disputes'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { Fact, Facts } from '../ui/Panel.tsx'
import css from './detail.module.css'
import { RiskWord } from './RiskMark.tsx'

interface RecordProps {
  readonly dispute: Dispute
  readonly now: number
}

export function Sessions({ dispute, now }: RecordProps) {
  const { t } = useLocal()
  if (dispute.sessions.length === 0) return <p className={css['hint']}>{t('disputes.noSessions')}</p>
  return (
    <ol className={css['records']}>
      {dispute.sessions.map(({ n, at, mediator, note, outcome }) => (
        <li key={n}>
          <span className={css['recordName']}>{t(`session.${outcome}`)}</span>
          <time dateTime={at}>{exactWords(t, Date.parse(at), now)}</time>
          {mediator ? <span className={css['by']}>{mediator.name}</span> : null}
          {note === null ? null : <p className={css['quote']}>{note}</p>}
        </li>
      ))}
    </ol>
  )
}

export function Agreement({ dispute: { agreement }, now }: RecordProps) {
  const { t } = useLocal()
  if (agreement === null) return null
  const { kind, effectiveOn, performBy, confirmUntil, confirmation } = agreement
  const day = confirmUntil
  const isOver = Date.parse(`${confirmUntil}T23:59:59+08:00`) < now
  const window = isOver ? t('disputes.confirmOver', { day }) : t('disputes.confirmOpen', { day })
  return (
    <Facts>
      <Fact label={t('disputes.kind')}>{t(`disputes.${kind}`)}</Fact>
      <Fact label={t('disputes.effective')}>{effectiveOn}</Fact>
      {performBy === null ? null : <Fact label={t('disputes.performBy')}>{performBy}</Fact>}
      <Fact label={t('disputes.confirmation')}>
        {confirmation === null ? window : t(`disputes.${confirmation}`)}
      </Fact>
    </Facts>
  )
}

/** The nine forms: those that are there with their dates and notes, and those that are not. */
export function Documents({ dispute: { documents } }: Pick<RecordProps, 'dispute'>) {
  const { t } = useLocal()
  const have = new Set(documents.map(({ kind }) => kind)).size
  return (
    <>
      <p className={css['hint']}>{t('disputes.documentsOf', { have, all: DOCUMENTS.length })}</p>
      <ul className={css['documents']}>
        {DOCUMENTS.map((kind) => {
          const own = documents.filter((each) => each.kind === kind)
          return (
            <li key={kind} data-there={own.length > 0}>
              {own.length > 0 ? (
                <IconCircleCheck size={15} aria-hidden />
              ) : (
                <IconCircleDashed size={15} aria-hidden />
              )}
              <span>{t(`document.${kind}`)}</span>
              <span className={css['days']}>
                {own.length === 0 ? t('disputes.missing') : own.map(({ day }) => day).join(' · ')}
              </span>
              {own.flatMap(({ n, note }) =>
                note === null
                  ? []
                  : [
                      <p key={n} className={css['quote']}>
                        {note}
                      </p>,
                    ],
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

export function Revisits({ dispute: { revisits }, now }: RecordProps) {
  const { t } = useLocal()
  return (
    <ol className={css['records']}>
      {revisits.map(({ n, dueAt, doneAt, outcome, note }) => (
        <li key={n} data-late={doneAt === null && Date.parse(dueAt) < now}>
          <span className={css['recordName']}>
            {outcome === null ? t('waiting.revisit') : t(`revisit.${outcome}`)}
          </span>
          <time dateTime={doneAt ?? dueAt}>
            {doneAt === null
              ? t('disputes.revisitDue', { at: exactWords(t, Date.parse(dueAt), now) })
              : t('disputes.revisitDone', { at: exactWords(t, Date.parse(doneAt), now) })}
          </time>
          {note === null ? null : <p className={css['quote']}>{note}</p>}
        </li>
      ))}
    </ol>
  )
}

export function Risks({ dispute: { risks }, now }: RecordProps) {
  const { t } = useLocal()
  return (
    <ol className={css['records']}>
      {risks.map(({ n, at, by, risk, proposed, reason }) => (
        <li key={n}>
          <span className={css['recordName']}>
            <RiskWord risk={risk} />
            {proposed === risk ? null : (
              <small>{t('disputes.proposed', { risk: t(`risk.${proposed}`) })}</small>
            )}
          </span>
          <time dateTime={at}>{exactWords(t, Date.parse(at), now)}</time>
          {by === null ? null : <span className={css['by']}>{by}</span>}
          {reason === null ? null : <p className={css['quote']}>{reason}</p>}
        </li>
      ))}
    </ol>
  )
}

export function History({ dispute: { steps }, now }: RecordProps) {
  const { t } = useLocal()
  const word = (tree: 'disputeStep' | 'role', key: string): string =>
    t(`${tree}.${key}` as 'disputeStep.risk', { defaultValue: key })
  return (
    <ol className={css['history']} aria-label={t('disputes.history')}>
      {steps.map(({ at, step, name, role, reason }, k) => (
        <li key={k}>
          <span className={css['recordName']}>{word('disputeStep', step.replace('dispute.', ''))}</span>
          <time dateTime={at}>{exactWords(t, Date.parse(at), now)}</time>
          <span className={css['by']}>
            {[name, role === undefined ? undefined : word('role', role)]
              .filter((each) => each !== undefined)
              .join(' · ')}
          </span>
          {reason === undefined ? null : <p className={css['quote']}>{reason}</p>}
        </li>
      ))}
    </ol>
  )
}
