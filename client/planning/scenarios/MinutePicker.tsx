import { Button, TextInput } from '@mantine/core'
import { serverNow } from '../../data/live.ts'
import { useLocal } from '../../i18n/local.ts'
import { firstOfNextMonth, fromInput, minutesAhead, nextMidnight, toInput } from './minutes.ts'
import css from './scenarios.module.css'

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
        min={toInput(minutesAhead(serverNow(), 1))}
        value={toInput(value)}
        onChange={(event) => {
          const typed = event.currentTarget.value
          if (typed !== '') onChange(fromInput(typed))
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
