import { Checkbox, Radio, Select, TextInput } from '@mantine/core'
import { PARTS, RISKS, SIGNS, type Part } from '#contract/disputes'
import { proposeRisk } from '#rules/disputes'
import { useLocal } from '../i18n/local.ts'
import css from './foot.module.css'
import type { FieldProps } from './orders.ts'
import { RiskMark, RiskWord } from './RiskMark.tsx'

/** A further party of the file. */
export function PartyFields({ draft, onChange }: FieldProps) {
  const { t } = useLocal()
  const party = draft.party ?? { part: 'other' as Part, name: '' }
  const { phone: _phone, ...unreachable } = party
  return (
    <>
      <Select
        size="xs"
        allowDeselect={false}
        label={t('disputes.part')}
        value={party.part}
        onChange={(value) => onChange({ party: { ...party, part: (value ?? 'other') as Part } })}
        data={PARTS.map((part) => ({ value: part, label: t(`part.${part}`) }))}
      />
      <TextInput
        size="xs"
        withAsterisk
        autoComplete="off"
        maxLength={40}
        label={t('disputes.name')}
        value={party.name}
        onChange={(typed) => onChange({ party: { ...party, name: typed.currentTarget.value } })}
      />
      <TextInput
        size="xs"
        autoComplete="off"
        inputMode="tel"
        maxLength={20}
        label={t('disputes.phone')}
        value={party.phone ?? ''}
        onChange={(typed) => {
          const phone = typed.currentTarget.value
          onChange({ party: phone === '' ? unreachable : { ...party, phone } })
        }}
      />
    </>
  )
}

/** The colour, with what the rules propose for the signs as they are ticked. */
export function RiskFields({ dispute, draft, onChange }: FieldProps) {
  const { t, either } = useLocal()
  const { risk, because } = proposeRisk({ ...dispute, signs: draft.signs ?? dispute.signs })
  const why = because.map(({ zh, en }) => either(zh, en)).join(either('、', ', '))
  return (
    <>
      <Radio.Group
        size="xs"
        withAsterisk
        label={t('disputes.chosenRisk')}
        value={draft.risk ?? dispute.risk}
        onChange={(value) => {
          const chosen = RISKS.find((each) => each === value)
          if (chosen) onChange({ risk: chosen })
        }}
      >
        <div className={css['choices']}>
          {RISKS.map((each) => (
            <Radio key={each} size="xs" value={each} label={<RiskWord risk={each} />} />
          ))}
        </div>
      </Radio.Group>
      <p className={css['proposed']} aria-live="polite">
        <RiskMark risk={risk} size={14} />
        {t('disputes.because', { risk: t(`risk.${risk}`), why })}
      </p>
    </>
  )
}

export function SignFields({ dispute, draft, onChange }: FieldProps) {
  const { t } = useLocal()
  const signs = draft.signs ?? dispute.signs
  return (
    <fieldset className={css['field']}>
      <legend>{t('disputes.signs')}</legend>
      <div className={css['choices']}>
        {SIGNS.map((sign) => (
          <Checkbox
            key={sign}
            size="xs"
            label={t(`sign.${sign}`)}
            checked={signs.includes(sign)}
            onChange={() =>
              onChange({
                signs: signs.includes(sign) ? signs.filter((each) => each !== sign) : [...signs, sign],
              })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
