import { useState } from 'react'
import { Popover, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { EventFilter } from '#contract/events'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import css from './filter.module.css'
import {
  dayEnd,
  dayStart,
  dayText,
  lastDayText,
  PERIODS,
  periodOf,
  startOf,
  withWindow,
  type Period,
} from './period.ts'

interface PeriodMenuProps {
  readonly filter: EventFilter
  readonly onChange: (filter: EventFilter) => void
}

export function PeriodMenu({ filter, onChange }: PeriodMenuProps) {
  const { t } = useLocal()
  const now = useNow(60)
  const [opened, setOpened] = useState(false)
  const current = periodOf(filter, now)
  const isSet = filter.from !== undefined || filter.to !== undefined
  const choose = (from: string | undefined, to: string | undefined) => onChange(withWindow(filter, from, to))
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={240} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={css['pill']} data-active={isSet} onClick={() => setOpened((was) => !was)}>
          {t('filter.period')}
          <IconChevronDown size={13} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={css['menu']}>
        <div className={css['choices']}>
          <UnstyledButton
            className={css['choice']}
            aria-pressed={!isSet}
            onClick={() => choose(undefined, undefined)}
          >
            {t('filter.anyTime')}
          </UnstyledButton>
          {(Object.keys(PERIODS) as Period[]).map((name) => (
            <UnstyledButton
              key={name}
              className={css['choice']}
              aria-pressed={current === name}
              onClick={() => choose(startOf(name, now), undefined)}
            >
              {t(`filter.${name}`)}
            </UnstyledButton>
          ))}
        </div>
        <div className={css['dates']}>
          <TextInput
            size="xs"
            type="date"
            label={t('filter.from')}
            value={dayText(filter.from)}
            onChange={(event) => choose(dayStart(event.currentTarget.value), filter.to)}
          />
          <TextInput
            size="xs"
            type="date"
            label={t('filter.to')}
            value={lastDayText(filter.to)}
            onChange={(event) => choose(filter.from, dayEnd(event.currentTarget.value))}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
