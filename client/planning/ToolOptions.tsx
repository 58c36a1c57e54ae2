import { SegmentedControl, Switch } from '@mantine/core'
import { useView, type PlanTool } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { useKeyName } from './opwords.ts'
import { usePlanning } from './session.ts'
import css from './stage.module.css'
import { BRUSHES, PAINT_WAYS, useOptions, useSketch } from './tools/tool.ts'

/** What the chosen tool does, and the ways that it can be done in. */
export function ToolOptions() {
  const tool = useView((view) => view.plan.tool)
  const canEdit = usePlanning(({ saving }) => saving !== 'readonly' && saving !== 'conflict')
  return (
    <div className={css['line']}>
      <div className={css['options']}>
        {canEdit && tool === 'paint' ? <PaintWays /> : null}
        {canEdit && tool === 'border' ? <BorderWays /> : null}
        <Hint tool={canEdit || tool === 'compare' ? tool : 'readonly'} />
      </div>
    </div>
  )
}

function Hint({ tool }: { readonly tool: PlanTool | 'readonly' }) {
  const { t } = useLocal()
  const nameOf = useKeyName()
  const chosen = useView((view) => view.plan.grid)
  const border = useOptions((options) => options.border)
  const first = useSketch((sketch) => sketch.grids[0])
  const words = () => {
    if (tool === 'paint')
      return chosen === null
        ? t('planning.hint.paintFirst')
        : t('planning.hint.paint', { grid: nameOf(chosen) })
    if (tool === 'border') return t(border === 'drag' ? 'planning.hint.border' : 'planning.hint.reshape')
    if (tool === 'merge' && first !== undefined && first === chosen)
      return t('planning.hint.mergeInto', { grid: nameOf(first) })
    return t(`planning.hint.${tool}`)
  }
  return <p className={css['hint']}>{words()}</p>
}

function PaintWays() {
  const { t } = useLocal()
  const { paint, brush } = useOptions()
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('planning.wayLabel')}
        value={paint}
        onChange={(value) => useOptions.setState({ paint: value })}
        data={PAINT_WAYS.map((value) => ({ value, label: t(`planning.way.${value}`) }))}
      />
      {paint === 'brush' ? (
        <SegmentedControl
          size="xs"
          aria-label={t('planning.sizeLabel')}
          value={String(brush)}
          onChange={(value) =>
            useOptions.setState({ brush: BRUSHES.find((each) => String(each) === value) ?? 0 })
          }
          data={BRUSHES.map((value) => ({ value: String(value), label: t(`planning.size.s${value}`) }))}
        />
      ) : null}
    </>
  )
}

function BorderWays() {
  const { t } = useLocal()
  const { border, snap } = useOptions()
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('planning.borderLabel')}
        value={border}
        onChange={(value) => useOptions.setState({ border: value })}
        data={(['drag', 'reshape'] as const).map((value) => ({
          value,
          label: t(`planning.borderWay.${value}`),
        }))}
      />
      {border === 'reshape' ? (
        <Switch
          size="xs"
          label={t('planning.snap')}
          title={t('planning.snapHint')}
          checked={snap === 'roads'}
          onChange={(event) => useOptions.setState({ snap: event.currentTarget.checked ? 'roads' : 'free' })}
        />
      ) : null}
    </>
  )
}
