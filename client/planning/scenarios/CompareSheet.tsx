import { SegmentedControl, Select } from '@mantine/core'
import { useMemo } from 'react'
import { useView, type PlanRef } from '../../data/view.ts'
import { useLocal } from '../../i18n/local.ts'
import { Scroll, Section } from '../../ui/Panel.tsx'
import { Empty, Failure, RowsComing } from '../../ui/States.tsx'
import { DifferenceTable } from '../impact/DifferenceTable.tsx'
import { flyToGrid, useImpact } from '../impact/subject.ts'
import { usePlans, useShowPlan } from '../queries.ts'
import { usePlanning, type Side } from '../session.ts'
import { Backcast } from './Backcast.tsx'
import { extentOf } from './comparing.ts'
import { SHOWN, useShown } from './overlay.ts'
import { useOtherSide } from './queries.ts'
import css from './scenarios.module.css'
import { shapesOf } from './sideshapes.ts'

/** The open draft beside any other plan or draft: numbers grid by grid, and both on the map. */
export function CompareSheet() {
  const { t } = useLocal()
  const against = useView((view) => view.plan.against)
  const names = useNames()
  const { data: other, error, refetch, isFetching } = useOtherSide(against)
  const open = usePlanning((planning) => planning.origin)
  return (
    <Scroll>
      <Section>
        <Chooser against={against} open={open} />
      </Section>
      {against === null ? (
        <Section>
          <Empty title={t('scenarios.compare.none')} note={t('scenarios.compare.noneHint')} />
        </Section>
      ) : null}
      {error ? <Failure error={error} retry={() => void refetch()} /> : null}
      {isFetching && !other ? <RowsComing rows={4} /> : null}
      {other && against ? <Compared other={other} name={names.get(keyOf(against)) ?? ''} /> : null}
      {open ? <Backcast of={open} /> : null}
    </Scroll>
  )
}

const keyOf = ({ kind, id }: PlanRef): string => `${kind}-${id}`

function useNames(): ReadonlyMap<string, string> {
  const { data } = usePlans()
  return new Map([
    ...(data?.plans ?? []).map(({ id, name }) => [`plan-${id}`, name] as const),
    ...(data?.scenarios ?? []).map(({ id, name }) => [`scenario-${id}`, name] as const),
  ])
}

interface ChooserProps {
  readonly against: PlanRef | null
  readonly open: PlanRef | null
}

function Chooser({ against, open }: ChooserProps) {
  const { t } = useLocal()
  const { data } = usePlans()
  const show = useShowPlan()
  const options = (kind: PlanRef['kind'], rows: readonly { readonly id: number; readonly name: string }[]) =>
    rows
      .filter(({ id }) => open?.kind !== kind || open.id !== id)
      .map(({ id, name }) => ({ value: keyOf({ kind, id }), label: name }))
  return (
    <Select
      size="xs"
      searchable
      clearable
      label={t('scenarios.compare.with')}
      placeholder={t('scenarios.compare.choose')}
      value={against && keyOf(against)}
      data={[
        { group: t('scenarios.compare.plans'), items: options('plan', data?.plans ?? []) },
        { group: t('scenarios.compare.drafts'), items: options('scenario', data?.scenarios ?? []) },
      ]}
      onChange={(value) => {
        const [kind, id] = value?.split('-') ?? []
        const isRef = kind === 'plan' || kind === 'scenario'
        show({ against: isRef ? { kind, id: Number(id) } : null })
      }}
    />
  )
}

function Compared({ other, name }: { readonly other: Side; readonly name: string }) {
  const { t, number } = useLocal()
  const draft = usePlanning((planning) => planning.draft)
  const meter = usePlanning((planning) => planning.meter)
  const tick = usePlanning((planning) => planning.tick)
  const origin = usePlanning((planning) => planning.origin)
  const names = useNames()
  const show = useShowPlan()
  const here = useMemo(() => (draft && meter ? { draft, meter } : null), [draft, meter])
  const impact = useImpact(other, here, tick)
  if (!here || !impact) return null
  const { householdsMoved, buildingsMoved, gridsChanged } = impact.totals
  return (
    <>
      <Section heading={t('scenarios.compare.show')}>
        <OnMap other={other} name={name} />
      </Section>
      <Section heading={t('scenarios.compare.table')}>
        <p className={css['lead']} data-testid="compare-totals">
          {gridsChanged + buildingsMoved === 0
            ? t('scenarios.compare.same')
            : t('scenarios.compare.totals', {
                households: number(householdsMoved),
                buildings: number(buildingsMoved),
                grids: number(gridsChanged),
              })}
        </p>
        <DifferenceTable
          left={other}
          right={here}
          leftName={name}
          rightName={(origin && names.get(keyOf(origin))) ?? t('scenarios.compare.shown.this')}
          tick={tick}
          onGrid={(key) => {
            show({ grid: here.draft.grids.has(key) ? key : null })
            flyToGrid({ before: other, after: here }, key)
          }}
        />
      </Section>
    </>
  )
}

function OnMap({ other, name }: { readonly other: Side; readonly name: string }) {
  const { t } = useLocal()
  const show = useShowPlan()
  const { shown, lng } = useShown()
  const [west, east] = extentOf(shapesOf(other))
  const at = lng ?? (west + east) / 2
  return (
    <div className={css['stack']}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('scenarios.compare.show')}
        value={shown}
        onChange={(value) => {
          useShown.setState({ shown: SHOWN.find((each) => each === value) ?? 'both', lng: at })
          show({ tool: 'compare' })
        }}
        data={SHOWN.map((value) => ({ value, label: t(`scenarios.compare.shown.${value}`) }))}
      />
      {shown === 'both' ? (
        <p className={css['dashed']}>
          <span aria-hidden />
          {t('scenarios.compare.dashed', { name })}
        </p>
      ) : null}
      {shown === 'swipe' ? (
        <>
          <input
            type="range"
            className={css['range']}
            aria-label={t('scenarios.compare.swipe')}
            min={west}
            max={east}
            step={(east - west) / 400}
            value={at}
            onChange={(event) => useShown.setState({ lng: Number(event.currentTarget.value) })}
          />
          <p className={css['soft']}>{t('scenarios.compare.swipeHint', { name })}</p>
        </>
      ) : null}
    </div>
  )
}
