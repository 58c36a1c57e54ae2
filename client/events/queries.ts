import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { listEvents, type EventFilter, type EventRow } from '#contract/events'
import { readHeat, readSummary } from '#contract/figures'
import { call } from '../data/api.ts'
import { LIGHT_SECONDS } from '../data/clock.ts'
import { useMay } from '../data/me.ts'

const PAGE = 100
export type Sort = 'newest' | 'due'

/** Figures that only the server knows, such as what closed today. */
export function useSummary() {
  const may = useMay('events.count')
  return useQuery({
    enabled: may,
    queryKey: ['events', 'summary'],
    queryFn: ({ signal }) => call(readSummary, { signal }),
    refetchInterval: 60_000,
  })
}

/** Every event that the filter matches, page by page, with the exact total. */
export function useEventPages(filter: EventFilter, sort: Sort) {
  return useInfiniteQuery({
    queryKey: ['events', 'pages', filter, sort],
    refetchInterval: byTheClock(filter),
    queryFn: ({ pageParam, signal }) =>
      call(listEvents, {
        query: { ...filter, sort, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
}

const MOST_PRINTED = 2000

/** The first rows of a list, as many as one sheet bears. */
export async function printable(filter: EventFilter, sort: Sort): Promise<readonly EventRow[]> {
  const page = await call(listEvents, { query: { ...filter, sort, limit: MOST_PRINTED } })
  return page.items
}

/** How many events each of some filters matches; undefined while asked. */
export function useTotals(filters: readonly EventFilter[]) {
  return useQueries({
    queries: filters.map((filter) => ({
      queryKey: ['events', 'total', filter],
      refetchInterval: byTheClock(filter),
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const page = await call(listEvents, { query: { ...filter, limit: 1 }, signal })
        return page.total
      },
      staleTime: 10_000,
    })),
    combine: (answers) => answers.map((answer) => answer.data),
  })
}

/** Counts per grid and class of what the filter matches. */
export function useHeat(filter: EventFilter, when: 'now' | 'never') {
  const may = useMay('events.count')
  return useQuery({
    queryKey: ['events', 'heat', filter],
    queryFn: ({ signal }) => call(readHeat, { query: filter, signal }),
    enabled: may && when === 'now',
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  })
}

/** Lights change without a step of the trail: what is asked by light is asked again as often as lights are looked at. */
export const byTheClock = (filter: EventFilter): number | false =>
  filter.light ? LIGHT_SECONDS * 1000 : false
