import { useState, type FormEvent } from 'react'
import { Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core'
import { IconLock, IconUser } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { signIn, type Me } from '#contract/accounts'
import { call } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
import css from './door.module.css'
import { useFirstFocus } from './focus.ts'
import { Refused } from '../ui/Refused.tsx'

interface FormProps {
  readonly screen: 'console' | 'wall'
  readonly hasLost: boolean
  readonly welcome: (me: Me) => void
  /** The way to the first run, where there is one. */
  readonly onFirst: (() => void) | null
}

export function SignInForm({ screen, hasLost, welcome, onFirst }: FormProps) {
  const { t } = useLocal()
  const first = useFirstFocus()
  const sentence = useSentence()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const sending = useMutation({
    mutationFn: () => call(signIn, { body: { login: login.trim().toLowerCase(), password } }),
    onSuccess: welcome,
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (login.trim() && password) sending.mutate()
  }

  const missing = (value: string, words: string) => (isTried && value === '' ? words : null)
  return (
    <form className={css['form']} onSubmit={submit} noValidate>
      <h2>{t(hasLost ? 'door.endedTitle' : 'door.signIn')}</h2>
      {hasLost ? <p className={css['note']}>{t('door.ended')}</p> : null}
      <TextInput
        ref={first}
        label={t('door.login')}
        size="md"
        leftSection={<IconUser size={17} aria-hidden />}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        error={missing(login.trim(), t('door.needLogin'))}
      />
      <PasswordInput
        label={t('door.password')}
        size="md"
        leftSection={<IconLock size={17} aria-hidden />}
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={missing(password, t('door.needPassword'))}
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
      />
      <Refused title={t('door.refused')} why={sending.error ? sentence(sending.error) : null} />
      <Button type="submit" size="md" fullWidth loading={sending.isPending}>
        {t('door.submit')}
      </Button>
      <p className={css['small']}>{screen === 'wall' ? t('door.wallNote') : t('door.noAccount')}</p>
      {onFirst ? (
        <UnstyledButton className={css['link']} onClick={onFirst}>
          {t('door.toFirst')}
        </UnstyledButton>
      ) : null}
    </form>
  )
}
