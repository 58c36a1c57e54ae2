import { useState } from 'react'
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { Plan, Scenario } from '#contract/planning'
import { serverNow } from '../data/live.ts'
import { useActor } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { instantWords } from '../i18n/span.ts'
import { Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import { DraftLine } from './DraftLine.tsx'
import css from './planning.module.css'
import { PlanLine } from './PlanLine.tsx'
import { usePlans } from './queries.ts'
import { groupsOf, waitingFor } from './scenarios/drafts.ts'

/** Every draft by what it is, what waits for the reader first, and every plan by its dates. */
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
          <Drafts scenarios={data.scenarios} />
          <Section heading={t('planning.plans')}>
            <ul className={css['plans']}>
              {data.plans.map((plan) => (
                <Dated key={plan.id} plan={plan} />
              ))}
            </ul>
          </Section>
        </Scroll>
      ) : null}
    </Panel>
  )
}

/** So many that one looks for them by name. */
const MANY = 4

function Drafts({ scenarios }: { readonly scenarios: readonly Scenario[] }) {
  const { t } = useLocal()
  const [search, setSearch] = useState('')
  const waiting = waitingFor(scenarios, useActor(), serverNow())
  const groups = groupsOf(scenarios, search)
  if (scenarios.length === 0) {
    return (
      <Section heading={t('planning.drafts')}>
        <Empty title={t('planning.empty')} note={t('planning.emptyHint')} />
      </Section>
    )
  }
  return (
    <>
      {scenarios.length >= MANY ? (
        <Section>
          <TextInput
            size="xs"
            type="search"
            aria-label={t('scenarios.list.search')}
            placeholder={t('scenarios.list.search')}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </Section>
      ) : null}
      {groups.length === 0 ? <Empty title={t('scenarios.list.noneFound')} /> : null}
      {groups.map((group) => (
        <Section
          key={group.status}
          heading={t(`scenarios.list.group.${group.status}`)}
          aside={group.status === 'submitted' && waiting.length > 0 ? t('scenarios.list.waitsForYou') : null}
        >
          <ul className={css['plans']}>
            {group.scenarios.map((scenario) => (
              <DraftLine key={scenario.id} scenario={scenario} />
            ))}
          </ul>
        </Section>
      ))}
    </>
  )
}

function Dated({ plan }: { readonly plan: Plan }) {
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
    <PlanLine
      from={{ kind: 'plan', id: plan.id }}
      name={plan.name}
      state={isInForce ? t('planning.inForce') : null}
      tone="effective"
      words={[dates]}
    />
  )
}
