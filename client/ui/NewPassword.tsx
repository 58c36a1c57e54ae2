import { PasswordInput } from '@mantine/core'
import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useLocal } from '../i18n/local.ts'
import css from './form.module.css'
import { demandsOn, type Chosen } from './password.ts'

interface NewPasswordProps {
  readonly chosen: Chosen
  readonly onChange: (part: Partial<Chosen>) => void
  readonly label: string
  readonly size: 'sm' | 'md'
  /** What the server said against it. */
  readonly fault: string | null
}

/** A password twice, with what is asked of it ticked off while it is typed. */
export function NewPassword({ chosen, onChange, label, size, fault }: NewPasswordProps) {
  const { t } = useLocal()
  return (
    <>
      <PasswordInput
        label={label}
        size={size}
        autoComplete="new-password"
        maxLength={200}
        value={chosen.password}
        onChange={(event) => onChange({ password: event.currentTarget.value })}
        error={fault}
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
      />
      <PasswordInput
        label={t('door.again')}
        size={size}
        autoComplete="new-password"
        maxLength={200}
        value={chosen.again}
        onChange={(event) => onChange({ again: event.currentTarget.value })}
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
      />
      <ul className={css['demands']} aria-label={t('door.rules')}>
        {demandsOn(chosen).map(({ name, isMet }) => (
          <li key={name} data-met={isMet}>
            {isMet ? <IconCircleCheck size={14} aria-hidden /> : <IconCircle size={14} aria-hidden />}
            {t(`door.${name}`)}
          </li>
        ))}
      </ul>
    </>
  )
}
