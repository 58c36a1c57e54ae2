import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { ROLES } from '#contract/accounts'
import { useLocal } from '../i18n/local.ts'
import css from './audit.module.css'
import { EVERYTHING, KINDS, PERIODS, type Wanted } from './audit.ts'

interface BarProps {
  readonly wanted: Wanted
  readonly people: readonly { readonly account: number; readonly name: string }[]
  readonly onChange: (part: Partial<Wanted>) => void
}

/** Which steps: when, by whom, in which role, of what kind, on what. */
export function AuditBar({ wanted, people, onChange }: BarProps) {
  const { t } = useLocal()
  const { period, account, role, kind, subject } = wanted
  const known = people.some((person) => person.account === account)
  const chosen = account !== null && !known ? [{ account, name: `account/${account}` }] : []
  const isNarrow = JSON.stringify(wanted) !== JSON.stringify(EVERYTHING)
  return (
    <div className={css['bar']}>
      <SegmentedControl
        size="xs"
        aria-label={t('audit.period')}
        value={period}
        onChange={(value) => onChange({ period: value })}
        data={PERIODS.map((value) => ({ value, label: t(`audit.${value}`) }))}
      />
      <Select
        size="xs"
        w={130}
        searchable
        clearable
        aria-label={t('audit.person')}
        placeholder={t('audit.anyone')}
        nothingFoundMessage={t('audit.empty')}
        value={account === null ? null : String(account)}
        onChange={(value) => onChange({ account: value === null ? null : Number(value) })}
        data={[...chosen, ...people].map((person) => ({ value: String(person.account), label: person.name }))}
      />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t('audit.role')}
        placeholder={t('audit.anyRole')}
        value={role}
        onChange={(value) => onChange({ role: ROLES.find((each) => each === value) ?? null })}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Select
        size="xs"
        w={130}
        clearable
        aria-label={t('audit.kind')}
        placeholder={t('audit.anyKind')}
        value={kind}
        onChange={(value) => onChange({ kind: KINDS.find((each) => each === value) ?? null })}
        data={KINDS.map((value) => ({ value, label: t(`audit.kinds.${value}`) }))}
      />
      <TextInput
        size="xs"
        w={190}
        aria-label={t('audit.subject')}
        placeholder={t('audit.subjectHint')}
        maxLength={80}
        value={subject}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      {isNarrow ? (
        <Button size="xs" variant="subtle" onClick={() => onChange(EVERYTHING)}>
          {t('audit.clear')}
        </Button>
      ) : null}
    </div>
  )
}
