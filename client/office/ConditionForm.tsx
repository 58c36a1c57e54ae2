import { useState } from 'react'
import { Button, NumberInput, Select, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { COUNTINGS, LIMIT_UNITS, type Condition, type ConditionDraft, type Limit } from '#contract/deadlines'
import { checkDraft } from '#rules/deadlines'
import { useCategoryName } from '../data/catalog.ts'
import { useLocal } from '../i18n/local.ts'
import { useFaults } from '../ui/faults.ts'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Refused } from '../ui/Refused.tsx'
import { draftOf, useSaveCondition } from './rules.ts'
import css from './rules.module.css'

interface FormProps {
  readonly start: ConditionDraft
  /** The condition in force that it replaces; null for a new one. */
  readonly of: Condition | null
  readonly onClose: () => void
}

const URGENCIES = ['urgent', 'fast', 'normal', 'long'] as const
const PROOFS = ['none', 'photo'] as const
const TEXTS = [
  { field: 'text', language: 'zh', word: 'textZh' },
  { field: 'text', language: 'en', word: 'textEn' },
  { field: 'closing', language: 'zh', word: 'closingZh' },
  { field: 'closing', language: 'en', word: 'closingEn' },
] as const
const FIELDS = [
  'text/zh',
  'text/en',
  'closing/zh',
  'closing/en',
  'limit/amount',
  'limit/unit',
  'amberShare',
  'nearM',
  'nearHours',
] as const

/** A condition as the administrator writes it: it becomes the next version. */
export function ConditionForm({ start, of, onClose }: FormProps) {
  const { t, either } = useLocal()
  const nameOf = useCategoryName()
  const [draft, setDraft] = useState(start)
  const [reason, setReason] = useState('')
  const saving = useSaveCondition(() => {
    notifications.show({ color: 'accent', message: t('rules.saved') })
    onClose()
  })
  const faults = useFaults(saving.error, FIELDS, '/items/0')
  const set = (part: Partial<ConditionDraft>) => setDraft({ ...draft, ...part })
  const setLimit = (part: Partial<Limit>) => set({ limit: { ...draft.limit, ...part } })
  const wrong = checkDraft(draft)
  const isSame = of !== null && JSON.stringify(draftOf(of)) === JSON.stringify(draft)
  const isWritten = TEXTS.every(({ field, language }) => draft[field][language].trim() !== '')
  return (
    <Panel
      title={of ? nameOf(draft.category) : t('rules.newOf', { category: nameOf(draft.category) })}
      note={`${draft.category}/${draft.ordinal}${of ? ` · ${t('rules.version', { version: of.version + 1 })}` : ''}`}
      onClose={onClose}
    >
      <Scroll>
        <Section>
          <div className={css['fields']}>
            {TEXTS.map(({ field, language, word }) => (
              <Textarea
                key={word}
                size="xs"
                label={t(`rules.${word}`)}
                autosize
                minRows={2}
                maxLength={200}
                value={draft[field][language]}
                onChange={(event) =>
                  set({ [field]: { ...draft[field], [language]: event.currentTarget.value } })
                }
                error={faults.at(`${field}/${language}`)}
              />
            ))}
          </div>
        </Section>
        <Section>
          <div className={css['pairs']}>
            <NumberInput
              size="xs"
              label={t('rules.amount')}
              min={1}
              max={1000}
              allowDecimal={false}
              value={draft.limit.amount}
              onChange={(value) => setLimit({ amount: Number(value) || 1 })}
              error={faults.at('limit/amount')}
            />
            <Select
              size="xs"
              label={t('rules.unit')}
              allowDeselect={false}
              value={draft.limit.unit}
              onChange={(value) => setLimit({ unit: oneOf(LIMIT_UNITS, value) ?? draft.limit.unit })}
              data={LIMIT_UNITS.map((value) => ({ value, label: t(`rules.units.${value}`) }))}
              error={faults.at('limit/unit') ?? (wrong ? either(wrong.why.zh, wrong.why.en) : null)}
            />
            <Select
              size="xs"
              label={t('rules.counting')}
              allowDeselect={false}
              value={draft.limit.counting}
              onChange={(value) => setLimit({ counting: oneOf(COUNTINGS, value) ?? draft.limit.counting })}
              data={COUNTINGS.map((value) => ({ value, label: t(`rules.countings.${value}`) }))}
            />
            <Select
              size="xs"
              label={t('rules.urgency')}
              allowDeselect={false}
              value={draft.urgency}
              onChange={(value) => set({ urgency: oneOf(URGENCIES, value) ?? draft.urgency })}
              data={URGENCIES.map((value) => ({ value, label: t(`urgency.${value}`) }))}
            />
            <NumberInput
              size="xs"
              label={t('rules.amberShare')}
              min={1}
              max={99}
              allowDecimal={false}
              value={Math.round(draft.amberShare * 100)}
              onChange={(value) => set({ amberShare: (Number(value) || 1) / 100 })}
              error={faults.at('amberShare')}
            />
            <Select
              size="xs"
              label={t('rules.proof')}
              allowDeselect={false}
              value={draft.proof}
              onChange={(value) => set({ proof: oneOf(PROOFS, value) ?? draft.proof })}
              data={PROOFS.map((value) => ({ value, label: t(`rules.proofs.${value}`) }))}
            />
            <NumberInput
              size="xs"
              label={t('rules.nearM')}
              min={0}
              max={5000}
              allowDecimal={false}
              value={draft.nearM}
              onChange={(value) => set({ nearM: Number(value) || 0 })}
              error={faults.at('nearM')}
            />
            <NumberInput
              size="xs"
              label={t('rules.nearHours')}
              min={0}
              max={8760}
              allowDecimal={false}
              value={draft.nearHours}
              onChange={(value) => set({ nearHours: Number(value) || 0 })}
              error={faults.at('nearHours')}
            />
          </div>
        </Section>
        <Section>
          <div className={css['fields']}>
            <Textarea
              size="xs"
              label={t('rules.reason')}
              placeholder={t('rules.reasonHint')}
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Refused title={t('rules.refused')} why={faults.general} />
            <Button
              disabled={isSame || !isWritten || wrong !== null || reason.trim() === ''}
              loading={saving.isPending}
              onClick={() => saving.mutate({ draft, reason: reason.trim() })}
            >
              {t('rules.save')}
            </Button>
            <p className={css['note']}>{t('rules.note')}</p>
          </div>
        </Section>
      </Scroll>
    </Panel>
  )
}

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((each) => each === value)
}
