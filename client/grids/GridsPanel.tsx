import { useEffect, useMemo } from 'react'
import { SegmentedControl, Select } from '@mantine/core'
import { create } from 'zustand'
import type { GridFeature, GridKind } from '#contract/grids'
import { useGrids } from '../data/catalog.ts'
import { useListing } from '../data/listing.ts'
import { useMay } from '../data/me.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import rowCss from '../ui/rows.module.css'
import { GridLine, LINE_HEIGHT } from './GridLine.tsx'
import css from './grids.module.css'
import { useKnows, useLoads } from './load.ts'
import { IDLE, type Load } from './measure.ts'

const SORTS = ['byOpen', 'byOverdue', 'byHouseholds', 'byCode'] as const
type Sort = (typeof SORTS)[number]
const EVENTLESS_SORTS = ['byHouseholds', 'byCode'] as const
const KINDS = ['urban-full-time', 'urban-comprehensive', 'rural-comprehensive'] as const

interface Choice {
  readonly sort: Sort
  readonly kind: GridKind | 'all'
}
const useChoice = create<Choice>()(() => ({ sort: 'byOpen', kind: 'all' }))

type Counted = Pick<Load, 'open' | 'overdue'>

type Item =
  | { readonly is: 'community'; readonly code: string; readonly name: string; readonly load: Counted }
  | { readonly is: 'grid'; readonly grid: GridFeature['properties']; readonly load: Load }

/** All grids under their communities, the most burdened first. */
export function GridsPanel({ onClose }: { readonly onClose: () => void }) {
  const { t, either, language } = useLocal()
  const query = useGrids()
  const byGrid = useLoads()
  const { sort, kind } = useChoice()
  const knows = useKnows()
  const hasEvents = useMay('events.read')
  const sorts: readonly Sort[] = hasEvents ? SORTS : EVENTLESS_SORTS
  const shownSort = sorts.includes(sort) ? sort : 'byCode'
  const selection = useView((view) => view.selection)
  const features = query.data?.features
  const items = useMemo(() => {
    const shown = (features ?? [])
      .map((each) => each.properties)
      .filter((grid) => kind === 'all' || grid.kind === kind)
    return itemsOf(shown, byGrid, shownSort, (name, en) => either(name, en))
  }, [features, byGrid, shownSort, kind, either])
  const count = items.filter((item) => item.is === 'grid').length

  const ids = items.flatMap((item) => (item.is === 'grid' ? [item.grid.id] : []))
  const idsKey = ids.join()
  useEffect(() => {
    useListing.setState({
      items: idsKey ? idsKey.split(',').map((id) => ({ kind: 'grid', id: Number(id) })) : [],
    })
  }, [idsKey])

  return (
    <Panel
      title={t('grids.title')}
      note={features ? t('grids.count', { count }) : t('state.loading')}
      actions={
        <Select
          size="xs"
          w={language === 'en' ? 160 : 128}
          aria-label={t('grids.sort')}
          allowDeselect={false}
          value={shownSort}
          onChange={(value) => useChoice.setState({ sort: SORTS.find((each) => each === value) ?? 'byOpen' })}
          data={sorts.map((value) => ({ value, label: t(`grids.${value}`) }))}
        />
      }
      onClose={onClose}
    >
      <div className={css['kinds']}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('grids.kind')}
          value={kind}
          onChange={(value) => useChoice.setState({ kind: value })}
          data={[
            { value: 'all' as const, label: t('grids.kindAll') },
            ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
        />
      </div>
      {query.isError && !features ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending ? <RowsComing /> : null}
      {features ? (
        <RowList
          label={t('grids.title')}
          items={items}
          keyOf={(item) => (item.is === 'grid' ? item.grid.id : item.code)}
          heightOf={(item) => (item.is === 'grid' ? LINE_HEIGHT : 30)}
          activeIndex={items.findIndex(
            (item) => item.is === 'grid' && selection.kind === 'grid' && item.grid.id === selection.id,
          )}
          render={(item) =>
            item.is === 'grid' ? (
              <GridLine grid={item.grid} load={knows(item.grid.id) ? item.load : null} />
            ) : (
              <div className={rowCss['heading']}>
                <span>{item.name}</span>
                {hasEvents ? <Counts load={item.load} /> : null}
              </div>
            )
          }
          footer={count === 0 ? <Empty title={t('grids.empty')} /> : null}
        />
      ) : null}
    </Panel>
  )
}

function Counts({ load }: { readonly load: Counted }) {
  const { t } = useLocal()
  return (
    <span className={css['counts']}>
      {t('grids.openN', { count: load.open })}
      {load.overdue > 0 ? (
        <span className={css['late']}>{t('grids.overdueN', { count: load.overdue })}</span>
      ) : null}
    </span>
  )
}

type Grid = GridFeature['properties']

/** Communities in the order of their most burdened grid, each followed by its grids. */
function itemsOf(
  grids: readonly Grid[],
  byGrid: ReadonlyMap<number, Load>,
  sort: Sort,
  nameOf: (name: string, en: string) => string,
): Item[] {
  const loadOf = (grid: Grid) => byGrid.get(grid.id) ?? IDLE
  const sorted = grids.toSorted((a, b) => order(sort, a, b, loadOf) || a.code.localeCompare(b.code))
  const communities = Map.groupBy(sorted, (grid) => grid.community.code)
  return [...communities].flatMap(([code, members]) => {
    const first = members[0]
    if (!first) return []
    const load = members.map(loadOf).reduce(sum, { open: 0, overdue: 0 })
    const name = nameOf(first.community.name, first.community.nameEn)
    return [
      { is: 'community' as const, code, name, load },
      ...members.map((grid) => ({ is: 'grid' as const, grid, load: loadOf(grid) })),
    ]
  })
}

const sum = (a: Counted, b: Counted): Counted => ({ open: a.open + b.open, overdue: a.overdue + b.overdue })

function order(sort: Sort, a: Grid, b: Grid, loadOf: (grid: Grid) => Load): number {
  switch (sort) {
    case 'byOpen':
      return loadOf(b).open - loadOf(a).open
    case 'byOverdue':
      return loadOf(b).overdue - loadOf(a).overdue
    case 'byHouseholds':
      return b.households - a.households
    case 'byCode':
      return 0
  }
}
