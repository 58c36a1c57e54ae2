import { useState } from 'react'
import { Button, Select, UnstyledButton } from '@mantine/core'
import type { PlanGrid } from '#geo/plan/draft'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import { neighboursOf } from './around.ts'
import { useDoing } from './doing.ts'
import { useLength } from './GridMeasures.tsx'
import { useKeyName } from './opwords.ts'
import { useShowPlan } from './queries.ts'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'

interface NeighboursProps {
  readonly grid: PlanGrid
  readonly canEdit: boolean
}

/** Who lies around, and the way to become one with one of them. */
export function Neighbours({ grid, canEdit }: NeighboursProps) {
  const { t } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  usePlanning((planning) => planning.tick)
  const nameOf = useKeyName()
  const lengthOf = useLength()
  const show = useShowPlan()
  const { act, fault } = useDoing()
  const [into, setInto] = useState<string | null>(null)
  const around = draft ? neighboursOf(draft, grid.key) : []
  return (
    <Section heading={t('planning.sheet.neighbours')}>
      <ul className={css['rows']}>
        {around.map(([key, metres]) => (
          <li key={key} className={css['row']}>
            <UnstyledButton className={css['rowName']} onClick={() => show({ grid: key })}>
              {nameOf(key)}
            </UnstyledButton>
            <span className={css['soft']}>{t('planning.sheet.shared', { length: lengthOf(metres) })}</span>
          </li>
        ))}
      </ul>
      {canEdit ? (
        <div className={css['inline']}>
          <Select
            size="xs"
            label={t('planning.sheet.mergeWith', { grid: nameOf(grid.key) })}
            value={into}
            onChange={setInto}
            data={around.map(([key]) => ({ value: String(key), label: nameOf(key) }))}
          />
          <Button
            size="xs"
            variant="default"
            disabled={into === null}
            onClick={() => {
              const target = Number(into)
              if (act({ kind: 'merge', grid: grid.key, into: target })) show({ grid: target })
            }}
          >
            {t('planning.sheet.mergeInto')}
          </Button>
        </div>
      ) : null}
      {fault ? (
        <p className={css['fault']} role="alert">
          {fault}
        </p>
      ) : null}
    </Section>
  )
}
