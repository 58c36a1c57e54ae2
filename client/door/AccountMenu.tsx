import { lazy, Suspense, useState } from 'react'
import { Button, Popover, UnstyledButton } from '@mantine/core'
import { IconDevices, IconKey, IconLogout, IconUserCircle } from '@tabler/icons-react'
import type { Me } from '#contract/accounts'
import { useMe } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { useBoundWords } from '../ui/duty.ts'
import { useSentence } from '../ui/States.tsx'
import css from './account.module.css'
import { useSignOut } from './leaving.ts'
import type { Dialog } from './AccountDialog.tsx'

const AccountDialog = lazy(() =>
  import('./AccountDialog.tsx').then(({ AccountDialog: component }) => ({ default: component })),
)

/** Who is signed in, with which duties, and what a person does with an own account. */
export function AccountMenu() {
  const { t } = useLocal()
  const me = useMe()
  const [isOpen, setOpen] = useState(false)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  if (!me) return null
  const open = (next: Dialog) => {
    setOpen(false)
    setDialog(next)
  }
  return (
    <>
      <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={290} trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={css['who']}
            aria-label={t('account.menu', { name: me.name })}
            data-testid="account"
            onClick={() => setOpen(!isOpen)}
          >
            <IconUserCircle size={20} stroke={1.6} aria-hidden />
            <span>{me.name}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={0}>
          <Menu me={me} onOpen={open} />
        </Popover.Dropdown>
      </Popover>
      {dialog === null ? null : (
        <Suspense>
          <AccountDialog dialog={dialog} me={me} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  )
}

interface MenuProps {
  readonly me: Me
  readonly onOpen: (dialog: Dialog) => void
}

function Menu({ me, onOpen }: MenuProps) {
  const { t } = useLocal()
  const boundWords = useBoundWords()
  const sentence = useSentence()
  const leaving = useSignOut()
  return (
    <div className={css['menu']}>
      <header>
        <strong>{me.name}</strong>
        <small>{me.login}</small>
      </header>
      <section aria-label={t('account.duties')}>
        {me.duties.length === 0 ? <p className={css['note']}>{t('account.noDuties')}</p> : null}
        <ul>
          {me.duties.map((duty) => (
            <li key={JSON.stringify(duty)}>
              <strong>{t(`role.${duty.role}`)}</strong>
              <small>{boundWords(duty.bound)}</small>
            </li>
          ))}
        </ul>
      </section>
      <nav aria-label={t('account.menu', { name: me.name })}>
        <UnstyledButton onClick={() => onOpen('sessions')}>
          <IconDevices size={17} stroke={1.6} aria-hidden />
          {t('account.sessions')}
        </UnstyledButton>
        <UnstyledButton onClick={() => onOpen('password')}>
          <IconKey size={17} stroke={1.6} aria-hidden />
          {t('account.password')}
        </UnstyledButton>
      </nav>
      <footer>
        <Button
          variant="default"
          size="xs"
          fullWidth
          leftSection={<IconLogout size={16} aria-hidden />}
          loading={leaving.isPending}
          onClick={() => leaving.mutate()}
        >
          {t('account.signOut')}
        </Button>
        {leaving.error ? <p className={css['fault']}>{sentence(leaving.error)}</p> : null}
      </footer>
    </div>
  )
}
