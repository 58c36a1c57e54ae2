import { useState } from 'react'
import { ActionIcon, Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { CalendarYear } from '#contract/deadlines'
import { checkYear } from '#rules/deadlines'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import { Scroll, Section } from '../ui/Panel.tsx'
import { Refused } from '../ui/Refused.tsx'
import css from './calendar.module.css'
import { clockOf, hoursOf, workdays, type YearDraft } from './calendar.ts'
import { useSaveCalendar } from './rules.ts'

interface FormProps {
  readonly draft: YearDraft
  /** The year in force. */
  readonly known: CalendarYear | null
  readonly onChange: (draft: YearDraft) => void
  readonly onDone: () => void
}

const KINDS = ['notice', 'provisional'] as const
const MOST_SPANS = 4

/** A year as the administrator enters it: days by pressing them, hours and the reason here. */
export function CalendarForm({ draft, known, onChange, onDone }: FormProps) {
  const { t, either } = useLocal()
  const [reason, setReason] = useState('')
  const { year, kind, off, work, hours } = draft
  const saving = useSaveCalendar((version) => {
    notifications.show({ color: 'accent', message: t('calendar.saved', { year, version }) })
    onDone()
  })
  const faults = useFaults(saving.error, ['reason'])
  const wrong = checkYear(draft)
  const said = wrong ? either(wrong.why.zh, wrong.why.en) : null
  const set = (part: Partial<YearDraft>) => onChange({ ...draft, ...part })
  return (
    <Scroll>
      <Section heading={t('calendar.edit')}>
        <p className={css['note']}>{t('calendar.editNote')}</p>
        <p className={css['counts']}>
          <strong>{t('calendar.workdays', { count: workdays(draft) })}</strong>
          <span>{t('calendar.offN', { count: off.length })}</span>
          <span>{t('calendar.workN', { count: work.length })}</span>
        </p>
      </Section>
      <Section heading={t('calendar.kind')}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('calendar.kind')}
          value={kind}
          onChange={(value) => set({ kind: value })}
          data={KINDS.map((value) => ({ value, label: t(`calendar.${value}`) }))}
        />
      </Section>
      <Section heading={t('calendar.hours')}>
        <Hours hours={hours} onChange={(next) => set({ hours: next })} />
      </Section>
      <Section>
        <div className={css['fields']}>
          <Textarea
            size="xs"
            label={t('calendar.reason')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={faults.at('reason')}
          />
          <Refused title={t('rules.refused')} why={said ?? faults.general} />
          <div className={css['buttons']}>
            <Button
              disabled={wrong !== null || reason.trim() === '' || isSame(draft, known)}
              loading={saving.isPending}
              onClick={() =>
                saving.mutate({ year, kind, off: [...off], work: [...work], hours, reason: reason.trim() })
              }
            >
              {t('calendar.save')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('app.cancel')}
            </Button>
          </div>
        </div>
      </Section>
    </Scroll>
  )
}

interface HoursProps {
  readonly hours: YearDraft['hours']
  readonly onChange: (hours: YearDraft['hours']) => void
}

function Hours({ hours, onChange }: HoursProps) {
  const { t } = useLocal()
  const replace = (at: number, span: [number, number]) =>
    onChange(hours.map((each, k) => (k === at ? span : each)))
  return (
    <div className={css['hours']}>
      {hours.map(([from = 0, to = 0], at) => (
        // Spans have no identity, and keep their order.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at}>
          <TextInput
            size="xs"
            type="time"
            aria-label={t('calendar.from')}
            value={clockOf(from)}
            onChange={(event) => replace(at, [hoursOf(event.currentTarget.value, 'from'), to])}
          />
          <span aria-hidden>–</span>
          <TextInput
            size="xs"
            type="time"
            aria-label={t('calendar.to')}
            value={clockOf(to)}
            onChange={(event) => replace(at, [from, hoursOf(event.currentTarget.value, 'to')])}
          />
          <ActionIcon
            aria-label={t('calendar.removeHours')}
            title={t('calendar.removeHours')}
            disabled={hours.length === 1}
            onClick={() => onChange(hours.filter((_, k) => k !== at))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {hours.length < MOST_SPANS ? (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...hours, [hours.at(-1)?.[1] ?? 8, 24]])}
        >
          {t('calendar.addHours')}
        </Button>
      ) : null}
    </div>
  )
}

function isSame({ kind, off, work, hours }: YearDraft, known: CalendarYear | null): boolean {
  const text = (year: Omit<YearDraft, 'year'>) =>
    JSON.stringify([year.kind, year.off.toSorted(), year.work.toSorted(), year.hours])
  return known !== null && text({ kind, off, work, hours }) === text(known)
}
