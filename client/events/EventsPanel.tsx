import { useEffect, useMemo } from 'react'
import { Button, Loader, Select } from '@mantine/core'
import { create } from 'zustand'
import { LIGHT_SECONDS, useNow } from '../data/clock.ts'
import { useListing } from '../data/listing.ts'
import { useView } from '../data/view.ts'
import { useLocal } from '../i18n/local.ts'
import { Exports } from '../ui/Exports.tsx'
import { Panel } from '../ui/Panel.tsx'
import { RowList } from '../ui/RowList.tsx'
import { Empty, Failure, RowsComing } from '../ui/States.tsx'
import css from '../ui/rows.module.css'
import { EventLine, LINE_HEIGHT } from '../ui/EventLine.tsx'
import { FilterBar } from './FilterBar.tsx'
import { useFilterWords } from './filterwords.ts'
import { printable, useEventPages, type Sort } from './queries.ts'

/** Kept while the panel is closed. */
const useSort = create<{ readonly sort: Sort }>()(() => ({ sort: 'newest' }))

/** Every event of the database that the filter matches, with the exact total. */
export function EventsPanel({ onClose }: { readonly onClose: () => void }) {
  const { t, number, language } = useLocal()
  const filter = useView((view) => view.filter)
  const sort = useSort((state) => state.sort)
  const pages = useEventPages(filter, sort)
  const total = pages.data?.pages.at(-1)?.total
  const words = useFilterWords(filter)
  return (
    <Panel
      title={t('events.title')}
      note={total === undefined ? t('state.loading') : t('events.total', { count: total, n: number(total) })}
      actions={
        <>
          <Exports
            title={t('events.title')}
            total={total ?? 0}
            filter={filter}
            conditions={words}
            rows={() => printable(filter, sort)}
          />
          <Select
            size="xs"
            w={language === 'en' ? 148 : 104}
            aria-label={t('events.sort')}
            allowDeselect={false}
            value={sort}
            onChange={(value) => useSort.setState({ sort: value === 'due' ? 'due' : 'newest' })}
            data={[
              { value: 'newest', label: t('events.newest') },
              { value: 'due', label: t('events.due') },
            ]}
          />
        </>
      }
      onClose={onClose}
    >
      <FilterBar over="all" />
      {pages.isError && !pages.data ? (
        <Failure error={pages.error} retry={() => void pages.refetch()} />
      ) : null}
      {pages.isPending ? <RowsComing /> : null}
      {pages.data ? <Rows pages={pages} /> : null}
    </Panel>
  )
}

function Rows({ pages }: { readonly pages: ReturnType<typeof useEventPages> }) {
  const { t } = useLocal()
  const now = useNow(LIGHT_SECONDS)
  const selection = useView((view) => view.selection)
  const set = useView((view) => view.set)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const total = data?.pages.at(-1)?.total ?? 0
  useEffect(() => {
    useListing.setState({ items: rows.map(({ id }) => ({ kind: 'event', id })) })
  }, [rows])
  if (rows.length === 0) {
    return (
      <Empty title={t('events.empty')} note={t('events.emptyHint')}>
        <Button size="xs" variant="default" onClick={() => set({ filter: {} })}>
          {t('filter.clearAll')}
        </Button>
      </Empty>
    )
  }
  return (
    <RowList
      label={t('events.title')}
      items={rows}
      total={total}
      keyOf={(row) => row.id}
      heightOf={() => LINE_HEIGHT}
      activeIndex={rows.findIndex((row) => selection.kind === 'event' && row.id === selection.id)}
      onEnd={() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
      }}
      render={(row) => <EventLine row={row} now={now} />}
      footer={
        <div className={css['footer']}>
          {hasNextPage ? <Loader size="xs" type="dots" color="gray" /> : t('events.end')}
        </div>
      }
    />
  )
}
