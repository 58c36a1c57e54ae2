import { Button, TextInput } from '@mantine/core'
import { serverNow } from '../../data/live.ts'
import { useLocal } from '../../i18n/local.ts'
import css from './scenarios.module.css'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** China keeps UTC+8 all year. */
const OFFSET = 480 * MINUTE

const toInput = (instant: string): string => new Date(Date.parse(instant) + OFFSET).toISOString().slice(0, 16)
const instantAt = (ms: number): string => new Date(ms).toISOString()

/** Midnight in China on the first of the month after. */
export function firstOfNextMonth(now: number): string {
  const day = new Date(now + OFFSET)
  return instantAt(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) - OFFSET)
}

export function nextMidnight(now: number): string {
  return instantAt((Math.floor((now + OFFSET) / DAY) + 1) * DAY - OFFSET)
}

/** A whole minute, at least so many minutes ahead. */
export function minutesAhead(now: number, minutes: number): string {
  return instantAt((Math.ceil(now / MINUTE) + minutes - 1) * MINUTE)
}

const QUICK = {
  soon: (now: number) => minutesAhead(now, 2),
  tomorrow: nextMidnight,
  month: firstOfNextMonth,
} as const

interface PickerProps {
  readonly value: string
  readonly onChange: (instant: string) => void
}

/** A day and minute in China's time, wherever the screen stands. */
export function MinutePicker({ value, onChange }: PickerProps) {
  const { t } = useLocal()
  return (
    <>
      <TextInput
        size="xs"
        type="datetime-local"
        step={60}
        label={t('scenarios.decide.effectiveAt')}
        min={toInput(instantAt(serverNow()))}
        value={toInput(value)}
        onChange={(event) => {
          const typed = event.currentTarget.value
          if (typed !== '') onChange(instantAt(Date.parse(`${typed.slice(0, 16)}:00+08:00`)))
        }}
      />
      <div className={css['buttons']}>
        {(['month', 'tomorrow', 'soon'] as const).map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            onClick={() => onChange(QUICK[name](serverNow()))}
          >
            {t(`scenarios.decide.quick.${name}`)}
          </Button>
        ))}
      </div>
    </>
  )
}
