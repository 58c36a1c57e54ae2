import type { PlanGrid } from '#geo/plan/draft'
import { useLocal } from '../i18n/local.ts'
import { Section } from '../ui/Panel.tsx'
import css from './sheet.module.css'
import { usePlanning } from './session.ts'

/** What the grid comes to, as it is drawn now, and by how much that differs from before. */
export function GridMeasures({ grid }: { readonly grid: PlanGrid }) {
  const { t, number } = useLocal()
  const meter = usePlanning((planning) => planning.meter)
  const before = usePlanning((planning) => planning.base?.meter)
  usePlanning((planning) => planning.tick)
  const lengthOf = useLength()
  if (!meter) return null
  const now = meter.of(grid.key)
  const was = before?.draft.grids.has(grid.key) ? before.of(grid.key) : now
  const hectares = (m2: number) => t('planning.sheet.hectares', { n: (m2 / 10_000).toFixed(1) })
  const figures = [
    ['households', number(now.households), now.households - was.households],
    ['buildings', number(now.buildings), now.buildings - was.buildings],
    ['events', number(now.events), now.events - was.events],
    ['hours', now.hours.total.toFixed(1), now.hours.total - was.hours.total],
  ] as const
  return (
    <Section heading={t('planning.sheet.measures')} aside={grid.code ?? t('planning.sheet.newCode')}>
      <div className={css['figures']}>
        {figures.map(([name, value, change]) => (
          <div key={name} className={css['figure']}>
            <span className={css['value']}>{value}</span>
            <Change by={change} digits={name === 'hours' ? 1 : 0} />
            <span className={css['label']}>{t(`planning.sheet.${name}`)}</span>
          </div>
        ))}
      </div>
      <p className={css['more']}>
        {[
          `${t('planning.sheet.area')} ${hectares(now.areaM2)}`,
          `${t('planning.sheet.road')} ${lengthOf(now.roadM)}`,
          `${t('planning.sheet.compactness')} ${now.compactness.toFixed(2)}`,
          `${t('planning.sheet.open')} ${number(now.open)}`,
          `${t('planning.sheet.disputes')} ${number(now.disputes)}`,
        ].join(' · ')}
      </p>
    </Section>
  )
}

function Change({ by, digits }: { readonly by: number; readonly digits: number }) {
  if (Math.abs(by) < 0.5 * 10 ** -digits) return <span className={css['change']} />
  const text = Math.abs(by).toFixed(digits)
  return (
    <span className={css['change']} data-by={by > 0 ? 'more' : 'less'}>
      {by > 0 ? `+${text}` : `−${text}`}
    </span>
  )
}

/** A length in metres or kilometres. */
export function useLength(): (metres: number) => string {
  const { t } = useLocal()
  return (metres) =>
    metres < 1000
      ? t('planning.sheet.metres', { n: metres.toFixed(0) })
      : t('planning.sheet.kilometres', { n: (metres / 1000).toFixed(1) })
}
