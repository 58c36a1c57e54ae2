import { useMemo } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { listEvents, type EventRow } from '#contract/events'
import { call } from './api.ts'
import { useGridsById } from './catalog.ts'
import { LIGHT_SECONDS, useNow } from './clock.ts'
import { matches } from './filter.ts'
import { useLive } from './live.ts'
import { useActor } from './me.ts'
import { useView } from './view.ts'

/**
 * The open events that the filter matches, most urgent first: the one answer that the map, the live list and their counts
 * share.
 */
export function useShownEvents(): readonly EventRow[] {
  const open = useLive((live) => live.open)
  const filter = useView((view) => view.filter)
  const now = useNow(LIGHT_SECONDS)
  const grids = useGridsById()
  const found = useFound(filter.text)
  const { account } = useActor()
  return useMemo(() => {
    const communityOf = (gridId: number) => grids.get(gridId)?.community.code
    return [...open.values()]
      .filter((row) => matches(row, filter, { now, communityOf, found, account }))
      .toSorted(byDeadline)
  }, [open, filter, now, grids, found, account])
}

/** Text is searched by the server, which knows the descriptions too. */
function useFound(text: string | undefined): ReadonlySet<number> | null {
  const query = useQuery({
    queryKey: ['events', 'found', text],
    queryFn: async ({ signal }) => {
      const page = await call(listEvents, {
        query: { state: 'open', limit: 2000, ...(text ? { text } : {}) },
        signal,
      })
      return new Set(page.items.map((row) => row.id))
    },
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
  })
  return query.data ?? null
}

function byDeadline(a: EventRow, b: EventRow): number {
  return Date.parse(a.dueAt) - Date.parse(b.dueAt) || a.id - b.id
}
