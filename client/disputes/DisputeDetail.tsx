import type { ReactNode } from 'react'
import { UnstyledButton } from '@mantine/core'
import type { Dispute } from '#contract/disputes'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useGridName } from '../data/catalog.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords, leftWords } from '../i18n/span.ts'
import { CopyNumber } from '../ui/CopyNumber.tsx'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Failure, RowsComing } from '../ui/States.tsx'
import css from './detail.module.css'
import { DisputeFoot } from './DisputeFoot.tsx'
import { urgencyOf } from './DisputeLine.tsx'
import { Parties } from './Parties.tsx'
import { useClassWords, useDispute } from './queries.ts'
import { Agreement, Documents, History, Revisits, Risks, Sessions } from './records.tsx'
import { RiskMark, RiskWord } from './RiskMark.tsx'

interface DetailProps {
  readonly id: number
  readonly onClose: () => void
}

/** One file whole, masked; what this person may do with it stands at the foot. */
export function DisputeDetail({ id, onClose }: DetailProps) {
  const { t } = useLocal()
  const now = useNow(LIGHT_SECONDS)
  const { nameOf } = useClassWords()
  const { data: dispute, error, refetch } = useDispute(id)
  if (!dispute) {
    return (
      <Panel title={t('disputes.detail')} onClose={onClose}>
        {error ? <Failure error={error} retry={() => void refetch()} /> : <RowsComing rows={5} />}
      </Panel>
    )
  }
  return (
    <Panel
      title={
        <>
          <RiskMark risk={dispute.risk} size={18} />
          {nameOf(dispute.class)}
        </>
      }
      note={<CopyNumber number={dispute.number} label={t('disputes.number')} />}
      onClose={onClose}
    >
      <Scroll>
        <Section>
          <NextDue dispute={dispute} now={now} />
        </Section>
        <Section heading={t('disputes.parties')} aside={dispute.parties.length}>
          <Parties dispute={dispute} />
        </Section>
        <Section heading={t('disputes.summary')}>
          <p className={css['text']} data-empty={dispute.summary === null}>
            {dispute.summary ?? t('disputes.noSummary')}
          </p>
        </Section>
        <Section heading={t('disputes.facts')}>
          <Record dispute={dispute} now={now} />
        </Section>
        <Records dispute={dispute} now={now} />
      </Scroll>
      <DisputeFoot dispute={dispute} />
    </Panel>
  )
}

function Records({ dispute, now }: { readonly dispute: Dispute; readonly now: number }) {
  const { t } = useLocal()
  const parts: readonly (readonly [heading: string, content: ReactNode, isShown: boolean])[] = [
    [t('disputes.sessions'), <Sessions key="s" dispute={dispute} now={now} />, true],
    [t('disputes.agreement'), <Agreement key="a" dispute={dispute} now={now} />, dispute.agreement !== null],
    [t('disputes.documents'), <Documents key="d" dispute={dispute} />, true],
    [t('disputes.revisits'), <Revisits key="r" dispute={dispute} now={now} />, dispute.revisits.length > 0],
    [t('disputes.risks'), <Risks key="k" dispute={dispute} now={now} />, dispute.risks.length > 0],
    [t('disputes.history'), <History key="h" dispute={dispute} now={now} />, true],
  ]
  return parts.map(([heading, content, isShown]) =>
    isShown ? (
      <Section key={heading} heading={heading}>
        {content}
      </Section>
    ) : null,
  )
}

/** Where the file stands, and the promise that falls due next. */
function NextDue({ dispute, now }: { readonly dispute: Dispute; readonly now: number }) {
  const { t } = useLocal()
  const { next, status, risk } = dispute
  return (
    <div className={css['next']} data-urgency={urgencyOf(next, now)}>
      <p className={css['standing']}>
        {t(`disputeStatus.${status}`)}
        <RiskWord risk={risk} />
      </p>
      {next === null ? null : (
        <>
          <p className={css['left']}>
            {t(`waiting.${next.kind}`)} {leftWords(t, Date.parse(next.at), now)}
          </p>
          <p className={css['due']}>{exactWords(t, Date.parse(next.at), now)}</p>
        </>
      )}
    </div>
  )
}

function Record({ dispute, now }: { readonly dispute: Dispute; readonly now: number }) {
  const { t } = useLocal()
  const { shortOf } = useClassWords()
  const gridName = useGridName()
  const set = useView((view) => view.set)
  const words = (instant: string) => exactWords(t, Date.parse(instant), now)
  const { gridId, signs, mediator, referredTo, place, closedAt, extendedAt } = dispute
  return (
    <Facts>
      <Fact label={t('disputes.subclass')}>{shortOf(dispute.class, dispute.subclass)}</Fact>
      <Fact label={t('disputes.grid')}>
        <UnstyledButton
          className={css['link']}
          onClick={() => set({ selection: { kind: 'grid', id: gridId } })}
        >
          {gridName(gridId) ?? gridId}
        </UnstyledButton>
      </Fact>
      {place === null ? null : <Fact label={t('disputes.place')}>{place}</Fact>}
      <Fact label={t('disputes.mediator')}>{mediator?.name ?? t('disputes.noMediator')}</Fact>
      {referredTo === null ? null : (
        <Fact label={t('disputes.referredTo')}>{t(`referral.${referredTo}`)}</Fact>
      )}
      <Fact label={t('disputes.source')}>{t(`disputeSource.${dispute.source}`)}</Fact>
      <Fact label={t('disputes.scale')}>
        {t(`scale.${dispute.scale}`)} · {t('disputes.peopleOf', { n: dispute.people })}
      </Fact>
      <Fact label={t('disputes.signs')}>
        {signs.length === 0 ? t('disputes.noSigns') : signs.map((sign) => t(`sign.${sign}`)).join(' · ')}
      </Fact>
      <Fact label={t('disputes.registered')}>{words(dispute.registeredAt)}</Fact>
      <Fact label={t('disputes.limit')}>
        {words(dispute.dueAt)}
        {extendedAt === null ? null : <small className={css['aside']}>{t('disputes.extended')}</small>}
      </Fact>
      {closedAt === null ? null : <Fact label={t('disputes.closed')}>{words(closedAt)}</Fact>}
    </Facts>
  )
}
