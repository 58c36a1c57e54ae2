import { MultiSelect, Select, UnstyledButton } from '@mantine/core'
import { useUnits } from '../data/catalog.ts'
import { useSuggestedUnits } from '../data/event.ts'
import { useLocal } from '../i18n/local.ts'
import type { Given } from './fields.tsx'
import css from './moves.module.css'

/** Units for this class and grid, the suggested ones first, with what each has in hand. */
export function SuggestedUnitField({ event, draft, onChange }: Given) {
  const { t, either } = useLocal()
  const units = useSuggestedUnits(event.id).data ?? []
  const suggested = units.filter(({ rank }) => rank !== null)
  const others = units.filter(({ rank }) => rank === null)
  return (
    <fieldset className={css['field']}>
      <legend>{t('work.unit')}</legend>
      <div className={css['units']}>
        {suggested.map(({ unit, name, open, amber, red }) => (
          <UnstyledButton
            key={unit}
            className={css['unit']}
            aria-pressed={draft.unit === unit}
            onClick={() => onChange({ unit })}
          >
            <span>{either(name.zh, name.en)}</span>
            <small data-red={red > 0}>{t('work.load', { open, amber, red })}</small>
          </UnstyledButton>
        ))}
      </div>
      <Select
        size="xs"
        mt={6}
        searchable
        aria-label={t('work.others')}
        placeholder={suggested.length > 0 ? t('work.others') : t('work.unitSearch')}
        value={suggested.some(({ unit }) => unit === draft.unit) ? null : (draft.unit ?? null)}
        onChange={(unit) => unit && onChange({ unit })}
        data={others.map(({ unit, name, open, red }) => ({
          value: unit,
          label: `${either(name.zh, name.en)} · ${t('work.load', { open, amber: 0, red })}`,
        }))}
      />
    </fieldset>
  )
}

export function UnitField({ draft, onChange }: Given) {
  const { t, either } = useLocal()
  return (
    <Select
      size="xs"
      searchable
      withAsterisk
      label={t('work.unit')}
      placeholder={t('work.unitSearch')}
      value={draft.unit ?? null}
      onChange={(unit) => unit && onChange({ unit })}
      data={useUnits().map(({ code, name }) => ({ value: code, label: either(name.zh, name.en) }))}
    />
  )
}

const MOST_ASSISTING = 5

export function AssistField({ draft, onChange }: Given) {
  const { t, either } = useLocal()
  const units = useUnits().filter(({ code }) => code !== draft.unit)
  return (
    <MultiSelect
      size="xs"
      searchable
      clearable
      maxValues={MOST_ASSISTING}
      label={t('work.assist')}
      placeholder={draft.assist?.length ? '' : t('work.assistNone')}
      value={[...(draft.assist ?? [])]}
      onChange={(assist) => onChange({ assist })}
      data={units.map(({ code, name }) => ({ value: code, label: either(name.zh, name.en) }))}
    />
  )
}
