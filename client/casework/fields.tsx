import { Radio, TextInput } from '@mantine/core'
import type { Move } from '#contract/casework'
import type { EventRow } from '#contract/events'
import { holdEnd } from '#rules/casework'
import { dateOf } from '#rules/deadlines'
import { useNow } from '../data/clock.ts'
import { useLocal } from '../i18n/local.ts'
import { ConditionField } from './ConditionField.tsx'
import { IntoField } from './IntoField.tsx'
import css from './moves.module.css'
import { LEVELS, outcomesOf, type Draft, type Field } from './moves.ts'
import { NeighbourField } from './NeighbourField.tsx'
import { AssistField, SuggestedUnitField, UnitField } from './UnitFields.tsx'

export interface Given extends FieldProps {
  readonly event: EventRow
}

interface FieldProps {
  readonly field: Field
  readonly move: Move
  readonly events: readonly EventRow[]
  readonly draft: Draft
  readonly onChange: (part: Draft) => void
}

/** The control for one thing that a move must be told; the reason has its own place in the form. */
export function FieldFor(props: FieldProps) {
  const { field, events } = props
  const [event] = events
  if (!event) return null
  const given = { ...props, event }
  switch (field) {
    case 'conditionId':
      return <ConditionField {...given} />
    case 'into':
      return <IntoField {...given} />
    case 'unit':
      return events.length === 1 ? <SuggestedUnitField {...given} /> : <UnitField {...given} />
    case 'assist':
      return <AssistField {...given} />
    case 'outcome':
      return <OutcomeField {...given} />
    case 'until':
      return <UntilField {...given} />
    case 'gridId':
      return <NeighbourField event={event} value={props.draft.gridId} onChange={props.onChange} />
    case 'level':
      return <LevelField {...given} />
    case 'reason':
      return null
  }
}

function OutcomeField({ move, draft, onChange }: Given) {
  const { t } = useLocal()
  const outcomes = outcomesOf(move)
  return (
    <Radio.Group
      size="xs"
      withAsterisk
      label={t('work.outcome')}
      value={draft.outcome ?? ''}
      onChange={(value) => {
        const outcome = outcomes.find((each) => each === value)
        if (outcome) onChange({ outcome })
      }}
    >
      <div className={css['row']}>
        {outcomes.map((outcome) => (
          <Radio key={outcome} size="xs" value={outcome} label={t(`outcome.${outcome}`)} />
        ))}
      </div>
    </Radio.Group>
  )
}

const DAY = 86_400_000

/** A day from tomorrow to a year from now; the hold ends as that day begins. */
function UntilField({ draft, onChange }: Given) {
  const { t } = useLocal()
  const now = useNow(60)
  return (
    <TextInput
      size="xs"
      type="date"
      withAsterisk
      label={t('work.until')}
      min={dateOf(now + DAY)}
      max={dateOf(holdEnd(now) - DAY)}
      value={draft.until === undefined ? '' : dateOf(Date.parse(draft.until))}
      onChange={(typed) => {
        const day = typed.currentTarget.value
        if (day !== '') onChange({ until: `${day}T00:00:00+08:00` })
      }}
    />
  )
}

function LevelField({ event, draft, onChange }: Given) {
  const { t } = useLocal()
  return (
    <Radio.Group
      size="xs"
      withAsterisk
      label={t('work.level')}
      value={draft.level === undefined ? '' : String(draft.level)}
      onChange={(value) => onChange({ level: Number(value) })}
    >
      <div className={css['row']}>
        {LEVELS.map((name, level) =>
          level === event.supervision ? null : (
            <Radio
              key={name}
              size="xs"
              value={String(level)}
              label={t(level === 0 ? 'work.levelNone' : `level.${name}`)}
            />
          ),
        )}
      </div>
    </Radio.Group>
  )
}
