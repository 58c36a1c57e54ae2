import { Skeleton } from '@mantine/core'
import type { Case } from '#contract/casework'
import type { GridEvent } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategoryName } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useCase, useEvent } from '../data/event.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { CopyNumber } from '../ui/CopyNumber.tsx'
import { LightMark } from '../ui/LightMark.tsx'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Failure } from '../ui/States.tsx'
import { CaseFoot } from './CaseFoot.tsx'
import { Deadline } from './Deadline.tsx'
import css from './detail.module.css'
import { Flags } from './Flags.tsx'
import { History } from './History.tsx'
import { Near } from './Near.tsx'
import { Obligations } from './Obligations.tsx'
import { Parts } from './Parts.tsx'
import { Photos } from './Photos.tsx'
import { Place } from './Place.tsx'
import { Requests } from './Requests.tsx'

interface DetailProps {
  readonly id: number
  readonly onClose: () => void
}

/** One case whole: its clocks, place, people and papers, with what this person may do at the foot. */
export function EventDetail({ id, onClose }: DetailProps) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const now = useNow(LIGHT_SECONDS)
  const { data: event, error, refetch } = useEvent(id)
  const work = useCase(id).data
  if (!event) {
    return (
      <Panel title={t('events.detail')} onClose={onClose}>
        {error ? <Failure error={error} retry={() => void refetch()} /> : <DetailComing />}
      </Panel>
    )
  }
  return (
    <Panel
      title={
        <>
          <LightMark light={light(event, now)} size={18} />
          {nameOf(event.category)}
        </>
      }
      note={<CopyNumber number={event.number} label={t('events.copyNumber')} />}
      onClose={onClose}
    >
      <Scroll>
        <Section>
          <Deadline event={event} work={work} now={now} />
          <Flags event={event} work={work} />
        </Section>
        <Section heading={t('detail.description')}>
          <p className={css['description']} data-empty={event.description === null}>
            {event.description ?? t('detail.noDescription')}
          </p>
        </Section>
        <Papers event={event} work={work} now={now} />
        {work ? (
          <Section heading={t('photos.title')} aside={work.photos.length || null}>
            <Photos event={event} photos={work.photos} />
          </Section>
        ) : null}
        <Place event={event} work={work} />
        {work && work.obligations.length > 0 ? (
          <Section heading={t('work.obligationsTitle')}>
            <Obligations event={event} work={work} now={now} />
          </Section>
        ) : null}
        <Record event={event} now={now} />
        <Section heading={t('detail.history')}>
          <History steps={event.steps} now={now} />
        </Section>
      </Scroll>
      {work ? <CaseFoot event={event} work={work} /> : null}
    </Panel>
  )
}

interface PapersProps {
  readonly event: GridEvent
  readonly work: Case | undefined
  readonly now: number
}

/** What waits in the case: requests, likely duplicates, the units' parts; each only where there are any. */
function Papers({ event, work, now }: PapersProps) {
  const { t } = useLocal()
  if (!work) return null
  return (
    <>
      {work.requests.length > 0 ? (
        <Section heading={t('work.requestsTitle')}>
          <Requests event={event} work={work} now={now} />
        </Section>
      ) : null}
      {work.assignments.length > 0 ? (
        <Section heading={t('work.unitsTitle')}>
          <Parts event={event} assignments={work.assignments} now={now} />
        </Section>
      ) : null}
      <Near event={event} work={work} />
    </>
  )
}

function Record({ event, now }: { readonly event: GridEvent; readonly now: number }) {
  const { t } = useLocal()
  const words = (instant: string) => exactWords(t, Date.parse(instant), now)
  return (
    <Section>
      <Facts>
        <Fact label={t('detail.status')}>{t(`status.${event.status}`)}</Fact>
        <Fact label={t('detail.source')}>{t(`source.${event.source}`)}</Fact>
        <Fact label={t('detail.occurred')}>{words(event.occurredAt)}</Fact>
        <Fact label={t('detail.reported')}>{words(event.reportedAt)}</Fact>
        {event.closedAt ? <Fact label={t('detail.ended')}>{words(event.closedAt)}</Fact> : null}
      </Facts>
    </Section>
  )
}

function DetailComing() {
  return (
    <Section>
      <Skeleton height={52} mb={16} />
      {[70, 52, 64, 40].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} mb={12} />
      ))}
    </Section>
  )
}
