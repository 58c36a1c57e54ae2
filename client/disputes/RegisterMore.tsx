import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { RISKS, SCALES, SIGNS, SOURCES, type Risk, type Scale, type Source } from '#contract/disputes'
import { useLocal } from '../i18n/local.ts'
import css from './disputes.module.css'
import { isLowered, proposalOf } from './register.ts'
import { TextField, type PartProps } from './RegisterFields.tsx'
import { RiskMark } from './RiskMark.tsx'

interface MoreProps extends PartProps {
  readonly isOpen: boolean
  readonly phoneFault: string | null
}

/** What has a usual value; the proposed risk is said even while the rest is folded. */
export function RegisterMore({ draft, onChange, isOpen, fault = null, phoneFault }: MoreProps) {
  const { t } = useLocal()
  return (
    <>
      {isOpen ? (
        <>
          <TextField name="respondentPhone" draft={draft} onChange={onChange} fault={phoneFault} />
          <TextField name="place" draft={draft} onChange={onChange} />
          <Select
            size="xs"
            allowDeselect={false}
            label={t('disputes.source')}
            value={draft.source}
            onChange={(value) => onChange({ source: (value ?? 'application') as Source })}
            data={SOURCES.map((source) => ({ value: source, label: t(`disputeSource.${source}`) }))}
          />
          <div className={css['pair']}>
            <Select
              size="xs"
              allowDeselect={false}
              label={t('disputes.scale')}
              value={draft.scale}
              onChange={(value) => onChange({ scale: (value ?? '01') as Scale })}
              data={SCALES.map((scale) => ({ value: scale, label: t(`scale.${scale}`) }))}
            />
            <NumberInput
              size="xs"
              min={1}
              max={1_000_000}
              label={t('disputes.people')}
              value={draft.people}
              onChange={(value) => onChange({ people: Math.max(1, Number(value) || 1) })}
            />
          </div>
          <fieldset className={css['checks']}>
            <legend>{t('disputes.signs')}</legend>
            {SIGNS.map((sign) => (
              <Checkbox
                key={sign}
                size="xs"
                label={t(`sign.${sign}`)}
                checked={draft.signs.includes(sign)}
                onChange={() =>
                  onChange({
                    signs: draft.signs.includes(sign)
                      ? draft.signs.filter((each) => each !== sign)
                      : [...draft.signs, sign],
                  })
                }
              />
            ))}
          </fieldset>
          <RiskField draft={draft} onChange={onChange} fault={fault} />
        </>
      ) : null}
      <Proposed draft={draft} />
    </>
  )
}

function RiskField({ draft, onChange, fault = null }: PartProps) {
  const { t } = useLocal()
  const proposed = t(`risk.${proposalOf(draft).risk}`)
  return (
    <>
      <Select
        size="xs"
        allowDeselect={false}
        label={t('disputes.chosenRisk')}
        value={draft.risk ?? ''}
        onChange={(value) => onChange({ risk: (value || null) as Risk | null })}
        data={[
          { value: '', label: t('disputes.asProposed', { risk: proposed }) },
          ...RISKS.map((risk) => ({ value: risk, label: t(`risk.${risk}`) })),
        ]}
      />
      {isLowered(draft) ? (
        <TextInput
          size="xs"
          withAsterisk
          maxLength={500}
          autoComplete="off"
          label={t('disputes.lowerReason')}
          value={draft.riskReason}
          error={fault}
          onChange={(typed) => onChange({ riskReason: typed.currentTarget.value })}
        />
      ) : null}
    </>
  )
}

function Proposed({ draft }: Pick<PartProps, 'draft'>) {
  const { t, either } = useLocal()
  const { risk, because } = proposalOf(draft)
  const why = because.map(({ zh, en }) => either(zh, en)).join(either('、', ', '))
  return (
    <p className={css['proposed']} aria-live="polite">
      <RiskMark risk={risk} size={14} />
      {t('disputes.because', { risk: t(`risk.${risk}`), why })}
    </p>
  )
}
