import { useState, type FormEvent } from 'react'
import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { startUp, type Me } from '#contract/accounts'
import { call } from '../data/api.ts'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import css from './door.module.css'
import { useFirstFocus } from './focus.ts'
import { NewPassword } from '../ui/NewPassword.tsx'
import { isAcceptable, NOTHING_CHOSEN } from '../ui/password.ts'
import { Refused } from '../ui/Refused.tsx'

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,31}$/

interface FirstRunProps {
  readonly welcome: (me: Me) => void
  readonly onSignIn: () => void
}

/** The first administrator of an installation, made by whoever can read the server's output. */
export function FirstRun({ welcome, onSignIn }: FirstRunProps) {
  const { t } = useLocal()
  const first = useFirstFocus()
  const [given, setGiven] = useState({ token: '', name: '', login: '', ...NOTHING_CHOSEN })
  const [isTried, setTried] = useState(false)
  const sending = useMutation({
    mutationFn: () => {
      const { token, name, login, password } = given
      return call(startUp, { body: { token: token.trim(), name: name.trim(), login, password } })
    },
    onSuccess: welcome,
  })
  const faults = useFaults(sending.error, ['token', 'login', 'name', 'password'])
  const set = (part: Partial<typeof given>) => setGiven({ ...given, ...part })
  const isComplete =
    given.token.trim() !== '' && given.name.trim() !== '' && LOGIN.test(given.login) && isAcceptable(given)

  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (isComplete) sending.mutate()
  }

  const unless = (isMet: boolean, words: string) => (isTried && !isMet ? words : null)
  return (
    <form className={css['form']} onSubmit={submit} noValidate>
      <h2>{t('door.firstTitle')}</h2>
      <p className={css['note']}>{t('door.firstNote')}</p>
      <TextInput
        ref={first}
        label={t('door.token')}
        description={t('door.tokenHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={given.token}
        onChange={(event) => set({ token: event.currentTarget.value })}
        error={faults.at('token') ?? unless(given.token.trim() !== '', t('door.needToken'))}
      />
      <TextInput
        label={t('door.name')}
        description={t('door.nameHint')}
        autoComplete="name"
        maxLength={64}
        value={given.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={faults.at('name') ?? unless(given.name.trim() !== '', t('door.needName'))}
      />
      <TextInput
        label={t('door.login')}
        description={t('door.loginHint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        value={given.login}
        onChange={(event) => set({ login: event.currentTarget.value.trim().toLowerCase() })}
        error={faults.at('login') ?? unless(LOGIN.test(given.login), t('door.loginWrong'))}
      />
      <NewPassword
        chosen={given}
        onChange={set}
        label={t('door.newPassword')}
        size="sm"
        fault={faults.at('password') ?? unless(isAcceptable(given), t('door.weak'))}
      />
      <Refused title={t('door.refused')} why={faults.general} />
      <Button type="submit" size="md" fullWidth loading={sending.isPending}>
        {t('door.start')}
      </Button>
      <UnstyledButton className={css['link']} onClick={onSignIn}>
        {t('door.toSignIn')}
      </UnstyledButton>
    </form>
  )
}
