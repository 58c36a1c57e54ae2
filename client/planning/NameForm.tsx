import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import css from './planning.module.css'

interface NameProps {
  readonly label: string
  readonly action: string
  readonly start: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onName: (name: string) => void
  readonly onCancel: () => void
}

/** Asks for the name of a draft. */
export function NameForm({ label, action, start, isBusy, error, onName, onCancel }: NameProps) {
  const { t } = useLocal()
  const sentence = useSentence()
  const [typed, setTyped] = useState(start)
  return (
    <form
      className={css['fork']}
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim()) onName(typed.trim())
      }}
    >
      <TextInput
        size="xs"
        label={label}
        maxLength={80}
        data-autofocus
        value={typed}
        error={error ? sentence(error) : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button size="xs" type="submit" loading={isBusy}>
          {action}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
