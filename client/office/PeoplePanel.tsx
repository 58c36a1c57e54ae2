import { useMemo, useState } from 'react'
import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import type { Account } from '#contract/accounts'
import { useLocal } from '../i18n/local.ts'
import { useBoundWords } from '../ui/duty.ts'
import { Panel } from '../ui/Panel.tsx'
import { ROLE_GROUPS } from '../ui/roles.ts'
import { RowList } from '../ui/RowList.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import { AccountForm } from './AccountForm.tsx'
import { NewAccount } from './NewAccount.tsx'
import { PersonLine } from './PersonLine.tsx'
import css from './people.module.css'
import { found, STATES, useAccounts, type Wanted } from './people.ts'
import { RightsTable } from './RightsTable.tsx'

const LINE = 54
const EVERYBODY: Wanted = { text: '', role: null, state: 'all' }
const ROLES = ROLE_GROUPS.flatMap(({ roles }) => [...roles])

/** What stands on the right side of the list. */
type Side =
  | { readonly kind: 'rights' }
  | { readonly kind: 'new' }
  | { readonly kind: 'one'; readonly id: number }

/** Accounts and duties: for the administrator. */
export function PeoplePanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number } = useLocal()
  const accounts = useAccounts()
  const placesOf = useBoundWords()
  const [wanted, setWanted] = useState(EVERYBODY)
  const [side, setSide] = useState<Side>({ kind: 'rights' })
  const shown = found(accounts.data ?? [], wanted, placesOf)
  const chosen = side.kind === 'one' ? shown.findIndex(({ id }) => id === side.id) : -1
  const open = (account: Account) => setSide({ kind: 'one', id: account.id })
  return (
    <Panel
      title={t('people.title')}
      note={
        accounts.data
          ? t('people.total', { count: shown.length, n: number(shown.length) })
          : t('state.loading')
      }
      onClose={onClose}
    >
      <div className={css['split']} data-side={side.kind}>
        <div className={css['main']}>
          <Bar
            wanted={wanted}
            onChange={(part) => setWanted({ ...wanted, ...part })}
            onNew={() => setSide({ kind: 'new' })}
          />
          {accounts.error ? <Failure error={accounts.error} retry={() => void accounts.refetch()} /> : null}
          {accounts.isPending ? <RowsComing /> : null}
          {accounts.data ? (
            <RowList
              label={t('people.title')}
              items={shown}
              keyOf={({ id }) => id}
              heightOf={() => LINE}
              activeIndex={chosen}
              render={(account) => (
                <PersonLine
                  account={account}
                  isOpen={side.kind === 'one' && side.id === account.id}
                  onOpen={() => open(account)}
                />
              )}
              footer={shown.length === 0 ? <Empty title={t('people.none')} /> : null}
            />
          ) : null}
        </div>
        <div className={css['side']}>
          <SideView side={side} accounts={accounts.data ?? []} onSide={setSide} />
        </div>
      </div>
    </Panel>
  )
}

interface SideProps {
  readonly side: Side
  readonly accounts: readonly Account[]
  readonly onSide: (side: Side) => void
}

function SideView({ side, accounts, onSide }: SideProps) {
  const back = () => onSide({ kind: 'rights' })
  const one = useMemo(
    () => (side.kind === 'one' ? accounts.find(({ id }) => id === side.id) : undefined),
    [side, accounts],
  )
  if (side.kind === 'new')
    return <NewAccount onClose={back} onCreated={({ id }) => onSide({ kind: 'one', id })} />
  // A new version is a new form: what others have changed must not be written over.
  if (one) return <AccountForm key={`${one.id} ${one.version}`} account={one} onClose={back} />
  return <RightsTable />
}

interface BarProps {
  readonly wanted: Wanted
  readonly onChange: (part: Partial<Wanted>) => void
  readonly onNew: () => void
}

function Bar({ wanted, onChange, onNew }: BarProps) {
  const { t } = useLocal()
  return (
    <div className={css['bar']}>
      <TextInput
        size="xs"
        className={css['search'] ?? ''}
        leftSection={<IconSearch size={15} aria-hidden />}
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        maxLength={60}
        value={wanted.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Select
        size="xs"
        w={150}
        clearable
        aria-label={t('people.role')}
        placeholder={t('people.anyRole')}
        value={wanted.role}
        onChange={(value) => onChange({ role: ROLES.find((each) => each === value) ?? null })}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Select
        size="xs"
        w={110}
        allowDeselect={false}
        aria-label={t('people.state')}
        value={wanted.state}
        onChange={(value) => onChange({ state: STATES.find((each) => each === value) ?? 'all' })}
        data={STATES.map((value) => ({ value, label: t(`people.${value}`) }))}
      />
      <Button size="xs" leftSection={<IconUserPlus size={15} aria-hidden />} onClick={onNew}>
        {t('people.create')}
      </Button>
    </div>
  )
}
