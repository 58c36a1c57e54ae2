import { Skeleton, UnstyledButton } from '@mantine/core'
import type { EventFilter } from '#contract/events'
import type { GridDetail as Detail } from '#contract/grids'
import { mondayOf } from '#rules/deadlines'
import { useCategoryName, useGridName } from '../data/catalog.ts'
import { serverNow } from '../data/live.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Bars } from '../ui/Bars.tsx'
import { Fact, Facts, Panel, Scroll, Section } from '../ui/Panel.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { Failure } from '../ui/States.tsx'
import { Kind } from './GridLine.tsx'
import css from './grids.module.css'
import { useKnows, useLoads } from './load.ts'
import { IDLE } from './measure.ts'
import { useGrid } from '../data/grid.ts'

const DAY = 86_400_000
const CLASSES = 8

/** Where the server's week begins. */
const monday = () => new Date(mondayOf(serverNow())).toISOString()
const daysAgo = (days: number) => new Date(serverNow() - days * DAY).toISOString()

export function GridDetail({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t, either } = useLocal()
  const { data: grid, error, refetch } = useGrid(id)
  if (!grid) {
    return (
      <Panel title={t('grids.title')} onClose={onClose}>
        {error ? <Failure error={error} retry={() => void refetch()} /> : <Coming />}
      </Panel>
    )
  }
  return (
    <Panel
      title={
        <>
          <Kind kind={grid.kind} />
          {either(grid.name, grid.nameEn)}
        </>
      }
      note={grid.code}
      onClose={onClose}
    >
      <Scroll>
        <Section>
          <Numbers grid={grid} />
        </Section>
        <Section>
          <Record grid={grid} />
        </Section>
        <Section heading={t('grids.trend')}>
          <Trend grid={grid} />
        </Section>
        <Section heading={t('grids.byCategory')}>
          <Classes grid={grid} />
        </Section>
        <Section heading={t('grids.neighbours')}>
          <Neighbours grid={grid} />
        </Section>
      </Scroll>
    </Panel>
  )
}

/** Opens the events behind a number. */
function useRows(gridId: number): (filter: EventFilter) => void {
  const set = useView((view) => view.set)
  return (filter) => set({ panel: 'events', filter: { ...filter, grid: [gridId] } })
}

