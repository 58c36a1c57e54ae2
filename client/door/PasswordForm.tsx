import { useState, type FormEvent } from 'react'
import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { changePassword, type Me } from '#contract/accounts'
import { call } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import css from './account.module.css'
import { NewPassword } from '../ui/NewPassword.tsx'
import { isAcceptable, NOTHING_CHOSEN } from '../ui/password.ts'
import { Refused } from '../ui/Refused.tsx'

export function PasswordForm({ me, onDone }: { readonly me: Me; readonly onDone: () => void }) {
  const { t } = useLocal()
  const [given, setGiven] = useState({ current: '', ...NOTHING_CHOSEN })
  const changing = useMutation({
    mutationFn: () => call(changePassword, { body: { current: given.current, next: given.password } }),
    onSuccess: () => {
      notifications.show({ color: 'accent', message: t('account.saved') })
      onDone()
    },
  })
  const faults = useFaults(changing.error, ['current', 'next'])
  const chosen = { ...given, login: me.login, name: me.name }
  const set = (part: Partial<typeof given>) => setGiven({ ...given, ...part })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (given.current && isAcceptable(chosen)) changing.mutate()
  }

  return (
    <form className={css['form']} onSubmit={submit} noValidate>
      <p className={css['note']}>{t('account.passwordNote')}</p>
      <input type="text" autoComplete="username" value={me.login} readOnly hidden />
      <PasswordInput
        label={t('account.currentPassword')}
        autoComplete="current-password"
        maxLength={200}
        value={given.current}
        onChange={(event) => set({ current: event.currentTarget.value })}
        error={faults.at('current')}
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
      />
      <NewPassword
        chosen={chosen}
        onChange={set}
        label={t('account.nextPassword')}
        size="sm"
        fault={faults.at('next')}
      />
      <Refused title={t('account.notSaved')} why={faults.general} />
      <Button type="submit" disabled={!given.current || !isAcceptable(chosen)} loading={changing.isPending}>
        {t('account.save')}
      </Button>
    </form>
  )
}
