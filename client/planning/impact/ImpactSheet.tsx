import { useMemo } from 'react'
import { useLocal } from '../../i18n/local.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { useShowPlan } from '../queries.ts'
import { usePlanning } from '../session.ts'
import { Flows } from './Flows.tsx'
import { GridTable } from './GridTable.tsx'
import { Method } from './Method.tsx'
import { PointedBar } from './PointedBar.tsx'
import { Rules } from './Rules.tsx'
import { Successions } from './Successions.tsx'
import { flyToGrid, SubjectProvider, useImpact, type Subject } from './subject.ts'
import { Totals } from './Totals.tsx'
import { Workers } from './Workers.tsx'

/** What the open draft changes against what it was forked from, while it is being drawn. */
export function ImpactSheet() {
  const { t } = useLocal()
  const before = usePlanning((planning) => planning.base)
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const sites = usePlanning((planning) => planning.sites)
  const tick = usePlanning((planning) => planning.tick)
  const from = usePlanning((planning) => planning.scenario?.fromName)
  const show = useShowPlan()
  const after = useMemo(() => (draft && meter ? { draft, meter } : null), [draft, meter])
  const impact = useImpact(before, after, tick)
  if (!before || !after || !sites || !impact) return null
  const subject: Subject = {
    before,
    after,
    impact,
    sites,
    choose(key) {
      show({ grid: after.draft.grids.has(key) ? key : null })
      flyToGrid({ before, after }, key)
    },
  }
  const { gridsChanged, householdsMoved } = impact.totals
  const isSame = gridsChanged + householdsMoved === 0
  return (
    <SubjectProvider value={subject}>
      <PointedBar />
      <Scroll>
        <Section>
          <Totals against={from ?? null} />
          {isSame ? <Empty title={t('impact.none')} note={t('impact.noneHint')} /> : null}
        </Section>
        <GridTable />
        {isSame ? null : (
          <>
            <Flows />
            <Workers />
            <Successions />
          </>
        )}
        <Rules />
        <Method />
      </Scroll>
    </SubjectProvider>
  )
}
