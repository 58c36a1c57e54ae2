import { useState } from 'react'
import { Button, TextInput, UnstyledButton } from '@mantine/core'
import type { Plan, Scenario } from '#contract/planning'
import { serverNow } from '../data/live.ts'
import { useMay } from '../data/me.ts'
import type { PlanRef } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { instantWords } from '../i18n/span.ts'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Empty, Failure, RowsComing, useSentence } from '../ui/States.tsx'
import css from './planning.module.css'
import { useFork, usePlans, useShowPlan } from './queries.ts'

/** Every plan by its dates, and every draft, newest first. */
export function PlanList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const { data, error, refetch, isPending } = usePlans()
  return (
    <Panel
      title={t('planning.title')}
      note={data ? t('planning.note', { count: data.scenarios.length }) : t('state.loading')}
      onClose={onClose}
    >
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : null}
      {isPending ? <RowsComing /> : null}
      {data ? (
        <Scroll>
          <Section heading={t('planning.drafts')}>
            <ul className={css['plans']}>
              {data.scenarios.map((scenario) => (
                <DraftLine key={scenario.id} scenario={scenario} />
              ))}
            </ul>
            {data.scenarios.length === 0 ? (
              <Empty title={t('planning.empty')} note={t('planning.emptyHint')} />
            ) : null}
          </Section>
          <Section heading={t('planning.plans')}>
            <ul className={css['plans']}>
              {data.plans.map((plan) => (
                <PlanLine key={plan.id} plan={plan} />
              ))}
            </ul>
          </Section>
        </Scroll>
      ) : null}
    </Panel>
  )
}

function DraftLine({ scenario }: { readonly scenario: Scenario }) {
  const { t } = useLocal()
  const at = instantWords(t, Date.parse(scenario.changedAt), serverNow())
  return (
    <Line
      from={{ kind: 'scenario', id: scenario.id }}
      name={scenario.name}
      state={t(`planning.status.${scenario.status}`)}
      tone={scenario.status}
      words={[
        t('planning.from', { name: scenario.fromName }),
        t('planning.steps', { count: scenario.steps }),
        t('planning.changed', { at }),
      ]}
    />
  )
}

function PlanLine({ plan }: { readonly plan: Plan }) {
  const { t } = useLocal()
  const now = serverNow()
  const isInForce =
    (plan.from === null || Date.parse(plan.from) <= now) &&
    (plan.until === null || Date.parse(plan.until) > now)
  const words = (instant: string) => instantWords(t, Date.parse(instant), now)
  const from = plan.from === null ? t('planning.always') : t('planning.since', { at: words(plan.from) })
  const dates =
    plan.from !== null && plan.until !== null
      ? t('planning.until', { from: words(plan.from), to: words(plan.until) })
      : from
  return (
    <Line
      from={{ kind: 'plan', id: plan.id }}
      name={plan.name}
      state={isInForce ? t('planning.inForce') : null}
      tone="effective"
      words={[dates]}
    />
  )
}

interface LineProps {
  readonly from: PlanRef
  readonly name: string
  readonly state: string | null
  readonly tone: string
  readonly words: readonly string[]
}

function Line({ from, name, state, tone, words }: LineProps) {
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
      {isForking ? <ForkForm from={from} name={name} onCancel={() => setForking(false)} /> : null}
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
