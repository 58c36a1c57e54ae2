import { createElement, Suspense, useEffect } from 'react'
import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { Failure, RowsComing } from '../ui/States.tsx'
import css from './planning.module.css'
import { usePlans, useShowPlan } from './queries.ts'
import { useComments } from './scenarios/queries.ts'
import { usePlanning } from './session.ts'
import { TAB_SHEETS, TABS } from './tabs.tsx'

/** The open draft or plan: its name and state, and one sheet at a time about it. */
export function OpenDraft({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLocal()
  const phase = usePlanning((planning) => planning.phase)
  const error = usePlanning((planning) => planning.error)
  const asked = useView((view) => view.plan.tab)
  const show = useShowPlan()
  const tab = TABS.includes(asked) ? asked : TABS[0]
  const sheet = tab && TAB_SHEETS[tab]
  useEffect(() => {
    document.querySelector(`#plan-tab-${tab}`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [tab])
  return (
    <Panel title={<Title />} note={<Note />} onClose={onClose}>
      <div className={css['tabs']} role="tablist" aria-label={t('planning.title')}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`plan-tab-${name}`}
            aria-selected={name === tab}
            aria-controls="plan-sheet"
            tabIndex={name === tab ? 0 : -1}
            onClick={() => show({ tab: name })}
            onKeyDown={(event) => {
              const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
              const next = by && TABS.at((TABS.indexOf(name) + by) % TABS.length)
              if (!next) return
              show({ tab: next })
              document.querySelector<HTMLElement>(`#plan-tab-${next}`)?.focus()
            }}
          >
            {t(`planning.tab.${name}`)}
            {name === 'comments' ? <CommentCount /> : null}
          </button>
        ))}
      </div>
      <div className={css['sheet']} role="tabpanel" id="plan-sheet" aria-labelledby={`plan-tab-${tab}`}>
        {phase === 'failed' ? <Failure error={error} retry={() => usePlanning.getState().close()} /> : null}
        {phase === 'opening' ? <RowsComing /> : null}
        {phase === 'open' && sheet ? (
          <Suspense fallback={<RowsComing rows={4} />}>{createElement(sheet)}</Suspense>
        ) : null}
      </div>
    </Panel>
  )
}

function Title() {
  const { t } = useLocal()
  const show = useShowPlan()
  const origin = useView((view) => view.plan.open)
  const scenario = usePlanning((planning) => planning.scenario)
  const plans = usePlans().data?.plans
  const plan = origin?.kind === 'plan' ? plans?.find(({ id }) => id === origin.id) : undefined
  return (
    <>
      <ActionIcon
        size="sm"
        aria-label={t('planning.back')}
        title={t('planning.back')}
        onClick={() => show({ open: null })}
      >
        <IconArrowLeft size={17} />
      </ActionIcon>
      <span className={css['title']}>{scenario?.name ?? plan?.name ?? t('planning.title')}</span>
    </>
  )
}

function CommentCount() {
  const id = usePlanning((planning) => planning.scenario?.id ?? 0)
  const open = useComments(id).data?.filter(({ resolvedAt }) => resolvedAt === null).length ?? 0
  return open > 0 ? <span className={css['count']}>{open}</span> : null
}

function Note() {
  const { t } = useLocal()
  const scenario = usePlanning((planning) => planning.scenario)
  if (!scenario) return null
  return `${t(`planning.status.${scenario.status}`)} · ${t('planning.from', { name: scenario.fromName })}`
}
