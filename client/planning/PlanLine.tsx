import { useState, type ReactNode } from 'react'
import { Button, UnstyledButton } from '@mantine/core'
import { useMay } from '../data/me.ts'
import type { PlanRef } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { NameForm } from './NameForm.tsx'
import css from './planning.module.css'
import { useFork, useShowPlan } from './queries.ts'

interface LineProps {
  readonly from: PlanRef
  readonly name: string
  readonly state: string | null
  readonly tone: string
  readonly words: readonly string[]
  readonly menu?: ReactNode
  readonly children?: ReactNode
}

/** One plan or draft of the list: it opens by its name, and may be forked. */
export function PlanLine({ from, name, state, tone, words, menu, children }: LineProps) {
  const { t } = useLocal()
  const show = useShowPlan()
  const mayFork = useMay('plans.write')
  const [isForking, setForking] = useState(false)
  return (
    <li className={css['plan']}>
      <UnstyledButton className={css['planName']} onClick={() => show({ open: from })}>
        <strong>{name}</strong>
        {state ? (
          <span className={css['state']} data-tone={tone}>
            {state}
          </span>
        ) : null}
        <span className={css['words']}>{words.join(' · ')}</span>
      </UnstyledButton>
      {mayFork && !isForking ? (
        <Button size="compact-xs" variant="default" onClick={() => setForking(true)}>
          {t('planning.fork')}
        </Button>
      ) : null}
      {menu}
      {isForking ? <ForkForm from={from} name={name} onCancel={() => setForking(false)} /> : null}
      {children}
    </li>
  )
}

interface ForkProps {
  readonly from: PlanRef
  readonly name: string
  readonly onCancel: () => void
}

function ForkForm({ from, name, onCancel }: ForkProps) {
  const { t } = useLocal()
  const fork = useFork()
  return (
    <NameForm
      label={t('planning.forkName')}
      action={t('planning.create')}
      start={t('planning.forkOf', { name })}
      isBusy={fork.isPending}
      error={fork.error}
      onName={(chosen) => fork.mutate({ name: chosen, from })}
      onCancel={onCancel}
    />
  )
}
