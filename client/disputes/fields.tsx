import type { ComponentType } from 'react'
import { Checkbox, Radio, Select, Textarea, TextInput } from '@mantine/core'
import {
  DOCUMENTS,
  REFERRALS,
  REVISIT_OUTCOMES,
  SESSION_OUTCOMES,
  type DisputeMove,
} from '#contract/disputes'
import { endOf, FLOW } from '#rules/disputes'
import { dateOf } from '#rules/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import css from './foot.module.css'
import { useMediators } from './queries.ts'
import type { Field, FieldProps } from './orders.ts'
import { PartyFields, RiskFields, SignFields } from './PartyFields.tsx'

interface Given extends FieldProps {
  readonly field: Field
  readonly move: DisputeMove
}

/** The control for one thing that an order says. */
export function FieldFor(given: Given) {
  const Control = CONTROLS[given.field]
  return <Control {...given} />
}

/** Fields with a few answers, their words in the tree of that name. */
const CHOICES = {
  referredTo: { label: 'referredTo', tree: 'referral', values: REFERRALS },
  session: { label: 'result', tree: 'session', values: SESSION_OUTCOMES },
  agreement: { label: 'kind', tree: 'disputes', values: ['written', 'oral'] },
  confirmation: { label: 'confirmation', tree: 'disputes', values: ['asked', 'declined'] },
  revisit: { label: 'result', tree: 'revisit', values: REVISIT_OUTCOMES },
  document: { label: 'document', tree: 'document', values: DOCUMENTS },
} as const

function ChoiceField({ field, draft, onChange }: Given) {
  const { t } = useLocal()
  const name = field as keyof typeof CHOICES
  const { label, tree, values } = CHOICES[name]
  return (
    <Radio.Group
      size="xs"
      withAsterisk
      label={t(`disputes.${label}`)}
      value={draft[name] ?? ''}
      onChange={(value) => onChange({ [name]: value })}
    >
      <div className={css['choices']}>
        {values.map((value) => (
          <Radio key={value} size="xs" value={value} label={t(`${tree}.${value}` as 'session.agreed')} />
        ))}
      </div>
    </Radio.Group>
  )
}

function MediatorField({ draft, onChange }: FieldProps) {
  const { t } = useLocal()
  const mediators = useMediators().data ?? []
  return (
    <Select
      size="xs"
      withAsterisk
      searchable
      label={t('disputes.mediator')}
      value={draft.mediatorId === undefined ? null : String(draft.mediatorId)}
      onChange={(value) => {
        if (value !== null) onChange({ mediatorId: Number(value) })
      }}
      data={mediators.map(({ id, name, open }) => ({
        value: String(id),
        label: t('disputes.mediatorOpen', { name, n: open }),
      }))}
    />
  )
}

const DAY = 86_400_000
const LABELS = { effectiveOn: 'effective', performBy: 'performBy', until: 'until', day: 'day' } as const

function DayField({ field, dispute, draft, onChange }: Given) {
  const name = field as keyof typeof LABELS
  const { t } = useLocal()
  const today = dateOf(useNow(60))
  const due = Date.parse(dispute.dueAt)
  const limits = {
    effectiveOn: { min: dateOf(Date.parse(dispute.registeredAt)), max: today },
    performBy: { min: draft.effectiveOn ?? today, max: dateOf(endOf(today) + 3650 * DAY) },
    until: { min: dateOf(due + DAY), max: dateOf(due + 30 * DAY) },
    day: { min: '2000-01-01', max: today },
  }
  const usual = name === 'effectiveOn' || name === 'day' ? today : ''
  return (
    <TextInput
      size="xs"
      type="date"
      withAsterisk={name === 'until'}
      label={t(`disputes.${LABELS[name]}`)}
      {...limits[name]}
      value={draft[name] ?? usual}
      onChange={(typed) => onChange({ [name]: typed.currentTarget.value })}
    />
  )
}

/** Of a session; the present where it is left as it is. */
function TimeField({ draft, onChange }: FieldProps) {
  const { t } = useLocal()
  const now = useNow(60)
  const local = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={t('disputes.at')}
      max={local(now)}
      value={local(draft.at === undefined ? now : Date.parse(draft.at))}
      onChange={(typed) => {
        const text = typed.currentTarget.value
        if (text !== '') onChange({ at: `${text}:00+08:00` })
      }}
    />
  )
}

function ConsentField({ draft, onChange }: FieldProps) {
  const { t } = useLocal()
  return (
    <Checkbox
      size="xs"
      label={t('disputes.consent')}
      checked={draft.consent ?? false}
      onChange={(change) => onChange({ consent: change.currentTarget.checked })}
    />
  )
}

function NoteField({ draft, onChange }: FieldProps) {
  const { t } = useLocal()
  return (
    <Textarea
      size="xs"
      autosize
      minRows={2}
      maxRows={6}
      maxLength={2000}
      autoComplete="off"
      label={t('disputes.note')}
      value={draft.note ?? ''}
      onChange={(typed) => onChange({ note: typed.currentTarget.value })}
    />
  )
}

function ReasonField({ move, draft, onChange }: Given) {
  const { t } = useLocal()
  return (
    <Textarea
      size="xs"
      autosize
      minRows={2}
      maxRows={6}
      maxLength={500}
      autoComplete="off"
      withAsterisk={FLOW[move].needs.includes('reason')}
      label={t('disputes.reason')}
      placeholder={t('disputes.reasonHint')}
      value={draft.reason ?? ''}
      onChange={(typed) => onChange({ reason: typed.currentTarget.value })}
    />
  )
}

const CONTROLS: Readonly<Record<Field, ComponentType<Given>>> = {
  referredTo: ChoiceField,
  session: ChoiceField,
  agreement: ChoiceField,
  confirmation: ChoiceField,
  revisit: ChoiceField,
  document: ChoiceField,
  mediatorId: MediatorField,
  effectiveOn: DayField,
  performBy: DayField,
  until: DayField,
  day: DayField,
  at: TimeField,
  consent: ConsentField,
  risk: RiskFields,
  signs: SignFields,
  party: PartyFields,
  note: NoteField,
  reason: ReasonField,
}
