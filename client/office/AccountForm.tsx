import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Account } from '#contract/accounts'
import { useMe } from '../data/me.ts'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { useFaults } from '../ui/faults.ts'
import { NewPassword } from '../ui/NewPassword.tsx'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { isAcceptable, NOTHING_CHOSEN } from '../ui/password.ts'
import { Refused } from '../ui/Refused.tsx'
import { DutyEditor } from './DutyEditor.tsx'
import { useDutyFault } from './dutyfault.ts'
import css from './people.module.css'
import { draftFrom, dutiesOf, useChange } from './people.ts'
import { StateMark } from './PersonLine.tsx'

interface FormProps {
  readonly account: Account
  readonly onClose: () => void
}

/** One account: what the person may do and where, and whether they may come in. */
export function AccountForm({ account, onClose }: FormProps) {
  const { t } = useLocal()
  const isOwn = useMe()?.account === account.id
  return (
    <Panel
      title={account.name}
      note={account.login}
      actions={<StateMark account={account} />}
      onClose={onClose}
    >
      <Scroll>
        {isOwn ? (
          <Section>
            <p className={css['note']}>{t('people.self')}</p>
          </Section>
        ) : null}
        <Duties account={account} isOwn={isOwn} />
        {isOwn ? null : (
          <>
            <Entry account={account} />
            <Reset account={account} />
          </>
        )}
      </Scroll>
    </Panel>
  )
}

function useSaved(word: 'saved' | 'disabled') {
  const { t } = useLocal()
  return ({ name }: Account) =>
    notifications.show({ color: 'accent', message: t(`people.${word}`, { name }) })
}

function Duties({ account, isOwn }: { readonly account: Account; readonly isOwn: boolean }) {
  const { t } = useLocal()
  const [name, setName] = useState(account.name)
  const [drafts, setDrafts] = useState(() => account.duties.map(draftFrom))
  const saving = useChange(account, useSaved('saved'))
  const faults = useFaults(saving.error, ['name', 'duties'])
  const duties = dutiesOf(drafts)
  const dutyFault = useDutyFault(duties, saving.error)
  const before = dutiesOf(account.duties.map(draftFrom))
  const isRenamed = name.trim() !== account.name
  const isOther = JSON.stringify(duties) !== JSON.stringify(before)

  function save(): void {
    if (!duties) return
    saving.mutate({ ...(isRenamed ? { name: name.trim() } : {}), ...(isOther ? { duties } : {}) })
  }

  return (
    <>
      <Section>
        <TextInput
          label={t('people.name')}
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults.at('name')}
        />
      </Section>
      {isOwn ? null : (
        <Section heading={t('people.duties')}>
          <DutyEditor drafts={drafts} onChange={(next) => setDrafts([...next])} fault={dutyFault} />
        </Section>
      )}
      <Section>
        <Refused title={t('people.refused')} why={faults.general} />
        {duties === null ? <p className={css['note']}>{t('people.complete')}</p> : null}
        <Button
          fullWidth
          disabled={duties === null || name.trim() === '' || (!isRenamed && !isOther)}
          loading={saving.isPending}
          onClick={save}
        >
          {t('people.save')}
        </Button>
      </Section>
    </>
  )
}

/** Whether the person may come in. */
function Entry({ account }: { readonly account: Account }) {
  const { t } = useLocal()
  const now = useNow(60)
  const changing = useChange(account, useSaved(account.active ? 'disabled' : 'saved'))
  const unlocking = useChange(account, useSaved('saved'))
  const faults = useFaults(changing.error ?? unlocking.error, [])
  return (
    <Section heading={t('people.state')}>
      {account.lockedUntil ? (
        <div className={css['lock']}>
          <span>{t('people.lockedUntil', { at: exactWords(t, Date.parse(account.lockedUntil), now) })}</span>
          <Button
            size="xs"
            variant="default"
            loading={unlocking.isPending}
            onClick={() => unlocking.mutate({ unlock: true })}
          >
            {t('people.unlock')}
          </Button>
        </div>
      ) : null}
      <Refused title={t('people.refused')} why={faults.general} />
      <p className={css['note']}>{t('people.disableNote')}</p>
      <Button
        size="xs"
        variant="default"
        loading={changing.isPending}
        onClick={() => changing.mutate({ active: !account.active })}
      >
        {account.active ? t('people.disable') : t('people.enable')}
      </Button>
    </Section>
  )
}

function Reset({ account }: { readonly account: Account }) {
  const { t } = useLocal()
  const [chosen, setChosen] = useState(NOTHING_CHOSEN)
  const resetting = useChange(account, useSaved('saved'))
  const faults = useFaults(resetting.error, ['password'])
  const whole = { ...chosen, login: account.login, name: account.name }
  return (
    <Section heading={t('people.reset')}>
      <div className={css['fields']}>
        <p className={css['note']}>{t('people.resetNote')}</p>
        <NewPassword
          chosen={whole}
          onChange={(part) => setChosen({ ...chosen, ...part })}
          label={t('people.newPassword')}
          size="sm"
          fault={faults.at('password')}
        />
        <Refused title={t('people.refused')} why={faults.general} />
        <Button
          size="xs"
          variant="default"
          disabled={!isAcceptable(whole)}
          loading={resetting.isPending}
          onClick={() => resetting.mutate({ password: chosen.password })}
        >
          {t('people.reset')}
        </Button>
      </div>
    </Section>
  )
}
