import { useEffect, useState } from 'react'
import { Alert, Button, Select, Textarea, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { EVENT_SOURCES, type EventReport, type EventSource, type GridEvent } from '#contract/events'
import { useGridName } from '../data/catalog.ts'
import { useGesture } from '../data/gesture.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { useSentence } from '../ui/States.tsx'
import { ClassField } from './ClassField.tsx'
import css from './report.module.css'
import { refusedField, useReport } from './report.ts'
import { SolvedField, useMaySolve } from './SolvedField.tsx'
import { WhereField } from './WhereField.tsx'

const LONGEST = 2000

/** Reporting an event: where, with the grid that it will go to; what; in words. */
export function ReportPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const sentence = useSentence()
  const at = useGesture((gesture) => gesture.at)
  const point = useGesture((gesture) => gesture.point)
  const [address, setAddress] = useState<string | null>(null)
  const [category, setCategory] = useState<string | null>(null)
  const [description, setDescription] = useState('')
  const [source, setSource] = useState<EventSource>('grid-worker')
  const [note, setNote] = useState<string | null>(null)
  const may = useMaySolve(at, category)
  const solved = may ? (note?.trim() ?? null) : null
  const sent = useSent(onClose)
  const report = useReport(sent)
  useEffect(() => () => point(null), [point])

  const field = refusedField(report.error)
  const refusal = report.error ? sentence(report.error) : null
  const fault = (names: readonly (keyof EventReport)[]) => (field && names.includes(field) ? refusal : null)
  const missing = useMissing(at !== null, category !== null, solved !== '')

  function submit(): void {
    if (!at || !category || missing !== null) return
    const text = description.trim()
    report.mutate({
      position: at,
      category,
      source,
      ...(address ? { address } : {}),
      ...(text ? { description: text } : {}),
      ...(solved === null ? {} : { solved: { note: solved } }),
    })
  }

  return (
    <Panel title={t('report.title')} onClose={onClose}>
      <Scroll>
        <Section heading={t('report.where')}>
          <WhereField
            address={address}
            onAddress={setAddress}
            fault={fault(['position', 'address', 'accuracyM'])}
          />
        </Section>
        <Section heading={t('report.what')}>
          <ClassField value={category} onChange={setCategory} fault={fault(['category'])} />
        </Section>
        <Section
          heading={t('report.describe')}
          aside={<span className={css['length']}>{t('report.count', { count: description.length })}</span>}
        >
          <Textarea
            aria-label={t('report.describe')}
            placeholder={t('report.describeHint')}
            autosize
            minRows={3}
            maxRows={10}
            maxLength={LONGEST}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            error={fault(['description'])}
          />
        </Section>
        <Section heading={t('report.source')}>
          <Select
            aria-label={t('report.source')}
            allowDeselect={false}
            value={source}
            onChange={(value) => setSource(EVENT_SOURCES.find((each) => each === value) ?? source)}
            data={EVENT_SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
            error={fault(['source'])}
          />
        </Section>
        {may ? (
          <Section>
            <SolvedField note={note} onChange={setNote} fault={fault(['solved'])} />
          </Section>
        ) : null}
        {refusal && !field ? (
          <Section>
            <Alert color="red" variant="light" title={t('report.refused')}>
              {refusal}
            </Alert>
          </Section>
        ) : null}
      </Scroll>
      <footer className={css['foot']}>
        <span className={css['missing']}>{missing}</span>
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button disabled={missing !== null} loading={report.isPending} onClick={submit}>
          {t('report.send')}
        </Button>
      </footer>
    </Panel>
  )
}

/** What is still to be filled in, the first of it. */
function useMissing(hasPlace: boolean, hasClass: boolean, hasNote: boolean): string | null {
  const { t } = useLocal()
  if (!hasPlace) return t('report.needPlace')
  if (!hasClass) return t('report.needClass')
  return hasNote ? null : t('report.needNote')
}

/** Says where the report went, with a way to it; what was solved on the spot opens, for its photos. */
function useSent(onClose: () => void): (event: GridEvent) => void {
  const { t } = useLocal()
  const gridName = useGridName()
  return (event) => {
    const grid = event.grid ? (gridName(event.grid.id) ?? event.grid.name) : null
    const id = notifications.show({
      color: 'accent',
      title: t('report.sent'),
      autoClose: 12_000,
      message: (
        <span className={css['sent']}>
          {grid
            ? t('report.sentTo', { number: event.number, grid })
            : t('report.sentDesk', { number: event.number })}
          <UnstyledButton
            className={css['link']}
            onClick={() => {
              open(event.id)
              notifications.hide(id)
            }}
          >
            {t('report.open')}
          </UnstyledButton>
        </span>
      ),
    })
    onClose()
    if (event.closedAt !== null) open(event.id)
  }
}

function open(id: number): void {
  useView.getState().set({ selection: { kind: 'event', id }, mode: 'browse' })
}
