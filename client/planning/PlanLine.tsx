import { useState, type ReactNode } from 'react'
import { Button, TextInput, UnstyledButton } from '@mantine/core'
import { useMay } from '../data/me.ts'
import type { PlanRef } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { useSentence } from '../ui/States.tsx'
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
  const [typed, setTyped] = useState<string>(() => t('planning.forkOf', { name }))
  const fork = useFork()
  const sentence = useSentence()
  return (
    <form
      className={css['fork']}
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim()) fork.mutate({ name: typed.trim(), from })
      }}
    >
      <TextInput
        size="xs"
        label={t('planning.forkName')}
        value={typed}
        maxLength={80}
        data-autofocus
        error={fork.error ? sentence(fork.error) : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button size="xs" type="submit" loading={fork.isPending}>
          {t('planning.create')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
