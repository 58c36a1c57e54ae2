import { useState } from 'react'
import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { movesFor } from '#rules/planning'
import type { Scenario } from '#contract/planning'
import { serverNow } from '../data/live.ts'
import { useActor, useMay } from '../data/me.ts'
import { useLocal } from '../i18n/local.ts'
import { exactWords } from '../i18n/span.ts'
import { NameForm } from './NameForm.tsx'
import { PlanLine } from './PlanLine.tsx'
import { useMove, useRename } from './scenarios/queries.ts'

/** A draft in the list: what it is, who did what when, and what may be done with it from here. */
export function DraftLine({ scenario }: { readonly scenario: Scenario }) {
  const { t } = useLocal()
  const [isNaming, setNaming] = useState(false)
  const words = useWords(scenario)
  const { id, name, status } = scenario
  return (
    <PlanLine
      from={{ kind: 'scenario', id }}
      name={name}
      state={t(`planning.status.${status}`)}
      tone={status}
      words={words}
      menu={<DraftMenu scenario={scenario} onRename={() => setNaming(true)} />}
    >
      {isNaming ? <RenameForm scenario={scenario} onDone={() => setNaming(false)} /> : null}
    </PlanLine>
  )
}

function useWords(scenario: Scenario): readonly string[] {
  const { t, number } = useLocal()
  const { fromName, steps, changedAt, createdBy, submittedBy, submittedAt, effectiveAt } = scenario
  const { status, impact, comments } = scenario
  const at = (instant: string) => exactWords(t, Date.parse(instant), serverNow())
  const isSubmitted = status === 'submitted' && submittedAt !== null
  return [
    t('planning.from', { name: fromName }),
    createdBy === null ? null : t('scenarios.list.by', { by: createdBy }),
    t('planning.steps', { count: steps }),
    isSubmitted
      ? t('scenarios.list.submittedBy', { by: submittedBy ?? '', at: at(submittedAt) })
      : t('planning.changed', { at: at(changedAt) }),
    status === 'approved' && effectiveAt ? t('scenarios.list.takesEffect', { at: at(effectiveAt) }) : null,
    impact ? t('scenarios.list.moved', { households: number(impact.householdsMoved) }) : null,
    comments > 0 ? t('scenarios.list.comments', { count: comments }) : null,
  ].filter((part) => part !== null)
}

interface MenuProps {
  readonly scenario: Scenario
  readonly onRename: () => void
}

function DraftMenu({ scenario, onRename }: MenuProps) {
  const { t } = useLocal()
  const actor = useActor()
  const mayWrite = useMay('plans.write')
  const move = useMove(scenario)
  const { version, name, status } = scenario
  const moves = movesFor(scenario, actor, serverNow())
  const put = (['archive', 'restore'] as const).find((each) => moves.includes(each))
  if (!mayWrite || (put === undefined && status !== 'draft')) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('scenarios.list.menu', { name })} loading={move.isPending}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {status === 'draft' ? <Menu.Item onClick={onRename}>{t('scenarios.list.rename')}</Menu.Item> : null}
        {put ? (
          <Menu.Item onClick={() => move.mutate({ move: put, version })}>
            {t(`scenarios.list.${put}`)}
          </Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}

interface RenameProps {
  readonly scenario: Scenario
  readonly onDone: () => void
}

function RenameForm({ scenario, onDone }: RenameProps) {
  const { t } = useLocal()
  const rename = useRename(scenario.id)
  return (
    <NameForm
      label={t('scenarios.list.newName')}
      action={t('scenarios.list.save')}
      start={scenario.name}
      isBusy={rename.isPending}
      error={rename.error}
      onName={(name) => rename.mutate(name, { onSuccess: onDone })}
      onCancel={onDone}
    />
  )
}
