import { useState } from 'react'
import { SegmentedControl } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMay } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { Calendar } from './Calendar.tsx'
import { Conditions } from './Conditions.tsx'
import css from './rules.module.css'
import { useCalendars } from './rules.ts'
import { Trial } from './Trial.tsx'

const TABS = ['conditions', 'calendar', 'trial'] as const
type Tab = (typeof TABS)[number]

/** What deadlines are counted by: conditions with their limits, and the calendar. All may read, one role may write. */
export function RulesPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const mayWrite = useMay('rules.write')
  const [tab, setTab] = useState<Tab>('conditions')
  return (
    <Panel
      title={t('rules.title')}
      note={mayWrite ? t('rules.note') : `${t('rules.note')} · ${t('rules.readOnly')}`}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('rules.title')}
          value={tab}
          onChange={setTab}
          data={TABS.map((value) => ({ value, label: t(`rules.${value}`) }))}
        />
      }
      onClose={onClose}
    >
      <Alarm />
      {tab === 'conditions' ? <Conditions mayWrite={mayWrite} /> : null}
      {tab === 'calendar' ? <Calendar mayWrite={mayWrite} /> : null}
      {tab === 'trial' ? <Trial /> : null}
    </Panel>
  )
}

/** Stands until the notice is entered: a deadline that reaches an unknown year cannot be promised. */
function Alarm() {
  const { t } = useLocal()
  const alarm = useCalendars().data?.alarm ?? []
  if (alarm.length === 0) return null
  return (
    <div className={css['alarm']} role="alert">
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
      <p>
        <strong>
          {t('calendar.alarmTitle', { count: alarm.length, years: alarm.join(t('bound.and')) })}
        </strong>
        {t('calendar.alarm')}
      </p>
    </div>
  )
}
