import { PLAN_PAINTS, useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Choice, LegendCard, ScaleBar } from '../map/Legend.tsx'
import css from '../map/map.module.css'
import type { Look } from '../map/scene.ts'
import { HOUSEHOLD_BOUNDS, HOUR_BOUNDS, stepColor } from './colors.ts'
import { useShowPlan } from './queries.ts'
import stage from './stage.module.css'

const MARKS = ['changed', 'gone', 'locked', 'station'] as const

/** What the colours and hatches of a draft mean, and the choice between them. */
export function PlanLegend({ look }: { readonly look: Look }) {
  const { t } = useLocal()
  const paint = useView((view) => view.plan.paint)
  const show = useShowPlan()
  const colors = [...HOUR_BOUNDS, null].map((_, step) => stepColor(step, look))
  return (
    <LegendCard>
      <div className={css['block']}>
        <Choice
          label={t('planning.paintLabel')}
          values={PLAN_PAINTS}
          value={paint}
          wordOf={(value) => t(`planning.paint.${value}`)}
          onChange={(value) => show({ paint: value })}
        />
        {paint === 'plan' ? null : (
          <>
            <ScaleBar
              kind="classes"
              colors={colors}
              marks={
                paint === 'hours'
                  ? ['', ...HOUR_BOUNDS.map((share) => `${share > 0 ? '+' : '−'}${Math.abs(share) * 100}%`)]
                  : ['0', ...HOUSEHOLD_BOUNDS.map(String)]
              }
            />
            <p className={css['hint']}>{t(`planning.legend.${paint}`)}</p>
          </>
        )}
      </div>
      <ul className={css['swatches']}>
        {MARKS.map((mark) => (
          <li key={mark} className={css['swatch']}>
            <span className={stage['mark']} data-mark={mark} aria-hidden />
            {t(`planning.legend.${mark}`)}
          </li>
        ))}
      </ul>
    </LegendCard>
  )
}
