import { useEffect, useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { IconCopyPlus, IconEye, IconEyeOff } from '@tabler/icons-react'
import type { PlanOp } from '#contract/planning'
import type { Balance } from '#geo/balance/balance'
import type { Suggested } from '#geo/balance/done'
import { useMay } from '../../data/me.ts'
import { useLocal } from '../../i18n/local.ts'
import { Fact, Facts, Section } from '../../ui/Panel.tsx'
import { useSentence } from '../../ui/States.tsx'
import { useDoing } from '../doing.ts'
import { useFork } from '../queries.ts'
import { usePlanning } from '../session.ts'
import { closely } from './planwords.ts'
import { leaveSearch, useSearch } from './search.ts'
import css from './suggest.module.css'

interface PickedProps {
  readonly n: number
  readonly plan: Suggested
  readonly before: Balance
  /** Rules that are broken without it. */
  readonly broken: number
  /** The draft is not the one that was asked about. */
  readonly isStale: boolean
}

/** One plan: what it does, to be looked at on the map, taken over, or kept as a draft of its own. */
export function PickedPlan({ n, plan, before, broken, isStale }: PickedProps) {
  const { t } = useLocal()
  const { act, fault } = useDoing()
  const mayEdit = usePlanning(({ saving }) => saving !== 'readonly' && saving !== 'conflict')
  const mayFork = useMay('plans.write')
  const [isForking, setForking] = useState(false)
  return (
    <Section heading={t('suggest.plan', { n })}>
      <Changes plan={plan} broken={broken} />
      <Means before={before} after={plan.balance} />
      {isStale ? null : (
        <div className={css['buttons']}>
          <ShowButton plan={plan} />
          {mayEdit ? (
            <Button
              size="xs"
              onClick={() => {
                // What is shown is taken back first, and done again as one step that can be undone.
                if (act(...plan.ops)) leaveSearch()
              }}
            >
              {t('suggest.apply')}
            </Button>
          ) : null}
          {mayFork && !isForking ? (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCopyPlus size={14} />}
              onClick={() => setForking(true)}
            >
              {t('suggest.fork')}
            </Button>
          ) : null}
        </div>
      )}
      {isForking && !isStale ? <ForkForm plan={plan} onCancel={() => setForking(false)} /> : null}
      {fault ? (
        <p className={css['notice']} role="alert">
          {fault}
        </p>
      ) : null}
    </Section>
  )
}

function Changes({ plan, broken }: Pick<PickedProps, 'plan' | 'broken'>) {
  const { t, number } = useLocal()
  const { impact, cuts } = plan
  const mayReadEvents = useMay('events.read')
  return (
    <Facts>
      <Fact label={t('suggest.grids')}>{number(impact.gridsChanged)}</Fact>
      <Fact label={t('suggest.cuts')}>{number(cuts)}</Fact>
      <Fact label={t('suggest.buildings')}>{number(impact.buildingsMoved)}</Fact>
      {mayReadEvents ? <Fact label={t('suggest.open')}>{number(impact.openMoved)}</Fact> : null}
      <Fact label={t('suggest.broken')}>
        {number(impact.broken)} <small>{t('suggest.was', { value: number(broken) })}</small>
      </Fact>
    </Facts>
  )
}

const MEANS = ['own', 'community', 'kind'] as const

/** Deviations before and after, against each mean that one could mean. */
function Means({ before, after }: { readonly before: Balance; readonly after: Balance }) {
  const { t } = useLocal()
  const cell = (was: number, is: number) => (
    <td>
      {closely(is)} <small>{t('suggest.was', { value: closely(was) })}</small>
    </td>
  )
  return (
    <table className={css['table']}>
      <thead>
        <tr>
          <th scope="col">{t('suggest.against')}</th>
          <th scope="col">{t('suggest.largest')}</th>
          <th scope="col">{t('suggest.mean')}</th>
        </tr>
      </thead>
      <tbody>
        {MEANS.map((mean) => (
          <tr key={mean}>
            <th scope="row">{t(`suggest.${mean}`)}</th>
            {cell(before[mean].worst, after[mean].worst)}
            {cell(before[mean].rms, after[mean].rms)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Shows whichever plan is picked on the map, until it is turned off or anything is done to the draft. */
function ShowButton({ plan }: { readonly plan: Suggested }) {
  const { t } = useLocal()
  const isShown = useSearch((search) => search.isShown)
  useEffect(() => {
    if (!isShown) return undefined
    usePlanning.getState().preview(...plan.ops)
    return () => usePlanning.getState().drop()
  }, [isShown, plan])
  return (
    <Button
      size="xs"
      variant="default"
      aria-pressed={isShown}
      leftSection={isShown ? <IconEyeOff size={14} /> : <IconEye size={14} />}
      onClick={() => useSearch.setState({ isShown: !isShown })}
    >
      {isShown ? t('suggest.hide') : t('suggest.show')}
    </Button>
  )
}

function ForkForm({ plan, onCancel }: { readonly plan: Suggested; readonly onCancel: () => void }) {
  const { t, number } = useLocal()
  const sentence = useSentence()
  const origin = usePlanning((planning) => planning.origin)
  const saving = usePlanning((planning) => planning.saving)
  const fork = useFork()
  const [name, setName] = useState<string>(() => t('suggest.forkAs', { households: number(plan.moved) }))
  // The server forks what it has stored.
  const isStored = saving === 'saved' || saving === 'readonly'
  return (
    <form
      className={css['fork']}
      onSubmit={(event) => {
        event.preventDefault()
        if (origin && name.trim()) {
          usePlanning.getState().drop()
          fork.mutate({ name: name.trim(), from: origin, ops: [...plan.ops] as unknown as PlanOp[] })
        }
      }}
    >
      <TextInput
        size="xs"
        label={t('suggest.forkName')}
        value={name}
        maxLength={80}
        data-autofocus
        error={fork.error ? sentence(fork.error) : isStored ? null : t('suggest.unsaved')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css['buttons']}>
        <Button size="xs" type="submit" loading={fork.isPending} disabled={!isStored}>
          {t('suggest.fork')}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  )
}
