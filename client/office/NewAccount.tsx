import { useState, type FormEvent } from 'react'
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Account } from '#contract/accounts'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import { NewPassword } from '../ui/NewPassword.tsx'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { isAcceptable, NOTHING_CHOSEN } from '../ui/password.ts'
import { Refused } from '../ui/Refused.tsx'
import { DutyEditor } from './DutyEditor.tsx'
import { useDutyFault } from './dutyfault.ts'
import css from './people.module.css'
import { draftOf, dutiesOf, useCreate, type Draft } from './people.ts'

interface NewProps {
  readonly onClose: () => void
  readonly onCreated: (account: Account) => void
}

const NOBODY = { login: '', name: '', ...NOTHING_CHOSEN }

export function NewAccount({ onClose, onCreated }: NewProps) {
  const { t } = useLocal()
  const [given, setGiven] = useState(NOBODY)
  const [drafts, setDrafts] = useState<readonly Draft[]>([draftOf('acceptor')])
  const creating = useCreate((account) => {
    notifications.show({ color: 'accent', message: t('people.created', { name: account.name }) })
    onCreated(account)
  })
  const faults = useFaults(creating.error, ['login', 'name', 'password', 'duties'])
  const duties = dutiesOf(drafts)
  const dutyFault = useDutyFault(duties, creating.error)
  const set = (part: Partial<typeof given>) => setGiven({ ...given, ...part })
  const isComplete = given.login !== '' && given.name.trim() !== '' && isAcceptable(given) && duties !== null

  function submit(event: FormEvent): void {
    event.preventDefault()
    const { login, name, password } = given
    if (isComplete && duties) creating.mutate({ login, name: name.trim(), password, duties })
  }

  return (
    <Panel title={t('people.newTitle')} note={t('people.newNote')} onClose={onClose}>
      <Scroll>
        <form className={css['form']} onSubmit={submit} noValidate>
          <Section>
            <div className={css['fields']}>
              <TextInput
                label={t('people.name')}
                autoComplete="off"
                maxLength={64}
                value={given.name}
                onChange={(event) => set({ name: event.currentTarget.value })}
                error={faults.at('name')}
              />
              <TextInput
                label={t('people.login')}
                description={t('door.loginHint')}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={32}
                value={given.login}
                onChange={(event) => set({ login: event.currentTarget.value.trim().toLowerCase() })}
                error={faults.at('login')}
              />
              <NewPassword
                chosen={given}
                onChange={set}
                label={t('people.initial')}
                size="sm"
                fault={faults.at('password')}
              />
            </div>
          </Section>
          <Section heading={t('people.duties')}>
            <DutyEditor drafts={drafts} onChange={setDrafts} fault={dutyFault} />
          </Section>
          <Section>
            <Refused title={t('people.refused')} why={faults.general} />
            <Button type="submit" fullWidth disabled={!isComplete} loading={creating.isPending}>
              {t('people.createIt')}
            </Button>
          </Section>
        </form>
      </Scroll>
    </Panel>
  )
}