function Numbers({ grid }: { readonly grid: Detail }) {
  const { t, number } = useLocal()
  const show = useRows(grid.id)
  const knows = useKnows()(grid.id)
  const load = useLoads().get(grid.id) ?? IDLE
  // Rows that one may not see are not offered.
  const rows = (filter: EventFilter) => (knows ? { onClick: () => show(filter) } : {})
  return (
    <>
      <div className={css['figures']}>
        {knows ? (
          <>
            <Figure label={t('grids.open')} value={load.open} {...rows({ state: 'open' })} />
            <Figure
              label={t('grids.overdue')}
              value={load.overdue}
              tone={load.overdue > 0 ? 'late' : 'plain'}
              {...rows({ state: 'open', light: ['red'] })}
            />
          </>
        ) : null}
        <Figure
          label={t('grids.reportedThisWeek')}
          value={grid.reportedThisWeek}
          {...rows({ from: monday() })}
        />
        <Figure
          label={t('grids.closedThisWeek')}
          value={grid.closedThisWeek}
          {...rows({ status: ['closed', 'revisited'], closedFrom: monday() })}
        />
      </div>
      <p className={css['disputes']} title={t('grids.disputesHint')}>
        {t('grids.disputes', { open: number(grid.disputes.open), year: number(grid.disputes.year) })}
      </p>
    </>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: number
  readonly tone?: 'plain' | 'late'
  readonly onClick?: () => void
}

function Figure({ label, value, tone = 'plain', onClick }: FigureProps) {
  const { number } = useLocal()
  const inner = (
    <>
      <span className={css['value']} data-tone={tone}>
        {number(value)}
      </span>
      <span className={css['label']}>{label}</span>
    </>
  )
  if (!onClick) return <div className={css['figure']}>{inner}</div>
  return (
    <UnstyledButton className={css['figure']} onClick={onClick}>
      {inner}
    </UnstyledButton>
  )
}

function Record({ grid }: { readonly grid: Detail }) {
  const { t, either, number } = useLocal()
  const hectares = grid.areaM2 / 10_000
  return (
    <Facts>
      <Fact label={t('grids.worker')}>
        {grid.worker
          ? `${grid.worker.name} · ${t(grid.worker.fullTime ? 'grids.fullTime' : 'grids.partTime')}`
          : t('grids.noWorker')}
      </Fact>
      <Fact label={t('grids.kind')}>{t(`kind.${grid.kind}`)}</Fact>
      <Fact label={t('grids.community')}>{either(grid.community.name, grid.community.nameEn)}</Fact>
      <Fact label={t('grids.station')}>{grid.station?.name ?? t('grids.noStation')}</Fact>
      <Fact label={t('grids.acceptance')}>{t(grid.accepted ? 'grids.accepted' : 'grids.notAccepted')}</Fact>
      <Fact label={t('grids.households')}>
        {[
          t('grids.householdsN', { count: grid.households, n: number(grid.households) }),
          t('grids.buildingsN', { count: grid.buildings, n: number(grid.buildings) }),
        ].join(' · ')}
      </Fact>
      <Fact label={t('grids.area')}>
        {hectares < 100
          ? t('grids.hectares', { n: hectares.toFixed(1) })
          : t('grids.km2', { n: (hectares / 100).toFixed(2) })}
      </Fact>
    </Facts>
  )
}

function Trend({ grid }: { readonly grid: Detail }) {
  const { t } = useLocal()
  const weeks = grid.trend
  const mean = weeks.reduce((a, b) => a + b, 0) / Math.max(1, weeks.length)
  return (
    <>
      <Sparkline values={weeks} label={t('grids.trendTable', { numbers: weeks.join(', ') })} />
      <p className={css['note']}>
        {t('grids.trendNote', { mean: mean.toFixed(1), last: weeks.at(-1) ?? 0 })}
      </p>
    </>
  )
}

function Classes({ grid }: { readonly grid: Detail }) {
  const { t } = useLocal()
  const nameOf = useCategoryName()
  const show = useRows(grid.id)
  const sorted = Object.entries(grid.byCategory).toSorted((a, b) => b[1] - a[1])
  const rest = sorted.slice(CLASSES)
  if (sorted.length === 0) return <p className={css['note']}>{t('grids.noEvents')}</p>
  return (
    <Bars
      bars={[
        ...sorted.slice(0, CLASSES).map(([code, value]) => ({
          label: nameOf(code),
          value,
          onClick: () => show({ category: [code], from: daysAgo(365) }),
        })),
        ...(rest.length > 0
          ? [
              {
                label: t('grids.others', { count: rest.length }),
                value: rest.reduce((total, [, value]) => total + value, 0),
                onClick: () => show({ category: rest.map(([code]) => code), from: daysAgo(365) }),
              },
            ]
          : []),
      ]}
    />
  )
}

function Neighbours({ grid }: { readonly grid: Detail }) {
  const gridName = useGridName()
  const set = useView((view) => view.set)
  return (
    <div className={css['neighbours']}>
      {grid.neighbours.map((each) => (
        <UnstyledButton
          key={each.id}
          className={css['neighbour']}
          onClick={() => set({ selection: { kind: 'grid', id: each.id } })}
        >
          {gridName(each.id) ?? each.name}
        </UnstyledButton>
      ))}
    </div>
  )
}

function Coming() {
  return (
    <Section>
      <Skeleton height={64} mb={16} />
      {[70, 52, 64, 40, 58].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} mb={12} />
      ))}
    </Section>
  )
}
