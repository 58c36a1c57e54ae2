import { Select, TextInput } from '@mantine/core'
import { useGridsById } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { useClasses } from './queries.ts'
import type { NewDraft } from './register.ts'

export interface PartProps {
  readonly draft: NewDraft
  readonly onChange: (part: Partial<NewDraft>) => void
  readonly fault?: string | null
}

type Text = 'applicant' | 'applicantPhone' | 'respondent' | 'respondentPhone' | 'place'

export function TextField({
  name,
  draft,
  onChange,
  fault = null,
  required = 'no',
}: PartProps & { readonly name: Text; readonly required?: 'yes' | 'no' }) {
  const { t } = useLocal()
  const isPhone = name.endsWith('Phone')
  return (
    <TextInput
      size="xs"
      // The browser keeps nothing of it.
      autoComplete="off"
      inputMode={isPhone ? 'tel' : 'text'}
      maxLength={name === 'place' ? 200 : isPhone ? 20 : 40}
      withAsterisk={required === 'yes'}
      label={t(`disputes.${name}`)}
      value={draft[name]}
      error={fault}
      onChange={(typed) => onChange({ [name]: typed.currentTarget.value })}
    />
  )
}

/** Class and subclass in one list. */
export function ClassField({ draft, onChange, fault = null }: PartProps) {
  const { t, either } = useLocal()
  const classes = useClasses().filter(({ enabled }) => enabled)
  return (
    <Select
      size="xs"
      withAsterisk
      searchable
      label={t('disputes.class')}
      value={draft.kind}
      error={fault}
      onChange={(kind) => onChange({ kind })}
      data={classes.map(({ code, name, subclasses }) => ({
        group: either(name.zh, name.en),
        items: subclasses.map((each) => ({
          value: `${code}-${each.code}`,
          label: `${either(name.zh, name.en)} · ${either(each.name.zh, each.name.en)}`,
        })),
      }))}
    />
  )
}

export function GridField({ draft, onChange, fault = null }: PartProps) {
  const { t, either } = useLocal()
  const grids = [...useGridsById().values()]
  return (
    <Select
      size="xs"
      withAsterisk
      searchable
      label={t('disputes.grid')}
      value={draft.gridId === null ? null : String(draft.gridId)}
      error={fault}
      onChange={(value) => onChange({ gridId: value === null ? null : Number(value) })}
      data={grids.map(({ id, name, nameEn }) => ({ value: String(id), label: either(name, nameEn) }))}
    />
  )
}
