import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsJoin2,
  IconBrush,
  IconBuildingCommunity,
  IconCut,
  IconHandFinger,
  IconLayersDifference,
  IconLock,
  IconVectorSpline,
  type Icon,
} from '@tabler/icons-react'
import { PLAN_TOOLS, useView, type PlanTool } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Badge } from './Badge.tsx'
import { useOpWords } from './opwords.ts'
import { useShowPlan } from './queries.ts'
import { SavingState } from './SavingState.tsx'
import { usePlanning } from './session.ts'
import css from './stage.module.css'
import { ToolOptions } from './ToolOptions.tsx'
import { linesOf, nextOf, pathTo } from './tree.ts'

const ICONS: Record<PlanTool, Icon> = {
  look: IconHandFinger,
  paint: IconBrush,
  border: IconVectorSpline,
  split: IconCut,
  merge: IconArrowsJoin2,
  station: IconBuildingCommunity,
  lock: IconLock,
  compare: IconLayersDifference,
}

/** The tools of a draft over the top of the map, what the chosen one does, and what is known of the whole. */
export function Toolbar() {
  const { t } = useLocal()
  const canEdit = usePlanning(({ saving }) => saving !== 'readonly' && saving !== 'conflict')
  return (
    <div className={css['top']}>
      <div className={css['bar']} role="toolbar" aria-label={t('planning.tool.label')}>
        {PLAN_TOOLS.filter((name) => canEdit || name === 'look' || name === 'compare').map((name) => (
          <ToolButton key={name} name={name} />
        ))}
        {canEdit ? (
          <>
            <span className={css['gap']} />
            <UndoButton />
            <RedoButton />
          </>
        ) : null}
      </div>
      <div className={css['facts']}>
        <SavingState />
        <Badge />
      </div>
      <ToolOptions />
    </div>
  )
}

function ToolButton({ name }: { readonly name: PlanTool }) {
  const { t } = useLocal()
  const tool = useView((view) => view.plan.tool)
  const show = useShowPlan()
  const Icon = ICONS[name]
  const key = PLAN_TOOLS.indexOf(name)
  const words = t(`planning.tool.${name}`)
  return (
    <Tooltip label={key === 0 ? words : t('planning.tool.key', { name: words, key })}>
      <UnstyledButton
        className={css['tool']}
        aria-pressed={tool === name}
        data-tool={name}
        onClick={() => show(name === 'compare' ? { tool: name, tab: name } : { tool: name })}
      >
        <Icon size={18} stroke={1.7} aria-hidden />
        <span>{words}</span>
      </UnstyledButton>
    </Tooltip>
  )
}

function UndoButton() {
  const { t } = useLocal()
  const wordsOf = useOpWords()
  const undo = usePlanning((planning) => planning.undo)
  const { log, head } = usePlanning()
  const last = pathTo(linesOf(log), head).at(-1)
  const words = last ? t('planning.undoOf', { what: wordsOf(last.op) }) : t('planning.undo')
  return (
    <Tooltip label={`${words} · Ctrl+Z`}>
      <ActionIcon size={34} aria-label={words} data-testid="plan-undo" disabled={!last} onClick={undo}>
        <IconArrowBackUp size={19} />
      </ActionIcon>
    </Tooltip>
  )
}

function RedoButton() {
  const { t } = useLocal()
  const wordsOf = useOpWords()
  const redo = usePlanning((planning) => planning.redo)
  const { log, head } = usePlanning()
  const next = nextOf(linesOf(log), head)
  const words = next ? t('planning.redoOf', { what: wordsOf(next.op) }) : t('planning.redo')
  return (
    <Tooltip label={`${words} · Ctrl+Shift+Z`}>
      <ActionIcon size={34} aria-label={words} data-testid="plan-redo" disabled={!next} onClick={redo}>
        <IconArrowForwardUp size={19} />
      </ActionIcon>
    </Tooltip>
  )
}
