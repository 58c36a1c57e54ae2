import { ActionIcon, CopyButton, Skeleton, UnstyledButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { GridEvent } from '#contract/events'
import { light } from '#rules/deadlines'
import { useCategoryName, useGridName } from '../data/catalog.ts'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { LightMark } from '../ui/LightMark.tsx'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Failure } from '../ui/States.tsx'
import { Why } from '../ui/Why.tsx'
import { Deadline } from './Deadline.tsx'
import css from './detail.module.css'
import { History } from './History.tsx'
import { PlaceForm } from './PlaceForm.tsx'
import { useEvent } from '../data/event.ts'

export function EventDetail({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const now = useNow(LIGHT_SECONDS)
  const { data: event, error, refetch } = useEvent(id)
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
      note={<EventNumber number={event.number} />}
      onClose={onClose}
    >
      <Scroll>
        <Section>
          <Deadline event={event} now={now} />
        </Section>
        <Place event={event} />
        {event.gridId === null || (event.rule === 'person' && event.closedAt === null) ? (
          <Section heading={t('desk.place')}>
            <PlaceForm event={event} />
          </Section>
        ) : null}
        <Section heading={t('detail.description')}>
          <p className={css['description']} data-empty={event.description === null}>
            {event.description ?? t('detail.noDescription')}
          </p>
        </Section>
        <Record event={event} now={now} />
        <Section heading={t('detail.history')}>
          <History steps={event.steps} now={now} />
        </Section>
      </Scroll>
    </Panel>
  )
}

function EventNumber({ number }: { readonly number: string }) {
  const { t } = useLocal()
  return (
    <span className={css['number']}>
      {number}
      <CopyButton value={number}>
        {({ copied, copy }) => (
          <ActionIcon
            size={20}
            onClick={copy}
            aria-label={copied ? t('app.copied') : t('events.copyNumber')}
            title={copied ? t('app.copied') : t('events.copyNumber')}
          >
            {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  )
}

function Place({ event }: { readonly event: GridEvent }) {
  const { t } = useLocal()
  const gridName = useGridName()
  const set = useView((view) => view.set)
  const showGrid = (id: number) => set({ selection: { kind: 'grid', id } })
  const { grid, position, accuracyM } = event
  return (
    <Section heading={t('detail.place')}>
      <Facts>
        <Fact label={t('detail.address')}>{event.address ?? t('events.noAddress')}</Fact>
        <Fact label={t('detail.grid')}>
          {grid ? (
            <UnstyledButton className={css['link']} onClick={() => showGrid(grid.id)}>
              {gridName(grid.id) ?? grid.name}
            </UnstyledButton>
          ) : (
            t('events.noGrid')
          )}
        </Fact>
        <Fact label={t('detail.position')}>
          {position.map((degrees) => degrees.toFixed(6)).join(', ')}
          {accuracyM === null ? '' : ` · ${t('detail.accuracyM', { metres: accuracyM })}`}
        </Fact>
      </Facts>
      <h4 className={css['why']}>{grid ? t('rule.why') : t('rule.whyNone')}</h4>
      <Why placement={event.placement} grid={grid} accuracyM={accuracyM} onGrid={showGrid} />
    </Section>
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
